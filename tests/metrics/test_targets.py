"""What a figure is held against."""

import pytest

from memory import TREE, calendar, incident, make_book, matrix, sla, targets
from servicebook import facts
from servicebook.clock import zone
from servicebook.metrics import Period, Target, Targets, measure
from servicebook.metrics.metric import parse, read_metrics

ZONE = zone("Europe/Amsterdam")
HEADER = """\
-- title: In time
-- definition: In time.
-- unit: percent
-- better: higher
-- aggregate: share
-- source: ours
"""
QUERY = """\
SELECT id, met AS value, left_out, sla, service, priority, category FROM timer
WHERE measure = 'resolution' AND settled_at >= $start AND settled_at < $end
"""
RESOLVED = [
    incident(
        f"2026-03-0{day}T09:00:00Z opened", f"2026-03-0{day}T10:00:00Z resolved", record_id=f"INC-2026030{day}-aaaa"
    )
    for day in range(2, 7)
]


def metric(*header: str, name: str = "in-time"):
    return parse(name, f"metrics/{name}.sql", (HEADER + "".join(f"-- {line}\n" for line in header) + QUERY).encode())


def agreed(percent: float | None, **fields):
    """One version of an SLA with a percentage for each of its targets."""
    version = targets("resolution P1 4h elapsed", "resolution P3 8h working")
    for target in version["targets"]:
        if percent is not None:
            target["attainment"] = percent
        target.update(fields)
    return version


def objective(record_id: str = "OBJ-in-time", **fields):
    return {
        "id": record_id,
        "owner": {"role": "it-manager"},
        "measure": "In time.",
        "metric": "in-time",
        "unit": "percent",
        "target": 90,
        "direction": "at-least",
        "due": "2026-12-31",
        "plan": "We try.",
        **fields,
    }


def found(*records, by=(), header=("agreed: resolution",), label="2026-03"):
    book = make_book(calendar(), matrix(), *records, *RESOLVED)
    table = facts.compute(book, facts.latest_event(book))
    groups = measure(table, metric(*header), Period.parse(label, ZONE), by, targets=Targets(book)).groups
    return {tuple(group.key.values()): group.target for group in groups}


def test_what_an_sla_agrees_is_the_target_of_the_whole_and_of_its_parts():
    shop = sla(agreed(90))
    target = Target(90, "at-least", ("SLA-shop",), True)
    assert found(shop) == {(): target}
    assert found(shop, by=("sla", "priority", "category")) == {("SLA-shop", "P3", None): target}


def test_the_version_in_force_on_the_last_day_counts():
    shop = sla(agreed(90) | {"valid_to": "2026-03-20"}, agreed(100) | {"valid_from": "2026-03-21"})
    assert found(shop)[()].value == 100
    assert found(shop, label="2026-03-01..2026-03-20")[()].value == 90


def test_of_different_promises_there_is_no_mean():
    version = agreed(90)
    version["targets"][0]["attainment"] = 95
    assert found(sla(version)) == {(): None}
    assert found(sla(version), by=("priority",)) == {("P3",): Target(90, "at-least", ("SLA-shop",), True)}


def test_a_part_without_a_percentage_leaves_the_whole_without():
    version = agreed(90)
    del version["targets"][0]["attainment"]
    assert found(sla(version)) == {(): None}


def test_two_slas_that_agree_the_same_are_both_named():
    target = found(sla(agreed(90)), sla(agreed(90), record_id="SLA-shop-again"))[()]
    assert (target.sources, target.source) == (("SLA-shop", "SLA-shop-again"), "SLA-shop")


def test_fewer_records_than_agreed_are_not_judged():
    assert found(sla(agreed(90, minimum=5)))[()].met is True
    assert found(sla(agreed(90, minimum=6)))[()].met is None
    assert found(sla(agreed(90, minimum=6.0)))[()].met is None


def test_only_what_is_agreed_for_this_measure_counts():
    assert found(sla(agreed(90)), header=("agreed: response",)) == {(): None}
    assert found(sla(agreed(90)), header=()) == {(): None}


def test_a_service_has_what_is_agreed_for_it():
    shop = sla(agreed(90, services=["SVC-other"]))
    assert found(shop, by=("service",)) == {("SVC-shop",): None}


def test_an_objective_is_the_target_where_nothing_is_agreed():
    assert found(objective(), sla()) == {(): Target(90, "at-least", ("OBJ-in-time",), True)}
    assert found(objective(direction="at-most"), sla(), header=())[()].met is False
    assert found(objective(), sla(agreed(95)))[()].source == "SLA-shop"


@pytest.mark.parametrize(
    "fields", [{"closed_on": "2026-03-30"}, {"metric": "another"}, {"unit": "hours"}, {"services": ["SVC-shop"]}]
)
def test_an_objective_that_is_closed_or_of_something_else_is_none(fields):
    assert found(objective(**fields), header=()) == {(): None}


def test_an_objective_of_a_service_is_that_of_its_group():
    assert found(objective(services=["SVC-shop"]), header=(), by=("service",))[("SVC-shop",)].source == "OBJ-in-time"
    assert found(objective(services=["SVC-other"]), header=(), by=("service",)) == {("SVC-shop",): None}
    assert found(objective(), header=(), by=("service",)) == {("SVC-shop",): None}


def test_of_several_objectives_the_one_that_is_due_next_counts():
    records = [
        objective("OBJ-a", due="2026-02-28", target=70),
        objective("OBJ-b", due="2026-12-31", target=80),
        objective("OBJ-c", due="2026-06-30", target=85),
    ]
    assert found(*records, header=())[()].source == "OBJ-c"


def test_availability_is_held_against_the_sla_and_without_one_against_the_service():
    version = agreed(None) | {"availability": [{"target": 99.5, "services": ["SVC-shop"]}]}
    shop = {"id": "SVC-shop", "availability_target": 99}
    post = {"id": "SVC-post", "availability_target": 98}
    common = {
        "owner": "it-manager", "criticality": "important", "live_from": "2026-01-01",
        "catalogue": [{"audience": "staff", "text": "A service."}],
    }  # fmt: skip
    book = make_book(calendar(), matrix(), sla(version), shop | common, post | common)
    known, period = Targets(book), Period.parse("2026-03", ZONE)
    up = metric("agreed: availability")
    assert known.of(up, period, ZONE, {"service": "SVC-shop"}, 99.6, 31) == Target(
        99.5, "at-least", ("SLA-shop",), True
    )
    assert known.of(up, period, ZONE, {"service": "SVC-post"}, 97.9, 31) == Target(98, "at-least", ("SVC-post",), False)
    assert known.of(up, period, ZONE, {}, 99.6, 31) is None
    assert known.of(up, period, ZONE, {"service": "SVC-post"}, None, 0).met is None


def test_a_row_of_another_book_has_no_target_of_this_one():
    book = make_book(calendar(), matrix(), sla(agreed(90)))
    ask = Targets(book).of
    assert ask(metric("agreed: resolution"), Period.parse("2026", ZONE), ZONE, {"book": "Test"}, 95.0, 9).met is True
    assert ask(metric("agreed: resolution"), Period.parse("2026", ZONE), ZONE, {"book": "Other"}, 95.0, 9) is None


def test_binary_fractions_miss_no_target():
    book = make_book(calendar(), matrix(), sla(agreed(99.9)))
    share = 99.89999999999999
    assert share < 99.9
    target = Targets(book).of(metric("agreed: resolution"), Period.parse("2026", ZONE), ZONE, {}, share, 1000)
    assert target.met is True


def test_what_is_promised_for_service_requests_is_no_target_of_incidents():
    version = targets("response P3 1h working", "response P3 2h working")
    incidents, requests = version["targets"]
    incidents["attainment"] = 90
    requests |= {"kind": "service-request", "attainment": 50}
    book, period = make_book(calendar(), matrix(), sla(version)), Period.parse("2026", ZONE)
    known, shipped = Targets(book), read_metrics(book.tree)
    response = shipped["sla-response-attainment"]
    assert known.of(response, period, ZONE, {}, 80.0, 5) == Target(90, "at-least", ("SLA-shop",), False)
    assert known.percentages(response, "2026-03-31") == [90]
    assert known.of(metric("agreed: response"), period, ZONE, {}, 80.0, 5) is None
    for_requests = metric("agreed: response", "kind: service-request")
    assert known.of(for_requests, period, ZONE, {}, 80.0, 5).value == 50
    del incidents["attainment"]
    assert Targets(make_book(calendar(), matrix(), sla(version))).of(response, period, ZONE, {}, 80.0, 5) is None


def test_the_shipped_metrics_of_clocks_say_of_which_kind_they_are():
    kinds = {name: (one.agreed, one.kind) for name, one in read_metrics(TREE).items() if one.kind}
    assert kinds == {
        "sla-response-attainment": ("response", "incident"),
        "sla-resolution-attainment": ("resolution", "incident"),
        "sla-fulfilment-attainment": ("fulfilment", "service-request"),
    }
