"""The tables `outage` and `availability`: what the clock makes of outages, as rows."""

from datetime import UTC, datetime
from typing import Any

from memory import TREE, calendar, incident, make_book, matrix, sla, targets
from servicebook import facts
from servicebook.clock import zone
from servicebook.metrics import Period, Target, Targets, measure
from servicebook.metrics.metric import read_metrics

METRIC = read_metrics(TREE)["availability"]
AS_OF = datetime(2026, 3, 4, 11, 0, 0, 500, tzinfo=UTC)
SERVICES = [
    {"id": name, "owner": "it", "criticality": "vital", "live_from": "2026-03-01", "availability_target": 99}
    for name in ("SVC-orders", "SVC-shop")
]
OUTAGES = [
    {
        "id": "OUT-20260302-aaa1",
        "type": "degradation",
        "services": ["SVC-shop", "SVC-orders"],
        "from": "2026-03-02T10:00:00+01:00",
        "to": "2026-03-02T12:00:00+01:00",
        "weight": 0.25,
        "incident": "INC-20260302-aaaa",
    },
    {
        "id": "OUT-20260302-aaa2",
        "type": "maintenance",
        "services": ["SVC-shop"],
        "from": "2026-03-02T11:00:00+01:00",
        "to": "2026-03-02T13:00:00+01:00",
        "announced_at": "2026-02-28T11:00:00+01:00",
        "change": "CHG-20260227-aaaa",
    },
    {"id": "OUT-20260304-aaa3", "type": "outage", "services": ["SVC-shop"], "from": "2026-03-04T09:00:00+01:00"},
    {"id": "OUT-20260305-aaa4", "type": "outage", "services": ["SVC-shop"], "from": "2026-03-05T09:00:00+01:00"},
]


def rows(table: str, *records: dict[str, Any]) -> list[dict[str, Any]]:
    book = make_book(*SERVICES, *OUTAGES, *records, calendar(), matrix())
    return list(facts.compute(book, AS_OF, only=(table,)).tables[table].records())


def utc(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=UTC)


def test_an_outage_has_a_row_for_each_service() -> None:
    found = rows("outage")
    assert [(row["id"][-1], row["service"], row["weight"], row["elapsed_seconds"]) for row in found] == [
        ("1", "SVC-shop", 0.25, 7200),
        ("1", "SVC-orders", 0.25, 7200),
        ("2", "SVC-shop", 1.0, 7200),
        ("3", "SVC-shop", 1.0, 10800),  # until the instant of the facts, which does not see the fourth
    ]
    first, _, work, last = found
    assert (first["book"], first["path"]) == ("Test", "records/outages/OUT-20260302-aaa1.yaml")
    assert (first["started_at"], first["ended_at"], last["ended_at"]) == (utc(3, 2, 9), utc(3, 2, 11), None)
    assert (first["incident"], first["change"], first["announced_at"]) == ("INC-20260302-aaaa", None, None)
    assert (work["change"], work["announced_at"], work["notice_seconds"]) == (
        "CHG-20260227-aaaa",
        utc(2, 28, 10),
        172800,
    )
    assert {row["started_month"] for row in found} == {"2026-03"}


def test_availability_has_a_row_for_each_service_and_day() -> None:
    found = rows("availability")
    assert [(row["service"], row["day"]) for row in found] == [
        (service, f"2026-03-0{day}") for service in ("SVC-orders", "SVC-shop") for day in (2, 3, 4)
    ]
    assert found[3] == {
        "book": "Test",
        "service": "SVC-shop",
        "sla": None,
        "sla_version": None,
        "number": None,
        "day": "2026-03-02",
        "month": "2026-03",
        "started_at": utc(3, 1, 23),
        "ended_at": utc(3, 2, 23),
        "agreed_seconds": 86400,
        "down_seconds": 7200 + 0.25 * 3600,
        "naive_seconds": 7200 + 0.25 * 7200,
        "excluded_seconds": 0,
        "failures": 0,
        "target": 99.0,
        "allowed_seconds": 864.0,
        "outages": "OUT-20260302-aaa1, OUT-20260302-aaa2",
        "left_out": None,
    }
    today = found[5]
    assert (today["ended_at"], today["agreed_seconds"]) == (utc(3, 4, 11), 12 * 3600)
    assert (today["down_seconds"], today["failures"]) == (3 * 3600, 1)


def test_what_was_agreed_is_named_and_a_day_without_it_has_the_reason() -> None:
    version = {"version": 4, "valid_from": "2026-03-02", "valid_to": "2026-03-03", "matrix": "MTX-standard"}
    targets = [{"measure": "resolution", "priority": "P1", "limit": "4h", "time": "elapsed"}]
    version |= {"targets": targets, "availability": [{"target": 99.5, "maintenance_notice": "48h"}]}
    sla = {"id": "SLA-shop", "services": ["SVC-shop"], "customer": "retail-director", "versions": [version]}
    _, _, _, first, _, last = rows("availability", sla)
    assert (first["sla"], first["sla_version"], first["number"], first["target"]) == ("SLA-shop", 4, 1, 99.5)
    assert (first["agreed_seconds"], first["excluded_seconds"], first["allowed_seconds"]) == (79200, 7200, 396.0)
    assert (last["sla"], last["left_out"]) == ("SLA-shop", "no SLA version in force")
    figures = ("agreed_seconds", "down_seconds", "naive_seconds", "excluded_seconds", "failures", "target", "outages")
    assert {last[name] for name in figures} == {None}


def test_two_availabilities_of_one_service_are_judged_each_on_its_own_seconds() -> None:
    agreed = [{"target": 99, "time": "elapsed"}, {"target": 99.9, "time": "working"}]
    shop = sla(targets() | {"availability": agreed})
    sunday = {"id": "OUT-20260308-aaaa", "type": "outage", "services": ["SVC-shop"]}
    sunday |= {"from": "2026-03-08T00:00:00+01:00", "to": "2026-03-09T00:00:00+01:00"}
    opened = incident("2026-03-01T09:00:00Z opened")
    book = make_book(SERVICES[1], shop, sunday, opened, calendar(), matrix())
    april = datetime(2026, 4, 1, tzinfo=UTC)
    found = facts.compute(book, april, only=("target", "availability")).tables
    march = [row for row in found["target"].records() if row["window"] == "2026-03"]
    hours = 31 * 24 - 1  # summer time begins on the 29th
    assert [(row["number"], row["counted"], row["kept"], row["held"]) for row in march] == [
        (1, hours * 3600, (hours - 24) * 3600, False),
        (2, 22 * 8 * 3600, 22 * 8 * 3600, True),
    ]
    assert [round(row["percent"], 1) for row in march] == [96.8, 100]
    days = [row for row in found["availability"].records() if row["day"] == "2026-03-08"]
    assert [(row["number"], row["agreed_seconds"], row["down_seconds"]) for row in days] == [
        (1, 86400, 86400),
        (2, 0, 0),
    ]
    measured = measure(facts.compute(book, april), METRIC, Period.parse("2026-03", zone("Europe/Amsterdam")),
                       ("sla", "number"), targets=Targets(book))  # fmt: skip
    held = {group.key["number"]: (round(group.values["ratio"], 1), group.target) for group in measured.groups}
    assert held == {
        "1": (96.8, Target(99, "at-least", ("SLA-shop",), False)),
        "2": (100, Target(99.9, "at-least", ("SLA-shop",), True)),
    }
