"""What releases a case: exceptions that were agreed, and work beyond what was."""

import pytest

from week import REQUEST, agreed, case, only, target, timers

PROMISE = target("response", "1h"), target("resolution", "8h")
DAY = "tue 09:00 opened", "tue 10:00 resolved"
ABOVE = "workload above the agreed limit"
RAISED = "mon 10:00 reprioritised impact=high urgency=high"


def reason(*lines, version, others=(), **fields):
    reasons = {timer.left_out for timer in timers(version, *(lines or DAY), others=tuple(others), **fields)}
    assert len(reasons) == 1
    return reasons.pop()


def earlier(number, *, day="mon 09:00", **fields):
    return [case(f"{day} opened", record_id=f"INC-20260301-a{count:03}", **fields) for count in range(number)]


def opened(instant):
    record = case("mon 09:00 opened", record_id="INC-20260220-aaaa")
    return [{**record, "timeline": [{"at": instant, "event": "opened"}]}]


def limited(**limit):
    return agreed(*PROMISE, workload_limits=[limit])


def test_what_comes_after_the_limit_is_released_and_what_came_before_is_not():
    assert reason(version=limited(limit=2), others=earlier(2)) == ABOVE
    assert reason(version=limited(limit=3), others=earlier(2)) is None
    assert reason(version=limited(limit=1), others=earlier(2, day="wed 09:00")) is None


@pytest.mark.parametrize(("limit", "out"), [(1.0, ABOVE), (1e6, None)])
def test_a_whole_number_may_be_written_as_json_schema_takes_it(limit, out):
    assert reason(version=limited(limit=limit), others=earlier(1)) == out


def test_at_one_instant_the_id_says_which_came_first():
    assert reason(version=limited(limit=1), others=earlier(1, day="tue 09:00")) == ABOVE


@pytest.mark.parametrize(
    ("window", "out"), [("month", None), ("quarter", ABOVE), ("half-year", ABOVE), ("year", ABOVE)]
)
def test_each_window_begins_anew(window, out):
    before = opened("2026-02-20T09:00:00+01:00")
    assert reason(version=limited(limit=1, window=window), others=before) == out


def test_the_window_is_that_of_the_organisations_day():
    in_march = opened("2026-02-28T23:30:00Z")
    assert reason(version=limited(limit=1), others=in_march) == ABOVE
    assert reason(version=limited(limit=1), others=opened("2026-02-28T22:30:00Z")) is None


def test_a_limit_counts_its_kind_its_priority_and_the_services_of_the_sla():
    one = limited(limit=1, priority="P3")
    assert reason(version=one, others=earlier(1, impact="high", urgency="high")) is None
    assert reason(version=one, others=earlier(1)) == ABOVE
    assert reason(version=limited(limit=1), others=earlier(1, service="SVC-other")) is None
    assert reason(version=limited(limit=1), others=[case("mon 09:00 opened", record_id=REQUEST)]) is None
    assert reason(version=limited(limit=1, measure="service-requests"), others=earlier(1)) is None


def test_the_priority_is_that_last_assessed():
    raised = [case("mon 09:00 opened", RAISED, record_id="INC-20260301-aaaa")]
    assert reason(version=limited(limit=1, priority="P3"), others=raised) is None


def test_cancelled_cases_were_work_too():
    gone = [case("mon 09:00 opened", "mon 10:00 cancelled", record_id="INC-20260301-aaaa")]
    assert reason(version=limited(limit=1), others=gone) == ABOVE


def test_words_alone_release_nobody():
    words = agreed(*PROMISE, workload_limits=[{"text": "1 incident a month"}], exceptions=[{"text": "Own devices"}])
    assert reason(version=words, others=earlier(3), category="device") is None


@pytest.mark.parametrize(
    ("exception", "out"),
    [
        ({"categories": ["device"]}, True),
        ({"categories": ["payment"]}, False),
        ({"period": {"from": "2026-03-03", "to": "2026-03-03"}}, True),
        ({"period": {"from": "2026-03-04", "to": "2026-03-31"}}, False),
        ({"categories": ["device"], "period": {"from": "2026-03-04", "to": "2026-03-31"}}, False),
        ({"categories": ["device"], "period": {"from": "2026-03-01", "to": "2026-03-31"}}, True),
    ],
)
def test_an_exception_leaves_out_what_it_names_with_its_words(exception, out):
    version = agreed(*PROMISE, exceptions=[{"text": "Own devices", **exception}])
    assert reason(version=version, category="device") == ("exception: Own devices" if out else None)


def test_an_exception_comes_before_the_workload_and_what_was_cancelled_before_both():
    exception = {"text": "Own devices", "categories": ["device"]}
    both = agreed(*PROMISE, exceptions=[exception], workload_limits=[{"limit": 1}])
    assert reason(version=both, others=earlier(1), category="device") == "exception: Own devices"
    assert reason("tue 09:00 opened", "tue 10:00 cancelled", version=both, others=earlier(1)) == "cancelled"


def test_a_released_case_still_shows_start_stop_and_target():
    timer = only("resolution", limited(limit=1), *DAY, others=tuple(earlier(1)))
    assert (timer.target, timer.state, timer.settled) == (("versions", 0, "targets", 1), None, timer.stop)
