"""Facts that rest on what an earlier run kept are those that are made anew, whatever has changed in between."""

import json
import random
import sqlite3
from datetime import datetime, timedelta

import pytest

from memory import calendar, matrix, targets
from servicebook import facts
from servicebook.book import read_book
from servicebook.tree import Entry, blob_id

START = datetime.fromisoformat("2026-03-02T06:00:00+00:00")
EVENTS = ["assigned", "responded", "paused", "resumed", "resolved", "reopened", "closed", "cancelled", "informed"]


class Files:
    """A tree of records in memory, in a folder that looks like a repository; it counts what is read."""

    commit = None

    def __init__(self, root):
        self.root = root
        (root / ".git").mkdir()
        self.texts: dict[str, bytes] = {}
        self.reads: list[str] = []

    def put(self, folder: str, data: dict) -> None:
        data = {"schema_version": 2 if folder == "slas" else 1, "title": data["id"], **data}
        self.texts[f"records/{folder}/{data['id']}.yaml"] = json.dumps(data).encode()

    def entries(self, folder: str) -> list[Entry]:
        found = sorted(path for path in self.texts if path == folder or path.startswith(f"{folder}/"))
        return [Entry(path, blob_id(self.texts[path])) for path in found]

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        return self.texts[path]


def agreed(chance: random.Random) -> dict:
    """An SLA whose terms differ from time to time."""
    terms = {
        **targets(
            "response P3 30m elapsed", f"resolution P3 {chance.choice([1, 8, 40])}h working", "update P3 2h elapsed"
        ),
        "clock_rules": {"reopening": chance.choice(["resume", "restart", "new"])},
        "workload_limits": [{"limit": chance.choice([1, 3, 100]), "window": "month"}],
    }
    terms["targets"][1]["attainment"] = 90
    return {"id": "SLA-shop", "services": ["SVC-shop"], "customer": "retail-director",
            "versions": [{"version": 1, "valid_from": "2026-01-01", **terms}]}  # fmt: skip


def case(chance: random.Random, name: str) -> tuple[str, dict]:
    """An incident or a request, its timeline however it may go."""
    moment = START + timedelta(hours=chance.randrange(0, 24 * 60))
    timeline = [{"at": moment.isoformat(), "event": "opened"}]
    for event in chance.choices(EVENTS, k=chance.randrange(0, 7)):
        moment += timedelta(minutes=chance.choice([0, 20, 300, 3000, 60000]))
        more = {"code": "waiting-for-customer"} if event == "paused" else {}
        timeline.append({"at": moment.isoformat(), "event": event, **more})
    data = {"service": chance.choice(["SVC-shop", "SVC-mail"]), "impact": "medium", "urgency": "medium"}
    if name.startswith("INC"):
        data |= chance.choice(
            [{"category": "payment"}, {"problem": "PRB-20260301-aaaa", "caused_by": "CHG-20260301-aaaa"}]
        )
        return "incidents", {"id": name, **data, "timeline": timeline}
    known = [event for event in timeline if event["event"] not in ("resolved", "informed")]
    data |= {"request_type": "Access", "requested_by": "shop-manager"}
    return "service-requests", {"id": name, **data, "timeline": known}


def a_book(root, chance: random.Random) -> Files:
    files = Files(root)
    files.put("calendars", calendar())
    files.put("priority-matrices", matrix())
    files.put("slas", agreed(chance))
    files.put("problems", {"id": "PRB-20260301-aaaa", "source": "incident", "impact": "low", "urgency": "low",
                           "timeline": [{"at": START.isoformat(), "event": "opened"}]})  # fmt: skip
    files.put("changes", {"id": "CHG-20260301-aaaa", "category": "normal", "type": "component", "reason": "So.",
                          "requester": {"role": "it-manager"},
                          "timeline": [{"at": START.isoformat(), "event": "requested"}]})  # fmt: skip
    for number in range(20):
        change(files, chance, number)
    return files


def change(files: Files, chance: random.Random, number: int) -> None:
    """Write a case, over another or as a new one."""
    files.put(*case(chance, f"{chance.choice(['INC', 'REQ'])}-2026030{number % 3 + 1}-a{number:03}"))


def rows(found: facts.Facts) -> dict[str, list]:
    return {name: list(table.rows) for name, table in found.tables.items()}


@pytest.mark.parametrize("seed", range(6))
def test_kept_facts_are_those_made_anew(tmp_path, seed):
    chance = random.Random(seed)
    files = a_book(tmp_path, chance)
    as_of = START + timedelta(days=30)
    for _ in range(10):
        for _ in range(chance.randrange(0, 3)):
            change(files, chance, chance.randrange(0, 25))
        if chance.random() < 0.2:
            files.put("slas", agreed(chance))
        if chance.random() < 0.3:
            del files.texts[chance.choice([path for path in files.texts if "INC-" in path or "REQ-" in path])]
        if chance.random() < 0.5:
            as_of = START + timedelta(hours=chance.randrange(0, 24 * 200))
        ledger = facts.Ledger(files, "this tool")
        assert rows(ledger.facts(as_of)) == rows(facts.compute(read_book(files), as_of))
        assert facts.latest_event(ledger.brief) == facts.latest_event(read_book(files))


@pytest.fixture
def files(tmp_path):
    return a_book(tmp_path, random.Random(1))


def cases_read(files: Files, as_of: datetime, tool: str | None = "this tool") -> int:
    """How many cases a run looks into."""
    files.reads.clear()
    facts.Ledger(files, tool).facts(as_of)
    return len({path for path in files.reads if "/incidents/" in path or "/service-requests/" in path})


LATER = START + timedelta(days=900)


def test_what_has_not_changed_is_not_read_again(files):
    everything = cases_read(files, LATER)
    assert everything == 20
    assert cases_read(files, LATER) == 0
    still_open = cases_read(files, LATER + timedelta(days=1))
    assert 0 < still_open < everything
    change(files, random.Random(2), 30)
    assert cases_read(files, LATER + timedelta(days=1)) == 1


def test_another_tool_begins_anew_and_without_one_nothing_is_kept(files):
    assert cases_read(files, LATER, None) == cases_read(files, LATER, None) == 20
    cases_read(files, LATER)
    assert cases_read(files, LATER, "another tool") == 20


def kept(files: Files):
    return files.root / ".git/servicebook/facts.sqlite"


@pytest.mark.parametrize("packed", ["", "[]", "{}", '{"records": [[]], "tables": {}}', '{"records": 1, "tables": []}'])
def test_a_damaged_entry_is_as_if_it_were_not_there(files, packed):
    cases_read(files, LATER)
    with sqlite3.connect(kept(files)) as connection:
        connection.execute("UPDATE kept SET packed = ?", [packed])
    connection.close()
    assert rows(facts.Ledger(files, "this tool").facts(LATER)) == rows(facts.compute(read_book(files), LATER))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_foreign_file_gives_way(files, content):
    kept(files).parent.mkdir()
    kept(files).write_bytes(content)
    assert cases_read(files, LATER) == 20
    assert cases_read(files, LATER) == 0


def test_a_database_of_another_shape_gives_way(files):
    kept(files).parent.mkdir()
    with sqlite3.connect(kept(files)) as connection:
        connection.execute("CREATE TABLE kept (something TEXT)")
    connection.close()
    assert cases_read(files, LATER) == 20
    assert cases_read(files, LATER) == 0


def test_where_nothing_can_be_kept_facts_come_all_the_same(files):
    kept(files).parent.write_text("a file where the folder would be")
    assert cases_read(files, LATER) == cases_read(files, LATER) == 20


def test_another_zone_of_the_organisation_begins_anew(files):
    for zone in ("UTC", "Pacific/Auckland", "UTC"):
        files.texts["servicebook.toml"] = f'[organisation]\nname = "Test"\nzone = "{zone}"\n'.encode()
        assert rows(facts.Ledger(files, "this tool").facts(LATER)) == rows(facts.compute(read_book(files), LATER))
