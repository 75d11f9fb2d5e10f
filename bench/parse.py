"""The readers of YAML that a Python tool could use, side by side on the same records in memory.

python -m bench.parse [--records 1000] [--rounds 7] [--quick]
"""

import argparse
import json
import os
import shutil
import subprocess
from statistics import median
from typing import Any

from bench import generate, peers, results
from bench.measure import environment, say

OTHERS = ("ryaml", "py-yaml12", "yaml-rs", "rapidyaml")


def installed() -> str:
    """The Python of the environment in which servicebook and the other readers are."""
    programs = peers.servicebook().parent
    python = str(programs / "python")
    for package in OTHERS:
        command = [python, "-m", "pip", "install", "--quiet", "--prefer-binary", package]
        if subprocess.run(command, env=environment(), capture_output=True).returncode:
            say(f"left out: {package} cannot be installed here")
    return python


def tables(answers: dict[str, Any], size: float) -> list[str]:
    """Speed, then what each makes of texts that are easily read wrongly."""
    ours = median(answers["servicebook.source"]["microseconds"])
    rows, told = [], []
    for name, answer in sorted(answers.items(), key=lambda item: median(item[1]["microseconds"])):
        middle = median(answer["microseconds"])
        same = "yes" if answer["same"] else "no"
        rows.append(
            (f"{name} {answer['version']}", f"{middle:.0f}", f"{size / middle:.1f}", f"{middle / ours:.2f}", same)
        )
        told.append((name, *answer["tricky"].values()))
    what = next(iter(answers.values()))["tricky"]
    return [
        results.table(("", "µs a record", "MB/s", "× servicebook.source", "same data"), rows),
        results.table(("read as", *what), told),
    ]


def main() -> None:
    """Install, generate, measure, write."""
    parser = argparse.ArgumentParser(description="Measure readers of YAML.")
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="100 records, 3 rounds, printed and not written")
    options = parser.parse_args()
    if options.quick:
        options.records, options.rounds = 100, 3
    load = os.getloadavg()[0]
    python = installed()
    repository = peers.BUILD / f"book-parse-{options.records}"
    shutil.rmtree(repository, ignore_errors=True)
    generate.repository(repository, options.records, 11)
    program = str(results.ROOT / "bench" / "readers.py")
    command = [python, program, str(repository), str(options.records), str(options.rounds)]
    output = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True).stdout
    files = peers.incident_files(repository)
    size = sum((repository / file).stat().st_size for file in files) / len(files)
    parts = [f"{len(files)} records of {size:.0f} bytes.", *tables(json.loads(output), size)]
    if options.quick:
        print("\n\n".join(parts))
    else:
        results.write("Readers of YAML", parts, {}, load)


if __name__ == "__main__":
    main()
