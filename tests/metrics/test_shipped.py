"""The shipped metrics: each whole, understood by both engines, and right on cases that were counted by hand.

A case of `shipped/` is a few rows of fact tables; columns that it does not name are empty. It says what the metric
makes of them: `figures` by aggregate, `counted` and `left_out` by the row's id, and `excluded`, what no figure looks
at. The period is cut in Amsterdam and, unless the case says otherwise, long over.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from ruamel.yaml import YAML

from building import CHECKOUT
from memory import make_book
from servicebook import facts, registry
from servicebook.book import read_book
from servicebook.clock import zone
from servicebook.facts import Facts, Table
from servicebook.metrics import Period, dimensions, measure, measure_all, read_metrics
from servicebook.pages.words import labels
from servicebook.tree import open_tree

AMSTERDAM = zone("Europe/Amsterdam")
LATER = "2026-12-31T00:00Z"
METRICS = read_metrics(make_book().tree)
CASES = [
    case for path in sorted((Path(__file__).parent / "shipped").glob("*.yaml")) for case in YAML(typ="safe").load(path)
]


QUIET = {"sla-at-risk", "sla-fulfilment-attainment"}
"""What the sample organisation may have nothing for: no clock near its limit, no limit for service requests."""


def given(case: dict[str, Any]) -> Facts:
    """Every fact table, with the rows of a case in it."""
    tables = {}
    for name in registry.module_names("facts"):
        columns = facts.columns(name)
        rows = case["rows"].get(name, [])
        assert {key for row in rows for key in row} <= {column.name for column in columns}
        cells = [[cell(row.get(column.name), column.type) for column in columns] for row in rows]
        tables[name] = Table(name, "", columns, tuple((row[0] or "Test", *row[1:]) for row in cells))
    assert set(case["rows"]) <= set(tables)
    return Facts(datetime.fromisoformat(case.get("as_of", LATER)), AMSTERDAM, tables)


def cell(value: Any, column_type: str) -> Any:
    if value is None or column_type not in ("TIMESTAMP", "VARCHAR"):
        return value
    return datetime.fromisoformat(value) if column_type == "TIMESTAMP" else str(value)


def rounded(figures: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if value is None else round(value, 6) for name, value in figures.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['metric']}: {case['about']}")
def test_a_case_counted_by_hand(case):
    metric = METRICS[case["metric"]]
    (group,) = measure(given(case), metric, Period.parse(case["period"], AMSTERDAM)).groups
    assert rounded(group.values) == case["figures"]
    assert rounded({row.id: row.value for row in group.rows if row.left_out is None}) == case["counted"]
    assert {row.id: row.left_out for row in group.rows if row.left_out is not None} == case.get("left_out", {})
    ids = {row.get("id") or row.get("service") or row["sla"] for rows in case["rows"].values() for row in rows}
    assert ids == {*case["counted"], *case.get("left_out", {}), *case.get("excluded", ())}


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_has_a_case_that_does_not_count_everything(name):
    cases = [case for case in CASES if case["metric"] == name]
    assert any(value is not None for case in cases for value in case["figures"].values())
    assert any(case.get("left_out") or case.get("excluded") for case in cases)


@pytest.mark.parametrize("name", METRICS)
def test_a_shipped_metric_is_whole(name):
    metric = METRICS[name]
    assert metric.title("zh") != metric.title()
    assert metric.defined("zh") != metric.defined()
    assert not re.search("[，。；：] ", metric.defined("zh"))
    assert metric.group
    assert metric.clause
    assert all(f"unit.{metric.unit}" in labels(language) for language in ("en", "zh"))
    nothing = given({"rows": {}})
    assert dimensions(nothing, metric)[0] == "book"
    (group,) = measure(nothing, metric, Period.parse("2026", AMSTERDAM)).groups
    assert (group.n, group.left_out) == (0, {})


@pytest.mark.parametrize("name", METRICS)
def test_spark_would_understand_the_query(name):
    (query,) = sqlglot.transpile(
        METRICS[name].query, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert not [word for word in ("QUALIFY", "FILTER", "DATE_DIFF(", '"') if word in query.upper()]


def test_the_sample_organisation_has_something_to_count_for_every_metric():
    book = read_book(open_tree(CHECKOUT))
    table = facts.compute(book, datetime.fromisoformat("2026-11-21T12:00Z"))
    measures = measure_all(table, METRICS.values(), Period.parse("2026", AMSTERDAM))
    silent = {found.metric.name for found in measures if not found.groups[0].n + sum(found.groups[0].left_out.values())}
    assert len(measures) == len(METRICS)
    assert silent <= QUIET
