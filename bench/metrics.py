"""How long figures take: every metric for a year by service and priority over 100,000 incidents, from warm facts.

python -m bench.metrics [--incidents 100000] [--rounds 5] [--quick]

Beside it, one question of three figures put to the same facts with DuckDB, polars and plain Python (`engines.py`).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import results
from bench.generate import repository
from bench.measure import Contender, environment, race, say

COMMITS = 101
PERIOD = "2025"
PYTHON = sys.executable
TOUCHED = "# looked at again\n"


def metrics(book: Path, name: str, rounds: int, **given: object) -> Contender:
    """Every metric by service and priority."""
    command = [PYTHON, "-m", "servicebook", "metrics", "--period", PERIOD, "--by", "service", "--by", "priority"]
    return Contender(name, [*command, "--previous", "0", "--format", "json"], book, rounds=rounds, **given)  # type: ignore[arg-type]


def touch(book: Path) -> None:
    """One more line in one record, so that its blob is another."""
    record = next(iter(sorted((book / "records" / "incidents").rglob("*.yaml"))))
    record.write_text(record.read_text("utf-8") + TOUCHED, "utf-8")


def written(book: Path, form: str) -> tuple[Path, float]:
    """The facts as files, and how long that took."""
    folder = book.parent / form
    began = time.perf_counter()
    command = [PYTHON, "-m", "servicebook", "facts", "--format", form, "--output", str(folder)]
    subprocess.run(command, cwd=book, env=environment(), check=True, capture_output=True)
    return folder, time.perf_counter() - began


def answers(parquet: Path, texts: Path) -> list[tuple[str, Path]]:
    """The three ways. Stops where one of them says anything else than the others."""
    ways = [("duckdb", parquet), ("polars", parquet), ("plain", texts)]
    said = {
        way: subprocess.run(
            [PYTHON, "-m", "bench.engines", way, str(folder)], cwd=results.ROOT, check=True, capture_output=True
        ).stdout
        for way, folder in ways
    }
    if len(set(said.values())) != 1:
        raise SystemExit("The three ways do not agree: " + repr({way: text[:200] for way, text in said.items()}))
    return ways


def main() -> None:
    """Generate, time, write."""
    parser = argparse.ArgumentParser(description="Measure how long figures take.")
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="2,000 incidents, 2 rounds, printed and not written")
    options = parser.parse_args()
    count, rounds = (2_000, 2) if options.quick else (options.incidents, options.rounds)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        book, output = Path(folder, "book"), Path(folder, "output")
        say(f"making {count:,} incidents")
        repository(book, count, COMMITS)
        cold = metrics(book, "the first time", 1)
        warm = metrics(book, "nothing changed", rounds)
        changed = metrics(book, "one record changed", rounds, prepare=lambda: touch(book))
        race([cold], output)
        race([warm, changed], output)
        (parquet, seconds), (texts, _) = written(book, "parquet"), written(book, "csv")
        engines = [
            Contender(way, [PYTHON, "-m", "bench.engines", way, str(where)], results.ROOT, rounds=rounds)
            for way, where in answers(parquet, texts)
        ]
        race(engines, output)
    parts = [
        f"Every metric for {PERIOD} by service and priority, {count:,} incidents, whole processes:",
        results.timings([cold, warm, changed]),
        f"`servicebook facts --format parquet` of it: {seconds:.1f} seconds.",
        "Three figures by service and priority from those facts, the same answer each:",
        results.timings(engines),
    ]
    if options.quick:
        print("\n\n".join(parts))
    else:
        import duckdb
        import polars as pl

        results.write("Metrics", parts, {"DuckDB": duckdb.__version__, "polars": pl.__version__}, load)


if __name__ == "__main__":
    main()
