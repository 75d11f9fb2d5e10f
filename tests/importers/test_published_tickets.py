"""Real tickets of two ServiceNow instances (`shared/data/servicenow/`), imported into an empty book."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from exports import Folder
from servicebook import source
from servicebook.importers.servicenow import Choices, import_files
from servicebook.kinds import read_kinds
from servicebook.tree import WorkingTree

DATA = Path(__file__).parents[3] / "shared" / "data" / "servicenow"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published tickets are not beside the repository")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Any]:
    folder = Folder(tmp_path_factory.mktemp("log"))
    tree = WorkingTree(folder.root)
    files = (DATA / "incident_event_log_even.csv.gz",)
    return folder, import_files(tree, read_kinds(tree), files, Choices(zone="UTC"))


@pytest.fixture(scope="module")
def records(log: tuple[Folder, Any]) -> list[dict[str, Any]]:
    return [source.load(text) for text in log[0].bytes().values()]


def test_the_book_counts_what_the_log_counts(log: tuple[Folder, Any], records: list[dict[str, Any]]) -> None:
    expected = json.loads((DATA / "expected_even.json").read_bytes())
    ledger = log[1]
    assert ledger.read == expected["events"]
    assert ledger.created == len(records) == expected["incidents"]
    assert not ledger.rejected
    claims = [record["source"]["claims"] for record in records]
    assert Counter(claim["priority"] for claim in claims) == expected["priority_at_last_event"]
    assert Counter(str(claim["made_sla"]).lower() for claim in claims) == expected["made_sla_at_last_event"]
    assert sum("resolved_at" not in claim for claim in claims) == expected["resolved_at_missing"]
    reopened = [any(event["event"] == "reopened" for event in record["timeline"]) for record in records]
    assert sum(reopened) == expected["reopened_incidents"]
    assert reopened == [claim["reopen_count"] > 0 for claim in claims]
    assert sum(claim["reassignment_count"] > 0 for claim in claims) == expected["reassigned_incidents"]
    for sort, name in (("problem", "with_problem_id"), ("change", "with_rfc")):
        found = [any(r["type"] == sort for r in record.get("references", ())) for record in records]
        assert sum(found) == expected[name]


def test_every_record_is_valid(log: tuple[Folder, Any], records: list[dict[str, Any]]) -> None:
    validator = read_kinds(WorkingTree(log[0].root))["incident"].validator
    assert all(validator.is_valid(record) for record in records)


def test_no_person_is_in_the_book(log: tuple[Folder, Any]) -> None:
    names = (b"Caller ", b"Opened by", b"Created by", b"Updated by", b"Resolver ", b"Resolved by", b"Location ")
    assert not [path for path, text in log[0].bytes().items() if any(name in text for name in names)]


def test_a_second_import_changes_nothing(log: tuple[Folder, Any]) -> None:
    folder, first = log
    before = folder.bytes()
    tree = WorkingTree(folder.root)
    files = (DATA / "incident_event_log_even.csv.gz",)
    again = import_files(tree, read_kinds(tree), files, Choices(zone="UTC"))
    assert folder.bytes() == before
    assert (again.unchanged, again.merged, again.imported) == (first.created, first.read, 0)


def test_a_list_of_the_table_api(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    ledger = folder.take((DATA / "table_api_incidents.csv").read_bytes(), order=None)
    assert ledger.facts == {"Form": "list, a row for each ticket", "Times": "iso in UTC"}
    assert (ledger.read, ledger.created, len(ledger.rejected)) == (67, 47, 20)
    assert all("closed at" in rejection.detail for rejection in ledger.rejected.values())
