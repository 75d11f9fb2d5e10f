"""What it costs to start: `servicebook --help` against importing click, and against the peers' cheapest command.

python -m bench.startup [--rounds 25] [--quick]
"""

import argparse
import os
import shutil
import subprocess
from pathlib import Path

from bench import peers, results
from bench.measure import Contender, environment, race

SLOWEST_IMPORTS = 12


def contenders(program: Path, rounds: int) -> list[Contender]:
    """Python alone, click alone, servicebook; then what else is installed."""
    python = str(program.parent / "python")
    here = peers.BUILD
    every = [
        Contender("python, nothing", [python, "-c", "pass"], here),
        Contender("python, import click", [python, "-c", "import click"], here),
        Contender("servicebook --help", [str(program), "--help"], here),
        Contender("servicebook --version", [str(program), "--version"], here),
    ]
    if git := shutil.which("git"):
        every.append(Contender("git --version", [git, "--version"], here))
    for tool in peers.validators():
        option = "help" if "--extension" in tool.start else "--help"
        command = tool.start[:2] if tool.start[1].endswith(".js") else tool.start[:1]
        every.append(Contender(f"{tool.name} {option}", [*command, option if len(command) == 1 else "help"], here))
    for one in every:
        one.rounds = rounds
    return every


def imports(program: Path) -> str:
    """The modules that `--help` spends most on, by Python's own account: milliseconds of each alone."""
    code = f"import sys; sys.argv = ['servicebook', '--help']; exec(open({str(program)!r}).read())"
    command = [str(program.parent / "python"), "-X", "importtime", "-c", code]
    lines = subprocess.run(command, env=environment(), capture_output=True, text=True).stderr.splitlines()
    cost = []
    for line in lines[1:]:
        own, _, name = line.removeprefix("import time:").split("|")
        cost.append((int(own) / 1000, name.strip()))
    cost.sort(reverse=True)
    rows = [(f"`{name}`", f"{milliseconds:.1f}") for milliseconds, name in cost[:SLOWEST_IMPORTS]]
    return results.table(("import", "ms"), rows)


def main() -> None:
    """Install, time, write."""
    parser = argparse.ArgumentParser(description="Measure how long it takes to start.")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--quick", action="store_true", help="3 rounds, printed and not written")
    parser.add_argument("--servicebook", type=Path, help="measure this program, and do not install the checkout")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    program = peers.servicebook(options.servicebook)
    timed = contenders(program, 3 if options.quick else options.rounds)
    race(timed, peers.BUILD / "output.txt")
    by_name = {one.name: one.median("wall") for one in timed}
    ratio = by_name["servicebook --help"] / by_name["python, import click"]
    required = results.table(("", "required", "measured"), [("`--help` ÷ importing click", "≤ 1.5", f"{ratio:.2f}")])
    parts = [required, results.timings(timed), imports(program)]
    if options.quick:
        print("\n\n".join(parts))
    else:
        results.write("Start-up", parts, {"click": peers.version(program.parent, "click")}, load)


if __name__ == "__main__":
    main()
