"""Whole processes, timed side by side: round after round, each contender once in every round."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

# A user's processes keep the byte code they compile and see nobody else's modules.
NOT_FOR_CHILDREN = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONSTARTUP", "NODE_OPTIONS")
SAMPLING_SECONDS = 0.005


@dataclass(frozen=True)
class Run:
    """One process and its children: seconds of wall clock and of CPU, megabytes of the largest single process."""

    wall: float
    cpu: float
    largest_mb: float
    exit_code: int
    output: str


@dataclass
class Contender:
    """A command to be timed. `prepare` brings about the state that it starts from, outside the timing."""

    name: str
    command: Sequence[str]
    folder: Path
    prepare: Callable[[], None] = lambda: None
    rounds: int = 5
    exit_code: int = 0
    runs: list[Run] = field(default_factory=list)
    tree_mb: float | None = None

    def median(self, what: str) -> float:
        """The middle value of `wall`, `cpu` or `largest_mb` over the rounds."""
        return float(median(getattr(run, what) for run in self.runs))


def environment() -> dict[str, str]:
    """What a user's shell would hand to a tool."""
    return {name: value for name, value in os.environ.items() if name not in NOT_FOR_CHILDREN}


def run(command: Sequence[str], folder: Path, output: Path) -> Run:
    """Run to the end; standard output and error go to the file `output`, as they would in CI."""
    with output.open("wb") as sink:
        before = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=sink, stderr=sink
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 if sys.platform.startswith("linux") else 1024 * 1024
    text = output.read_text("utf-8", "replace")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, process.returncode, text)


def race(contenders: Sequence[Contender], output: Path) -> None:
    """Time all of them in turn. One that ends with another exit code than it should stops the measurement."""
    for number in range(max(contender.rounds for contender in contenders)):
        for contender in contenders:
            if number < contender.rounds:
                contender.prepare()
                done = run(contender.command, contender.folder, output)
                _must_have_worked(contender, done)
                contender.runs.append(done)
                say(f"round {number + 1}: {contender.name} {done.wall:.3f} s")
    for contender in contenders:
        contender.prepare()
        contender.tree_mb = tree_memory(contender.command, contender.folder, output)


def tree_memory(command: Sequence[str], folder: Path, output: Path) -> float | None:
    """The most that a process and all below it held at once, in megabytes (shared pages counted once).

    A run of its own, since looking costs time. None where the kernel does not tell (anything but Linux).
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    most = 0
    finished = threading.Event()
    with output.open("wb") as sink:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )

        def watch() -> None:
            nonlocal most
            while not finished.wait(SAMPLING_SECONDS):
                most = max(most, sum(_proportional_bytes(pid) for pid in _session(process.pid)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        process.wait()
        finished.set()
        watcher.join()
    return most / 1024 / 1024


def _session(leader: int) -> list[int]:
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                after_name = Path(entry.path, "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(after_name[3]) == leader:
                found.append(int(entry.name))
    return found


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _must_have_worked(contender: Contender, done: Run) -> None:
    if done.exit_code != contender.exit_code:
        raise SystemExit(
            f"{contender.name} ended with {done.exit_code} where {contender.exit_code} was due:\n{done.output[-2000:]}"
        )


def say(message: str) -> None:
    """Progress, for whoever waits."""
    sys.stderr.write(message + "\n")
