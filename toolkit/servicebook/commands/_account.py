"""How `servicebook explain ID` tells a clock: what was agreed, each part of the time with its line, the sum."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from servicebook.book import Book
from servicebook.clock import Timer
from servicebook.clock.account import Line, account
from servicebook.finding import inert_line
from servicebook.record import Record
from servicebook.source import Pointer

CLAIM = "made_sla"
ENDED = ("cancelled", "rejected")
RELEASES = {"workload": "workload_limits", "exception": "exceptions"}
"""How a reason for being left out begins, and the part of an SLA's version that gives it."""


def told(book: Book, timer: Timer, local: tzinfo, *, whole: bool = False) -> Iterator[str]:
    """The lines that explain one timer; with `whole` each part stands alone, else long runs are folded."""
    if timer.left_out:
        yield f"{_name(timer)}: no clock ran, because: {inert_line(timer.left_out)}.{_reason(book, timer)}"
        return
    counted, limit = timer.counted_seconds or 0, timer.limit_seconds or 0
    over = f", {length(counted - limit)} over" if counted > limit else ""
    yield f"{_name(timer)}: {timer.state}{over}. Counted {length(counted)} of {length(limit)}."
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


def _name(timer: Timer) -> str:
    """What is measured, and which time around: a gap between news, or the run after a reopening."""
    if timer.run == 1:
        return timer.measure
    return f"{timer.measure}, {'gap' if timer.measure == 'update' else 'run'} {timer.run}"


def claimed(record: Record) -> str | None:
    """What the source of an import claims of the SLA, as one line; None where it claims nothing."""
    claim = record.part.part("source").part("claims")
    if CLAIM not in claim:
        return None
    where = _where(record, (*claim.pointer, CLAIM))
    value: Any = record.data["source"]["claims"][CLAIM]
    return f"The source claims {CLAIM}: {inert_line(str(value).lower())} ({where})."


def _agreed(book: Book, timer: Timer) -> Iterator[str]:
    """The target, the hours, the priority and the rules of the clock, each with the version in force."""
    agreement = book.record(str(timer.agreement or timer.sla))
    place = timer.target[1]
    version = agreement.data["versions"][place]
    target = version["targets"][timer.target[-1]]
    hours = f"hours of {timer.calendar} version {timer.calendar_version}" if timer.calendar else "every hour counts"
    terms = "".join(f", {inert_line(term)}" for term in _terms(target))
    head = f"{timer.priority or 'every priority'} by {agreement.id} version {version['version']}"
    yield f"  Target   {head}, {hours}{terms} ({_where(agreement, timer.target)})"
    if timer.matrix in book.by_id:
        matrix = book.record(str(timer.matrix))
        numbers = [entry["version"] for entry in matrix.data["versions"]]
        where = _where(matrix, ("versions", numbers.index(timer.matrix_version), "priority"))
        yield f"  Priority by {matrix.id} version {timer.matrix_version} ({where})"
    if rules := version.get("clock_rules"):
        said = ", ".join(f"{name.replace('_', ' ')}: {word}" for name, word in rules.items())
        yield f"  Rules    {said} ({_where(agreement, ('versions', place, 'clock_rules'))})"


def _terms(target: Mapping[str, Any]) -> Iterator[str]:
    """What is unusual in a target: from and until when it runs, and for whom."""
    if "from" in target:
        yield f"from {target['from']}"
    if "assigned_to" in target:
        yield f"while assigned to {target['assigned_to']}"
    if "until" in target:
        yield f"until {target['until']}"
    yield from target.get("request_types", ())


def _reason(book: Book, timer: Timer) -> str:
    """Where the SLA gives the reason, if it is the SLA's."""
    if timer.sla not in book.by_id or timer.sla_version is None or str(timer.left_out) in ENDED:
        return ""
    sla = book.record(str(timer.sla))
    place = [version["version"] for version in sla.data["versions"]].index(timer.sla_version)
    part = next((part for word, part in RELEASES.items() if str(timer.left_out).startswith(word)), None)
    pointer: Pointer = ("versions", place, *((part,) if part in sla.data["versions"][place] else ()))
    return f" See {sla.id} version {timer.sla_version} ({_where(sla, pointer)})."


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
