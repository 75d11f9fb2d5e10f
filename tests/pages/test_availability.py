"""The availability on a service's page: the last twelve months, the error budget and its burn."""

from datetime import UTC, date, datetime

import pytest

from building import Book as BookFolder
from memory import calendar, make_book, matrix
from servicebook.pages.edition import Edition
from servicebook.pages.records import body
from servicebook.pages.study import read_study
from servicebook.pages.uptime import Uptime, Uptimes
from servicebook.tree import open_tree

HOUR = 3600
TODAY = date(2026, 4, 10)
AS_OF = datetime(2026, 4, 10, 22, tzinfo=UTC)  # its end in Amsterdam
SHOP = {"id": "SVC-shop", "owner": "it", "criticality": "vital", "live_from": "2025-01-01", "availability_target": 99}


def outage(start: str, end: str, number: int = 1, **fields: object) -> dict:
    return {
        "id": f"OUT-20260302-aaa{number}",
        "type": "outage",
        "services": ["SVC-shop"],
        "from": f"{start}:00+02:00",
        "to": f"{end}:00+02:00",
        **fields,
    }


OLD = outage("2025-12-02T10:00", "2025-12-02T12:00", 9)


def agreement(valid_from: str = "2025-01-01", **availability: object) -> dict:
    version = {"version": 1, "valid_from": valid_from, "calendar": "CAL-office", "matrix": "MTX-standard"}
    targets = [{"measure": "resolution", "priority": "P1", "limit": "4h", "time": "elapsed"}]
    version |= {"targets": targets, "availability": [{"target": 99, **availability}]}
    return {"id": "SLA-shop", "services": ["SVC-shop"], "customer": "retail-director", "versions": [version]}


def uptimes(*records: dict) -> list[Uptime]:
    return Uptimes(make_book(SHOP, *records, calendar(), matrix()), AS_OF, TODAY).of("SVC-shop")


def test_the_last_twelve_months_are_shown_each_by_itself() -> None:
    early, recent = outage("2025-04-30T10:00", "2025-04-30T12:00"), outage("2026-04-02T10:00", "2026-04-02T16:00", 2)
    (uptime,) = uptimes(early, recent)
    assert [month.label for month in uptime.months] == [f"2025-{n:02}" for n in range(5, 13)] + [
        f"2026-{n:02}" for n in range(1, 5)
    ]
    assert [month.down / HOUR for month in uptime.months[-2:]] == [0, 6]
    assert [month.running for month in uptime.months[-2:]] == [False, True]
    assert uptime.months[-1].percent == 97.5  # 6 of 240 hours


def test_the_budget_is_of_the_whole_window_and_burns_by_the_time_gone() -> None:
    (uptime,) = uptimes(OLD, outage("2026-04-02T10:00", "2026-04-02T11:48"))
    budget = uptime.budget
    assert (budget.first, budget.last) == (date(2026, 4, 1), date(2026, 4, 30))
    assert budget.allowed == pytest.approx(7.2 * HOUR)  # 1 % of 30 days
    assert budget.down == 1.8 * HOUR
    assert budget.burn == pytest.approx(0.25 / (1 / 3))  # a quarter of the budget in a third of the month
    assert budget.kept


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ("quarter", date(2026, 4, 1), date(2026, 6, 30)),
        ("half-year", date(2026, 1, 1), date(2026, 6, 30)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("30-days", date(2026, 3, 12), date(2026, 4, 10)),
    ],
)
def test_the_window_is_the_one_agreed(window: str, first: date, last: date) -> None:
    (uptime,) = uptimes(OLD, agreement(window=window))
    assert (uptime.budget.first, uptime.budget.last) == (first, last)
    whole = ((last - first).days + 1) * 24 - (1 if first < date(2026, 3, 29) <= last else 0)
    whole += 1 if last > date(2026, 10, 25) else 0  # summer time begins and ends
    assert uptime.budget.allowed == pytest.approx(whole * HOUR / 100)


def test_a_budget_of_working_hours_knows_those_to_come() -> None:
    (uptime,) = uptimes(OLD, outage("2026-04-02T10:00", "2026-04-02T12:00"), agreement(time="working"))
    assert uptime.budget.allowed == pytest.approx(22 * 8 * HOUR / 100)  # April 2026 has 22 working days
    assert uptime.budget.percent == 96.875  # 2 of the 64 hours of 8 working days


def test_a_budget_that_is_used_up_is_not_kept() -> None:
    (uptime,) = uptimes(outage("2026-04-02T10:00", "2026-04-03T10:00"))
    assert not uptime.budget.kept
    assert uptime.budget.burn > 1


def test_months_before_the_agreement_say_why_they_have_no_figure() -> None:
    (uptime,) = uptimes(outage("2026-01-02T10:00", "2026-01-02T12:00"), agreement("2026-03-01"))
    assert [month.reason for month in uptime.months] == ["no SLA version in force"] * 2 + [""] * 2
    assert uptime.months[-1].percent == 100


def test_nearly_all_is_not_all() -> None:
    (uptime,) = uptimes(outage("2026-03-02T10:00", "2026-03-02T10:01"))
    assert uptime.months[-2].percent == 99.997


def test_a_service_of_which_no_day_is_known_has_no_block() -> None:
    assert uptimes() == []


def test_the_page_shows_them(book: BookFolder) -> None:
    book.write(
        "records/services/SVC-shop.yaml",
        "id: SVC-shop\nschema_version: 1\ntitle: Shop\nowner: it\ncriticality: vital\nlive_from: 2025-01-01\n"
        "availability_target: 99.5\n",
    )
    book.write(
        "records/outages/2026/OUT-1.yaml",
        "id: OUT-1\nschema_version: 1\ntitle: Down\ntype: outage\nservices: [SVC-shop]\n"
        "from: 2026-03-31T23:00:00+02:00\nto: 2026-04-01T01:30:00+02:00\n",
    )
    book.commit("An outage", at="2026-04-03T10:00:00+02:00")
    study = read_study(open_tree(book.root), "2026-04-10")
    record = study.book.by_id["SVC-shop"]
    english, chinese = (str(body(record, Edition(language, study.book), study)) for language in ("en", "zh"))
    assert "99.5 % of a month" in english
    assert "2026-04-01 to 2026-04-30, so far" in english
    assert "1 h 30 min (42 %)" in english  # of 3 h 36 min
    assert '<td class="sb-number">99.375 %</td><td class="sb-number">1 h 30 min</td>' in english
    assert "错误预算" in chinese
    assert "1 小时 30 分" in chinese
