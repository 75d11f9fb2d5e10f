"""Each percentage that an SLA promises is judged by its own windows, and by no other's."""

from datetime import UTC, datetime
from typing import Any

from memory import TREE, calendar, incident, make_book, matrix, sla, targets
from servicebook import facts
from servicebook.authoring.agreed_figures import Agreed, agreed_figures
from servicebook.authoring.retrospect import Retrospect
from servicebook.clock import zone
from servicebook.metrics import Period
from servicebook.metrics.metric import read_metrics

MARCH = Period.parse("2026-03", zone("Europe/Amsterdam"))
APRIL = datetime(2026, 4, 2, tzinfo=UTC)
SERVICE = {
    "id": "SVC-shop", "owner": "it-manager", "criticality": "important", "live_from": "2026-01-01",
    "catalogue": [{"audience": "staff", "text": "A service."}],
}  # fmt: skip


def request(number: int, request_type: str, *events: str) -> dict[str, Any]:
    record = incident(*events, record_id=f"REQ-2026030{number}-aaaa")
    return record | {"request_type": request_type, "requested_by": "shop-manager"}


def promised(shop: dict[str, Any], *records: dict[str, Any]) -> list[Agreed]:
    book = make_book(calendar(), matrix(), SERVICE, shop, *records)
    back = Retrospect(book, facts.compute(book, APRIL), read_metrics(TREE), MARCH, None)
    return list(agreed_figures(back, book.by_id[shop["id"]]))


def told(found: list[Agreed]) -> list[tuple[str, Any, float, bool | None]]:
    return [(one.figure.title.partition(", ")[2], one.figure.value, one.target, one.met) for one in found]


LAPTOP = request(2, "Laptop", "2026-03-02T09:00:00Z opened", "2026-03-12T09:00:00Z fulfilled")
PASSWORD = request(3, "Password", "2026-03-03T09:00:00Z opened", "2026-03-03T09:10:00Z fulfilled")


def test_types_of_request_are_judged_apart() -> None:
    version = targets("fulfilment P3 8h elapsed", "fulfilment P3 8h elapsed")
    for target, name in zip(version["targets"], ("Laptop", "Password"), strict=True):
        target |= {"request_types": [name], "attainment": 80}
    assert told(promised(sla(version), LAPTOP, PASSWORD)) == [
        ("Laptop, P3", 0.0, 80, False),
        ("Password, P3", 100.0, 80, True),
    ]


def test_responses_to_incidents_and_to_requests_are_judged_apart() -> None:
    version = targets("response P3 1h elapsed", "response P3 1h elapsed")
    incidents, requests = version["targets"]
    incidents["attainment"] = requests["attainment"] = 80
    requests["kind"] = "service-request"
    slow = incident("2026-03-04T09:00:00Z opened", "2026-03-04T12:00:00Z responded")
    assert told(promised(sla(version), slow, PASSWORD)) == [
        ("P3", 0.0, 80, False),
        ("response, service-request, P3", 100.0, 80, True),
    ]


def test_two_availabilities_of_one_service_are_told_apart() -> None:
    agreed = [{"target": 99, "time": "elapsed"}, {"target": 99.9, "time": "working"}]
    sunday = {"id": "OUT-20260308-aaaa", "type": "outage", "services": ["SVC-shop"]}
    sunday |= {"from": "2026-03-08T00:00:00+01:00", "to": "2026-03-09T00:00:00+01:00"}
    shop = sla(targets() | {"availability": agreed})
    before = incident("2026-03-01T09:00:00Z opened")
    assert told(promised(shop, sunday, before)) == [
        ("SVC-shop, 1", 96.77, 99, False),
        ("SVC-shop, 2", 100.0, 99.9, True),
    ]


def test_the_same_promise_of_an_earlier_version_is_judged_with_it_and_another_with_its_number_is_not() -> None:
    first = targets("response P3 1h elapsed", "resolution P3 8h elapsed") | {"valid_to": "2026-03-15"}
    then = targets("resolution P3 4h elapsed", "response P3 1h elapsed") | {"valid_from": "2026-03-16"}
    for target in (*first["targets"], *then["targets"]):
        target["attainment"] = 80
    quick = "2026-03-04T09:10:00Z responded", "2026-03-06T09:00:00Z resolved"
    found = promised(sla(first, then), incident("2026-03-04T09:00:00Z opened", *quick))
    assert [(one.figure.metric.agreed, one.met) for one in found] == [("resolution", False), ("response", True)]
