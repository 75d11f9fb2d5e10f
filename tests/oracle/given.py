"""What the clock gives, in the words of the oracle."""

from datetime import datetime, timedelta

from oracle import minutes
from oracle.hours import minute_of
from oracle.judge import Answer
from servicebook.clock import Timer

WORDS = ("counting", "closed", "paused", "resolved", "elsewhere", "dropped")


def given(timer: Timer, origin: datetime, as_of: datetime) -> Answer:
    """A timer of the clock as an answer; its segments must adjoin from start to end and sum up."""

    def at(instant: datetime | None) -> int | None:
        return None if instant is None else minute_of(instant, origin)

    def whole(seconds: int | None) -> int | None:
        assert seconds is None or seconds % 60 == 0, f"{seconds} seconds are no whole minutes"
        return None if seconds is None else seconds // 60

    return Answer(
        timer.agreement or timer.sla, timer.measure, timer.run, minute_of(timer.start, origin), at(timer.stop),
        timer.left_out, timer.priority, timer.agreement_version if timer.agreement else timer.sla_version,
        timer.matrix_version, timer.calendar_version, timer.target[3] if timer.target else None,
        whole(timer.limit_seconds), at(timer.due), whole(timer.counted_seconds), whole(timer.paused_seconds),
        timer.state, at(timer.settled), {} if timer.left_out else drawn(timer, origin, as_of),
    )  # fmt: skip


def drawn(timer: Timer, origin: datetime, as_of: datetime) -> dict[str, int]:
    """The minutes of its segments, by what they were."""
    segments = list(timer.segments)
    edges = [timer.start, *(segment.end for segment in segments)]
    assert edges[:-1] == [segment.start for segment in segments], "segments do not adjoin"
    assert edges[-1] == (timer.stop or as_of), "segments end elsewhere than the clock"
    assert all(segment.end - segment.start >= timedelta(minutes=1) for segment in segments), "an empty segment"
    found = dict.fromkeys(WORDS, minutes.NONE)
    for segment in segments:
        found[segment.what] |= minutes.span(minute_of(segment.start, origin), minute_of(segment.end, origin))
    assert timer.counted_seconds == 60 * minutes.count(found["counting"]), "what counted is not the sum of its segments"
    assert timer.paused_seconds == 60 * minutes.count(found["paused"]), "what paused is not the sum of its segments"
    return found


def comparable(found: list[Answer]) -> list[Answer]:
    """Answers in an order of their own. Of what was left out, only what it was and why is compared."""
    plain = [
        one if one.left_out is None else Answer(one.agreement, one.measure, one.run, one.start, None, one.left_out)
        for one in found
    ]
    return sorted(plain, key=order)


def order(one: Answer) -> tuple[str, str, int, int, int, str]:
    """What tells the answers on one record apart."""
    return str(one.agreement), one.measure, one.run, one.target or 0, one.start, str(one.left_out)
