"""How many values become one figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebook.metrics.aggregate import AGGREGATES
from servicebook.metrics.rounding import digits


@pytest.mark.parametrize(
    ("name", "values", "figure"),
    [
        ("count", [5, 5], 2),
        ("sum", [0.1] * 10, 1.0),
        ("share", [1, 0, 0, 1], 50),
        ("mean", [1, 2, 6], 3),
        ("median", [1, 2, 3, 10], 2.5),
        ("median", [3, 1, 2], 2),
        ("p90", list(range(1, 11)), 9),
        ("p90", list(range(1, 12)), 10),
        ("p50", [1, 2, 3, 4], 2),
        ("p99", [7], 7),
        ("max", [1, 3, 2], 3),
    ],
)
def test_figures(name, values, figure):
    assert AGGREGATES[name](values) == figure


def test_of_nothing_there_is_no_figure():
    figures = {name: aggregate([]) for name, aggregate in AGGREGATES.items()}
    assert {name for name, figure in figures.items() if figure is not None} == {"count", "sum"}


@given(st.lists(st.integers(0, 100), min_size=1), st.sampled_from([50, 75, 90, 95, 99]))
def test_a_percentile_is_the_least_value_that_so_many_percent_do_not_exceed(values, percent):
    found = AGGREGATES[f"p{percent}"](values)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (93.27, "percent", 1), (99.985, "percent", 2), (99.9999, "percent", 4), (99.99999, "percent", 4),
        (0.04, "percent", 2), (100.0, "percent", 1), (0, "percent", 1), (99.985, "hours", 1),
    ],
)  # fmt: skip
def test_a_percentage_short_of_all_does_not_look_like_all(value, unit, shown):
    assert digits(value, unit) == shown
