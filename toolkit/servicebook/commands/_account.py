"""How `servicebook explain ID` tells a clock: what was agreed, each part of the time with its line, the sum."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from servicebook.book import Book
from servicebook.clock import Timer
from servicebook.clock.account import Line, account
from servicebook.finding import inert_line
from servicebook.record import Record
from servicebook.source import Pointer

CLAIM = "made_sla"


def told(book: Book, timer: Timer, local: tzinfo, *, whole: bool = False) -> Iterator[str]:
    """The lines that explain one timer; with `whole` each part stands alone, else long runs are folded."""
    name = timer.measure if timer.run == 1 else f"{timer.measure} (number {timer.run})"
    if timer.left_out:
        agreed = f" by {timer.agreement or timer.sla}" if timer.sla else ""
        yield f"{name}{agreed}: no clock ran, because: {inert_line(timer.left_out)}."
        return
    counted, limit = timer.counted_seconds or 0, timer.limit_seconds or 0
    over = f", {length(counted - limit)} over" if counted > limit else ""
    yield f"{name}: {timer.state}{over}. Counted {length(counted)} of {length(limit)}."
    yield from _agreed(book, timer)
    yield f"  Started  {wall(timer.start, local)}"
    yield f"  Due      {wall(timer.due, local) if timer.due else 'never: the calendar has too few hours'}"
    yield f"  Stopped  {wall(timer.stop, local) if timer.stop else 'not yet'}"
    lines = account(timer, most=None) if whole else account(timer)
    for line in lines:
        yield _part(book, line, local)
    counting = sum(line.seconds for line in lines if line.what == "counting")
    paused = f"; the clock stood still for {length(timer.paused_seconds)}" if timer.paused_seconds else ""
    yield f"  Sum of what counted: {length(counting)}{paused}"


def claimed(record: Record) -> str | None:
    """What the source of an import claims of the SLA, as one line; None where it claims nothing."""
    claim = record.part.part("source").part("claims")
    if CLAIM not in claim:
        return None
    where = _where(record, (*claim.pointer, CLAIM))
    value: Any = record.data["source"]["claims"][CLAIM]
    return f"The source claims {CLAIM}: {inert_line(str(value).lower())} ({where})."


def _agreed(book: Book, timer: Timer) -> Iterator[str]:
    """The target, the hours and the priority, each with the version in force."""
    agreement = book.record(str(timer.agreement or timer.sla))
    version = timer.agreement_version if timer.agreement else timer.sla_version
    hours = f"hours of {timer.calendar} version {timer.calendar_version}" if timer.calendar else "every hour counts"
    priority = timer.priority or "every priority"
    yield f"  Target   {priority} by {agreement.id} version {version}, {hours} ({_where(agreement, timer.target)})"
    if timer.matrix in book.by_id:
        matrix = book.record(str(timer.matrix))
        numbers = [entry["version"] for entry in matrix.data["versions"]]
        place = _where(matrix, ("versions", numbers.index(timer.matrix_version), "priority"))
        yield f"  Priority by {matrix.id} version {timer.matrix_version} ({place})"


def _part(book: Book, line: Line, local: tzinfo) -> str:
    words = [*([f"by {line.by}"] if line.by else []), *([line.why] if line.why else [])]
    if line.days > 1:
        words.append(f"{line.days} parts; closed in between {length(line.closed_seconds)}")
        words.extend(line.closed_why)
    said = f" ({inert_line(', '.join(words))})" if words else ""
    where = _where(book.record(line.record), line.pointer)
    span = f"{_brief(line.start, local)} to {_brief(line.end, local)}"
    return f"  {span}  {length(line.seconds):>10}  {line.what}{said}  {where}"


def _where(record: Record, pointer: Pointer) -> str:
    return f"{inert_line(record.path)}:{record.place(pointer)[0]}"


def wall(moment: datetime | None, local: tzinfo) -> str:
    """An instant on the organisation's clocks."""
    return "" if moment is None else moment.astimezone(local).isoformat(timespec="seconds")


def _brief(moment: datetime, local: tzinfo) -> str:
    """The same to the minute, or the second where it is none, and without the letter between date and time."""
    exact = moment.astimezone(local)
    return exact.isoformat(" ", timespec="seconds" if exact.second else "minutes")


def length(seconds: int | None) -> str:
    """Hours, minutes and seconds, as far as they are not zero."""
    if not seconds:
        return "0m"
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return "".join(f"{number}{unit}" for number, unit in ((hours, "h"), (minutes, "m"), (rest, "s")) if number)
