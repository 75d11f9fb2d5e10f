"""`import statuspage`: what becomes of components, updates, losses and maintenance; bad and hostile input."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servicebook import source
from servicebook.errors import Problem
from servicebook.importers._ledger import Ledger
from servicebook.importers._statuspage_components import service_id
from servicebook.importers.statuspage import Choices, import_files
from servicebook.kinds import read_kinds
from servicebook.record import is_id
from servicebook.tree import WorkingTree

CODE = "p31zjtct2jer"


def post(at: str, status: str, body: str = "", **shown: str) -> dict[str, Any]:
    """An update on a day of March 2026, as `day HH:MM`; `shown` is a component's new status."""
    affected = [{"code": "x", "name": name, "old_status": "?", "new_status": word} for name, word in shown.items()]
    return {
        "status": status,
        "body": body or f"We are {status}.",
        "display_at": instant(at),
        "affected_components": affected or None,
    }


def instant(at: str) -> str:
    day, clock = at.split()
    return f"2026-03-{int(day):02}T{clock}:00.123Z"


def entry(*posts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An incident as the API has it: the newest update first."""
    found = {
        "id": CODE,
        "name": "Slow search",
        "impact": "minor",
        "status": "resolved",
        "started_at": instant("2 10:00"),
        "created_at": instant("2 10:01"),
        "resolved_at": None,
        "updated_at": posts[-1]["display_at"] if posts else instant("2 10:00"),
        "incident_updates": list(reversed(posts)),
        "components": [{"id": "c1", "name": "Search", "description": "Finds things.", "start_date": "2024-05-01"}],
    }
    return {name: value for name, value in {**found, **changes}.items() if value != "absent"}


OPEN = post("2 10:00", "investigating")
OVER = post("2 12:00", "resolved")


class Folder:
    """A book without git, and files beside it."""

    def __init__(self, root: Path) -> None:
        self.root, self.beside = root / "book", root
        (self.root / "records").mkdir(parents=True)

    def take(self, content: Any, *, packed: bool = False, **choices: Any) -> Ledger:
        text = content if isinstance(content, bytes) else json.dumps(content).encode()
        path = self.beside / "incidents.json"
        path.write_bytes(gzip.compress(text) if packed else text)
        tree = WorkingTree(self.root)
        given = {"owner": "it", "criticality": "vital", "rejects": self.beside / "rejects.jsonl"} | choices
        ledger = import_files(tree, read_kinds(tree), (path,), Choices(**given), "Europe/Amsterdam")
        assert ledger.read == ledger.imported + ledger.merged + len(ledger.rejected)
        return ledger

    def record(self, name: str) -> dict[str, Any]:
        (path,) = self.root.rglob(f"{name}.yaml")
        return source.load(path.read_bytes())

    def ids(self) -> list[str]:
        return sorted(path.stem for path in self.root.rglob("*.yaml"))

    def bytes(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def lost(self, component: str = "search") -> list[str]:
        """What a component lost, in short: `type day HH:MM - day HH:MM`."""
        found = []
        for name in self.ids():
            if name.startswith("OUT-") and component in name:
                data = self.record(name)
                times = [
                    f"{data[edge][8:10].lstrip('0')} {data[edge][11:16]}" for edge in ("from", "to") if edge in data
                ]
                found.append(f"{data['type']} {' - '.join(times)}")
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    "shape",
    [
        lambda one: {"page": {"id": "x"}, "incidents": [one]},
        lambda one: {"scheduled_maintenances": [], "incidents": [one]},
        lambda one: [one],
        lambda one: json.dumps(one).encode() + b"\n\n",
    ],
    ids=["API", "summary", "list", "lines"],
)
def test_every_form_gives_the_same_records(folder: Folder, shape: Any, packed: bool) -> None:
    ledger = folder.take(shape(entry(OPEN, OVER)), packed=packed)
    assert (ledger.imported, ledger.created) == (1, 3)
    assert folder.ids() == [f"INC-{CODE}", f"OUT-{CODE}-search", "SVC-search"]


def test_an_incident_keeps_its_updates_and_claims_no_response(folder: Folder) -> None:
    fixed = post("2 11:00", "identified", "A disk.")
    again = post("2 13:00", "investigating", "It is back.")
    learnt = post("3 09:00", "postmortem", "We learnt.")
    folder.take([entry(OPEN, fixed, OVER, again, post("2 14:00", "resolved"), learnt)])
    data = folder.record(f"INC-{CODE}")
    assert [f"{event['at'][8:16]} {event['event']} {event.get('note', '')}" for event in data["timeline"]] == [
        "02T10:00 opened ",
        "02T10:00 informed investigating: We are investigating.",
        "02T11:00 informed identified: A disk.",
        "02T12:00 resolved resolved: We are resolved.",
        "02T13:00 reopened investigating: It is back.",
        "02T14:00 resolved resolved: We are resolved.",
        "03T09:00 informed postmortem: We learnt.",
    ]
    assert (data["service"], data["impact"], data["urgency"]) == ("SVC-search", "low", "low")
    assert data["source"]["claims"]["impact"] == "minor"
    assert folder.lost() == ["degradation 2 10:00 - 2 14:00"]


def test_a_component_becomes_a_service_with_what_the_page_says_of_it(folder: Folder) -> None:
    folder.take([entry(OPEN, OVER)])
    data = folder.record("SVC-search")
    assert {name: data[name] for name in ("title", "description", "owner", "criticality", "live_from")} == {
        "title": "Search",
        "description": "Finds things.",
        "owner": "it",
        "criticality": "vital",
        "live_from": "2024-05-01",
    }


@pytest.mark.parametrize(("since", "expected"), [(None, "2026-03-03"), (date(2020, 1, 1), "2020-01-01")])
def test_without_a_date_a_service_is_live_from_the_first_day_the_files_show_it(
    folder: Folder, since: date | None, expected: str
) -> None:
    late = entry(post("2 23:30", "investigating"), components=["Search"], started_at=instant("2 23:30"))
    folder.take([late], live_from=since)
    assert folder.record("SVC-search")["live_from"] == expected  # half past midnight in Amsterdam


def test_a_service_that_is_there_is_left_as_it_is(folder: Folder) -> None:
    folder.take([entry(OPEN, OVER)])
    path = folder.root / "records/services/SVC-search.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Search", "title: Our search"), encoding="utf-8")
    before = path.read_bytes()
    folder.take([entry(OPEN, OVER, id="second")], owner=None, criticality=None)
    assert path.read_bytes() == before
    assert folder.record("OUT-second-search")["services"] == ["SVC-search"]


def test_new_services_need_an_owner_and_how_critical_they_are(folder: Folder) -> None:
    with pytest.raises(Problem) as problem:
        folder.take([entry(OPEN, OVER)], owner=None)
    assert str(problem.value) == "The book has no service for 1 components of the status page: Search."
    assert "--owner" in problem.value.hint
    assert folder.ids() == []


def test_stretches_follow_the_status_that_the_updates_tell(folder: Folder) -> None:
    folder.take(
        [
            entry(
                post("2 10:00", "investigating", Search="degraded_performance", Mail="operational"),
                post("2 10:30", "identified", Search="major_outage"),
                post("2 11:00", "monitoring", Search="operational"),
                post("2 11:30", "investigating", Search="partial_outage", Login="under_maintenance"),
                post("2 12:00", "resolved"),
                components=["Search", "Mail"],
            )
        ]
    )
    assert folder.lost() == [
        "degradation 2 10:00 - 2 10:30",
        "outage 2 10:30 - 2 11:00",
        "outage 2 11:30 - 2 12:00",
    ]
    assert folder.lost("mail") == []
    assert folder.lost("login") == ["maintenance 2 11:30 - 2 12:00"]
    statuses = [folder.record(f"OUT-{CODE}-search{end}")["source"]["claims"]["component_status"] for end in ("", "-2")]
    assert statuses == ["degraded_performance", "major_outage"]
    assert "service" not in folder.record(f"INC-{CODE}")  # three components, and none is the one


@pytest.mark.parametrize(
    ("impact", "lost"),
    [("critical", "outage"), ("major", "outage"), ("minor", "degradation"), ("none", None)],
)
def test_without_a_status_the_impact_says_what_was_lost(folder: Folder, impact: str, lost: str | None) -> None:
    folder.take([entry(OPEN, OVER, impact=impact)])
    assert folder.lost() == ([f"{lost} 2 10:00 - 2 12:00"] if lost else [])


def test_an_outage_of_no_length_is_none(folder: Folder) -> None:
    ledger = folder.take([entry(post("2 10:00", "resolved"))])
    assert folder.lost() == []
    assert any("lost for any time" in sentence for sentence in ledger.notices)


MAINTENANCE = {"impact": "maintenance", "scheduled_for": instant("5 20:00"), "scheduled_until": instant("5 22:00")}


def test_maintenance_lasts_from_its_begin_to_its_end_and_was_announced(folder: Folder) -> None:
    posts = post("2 10:00", "scheduled"), post("5 20:05", "in_progress"), post("5 21:00", "completed")
    folder.take({"scheduled_maintenances": [entry(*posts, **MAINTENANCE)]})
    assert folder.lost() == ["maintenance 5 20:05 - 5 21:00"]
    assert folder.record(f"OUT-{CODE}-search")["announced_at"] == "2026-03-02T10:00:00Z"
    assert f"INC-{CODE}" not in folder.ids()


def test_planned_maintenance_waits_for_a_later_import(folder: Folder) -> None:
    ledger = folder.take([entry(post("2 10:00", "scheduled"), **MAINTENANCE)])
    assert folder.ids() == ["SVC-search"]
    assert ledger.merged == 1
    assert "maintenance that is only planned; import it again once it has begun" in ledger.notices


def test_what_names_no_component_belongs_to_the_service_that_the_user_names(folder: Folder) -> None:
    work = post("5 20:00", "in_progress"), post("5 21:00", "completed")
    nothing = [entry(*work, **MAINTENANCE, components=[]), entry(OPEN, OVER, id="second", components=[])]
    ledger = folder.take(nothing)
    assert [rejection.sort for rejection in ledger.rejected.values()] == ["maintenance of nothing in particular"]
    assert folder.ids() == ["INC-second"]
    folder.take([entry(OPEN, OVER, id="third")])
    ledger = folder.take((folder.beside / "rejects.jsonl").read_bytes(), service="SVC-search")
    assert not ledger.rejected
    assert folder.record(f"OUT-{CODE}-search")["services"] == ["SVC-search"]
    with pytest.raises(Problem, match="There is no service"):
        folder.take(nothing, service="SVC-other")


def test_a_later_import_adds_what_is_new_and_leaves_what_people_wrote(folder: Folder) -> None:
    folder.take([entry(OPEN)])
    assert folder.lost() == ["degradation 2 10:00"]
    path = folder.root / f"records/incidents/2026/03/INC-{CODE}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "lesson: Watch the disk.  # agreed\n", encoding="utf-8")
    ledger = folder.take([entry(OPEN, OVER)])
    assert (ledger.updated, ledger.imported) == (2, 1)
    assert folder.lost() == ["degradation 2 10:00 - 2 12:00"]
    assert [event["event"] for event in folder.record(f"INC-{CODE}")["timeline"]] == ["opened", "informed", "resolved"]
    assert "lesson: Watch the disk.  # agreed\n" in path.read_text(encoding="utf-8")
    before = folder.bytes()
    assert folder.take([entry(OPEN, OVER)]).kept == 1
    assert folder.take([entry(OPEN)]).kept == 2  # older than what the book has
    assert folder.bytes() == before


def test_of_an_entry_that_stands_twice_the_one_updated_last_is_taken(folder: Folder) -> None:
    ledger = folder.take([entry(OPEN, OVER), entry(OPEN)])
    assert (ledger.imported, ledger.merged) == (1, 1)
    assert folder.lost() == ["degradation 2 10:00 - 2 12:00"]


def test_a_dry_run_writes_nothing_and_says_what_would_be(folder: Folder) -> None:
    ledger = folder.take([entry(OPEN, OVER), "no entry"], dry_run=True)
    assert (ledger.created, len(ledger.rejected), folder.ids()) == (3, 1, [])
    assert not (folder.beside / "rejects.jsonl").exists()


def test_a_record_of_somebody_else_is_not_touched(folder: Folder) -> None:
    folder.take([entry(OPEN)])
    path = folder.root / f"records/incidents/2026/03/INC-{CODE}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("system: statuspage", "system: other"), encoding="utf-8")
    ledger = folder.take([entry(OPEN, OVER)])
    (rejection,) = ledger.rejected.values()
    assert rejection.sort == "another record has this id"
    assert folder.lost() == ["degradation 2 10:00"]  # an entry is taken whole or not at all


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "../../etc"}, "the id cannot be part of an id: “../../etc”"),
        ({"id": "absent"}, "the id cannot be part of an id"),
        ({"impact": "huge"}, "impact is not known: “huge” is none of none, minor, major, critical, maintenance"),
        ({"started_at": "yesterday"}, "started_at cannot be read: “yesterday” is no time"),
        ({"started_at": "2026-03-02T10:00:00"}, "started_at cannot be read: “2026-03-02T10:00:00” has no offset"),
        ({"resolved_at": "2026-03-01T10:00:00Z"}, "it ends before it begins"),
        ({"incident_updates": {}, "name": ["x"]}, "name is no text"),
        ({"incident_updates": "none"}, "incident_updates cannot be read"),
        ({"components": "Search"}, "components cannot be read"),
        ({"components": [{"id": "c1"}]}, "a component has no name"),
        ({"incident_updates": [{"status": "x", "body": "y"}]}, "an update has no time: “y”"),
    ],
)
def test_bad_entries_are_rejected_with_their_place(folder: Folder, changes: dict[str, Any], reason: str) -> None:
    ledger = folder.take({"incidents": [entry(OPEN, id="good"), entry(OPEN, **changes)]})
    (rejection,) = ledger.rejected.values()
    assert (rejection.file, rejection.line) == ("incidents.json", 1)
    assert "incidents[1]" in rejection.reason
    assert rejection.reason.replace("incidents[1]: ", "").startswith(reason)
    assert "INC-good" in folder.ids()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"number,opened\nINC1,x\n", "is not JSON"),
        (b'{"incidents": [', "this is not JSON"),
        (b"", "is empty"),
        (b'{"id": "a", "id": "b"}', "stands twice"),
        (b"[" * 100_000, "this is not JSON"),
    ],
)
def test_a_file_that_is_none_is_a_plain_sentence(folder: Folder, text: bytes, message: str) -> None:
    with pytest.raises(Problem, match=message):
        folder.take(text)
    assert folder.ids() == []


HOSTILE = [
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "a\nb: !!python/object {x: y}",
    "\u202ereversed\x00\x1b[31m",
    "支付",
    "C++",
    "C",
    "x" * 500,
    "'\"{{ 7*7 }}|`-`: # -",
]


def test_hostile_names_are_inert(folder: Folder) -> None:
    name = "\n".join(HOSTILE)
    folder.take([entry(OPEN, post("2 12:00", "resolved", name), name=name, components=HOSTILE)])
    kinds = read_kinds(WorkingTree(folder.root))
    for path in folder.root.rglob("*.yaml"):
        kind = next(kind for kind in kinds.values() if kind.folder == path.relative_to(folder.root).parts[1])
        assert kind.validator.is_valid(source.load(path.read_bytes())), path
        assert is_id(path.stem)
    services = [one for one in folder.ids() if one.startswith("SVC-")]
    assert len(services) == len(HOSTILE)
    assert all("\x1b" not in text.decode() and "\u202e" not in text.decode() for text in folder.bytes().values())


def test_two_names_are_two_services_however_they_are_written() -> None:
    assert service_id("Git Operations") == service_id("git operations") == "SVC-git-operations"
    names = ["C", "C++", "C#", "支付", "登录", "API (v1)", "x" * 60, "x" * 61]
    found = [service_id(name) for name in names]
    assert len(set(found)) == len(names)
    assert all(is_id(one) for one in found)
