"""Forecasts against a plain reference, and how the one to be shown is chosen."""

import math
from random import Random

import pytest

from servicebook.foresight import forecast as forecasting
from servicebook.foresight import student
from servicebook.foresight.forecast import NEEDED, backtest, forecast
from servicebook.foresight.points import Point
from servicebook.foresight.smoothing import smoothed


def history(values):
    return [Point(f"{2020 + place // 12}-{place % 12 + 1:02}", value, value) for place, value in enumerate(values)]


def noise(count, seed=1):
    random = Random(seed)
    return [max(0, round(random.gauss(40, 6))) for _ in range(count)]


@pytest.fixture
def without_the_extra(monkeypatch):
    monkeypatch.setattr(forecasting, "available", lambda: False)


def test_too_little_history_is_refused_with_the_number_needed():
    found = forecast(history(noise(NEEDED - 1)), "2021-02")
    assert (found.method, found.value, found.low, found.trials) == (None, None, (), ())
    assert forecast(history(noise(NEEDED)), "2021-03").method is not None
    assert forecast([], "2021-03").method is None


def test_a_trial_sees_only_what_was_before():
    seen = []
    values = list(range(20))
    errors = backtest(values, lambda before: seen.append(list(before)) or before[-1])
    assert seen == [values[:place] for place in range(8, 20)]
    assert errors == [1] * 12


def test_of_a_long_history_only_the_last_two_years_are_trials():
    assert len(backtest(noise(90), lambda before: before[-1])) == 24


def test_the_back_test_of_the_naive_forecasts_is_that_of_plain_sums(without_the_extra):
    values = noise(30)
    found = forecast(history(values), "2022-07")
    plain = [abs(values[place] - values[place - 1]) for place in range(12, 30)]
    yearly = [abs(values[place] - values[place - 12]) for place in range(12, 30)]
    naive, seasonal = found.trial("naive"), found.trial("seasonal-naive")
    assert naive.mean_absolute == pytest.approx(sum(plain) / len(plain))
    assert naive.root_mean_square == pytest.approx(math.sqrt(sum(error**2 for error in plain) / len(plain)))
    assert (naive.months, seasonal.months, found.compared) == (18, 18, 18), "the months that both were tried on"
    assert seasonal.mean_absolute == pytest.approx(sum(yearly) / len(yearly))
    assert found.trial("smoothing") is None


def test_the_interval_is_that_of_student_around_past_errors(without_the_extra):
    found = forecast(history([10, 30] * 8), "2021-05")
    assert (found.method, found.value, found.compared) == ("naive", 30, 8)
    # Eight errors of 20. The tables of Student's distribution give 1.397 and 2.306 for eight degrees of freedom.
    assert found.low == pytest.approx((30 - 1.3968 * 20, 0), abs=1e-2)
    assert found.high == pytest.approx((30 + 1.3968 * 20, 30 + 2.3060 * 20), abs=1e-2)
    assert forecast(history([0, 3] * 8), "2021-05").low == (0, 0), "there are no fewer than none"


def test_the_interval_is_not_narrower_than_chance_makes_a_count_vary(without_the_extra):
    found = forecast(history([100] * 16), "2021-05")
    assert found.trial("naive").root_mean_square == 0
    assert found.low == pytest.approx((100 - 12.816, 100 - 19.600), abs=1e-3)
    assert found.high == pytest.approx((100 + 12.816, 100 + 19.600), abs=1e-3)


@pytest.mark.parametrize(
    ("freedom", "at_80", "at_95"),
    [(1, 3.0777, 12.7062), (6, 1.4398, 2.4469), (7, 1.4149, 2.3646), (24, 1.3178, 2.0639)],
)
def test_the_reach_is_that_of_the_published_tables(freedom, at_80, at_95):
    assert student.reach(0.80, freedom) == pytest.approx(at_80, abs=1e-4)
    assert student.reach(0.95, freedom) == pytest.approx(at_95, abs=1e-4)


def test_a_season_is_best_told_by_the_year_before(without_the_extra):
    season = [5, 7, 9, 12, 20, 30, 41, 33, 21, 12, 8, 4]
    found = forecast(history(season * 3), "2023-01")
    assert (found.method, found.value, found.trial("seasonal-naive").mean_absolute) == ("seasonal-naive", 5, 0)


def test_too_few_trials_do_not_choose_a_method(without_the_extra):
    found = forecast(history([5, 7, 9, 12, 20, 30, 41, 33, 21, 12, 8, 4, 5, 7, 9, 12]), "2021-05")
    assert (found.trial("seasonal-naive").months, found.trial("seasonal-naive").enough) == (4, False)
    assert found.trial("naive").enough
    assert (found.method, found.value) == ("naive", 12)


class TestSmoothing:
    def test_of_noise_around_a_level_it_beats_the_naive_forecast(self):
        found = forecast(history(noise(30)), "2022-07")
        assert found.method == "smoothing"
        assert found.trial("smoothing").mean_absolute < found.trial("naive").mean_absolute
        assert 35 < found.value < 45

    def test_where_the_last_value_says_most_the_naive_forecast_is_shown(self):
        random, values = Random(5), [200]
        while len(values) < 30:
            values.append(values[-1] + random.choice((-9, 9)))
        found = forecast(history(values), "2022-07")
        assert found.smoothing
        assert found.method == "naive"
        assert found.value == values[-1]
        assert found.trial("smoothing").mean_absolute >= found.trial("naive").mean_absolute

    def test_the_level_is_that_of_simple_exponential_smoothing_written_out(self):
        values = noise(16)
        best = min((_squares(values, weight / 1000, start), weight / 1000, start)
                   for weight in range(0, 1001, 5) for start in range(30, 51))  # fmt: skip
        _, weight, level = best
        for value in values:
            level += weight * (value - level)
        assert smoothed(values) == pytest.approx(level, abs=1.5)

    def test_what_never_varied_is_expected_to_stay(self):
        assert smoothed([4.0] * 10) == 4.0

    def test_the_same_history_gives_the_same_forecast(self):
        assert forecast(history(noise(28)), "2022-05") == forecast(history(noise(28)), "2022-05")


def _squares(values, weight, level):
    total = 0.0
    for value in values:
        total += (value - level) ** 2
        level += weight * (value - level)
    return total
