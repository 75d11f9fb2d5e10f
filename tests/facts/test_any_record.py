"""Whatever a record's schema accepts, facts and metrics come out of it without an error, and the parts fit."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from memory import KINDS, calendar, incident, make_book, matrix, sla, targets
from servicebook import facts
from servicebook.clock import Clock
from servicebook.metrics import Period, measure_all, read_metrics

EVENTS = KINDS["incident"].schema["properties"]["timeline"]["items"]["properties"]["event"]["enum"]
NEW_YEAR = datetime.fromisoformat("2026-01-01T00:00:00")
METRICS = read_metrics(make_book().tree)

offsets = st.sampled_from(["Z", "+01:00", "-19:59", "+14:00", "+05:45"])
instants = st.builds(
    lambda second, offset: (NEW_YEAR + timedelta(seconds=second)).isoformat(timespec="seconds") + offset,
    st.integers(-3_000_000, 9_000_000) | st.integers(-300_000_000, 300_000_000),
    offsets,
)
levels = st.sampled_from(["high", "medium", "low"])
codes = st.sampled_from(["waiting-for-customer", "waiting-for-supplier"])
events = st.builds(
    lambda at, name, code, impact, urgency: " ".join(
        [at, name, *([code] if name == "paused" else [f"{impact}/{urgency}"] if name == "reprioritised" else [])]
    ),
    instants,
    st.sampled_from(EVENTS),
    codes,
    levels,
    levels,
)
clocks = st.sampled_from(["00:00", "08:00", "12:30", "17:00", "23:59", "24:00"])
hours = st.lists(st.builds(lambda start, end: {"from": start, "to": end}, clocks, clocks), min_size=1, max_size=2)
versions = st.builds(
    lambda zone, hours, special, start: {
        "zone": zone,
        "weekly": [{"days": ["mon", "sat"], "hours": hours}],
        "exceptions": [{"date": "2026-01-05", "name": "one", "hours": special}, {"date": "2026-01-05", "name": "two"}],
        "valid_from": start,
    },
    st.sampled_from(["UTC", "Europe/Amsterdam", "Pacific/Apia", "No/Where"]),
    hours,
    hours,
    st.sampled_from(["1900-01-01", "2026-01-01"]),
)
limits = st.sampled_from(["1m", "8h", "999999h"])


@given(
    st.lists(events, min_size=1, max_size=10),
    versions,
    limits,
    st.sampled_from(["working", "elapsed"]),
    st.sampled_from(["SVC-shop", None]),
    st.sampled_from(["2026-02-01T00:00:00+00:00", "2036-12-31T00:00:00+00:00"]),
)
@settings(max_examples=40, deadline=None)
def test_nothing_that_a_schema_accepts_stops_a_report(timeline, version, limit, time, service, as_of):
    agreed = {
        **targets(f"resolution P3 {limit} {time} closed", f"response P3 {limit} {time}"),
        "valid_from": "1900-01-01",
    }
    always = {**matrix()["versions"][0], "valid_from": "1900-01-01"}
    book = make_book(calendar(version), matrix(always), sla(agreed), incident(*timeline, service=service))
    moment = datetime.fromisoformat(as_of).astimezone(UTC)
    tables = facts.compute(book, moment)
    assert facts.latest_event(book) is not None
    assert len(measure_all(tables, METRICS.values(), Period.parse("2026", tables.zone), ("book",))) == len(METRICS)
    for timer in Clock(book).timers(book.record("INC-20260302-aaaa"), moment):
        assert (timer.left_out is None) == (timer.state is not None)
        if timer.state:
            counted = sum(segment.seconds for segment in timer.segments if segment.what == "counting")
            assert counted == timer.counted_seconds


def test_the_widest_span_that_records_can_name():
    events = "1900-01-01T12:00:00Z opened", "2199-12-31T23:59:59-12:00 resolved"
    agreed = {**targets("resolution P3 999999h working"), "valid_from": "1900-01-01"}
    since = {"valid_from": "1900-01-01"}
    book = make_book(
        calendar({**calendar()["versions"][0], **since}),
        matrix({**matrix()["versions"][0], **since}),
        sla(agreed),
        incident(*events),
    )
    opened = Clock(book).timers(book.record("INC-20260302-aaaa"), datetime(2200, 6, 1, tzinfo=UTC))
    assert [timer.state for timer in opened if timer.measure == "resolution"] == ["met"]
