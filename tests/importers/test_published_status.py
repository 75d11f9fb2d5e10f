"""A status page's public incidents of three years (`shared/data/statuspage/`), imported into a new book.

What the book makes of them is compared with a union worked out here, minute by minute, straight from the raw data.
"""

import gzip
import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from building import Book as BookFolder
from servicebook import facts
from servicebook.book import read_book
from servicebook.importers._ledger import Ledger
from servicebook.importers.statuspage import Choices, import_files
from servicebook.kinds import read_kinds
from servicebook.tree import WorkingTree

DATA = Path(__file__).parents[3] / "shared" / "data" / "statuspage" / "github_incidents_2022_2024.jsonl.gz"
LEFT_OUT = 5  # maintenance that names no component

pytestmark = pytest.mark.skipif(not DATA.is_file(), reason="the published incidents are not beside the repository")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[BookFolder, Ledger]:
    root = tmp_path_factory.mktemp("status") / "book"
    start = BookFolder(root.parent / "start")
    made = start.run("init", str(root), "--profile", "standard", "--name", "Status", "--zone", "UTC")
    assert made.returncode == 0, made.stderr
    return BookFolder.at(root), take(root)


def take(root: Path) -> Ledger:
    tree = WorkingTree(root)
    choices = Choices(owner="service-owner", criticality="important", rejects=root.parent / "rejects.jsonl")
    return import_files(tree, read_kinds(tree), (DATA,), choices, "UTC")


def entries() -> list[dict[str, Any]]:
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_every_entry_is_accounted_for(imported: tuple[BookFolder, Ledger]) -> None:
    _, ledger = imported
    assert (ledger.read, ledger.imported, len(ledger.rejected)) == (399, 399 - LEFT_OUT, LEFT_OUT)


def test_a_new_book_is_valid_after_the_import(imported: tuple[BookFolder, Ledger]) -> None:
    found = imported[0].run("validate")
    assert "error:" not in found.stdout, found.stdout
    assert found.returncode == 0, found.stdout


def test_a_second_import_changes_nothing(imported: tuple[BookFolder, Ledger]) -> None:
    root, first = imported[0].root, imported[1]
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    again = take(root)
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before
    assert (again.created, again.updated, again.kept, again.merged) == (0, 0, 0, 399 - LEFT_OUT)
    assert again.unchanged == first.created - 11  # the services are found, not compared


def test_availability_by_year_and_component_is_the_union_of_the_raw_data(imported: tuple[BookFolder, Ledger]) -> None:
    book = read_book(WorkingTree(imported[0].root))
    table = facts.compute(book, datetime(2025, 1, 1, tzinfo=UTC), only=("availability",)).tables["availability"]
    names = {record.id: record.data["title"] for record in book.records("service")}
    agreed: dict[tuple[str, str], int] = defaultdict(int)
    down: dict[tuple[str, str], float] = defaultdict(float)
    naive: dict[tuple[str, str], float] = defaultdict(float)
    for row in table.records():
        key = names[row["service"]], row["day"][:4]
        agreed[key] += row["agreed_seconds"]
        down[key] += row["down_seconds"]
        naive[key] += row["naive_seconds"]
    lost, added, since = lost_minutes()
    first = min(moment(entry["started_at"]) for entry in entries() if entry["impact"] != "maintenance")
    book_begins = first.replace(hour=0, minute=0)
    components = {name for name, _ in lost}
    assert len(components) == 11
    for name in components:
        for year in ("2022", "2023", "2024"):
            start = max(datetime(int(year), 1, 1, tzinfo=UTC), since[name], book_begins)
            minutes = (datetime(int(year) + 1, 1, 1, tzinfo=UTC) - start) // timedelta(minutes=1)
            key = name, year
            assert agreed[key] == 60 * max(0, minutes), key
            assert down[key] == 60 * len(lost[key]), key
            assert naive[key] == 60 * added[key], key
            if minutes > 0:
                assert availability(agreed[key], down[key]) == availability(minutes, len(lost[key]))
    differing = {key for key in lost if naive[key] != down[key]}
    assert len(differing) == 7
    assert naive["Webhooks", "2023"] - down["Webhooks", "2023"] == 17 * 60


def availability(agreed: float, down: float) -> float:
    return round(100 - 100 * down / agreed, 6)


def lost_minutes() -> tuple[dict[Any, set[int]], dict[Any, int], dict[str, datetime]]:
    """By component and year: the minutes in which it was lost, the same with all losses added up; by component the
    first day on which it is named."""
    lost: dict[Any, set[int]] = defaultdict(set)
    added: dict[Any, int] = defaultdict(int)
    since: dict[str, datetime] = {}
    for entry in entries():
        start, end = moment(entry["started_at"]), moment(entry["resolved_at"])
        for name in entry.get("components", []):
            midnight = start.replace(hour=0, minute=0)
            since[name] = min(since.get(name, midnight), midnight)
        if entry["impact"] == "none":
            continue
        if entry["impact"] == "maintenance":
            start = next(moment(update["at"]) for update in entry["updates"] if update["status"] == "In progress")
        for number in range((end - start) // timedelta(minutes=1)):
            minute = start + timedelta(minutes=number)
            for name in entry.get("components", []):
                lost[name, str(minute.year)].add(int(minute.timestamp()) // 60)
                added[name, str(minute.year)] += 1
    return lost, added, since


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
