"""What several rules share: when something falls due again, and whether two doers were one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servicebook.cadence import MONTHS, after
from servicebook.kind import Kind
from servicebook.part import Part
from servicebook.record import Record
from servicebook.registry import shipped
from servicebook.rules._people import same
from servicebook.tree import WorkingTree


@pytest.mark.parametrize(
    ("day", "interval", "due"),
    [
        (date(2026, 1, 15), "month", date(2026, 2, 15)),
        (date(2026, 1, 31), "month", date(2026, 2, 28)),
        (date(2028, 1, 31), "month", date(2028, 2, 29)),
        (date(2025, 11, 30), "quarter", date(2026, 2, 28)),
        (date(2025, 12, 1), "month", date(2026, 1, 1)),
        (date(2025, 8, 31), "half-year", date(2026, 2, 28)),
        (date(2028, 2, 29), "year", date(2029, 2, 28)),
        (date(2028, 2, 29), "two-years", date(2030, 2, 28)),
        (date(2025, 6, 30), "three-years", date(2028, 6, 30)),
        (date(9999, 6, 30), "year", date.max),
        (date(2026, 1, 1), "fortnight", date.max),
        (date(2026, 1, 1), None, date.max),
    ],
)
def test_an_interval_later(day: date, interval: str | None, due: date) -> None:
    assert after(day, interval) == due


def test_every_interval_that_records_may_name() -> None:
    parts = json.loads((shipped("schemas") / "parts.json").read_text("utf-8"))
    assert set(MONTHS) == set(parts["$defs"]["interval"]["enum"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"role": "it-manager"}, {"role": "it-manager"}, True),
        ({"role": "it-manager"}, {"role": "service-desk"}, False),
        ({"role": "it-manager", "person": "P-7k2m"}, {"role": "it-manager"}, True),
        ({"role": "it-manager", "person": "P-7k2m"}, {"role": "service-desk", "person": "P-7k2m"}, True),
        ({"role": "it-manager", "person": "P-7k2m"}, {"role": "it-manager", "person": "P-c4d9"}, False),
        ({"role": "it-manager", "person": "P-7k2m"}, {"role": "service-desk"}, False),
        ({}, {}, False),
        ({"role": 1}, {"role": 1}, False),
    ],
)
def test_two_doers(tmp_path: Path, one: Any, other: Any, expected: bool) -> None:
    record = Record(WorkingTree(tmp_path), "records/things/THG-1.yaml", Kind("thing", "", {}, {}), "THG-1", data={})
    assert same(Part(record, one), Part(record, other)) is expected
    assert same(Part(record, other), Part(record, one)) is expected
