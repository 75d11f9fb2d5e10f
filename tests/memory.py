"""A book made in memory, for tests that are about records and not about files."""

from pathlib import Path
from typing import Any

from servicebook.book import Book
from servicebook.config import Config
from servicebook.kinds import read_kinds
from servicebook.record import Record, find_links
from servicebook.tree import Entry, Unreadable


class EmptyTree:
    """A tree without a file: kinds are the shipped ones."""

    root = Path("/nowhere")
    commit = None

    def entries(self, *folders: str) -> list[Entry]:
        return []

    def read(self, path: str) -> bytes:
        raise Unreadable("there is no such file")


TREE = EmptyTree()
KINDS = read_kinds(TREE)


def make_book(*records: dict[str, Any], zone: str = "Europe/Amsterdam") -> Book:
    """A book of these records. The kind follows from the prefix of the id; each must fit its schema."""
    return Book(TREE, KINDS, Config(organisation="Test", zone=zone), [make_record(record) for record in records])


def make_record(data: dict[str, Any]) -> Record:
    kind = next(kind for kind in KINDS.values() if data["id"].startswith(kind.prefix + "-"))
    data = {"schema_version": 2 if kind.name == "sla" else 1, "title": data["id"], **data}
    errors = [f"{error.instance_path}: {error.message}" for error in kind.validator.iter_errors(data)]
    assert not errors, errors
    return Record(
        TREE,
        f"records/{kind.folder}/{data['id']}.yaml",
        kind,
        data["id"],
        blob="0" * 40,
        links=find_links(kind, data),
        data=data,
    )


def calendar(*versions: dict[str, Any], record_id: str = "CAL-office") -> dict[str, Any]:
    """A calendar; without versions Monday to Friday 09:00 to 17:00 in Amsterdam, closed on Christmas Day 2026."""
    office = {
        "zone": "Europe/Amsterdam",
        "weekly": [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": [{"from": "09:00", "to": "17:00"}]}],
        "exceptions": [{"date": "2026-12-25", "name": "Christmas Day"}],
    }
    return {"id": record_id, "versions": numbered(versions or (office,))}


def matrix(*versions: dict[str, Any], record_id: str = "MTX-standard") -> dict[str, Any]:
    """A priority matrix: high and high is P1, low and low is P4."""
    standard = {
        "levels": [{"id": f"P{number}", "name": f"Priority {number}"} for number in range(1, 5)],
        "priority": {
            "high": {"high": "P1", "medium": "P2", "low": "P3"},
            "medium": {"high": "P2", "medium": "P3", "low": "P4"},
            "low": {"high": "P3", "medium": "P4", "low": "P4"},
        },
    }
    return {"id": record_id, "versions": numbered(versions or (standard,))}


def sla(
    *versions: dict[str, Any], record_id: str = "SLA-shop", services: tuple[str, ...] = ("SVC-shop",)
) -> dict[str, Any]:
    """An SLA; without versions P1 in 15 minutes and 4 hours of all time, P3 in 1 and 8 hours of working time."""
    return {
        "id": record_id,
        "services": ["SVC-shop"],
        "customer": "retail-director",
        "versions": numbered(versions or (targets(),)),
    }


def targets(*lines: str, stops: tuple[str, ...] = ("waiting-for-customer",)) -> dict[str, Any]:
    """One version of an SLA. A line is `measure priority limit time [until]`."""
    found = []
    for line in lines or (
        "response P1 15m elapsed",
        "resolution P1 4h elapsed",
        "response P3 1h working",
        "resolution P3 8h working",
    ):
        names = ("measure", "priority", "limit", "time", "until")
        found.append(dict(zip(names, line.split(), strict=False)))
    return {
        "calendar": "CAL-office",
        "matrix": "MTX-standard",
        "targets": found,
        "clock_stops": [{"code": code} for code in stops],
    }


def numbered(versions: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    return [{"version": number, "valid_from": "2026-01-01", **version} for number, version in enumerate(versions, 1)]


def incident(*events: str, record_id: str = "INC-20260302-aaaa", **fields: Any) -> dict[str, Any]:
    """An incident of the shop, P3 unless said otherwise. An event is a line `2026-03-02T09:00:00Z name [code]`.

    The code is that of a pause; of reprioritised it is `impact/urgency`.
    """
    timeline = []
    for line in events:
        at, name, *rest = line.split()
        event = {"at": at, "event": name}
        if name == "paused":
            event["code"] = rest[0]
        if name == "reprioritised":
            event["impact"], event["urgency"] = rest[0].split("/")
        timeline.append(event)
    given = {
        "id": record_id,
        "service": "SVC-shop",
        "impact": "medium",
        "urgency": "medium",
        "timeline": timeline,
        **fields,
    }
    return {name: value for name, value in given.items() if value is not None}
