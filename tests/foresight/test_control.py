"""Control charts against limits worked out by hand, and against series in which a rule must fire or must not."""

import math
from random import Random

import pytest

from servicebook.foresight.control import judge
from servicebook.foresight.counts import binomial, limits, poisson, score
from servicebook.foresight.points import Point
from servicebook.foresight.signals import RULES, Signal, signals

STEADY = [10, 12, 9, 11, 10, 13, 11, 9, 12, 10, 11, 14]


def series(values, n=100):
    return [Point(f"{2024 + place // 12}-{place % 12 + 1:02}", value, n) for place, value in enumerate(values)]


def fired(values, sort="figure", n=100):
    return {(signal.rule, signal.months) for signal in judge(series(values, n), sort).signals}


class TestLimits:
    def test_of_individuals_lie_2_66_mean_ranges_from_the_mean_of_the_first_twelve(self):
        chart = judge(series([*STEADY, 40]))
        # By hand: the sum is 132, and the eleven ranges 2 3 2 1 3 2 2 3 2 1 3 add up to 24.
        assert (chart.kind, chart.baseline, chart.centre) == ("xmr", 12, 11.0)
        assert chart.high[0] == pytest.approx(11 + 2.6596 * 24 / 11, abs=1e-3)
        assert chart.low[-1] == pytest.approx(11 - 2.6596 * 24 / 11, abs=1e-3)
        assert chart.range_limit == pytest.approx(3.267 * 24 / 11)

    def test_do_not_move_with_what_came_later(self):
        early, late = judge(series(STEADY)), judge(series([*STEADY, *range(50, 60)]))
        assert (early.centre, early.low[0], early.high[0]) == (late.centre, late.low[0], late.high[0])

    def test_stop_at_nought_and_at_the_most_there_can_be(self):
        chart = judge(series([0, 9, 1, 8, 0, 10, 2, 7]))
        assert chart.low[0] == 0
        percent = [95, 99, 91, 98, 92, 100, 96, 99]
        assert judge(series(percent), most=100.0).high[0] == 100.0
        assert judge(series(percent)).high[0] > 100
        assert judge(series([-3, 9, 1, 8, 0, 10, 2, 7])).low[0] < -3

    def test_of_a_share_are_those_of_the_binomial_with_the_number_of_each_month(self):
        points = [Point(f"2025-{month:02}", 90.0, 20) for month in range(1, 13)]
        chart = judge([*points, Point("2026-01", 60.0, 5)], "share")
        assert (chart.kind, chart.centre) == ("p", 90.0)
        # P(X ≤ 13) of 20 at 0.9 is 0.0024 and P(X ≤ 12) 0.0004; of 5 P(X ≤ 2) is 0.0086 and P(X ≤ 1) 0.0005.
        assert (chart.low[0], chart.high[0]) == (65.0, 100.0)
        assert (chart.low[-1], chart.high[-1]) == (40.0, 100.0)
        assert not chart.signals

    def test_of_small_counts_are_those_of_the_poisson(self):
        chart = judge(series([2, 4, 3, 3, 4, 2, 3, 3, 4, 2, 3, 3]), "count")
        # P(X ≥ 9) at 3 is 0.0038 and P(X ≥ 10) 0.0011.
        assert (chart.kind, chart.centre, chart.low[0], chart.high[0]) == ("c", 3.0, 0.0, 9.0)
        assert judge(series([7, 5, 6, 5, 4, 6, 5, 7]), "count").kind == "xmr"

    def test_of_a_share_of_thousands_come_from_the_ranges(self):
        assert judge(series([90, 91, 89, 90, 92, 90, 88, 91], 5000), "share").kind == "xmr"

    def test_of_a_share_that_grows_past_a_thousand_do_too(self):
        points = [*series([90, 91, 89, 90, 92, 90, 88, 91, 90, 89, 91, 90], 900), Point("2026-01", 90.0, 1100)]
        assert judge(points, "share").kind == "xmr"

    def test_chances_agree_with_the_formulas(self):
        assert binomial(10, 0.3)[4] == pytest.approx(210 * 0.3**4 * 0.7**6)
        assert math.fsum(binomial(1000, 0.973)) == pytest.approx(1)
        assert poisson(4.2)[6] == pytest.approx(math.exp(-4.2) * 4.2**6 / 720)
        assert math.fsum(poisson(4.9)) == pytest.approx(1)
        # A large binomial is nearly normal: a count three deviations out is put three deviations out.
        assert score(binomial(1000, 0.5), 500 - round(3 * math.sqrt(250))) == pytest.approx(-3, abs=0.06)
        low, high = limits(binomial(1000, 0.5))
        assert (low, high) == (453, 547)


class TestRefusal:
    def test_seven_points_are_too_few_and_eight_are_not(self):
        assert judge(series(STEADY[:7])).refused == "too-few"
        assert judge(series(STEADY[:8])).refused is None
        assert judge([]).refused == "too-few"

    @pytest.mark.parametrize(
        ("values", "sort"),
        [([5] * 12, "figure"), ([0, 0, 0, 3, *[0] * 8], "figure"), ([100.0] * 12, "share"), ([0] * 12, "count")],
    )
    def test_what_hardly_varied_has_no_limits(self, values, sort):
        chart = judge(series([*values, 50]), sort)
        assert (chart.refused, chart.centre, chart.low, chart.signals) == ("flat", None, (), ())


class TestRules:
    def test_a_steady_series_fires_none(self):
        assert judge(series([*STEADY, 10, 12, 9, 11])).signals == ()

    def test_one_point_beyond_the_limit_is_named_with_its_month(self):
        assert ("beyond-limit", ("2025-01",)) in fired([*STEADY, 40])
        assert not {rule for rule, _ in fired([*STEADY, 16])}, "within 11 + 5.8"

    def test_a_shift_fires_when_eight_lie_on_one_side_and_not_before(self):
        shifted = [*STEADY, *[13, 12] * 4]
        assert ("eight-on-one-side", tuple(f"{point.month}" for point in series(shifted)[11:])) in fired(shifted)
        seven = [*STEADY, 10, *[13, 12] * 3, 13]
        assert "eight-on-one-side" not in {rule for rule, _ in fired(seven)}
        on_the_centre = [*STEADY, 10, *[13, 12] * 2, 11, *[13, 12] * 2]
        assert "eight-on-one-side" not in {rule for rule, _ in fired(on_the_centre)}

    def test_a_drift_fires_at_the_sixth_point(self):
        rising = [*STEADY[:11], 9, 10, 11, 12, 13, 14]
        assert ("six-steady", tuple(point.month for point in series(rising)[11:])) in fired(rising)
        assert "six-steady" not in {rule for rule, _ in fired(rising[:-1])}
        assert "six-steady" not in {rule for rule, _ in fired([*rising[:-2], 13, 13])}, "standing still is no rise"

    def test_the_zones(self):
        months = [str(place) for place in range(9)]
        quiet = [0.1, -0.1, 0.1]
        assert signals(months, [*quiet, 2.1, 0.2, 2.2, *quiet], [0] * 9) == (Signal("two-of-three", ("3", "5")),)
        assert signals(months, [*quiet, 2.1, 0.2, -2.2, *quiet], [0] * 9) == ()
        assert signals(months, [*quiet, 2.1, 0.2, 0.1, 2.2, *quiet[:2]], [0] * 9) == ()
        assert signals(months, [*quiet, -1.1, -1.2, 0.3, -1.4, -1.1, 0.1], [0] * 9) == (
            Signal("four-of-five", ("3", "4", "6", "7")),
        )
        assert signals(months, [*quiet, -1.1, -1.2, 0.3, 0.1, -1.1, -1.1], [0] * 9) == ()

    def test_a_step_that_is_too_wide_fires_between_two_months(self):
        # Both ends lie within the limits of 11 ± 5.8; the step of 11 is wider than 7.1.
        assert ("wide-range", ("2025-01", "2025-02")) in fired([*STEADY, 5.5, 16.5])

    def test_rules_that_overlap_are_told_once_and_in_order(self):
        found = judge(series([*STEADY, *[30] * 10])).signals
        assert [signal.rule for signal in found] == sorted((signal.rule for signal in found), key=RULES.index)
        assert sum(signal.rule == "eight-on-one-side" for signal in found) == 1
        assert sum(signal.rule == "four-of-five" for signal in found) == 1

    def test_how_often_chance_alone_fires_is_what_the_page_says(self):
        random = Random(7)
        rates = {
            "normal": _alarms(lambda: random.gauss(100, 10), "figure"),
            "lopsided": _alarms(lambda: math.exp(random.gauss(0, 0.8)), "figure"),
            "counts": _alarms(lambda: sum(random.random() < 0.02 for _ in range(200)), "count"),
            "shares": _alarms(lambda: 5 * sum(random.random() < 0.9 for _ in range(20)), "share"),
        }
        print("charts of sixteen months of chance that show a signal:", rates)
        assert 0.15 < rates["normal"] < 0.3
        assert 0.4 < rates["lopsided"] < 0.6
        assert rates["counts"] < 0.08
        assert rates["shares"] < 0.08


def _alarms(make, sort, charts=400):
    return sum(bool(judge(series([make() for _ in range(16)], 20), sort).signals) for _ in range(charts)) / charts
