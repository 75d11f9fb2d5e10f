"""A process that has the tool loaded and runs each command in a fork of itself, with a fault in it.

Started by `Zygote`, it reads one job a line from standard input and answers with one line: both JSON.
"""

import errno
import io
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parent.parent
LOADED = ("servicebook.pages.publish", "servicebook.validation.judging", "ruamel.yaml", "jsonschema_rs", "difflib")
"""Modules that commands load when they need them, beside those of the folders below."""
FOLDERS = ("authoring", "commands", "importers")
WRITES = {"write", "flush", "fsync", "link", "rename", "replace", "mkdir", "unlink", "rmdir"}
CALLS = WRITES | {"open", "close", "flock", "dup", "lstat", "listdir", "scandir", "sync"}
MODULES = {"posix", "fcntl", "_io"}


class Answer(NamedTuple):
    """How a command ended: `code` as a shell has it (-9: killed), what it printed, how many calls were counted."""

    code: int
    output: str
    calls: int
    seconds: float


class Zygote:
    """The process, from the side of the tests."""

    def __init__(self) -> None:
        path = os.pathsep.join((str(TESTS.parent / "toolkit"), str(TESTS)))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "durability.zygote"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, text=True,
        )  # fmt: skip

    def run(self, folder: Path, *arguments: str, **fault: float) -> Answer:
        """`servicebook ARGUMENTS` in a folder.

        Faults: `kill=n` before or after the n-th call that has to do with files; `kill_after=seconds`, from outside;
        `fail=n, errno=…` in place of the n-th writing call; `limit=bytes` as the largest size of a file.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"folder": str(folder), "arguments": arguments, **fault}) + "\n")
        self._process.stdin.flush()
        return Answer(**json.loads(self._process.stdout.readline()))

    def crowd(self, folder: Path, *arguments: str, processes: int, times: int) -> Answer:
        """The command so many times in each of so many processes at once; the code is the sum of theirs."""
        return self.run(folder, *arguments, processes=processes, times=times)

    def close(self) -> None:
        self._process.communicate()


class Fault:
    """Counts the calls that have to do with files, and strikes at one of them."""

    def __init__(self, kill: float = 0, fail: float = 0, number: float = errno.EIO) -> None:
        self.calls = 0
        self._kill, self._fail, self._errno = int(kill), int(fail), int(number)
        self._process = os.getpid()

    def watch(self, frame: FrameType, event: str, called: Any) -> None:
        """For sys.setprofile, which tells of every call of a function written in C, before and after."""
        if event not in ("c_call", "c_return") or os.getpid() != self._process or not self._counts(frame, called):
            return
        if self._fail:
            self.calls += event == "c_call" and self._writes(frame, called)
            if self.calls == self._fail:
                self._fail = -1
                raise OSError(self._errno, os.strerror(self._errno))
            return
        self.calls += 1
        if self.calls == self._kill:
            os.kill(self._process, signal.SIGKILL)

    @staticmethod
    def _counts(frame: FrameType, called: Any) -> bool:
        owner = getattr(called, "__self__", None)
        on_disk = isinstance(owner, io.IOBase) and not isinstance(owner, io.BytesIO | io.StringIO)
        return (
            (called.__module__ in MODULES or on_disk)
            and called.__name__ in CALLS
            and "importlib" not in frame.f_code.co_filename
        )

    @staticmethod
    def _writes(frame: FrameType, called: Any) -> bool:
        if called.__name__ == "open":
            return frame.f_code.co_name == "_new_temporary"
        owner = getattr(called, "__self__", None)
        return called.__name__ in WRITES and not (isinstance(owner, io.IOBase) and owner in (sys.stdout, sys.stderr))


def _command(job: dict[str, Any], report: int) -> int:
    """In the fork: the command with its fault; the exit code."""
    from servicebook.cli import run

    os.chdir(job["folder"])
    fault = Fault(job.get("kill", 0), job.get("fail", 0), job.get("errno", errno.EIO))
    if "limit" in job:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["limit"], resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    function = _move if job["arguments"][0] == "move" else run
    sys.setprofile(fault.watch)
    code = function(job["arguments"])
    sys.setprofile(None)
    os.write(report, str(fault.calls).encode())
    return code


def _crowd(job: dict[str, Any]) -> int:
    """In the fork: the command in many processes at once."""
    from servicebook.cli import run

    os.chdir(job["folder"])
    children = []
    for _ in range(job["processes"]):
        child = os.fork()
        if child == 0:
            code = sum(run(job["arguments"]) for _ in range(job["times"]))
            sys.stdout.flush()
            os._exit(min(code, 99))
        children.append(child)
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)


def _move(arguments: list[str]) -> int:
    """The last step of `publish`: the new site in the old one's place."""
    from servicebook.pages import publish

    _, new, old = arguments
    publish._move(Path(new), Path(old))
    return 0


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    """Fork, wait, and tell how it ended."""
    outgoing, incoming = os.pipe(), os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(outgoing[1], 1)
        os.dup2(outgoing[1], 2)
        code = 99
        try:
            code = _crowd(job) if "processes" in job else _command(job, incoming[1])
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    os.close(outgoing[1])
    os.close(incoming[1])
    if (patience := job.get("kill_after")) is not None:
        select.select([], [], [], patience)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(outgoing[0]) as printed, os.fdopen(incoming[0]) as counted:
        output, calls = printed.read(), counted.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"code": status, "output": output, "calls": int(calls or 0), "seconds": time.monotonic() - begun}


if __name__ == "__main__":
    from servicebook.registry import PACKAGE
    from servicebook.rules import read_rules

    for name in LOADED:
        import_module(name)
    for folder in FOLDERS:
        for path in (PACKAGE / folder).glob("[!_]*.py"):
            import_module(f"servicebook.{folder}.{path.stem}")

    read_rules()
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)
