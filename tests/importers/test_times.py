"""Times as exports write them; what cannot be told is an error."""

from datetime import UTC, datetime

import pytest

from servicebook.clock import zone
from servicebook.importers._times import Evidence, NotATime, Times


@pytest.mark.parametrize(
    ("order", "text", "written"),
    [
        ("dmy", "29/2/2016 06:38", "2016-02-29T06:38:00+01:00"),
        ("dmy", "01.07.2016 06:38:09", "2016-07-01T06:38:09+02:00"),
        ("mdy", "7/1/2016 12:05 AM", "2016-07-01T00:05:00+02:00"),
        ("mdy", "7-1-2016 12:05pm", "2016-07-01T12:05:00+02:00"),
        ("iso", "2016-02-29 06:38:00", "2016-02-29T06:38:00+01:00"),
        ("dmy", "2016-02-29T06:38:00Z", "2016-02-29T07:38:00+01:00"),
        ("iso", "2016-02-29 06:38:00.123-0230", "2016-02-29T10:08:00+01:00"),
    ],
)
def test_a_time_is_read_in_its_zone(order: str, text: str, written: str) -> None:
    times = Times(order, zone("Europe/Amsterdam"))
    assert times.write(times.read(text)) == written


def test_utc_is_written_with_z() -> None:
    times = Times("iso", zone("UTC"))
    assert times.write(times.read("2016-02-29 06:38:00")) == "2016-02-29T06:38:00Z"


@pytest.mark.parametrize(
    ("order", "text", "why"),
    [
        ("dmy", "2/29/2016 06:38", "not in the calendar when read as day/month/year"),
        ("iso", "29/2/2016 06:38", "no time with the year first"),
        ("dmy", "29/2/16 06:38", "no year of four digits"),
        ("dmy", "30/2/2016 06:38", "not in the calendar"),
        ("dmy", "29/2/2016", "no time like"),
        ("dmy", "29/2/2016 24:00", "not in the calendar"),
        ("dmy", "29/2/2016 13:00 PM", "an hour that PM does not have"),
        ("dmy", "29/2-2016 13:00", "no time like"),
        ("iso", "0001-01-01 00:00", "not between 1970 and 2200"),
        ("iso", "2016-02-29 06:38:00+99:00", "an offset that no zone has"),
        ("iso", "2016-02-29 06:38:00-24:00", "an offset that no zone has"),
        ("iso", "2016-02-29 06:38:00+01:60", "an offset that no zone has"),
        ("dmy", "27/3/2016 02:30", "never was in Europe/Amsterdam"),
        ("dmy", "٢٩/2/2016 06:38", "no time like"),
    ],
)
def test_what_cannot_be_told_is_an_error(order: str, text: str, why: str) -> None:
    with pytest.raises(NotATime, match=why):
        Times(order, zone("Europe/Amsterdam")).read(text)


def test_an_hour_that_comes_twice_has_two_instants() -> None:
    times = Times("dmy", zone("Europe/Amsterdam"))
    first = times.read("30/10/2016 02:30")
    assert first == datetime(2016, 10, 30, 0, 30, tzinfo=UTC)
    assert times.later == {first: datetime(2016, 10, 30, 1, 30, tzinfo=UTC)}


def test_evidence_names_the_first_line_of_each_sign() -> None:
    seen = Evidence()
    for line, text in enumerate(["3/4/2016 10:00", "13/4/2016 10:00", "4/13/2016 10:00", "2016-04-13T10:00:00Z", "?"]):
        seen.add(text, line)
    assert seen.either == ("3/4/2016 10:00", 0)
    assert {order: line for order, (_, line) in seen.orders.items()} == {"dmy": 1, "mdy": 2, "iso": 3}
    assert seen.naive == ("3/4/2016 10:00", 0)
