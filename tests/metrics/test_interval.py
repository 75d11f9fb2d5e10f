"""How far a share of a sample may be off."""

import random
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebook.metrics.interval import CORRECTED, WILSON, Interval, interval, wilson
from servicebook.metrics.metric import Metric, parse
from servicebook.metrics.values import Numbers

HEADER = """\
-- title: Satisfaction
-- definition: Of those who answered, the percentage that was satisfied.
-- unit: percent
-- better: higher
-- aggregate: {aggregate}
-- estimates: share
-- source: ours
SELECT 1
"""


def metric(aggregate: str) -> Metric:
    return parse("satisfaction", "metrics/satisfaction.sql", HEADER.format(aggregate=aggregate).encode())


def of_surveys(*surveys: tuple[int, int, int | None]) -> Interval | None:
    """The interval of surveys: how many were satisfied, how many answered, how many there are."""
    numbers = Numbers()
    favourable, answers, sizes = zip(*surveys, strict=True)
    columns = {"value": [100.0 * part for part in favourable], "of": answers, "population": sizes}
    numbers.add(metric("ratio"), None, columns)
    return interval(metric("ratio"), numbers)


# Worked out by hand from the formula with z = 1.96, as tables of the Wilson interval have them.
@pytest.mark.parametrize(
    ("favourable", "answers", "low", "high"),
    [(0, 10, 0.0, 27.8), (1, 10, 1.8, 40.4), (5, 10, 23.7, 76.3), (10, 10, 72.2, 100.0), (81, 263, 25.5, 36.6)],
)
def test_known_intervals(favourable, answers, low, high):
    assert [round(bound, 1) for bound in wilson(favourable / answers, answers)] == [low, high]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_interval_holds_the_share_and_stays_a_percentage(case):
    answers, favourable = case
    low, high = wilson(favourable / answers, answers)
    assert 0 <= low <= 100 * favourable / answers + 1e-9
    assert 100 * favourable / answers - 1e-9 <= high <= 100


def test_it_holds_the_true_share_about_as_often_as_it_says():
    """Over all samples of 40, for many true shares; exact, by the binomial distribution."""
    held = []
    for step in range(5, 96):
        share = step / 100
        held.append(
            sum(
                comb(40, found) * share**found * (1 - share) ** (40 - found)
                for found in range(41)
                if wilson(found / 40, 40)[0] <= 100 * share <= wilson(found / 40, 40)[1]
            )
        )
    assert 0.94 < sum(held) / len(held) < 0.965


def test_the_more_of_a_population_answered_the_narrower_it_is():
    unknown = of_surveys((30, 40, None))
    assert unknown.method == WILSON
    assert unknown == (*wilson(0.75, 40), 0.95, WILSON)
    found = [of_surveys((30, 40, size)) for size in (100_000, 400, 80, 41)]
    widths = [one.high - one.low for one in (unknown, *found)]
    assert widths == sorted(widths, reverse=True)
    assert widths[1] == pytest.approx(widths[0], rel=1e-3)
    assert {one.method for one in found} == {CORRECTED}


def test_of_a_whole_population_there_is_nothing_to_estimate():
    assert of_surveys((30, 40, 40)) is None
    assert of_surveys((30, 40, 80), (5, 10, 10)) is not None


def test_surveys_are_added_and_one_of_unknown_size_leaves_the_size_open():
    assert of_surveys((10, 20, 100), (20, 20, 100))[:2] == of_surveys((30, 40, 200))[:2]
    assert of_surveys((10, 20, 100), (20, 20, None)).method == WILSON


def test_without_answers_there_is_none():
    assert of_surveys((0, 0, 100)) is None
    assert interval(metric("share"), Numbers()) is None


def test_a_share_of_rows_has_one():
    numbers = Numbers()
    numbers.add(metric("share"), None, {"value": [True, False, True, True]})
    assert interval(metric("share"), numbers) == (*wilson(0.75, 4), 0.95, WILSON)


def test_drawn_from_a_small_population_it_holds_as_often_as_it_says():
    """1,000 draws of 60 of 100 people, 40 of whom are satisfied, from a fixed seed."""
    chance, people = random.Random(7), [1] * 40 + [0] * 60
    held = 0
    for _ in range(1000):
        found = of_surveys((sum(chance.sample(people, 60)), 60, 100))
        held += found.low <= 40 <= found.high
    assert 930 <= held <= 985
