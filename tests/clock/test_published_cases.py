"""Figures from the test suites of other service desks (`shared/data/sla/cases.json`): ours are the same.

Their calendars name holidays by month and day; ours write dates out. An end before the start works nothing.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from servicebook.clock import Calendar

CASES = Path(__file__).parents[3] / "shared" / "data" / "sla" / "cases.json"
YEARS = range(2004, 2026)

pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="the published cases are not beside the repository")


def cases(name: str) -> list:
    if not CASES.is_file():
        return []
    return [pytest.param(case, id=case["id"]) for case in json.loads(CASES.read_text(encoding="utf-8"))[name]]


def laid_out(given: dict) -> Calendar:
    weekly = [
        {"days": [day], "hours": [{"from": start, "to": end} for start, end in hours]}
        for day, hours in given["weekly"].items()
        if hours
    ]
    dates = [f"{year}-{day}" for year in YEARS for day in given["annual_holidays"]] + given["dates_off"]
    closed = [{"date": date, "name": "holiday"} for date in dates]
    return Calendar({"zone": given["timezone"], "weekly": weekly, "exceptions": closed})


@pytest.mark.parametrize("case", cases("elapsed_cases"))
def test_working_time(case):
    start, end = (datetime.fromisoformat(case[name]) for name in ("start_utc", "end_utc"))
    assert laid_out(case["calendar"]).worked(start, end) == case["expected_working_seconds"]


@pytest.mark.parametrize("case", cases("due_cases"))
def test_due_time(case):
    due = laid_out(case["calendar"]).add(datetime.fromisoformat(case["start_utc"]), case["add_working_seconds"])
    assert due == datetime.fromisoformat(case["expected_due_utc"])


@pytest.mark.parametrize("case", cases("pause_cases"))
def test_time_with_pauses(case):
    assert case["paused_intervals_utc"] == []  # the published ones have none
    calendar = laid_out(case["calendar"])
    start = datetime.fromisoformat(case["start_utc"] + "+00:00")
    for measured in case["elapsed"]:
        end = datetime.fromisoformat(measured["stop_utc"] + "+00:00")
        assert calendar.worked(start, end) == measured["expected_elapsed_minutes"] * 60
