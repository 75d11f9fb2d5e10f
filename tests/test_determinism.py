"""Neither the order in which files lie on the disk nor the machine's zone, language or hash seed changes an output.

The book is made of random records, the same on every run: paused, reopened, reprioritised, assigned to and fro.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import yaml

from building import Book
from memory import calendar, make_record, matrix, sla, targets
from oracle.tales import tale

COMMANDS = {
    "metrics": ("metrics", "--format", "json", "--by", "service", "--period", "2026-03", "--as-of", "2026-06-30"),
    "facts": ("facts", "timer", "--format", "jsonl", "--as-of", "2026-06-30"),
    "explain": ("explain", "{}", "--whole", "--as-of", "2026-06-30"),
}
ELSEWHERE = {
    "the files the other way round, in Samoa": (-1, {"TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8"}),
    "the files in disorder, without a language": (2, {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    "in Nepal, in German": (1, {"TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2"}),
}


def records() -> dict[str, bytes]:
    """The files of the book."""
    agreed = targets("response P3 1h working", "resolution P3 8h working", "resolution P2 4h elapsed closed")
    agreed["targets"] += [
        {"measure": "update", "limit": "2h", "time": "working"},
        {"measure": "resolution", "limit": "4h", "time": "working", "from": "assigned", "assigned_to": "network"},
        {"measure": "fulfilment", "limit": "16h", "time": "working"},
    ]
    agreed["clock_rules"] = {"reopening": "new", "priority_change": "retain"}
    random = Random(20260301)
    cases = []
    for number in range(60):
        kind, prefix = ("service-request", "REQ") if number % 4 == 0 else ("incident", "INC")
        start = datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(minutes=random.randint(0, 60_000))
        cases.append(tale(random, kind, f"{prefix}-20260101-{number:04}", start))
    made = [make_record(data) for data in (calendar(), matrix(), sla(agreed), *cases)]
    return {record.path: yaml.safe_dump(record.data, sort_keys=False).encode() for record in made}


def written(root: Path, order: int) -> Book:
    """The book, its files written in the order of their names, the other way round, or in disorder."""
    book = Book(root)
    files = sorted(records().items())[:: -1 if order < 0 else 1]
    if order == 2:
        Random(1).shuffle(files)
    for path, data in files:
        book.write(path, data)
    book.commit("Everything")
    return book


def said(book: Book, **environment: str) -> dict[str, str]:
    """What each command says of the book; explain is asked for the record that was paused most often."""
    longest = max(records().items(), key=lambda file: file[1].count(b"event: paused"))[0]
    found = {}
    for name, command in COMMANDS.items():
        done = book.run(*(word.format(Path(longest).stem) for word in command), **environment)
        assert done.returncode == 0, done.stderr
        found[name] = done.stdout
    return found


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> dict[str, str]:
    """What each command says on this machine as it is."""
    return said(written(tmp_path_factory.mktemp("here") / "book", 1))


@pytest.mark.parametrize("place", ELSEWHERE)
def test_elsewhere_every_byte_is_the_same(place, here, tmp_path):
    order, environment = ELSEWHERE[place]
    there = said(written(tmp_path / "book", order), **environment)
    assert [name for name in COMMANDS if there[name] != here[name]] == []


def test_there_is_something_to_say(here):
    measured = json.loads(here["metrics"])["measures"]
    assert sum(any(group["n"] > 3 for group in metric["groups"]) for metric in measured) > 5
    assert here["facts"].count("\n") > 60
    assert "paused" in here["explain"]
