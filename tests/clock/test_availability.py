"""The rules of `clock/availability.py`, one by one."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from memory import calendar, incident, make_book, matrix
from servicebook.clock import Availability

AS_OF = datetime(2026, 4, 30, 22, tzinfo=UTC)  # midnight in Amsterdam
HOUR = 3600
TARGETS = [{"measure": "resolution", "priority": "P1", "limit": "4h", "time": "elapsed"}]


def service(name: str = "SVC-shop", **fields) -> dict:
    return {"id": name, "owner": "it", "criticality": "vital", "live_from": "2026-01-01", **fields}


def outage(start: str, end: str | None = None, number: int = 1, **fields) -> dict:
    """A loss of the shop; times without an offset are those of Amsterdam in winter."""
    times = {"from": f"{start}:00+01:00"} | ({"to": f"{end}:00+01:00"} if end else {})
    return {"id": f"OUT-20260302-aaa{number}", "type": "outage", "services": ["SVC-shop"], **times, **fields}


def maintenance(start: str, end: str, announced: str | None = None, number: int = 1, **fields) -> dict:
    told = {"announced_at": f"{announced}:00+01:00"} if announced else {}
    return outage(start, end, number, type="maintenance", **told, **fields)


def agreement(*availability: dict, **fields) -> dict:
    """An SLA on the shop with one version, in office hours."""
    version = {"version": 1, "valid_from": "2026-01-01", "calendar": "CAL-office", "matrix": "MTX-standard"}
    version |= {"targets": TARGETS, "availability": [{"target": 99.5, **agreed} for agreed in availability], **fields}
    return {"id": "SLA-shop", "services": ["SVC-shop"], "customer": "retail-director", "versions": [version]}


def days(*records: dict, as_of: datetime = AS_OF, name: str = "SVC-shop", zone: str = "Europe/Amsterdam") -> dict:
    """The days of a service by date."""
    book = make_book(*records, calendar(), matrix(), zone=zone)
    return {day.day: day for day in Availability(book, as_of).days(name)}


def down(*records: dict, day: str = "2026-03-02", **options) -> float:
    """Hours lost on a day, of a Monday unless said otherwise."""
    return days(*records, **options)[day].measured.down / HOUR


def test_outages_at_one_time_are_not_added():
    one, other = outage("2026-03-02T10:00", "2026-03-02T12:00"), outage("2026-03-02T11:00", "2026-03-02T13:00", 2)
    measured = days(service(), one, other)["2026-03-02"].measured
    assert (measured.down, measured.naive, measured.failures) == (3 * HOUR, 4 * HOUR, 2)
    assert measured.outages == ("OUT-20260302-aaa1", "OUT-20260302-aaa2")


def test_of_what_is_on_at_one_time_the_greatest_share_is_lost():
    slow = outage("2026-03-02T10:00", "2026-03-02T14:00", type="degradation", weight=0.25)
    gone = outage("2026-03-02T11:00", "2026-03-02T12:00", 2)
    assert down(service(), slow, gone) == 0.25 * 3 + 1


def test_only_agreed_hours_count():
    over_night = outage("2026-03-02T16:00", "2026-03-03T10:00")
    found = days(service(), over_night, agreement({"time": "working"}))
    assert [found[f"2026-03-0{day}"].measured.down / HOUR for day in (2, 3, 4)] == [1, 1, 0]
    assert [found[f"2026-03-0{day}"].measured.agreed / HOUR for day in (2, 3, 7)] == [8, 8, 0]
    assert [found[f"2026-03-0{day}"].measured.failures for day in (2, 3)] == [1, 0]


def test_a_failure_out_of_hours_is_none():
    early = outage("2026-03-02T08:59", "2026-03-02T09:01")
    measured = days(service(), early, agreement({"time": "working"}))["2026-03-02"].measured
    assert (measured.down, measured.failures) == (60, 0)


@pytest.mark.parametrize(
    ("announced", "lost", "excluded"),
    [("2026-02-27T10:00", 0, 2), ("2026-02-27T10:01", 2, 0), (None, 2, 0)],
    ids=["in-time", "a-minute-late", "not-at-all"],
)
def test_maintenance_is_taken_out_if_it_was_announced_as_agreed(announced, lost, excluded):
    work = maintenance("2026-03-02T10:00", "2026-03-02T12:00", announced)
    measured = days(service(), work, agreement({"maintenance_notice": "72h"}))["2026-03-02"].measured
    assert (measured.down, measured.excluded, measured.agreed) == (
        lost * HOUR,
        excluded * HOUR,
        (24 - excluded) * HOUR,
    )


def test_without_an_agreement_on_notice_all_maintenance_is_downtime():
    work = maintenance("2026-03-02T10:00", "2026-03-02T12:00", "2026-01-02T10:00")
    assert down(service(), work, agreement({})) == 2
    assert down(service(), work) == 2


def test_an_outage_during_announced_maintenance_is_neither_up_nor_down():
    work = maintenance("2026-03-02T10:00", "2026-03-02T12:00", "2026-02-02T10:00")
    gone = outage("2026-03-02T11:00", "2026-03-02T13:00", 2)
    measured = days(service(), work, gone, agreement({"maintenance_notice": "72h"}))["2026-03-02"].measured
    assert (measured.agreed, measured.down, measured.failures) == (22 * HOUR, HOUR, 0)


@pytest.mark.parametrize(("word", "lost"), [("weighted", 0.5), ("full", 2), ("ignored", 0)])
def test_a_degradation_takes_what_was_agreed(word, lost):
    slow = outage("2026-03-02T10:00", "2026-03-02T12:00", type="degradation", weight=0.25)
    assert down(service(), slow, agreement({"degradation": word})) == lost


def test_a_degradation_without_a_weight_takes_all():
    assert down(service(), outage("2026-03-02T10:00", "2026-03-02T12:00", type="degradation")) == 2


def test_dependencies_count_at_any_remove_if_that_was_agreed():
    services = service(depends_on=["SVC-orders"]), service("SVC-orders", depends_on=["SVC-network"])
    network = service("SVC-network", depends_on=["SVC-shop"])  # a circle ends somewhere
    gone = outage("2026-03-02T10:00", "2026-03-02T12:00", services=["SVC-network"])
    assert down(*services, network, gone, agreement({"dependencies": True})) == 2
    assert down(*services, network, gone, agreement({})) == 0


def test_an_outage_still_open_lasts_until_the_instant_looked_from():
    open_one, later = outage("2026-03-02T10:00"), outage("2026-03-02T16:00", number=2)
    as_of = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)
    measured = days(service(), open_one, later, as_of=as_of)["2026-03-02"].measured
    assert (measured.down, measured.agreed) == (4.5 * HOUR, 14.5 * HOUR)
    assert measured.outages == ("OUT-20260302-aaa1",)


def test_the_day_of_the_instant_is_the_last_and_its_midnight_begins_none():
    gone = outage("2026-03-02T10:00", "2026-03-02T12:00")
    assert list(days(service(), gone, as_of=datetime(2026, 3, 3, 23, tzinfo=UTC))) == ["2026-03-02", "2026-03-03"]


def test_days_of_23_and_25_hours():
    found = days(service(), outage("2026-03-28T10:00", "2026-03-28T12:00"), as_of=datetime(2026, 10, 31, tzinfo=UTC))
    assert [found[day].measured.agreed / HOUR for day in ("2026-03-28", "2026-03-29", "2026-10-25")] == [24, 23, 25]


def test_a_date_that_the_zone_skips_is_no_day():
    gone = outage("2011-12-29T10:00", "2011-12-29T12:00")
    found = days(service(live_from="2011-01-01"), gone, as_of=datetime(2012, 1, 1, 12, tzinfo=UTC), zone="Pacific/Apia")
    assert list(found) == ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"]


def test_each_day_is_judged_by_the_version_in_force_on_it():
    first = {"version": 1, "valid_from": "2026-01-01", "valid_to": "2026-03-01", "matrix": "MTX-standard"}
    second = {**first, "version": 2, "valid_from": "2026-03-03", "valid_to": "2026-04-01"}
    silent = {**first, "version": 3, "valid_from": "2026-04-02", "valid_to": "2026-04-30"}
    versions = [
        {**first, "targets": TARGETS, "availability": [{"target": 99}]},
        {**second, "targets": TARGETS, "availability": [{"target": 99.9, "degradation": "ignored"}]},
        {**silent, "targets": TARGETS},
    ]
    slow = outage("2026-03-01T10:00", type="degradation")
    agreed = {"id": "SLA-shop", "services": ["SVC-shop"], "customer": "retail-director", "versions": versions}
    found = days(service(availability_target=98), slow, agreed)
    assert [found[day].terms.target for day in ("2026-03-01", "2026-03-03", "2026-04-02")] == [99, 99.9, 98]
    assert [found[day].measured.down / HOUR for day in ("2026-03-01", "2026-03-03", "2026-04-02")] == [14, 0, 24]
    assert found["2026-03-02"].terms.left_out == "no SLA version in force"
    assert found["2026-03-02"].measured is None
    assert found["2026-04-02"].terms.sla is None


def test_working_time_without_a_calendar_is_left_out_with_the_reason():
    agreed = agreement({"time": "working"})
    del agreed["versions"][0]["calendar"]
    found = days(service(), outage("2026-03-02T10:00"), agreed)
    assert {day.terms.left_out for day in found.values()} == {"no calendar agreed"}


def test_an_agreement_for_some_services_leaves_the_others_to_their_own_target():
    agreed = agreement({"services": ["SVC-orders"], "target": 95})
    agreed["services"] = ["SVC-shop", "SVC-orders"]
    records = service(availability_target=99), service("SVC-orders"), outage("2026-03-02T10:00"), agreed
    assert days(*records)["2026-03-02"].terms.target == 99
    assert days(*records, name="SVC-orders")["2026-03-02"].terms.target == 95


def test_a_service_has_no_day_before_it_was_live_or_after_it_was_retired():
    shop = service(live_from="2026-03-03", retired_on="2026-03-05")
    assert list(days(shop, outage("2026-03-02T10:00"))) == ["2026-03-03", "2026-03-04", "2026-03-05"]


def test_days_begin_with_the_first_of_which_the_book_speaks():
    book = make_book(service(), outage("2026-03-02T10:00"), incident("2026-03-01T09:00:00Z opened"))
    first = [next(Availability(book, AS_OF).days("SVC-shop")).day]
    book.config = replace(book.config, since=date(2026, 2, 1))
    first.append(next(Availability(book, AS_OF).days("SVC-shop")).day)
    assert first == ["2026-03-01", "2026-02-01"]
    assert list(Availability(make_book(service()), AS_OF).days("SVC-shop")) == []


def test_ten_services_over_three_years_take_well_under_a_second():
    services = [service(f"SVC-s{number}", live_from="2023-01-01") for number in range(10)]
    agreed = agreement({"time": "working"}, valid_from="2023-01-01")
    agreed["services"] = [one["id"] for one in services]
    hours = calendar()
    hours["versions"][0]["valid_from"] = "2023-01-01"
    start = datetime(2023, 1, 2, 9, tzinfo=UTC)
    outages = [
        {"id": f"OUT-20230101-{number:04}", "type": "outage", "services": [f"SVC-s{number % 10}"]}
        | {"from": (start + timedelta(days=number)).isoformat(), "to": (start + timedelta(days=number + 3)).isoformat()}
        for number in range(1000)
    ]
    book = make_book(*services, agreed, hours, matrix(), *outages)
    began = time.process_time()
    found = list(Availability(book, datetime(2026, 1, 1, tzinfo=UTC)).all_days())
    assert len(found) > 10_000
    assert time.process_time() - began < 0.9
