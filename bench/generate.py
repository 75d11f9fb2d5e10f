"""A git repository with a book of generated incidents and its history: the corpus of the benchmarks.

    python -m bench.generate DIR [--incidents 10000] [--commits 1001] [--seed 2]

The same numbers give the same commits, byte for byte. Each commit but the first opens some incidents
and brings those of the commit before it up to date, as a team does from day to day.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bench import agreements, yamltext
from bench.incidents import FIRST_DAY, Record, as_opened, incidents, path_of

ROOT = Path(__file__).resolve().parent.parent
SEED = 2
AUTHORS = ("Service desk", "Shop operations", "Infrastructure team", "Order team", "IT manager")
KIND_OF_FOLDER = {
    "incidents": "incident",
    "services": "service",
    "slas": "sla",
    "calendars": "calendar",
    "priority-matrices": "priority-matrix",
}
NO_CONFIGURATION = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def repository(target: Path, count: int, commits: int, seed: int = SEED) -> None:
    """Make the repository at `target`, which must not exist yet, and check it out."""
    target.mkdir(parents=True)
    _git(target, "init", "--quiet", "--initial-branch=main", ".")
    importer = subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=target, stdin=subprocess.PIPE, env=os.environ | NO_CONFIGURATION
    )
    assert importer.stdin is not None
    with importer.stdin as stream:
        for part in _history(count, commits, seed):
            stream.write(part)
    if importer.wait() != 0:
        raise SystemExit("git fast-import failed: see what it wrote above.")
    _git(target, "reset", "--quiet", "--hard")


def file_text(path: str, record: Record) -> str:
    """The record as its file holds it, its schema named on top for editors."""
    schema = "../" * path.count("/") + f"schemas/{KIND_OF_FOLDER[path.split('/')[1]]}.schema.json"
    return yamltext.document(record, f"yaml-language-server: $schema={schema}")


def _history(count: int, commits: int, seed: int) -> Iterator[bytes]:
    """The stream that `git fast-import` reads."""
    now = int(FIRST_DAY.timestamp()) - 86400
    texts = {f"schemas/{file.name}": file.read_bytes() for file in sorted((ROOT / "schemas").glob("*.json"))}
    # What names no profile is the sample organisation's own.
    first = {path: text for path, text in texts.items() if b'"x-profile"' in text or path.endswith("/parts.json")}
    first |= {path: file_text(path, record).encode() for path, record in agreements.records().items()}
    first["servicebook.toml"] = agreements.SETTINGS.encode()
    yield from _commit("Services, agreements and the rules that records keep", first, AUTHORS[-1], now)
    open_since: list[Record] = []
    for number, opened in enumerate(_batches(incidents(count, seed), count, commits - 1)):
        files = {path_of(record): record for record in open_since}
        files |= {path_of(record): as_opened(record) for record in opened}
        now = max(now + 60, _seconds(opened[-1]) if opened else 0)
        message = f"{len(opened)} incidents opened, {len(open_since)} brought up to date"
        texts = {path: file_text(path, record).encode() for path, record in files.items()}
        yield from _commit(message, texts, AUTHORS[number % 4], now)
        open_since = opened
    texts = {path_of(record): file_text(path_of(record), record).encode() for record in open_since}
    yield from _commit("The last incidents brought up to date", texts, AUTHORS[0], now + 86400)


def _batches(records: Iterator[Record], count: int, batches: int) -> Iterator[list[Record]]:
    """`batches - 1` batches whose sizes differ by one at most; the last commit of all only brings up to date."""
    made = 0
    for number in range(1, batches):
        until = count * number // (batches - 1)
        yield [next(records) for _ in range(until - made)]
        made = until


def _seconds(record: Record) -> int:
    return int(datetime.fromisoformat(record["timeline"][-1]["at"]).timestamp())


def _commit(message: str, files: dict[str, bytes], author: str, seconds: int) -> Iterator[bytes]:
    who = f"{author} <{author.lower().replace(' ', '-')}@example.org> {seconds} +0000"
    yield f"commit refs/heads/main\nauthor {who}\ncommitter {who}\n".encode() + _data(message.encode())
    for path, text in files.items():
        yield f"M 100644 inline {path}\n".encode() + _data(text)


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _git(target: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=target, env=os.environ | NO_CONFIGURATION, check=True)


def main() -> None:
    """Read the command line and make the repository."""
    parser = argparse.ArgumentParser(description="Make a git repository with a generated book.")
    parser.add_argument("directory", type=Path, help="where to make it; must not exist yet")
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=1_001, help="3 or more")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.commits < 3 or options.incidents < 1:
        parser.error("a book needs at least 1 incident and 3 commits")
    if options.directory.exists():
        parser.error(f"{options.directory} exists already: name a directory that is to be made")
    repository(options.directory, options.incidents, options.commits, options.seed)
    sys.stdout.write(f"{options.incidents} incidents in {options.directory}\n")


if __name__ == "__main__":
    main()
