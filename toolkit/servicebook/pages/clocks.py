"""SLA clocks as the page of a record draws them: a bar, the outcome, what was agreed, each part of the time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from servicebook.clock import Segment, Timer
from servicebook.clock.account import Line, account
from servicebook.pages.views import Scene

SHAPES = {"counting": (2, 20), "late": (2, 20), "paused": (6, 12)}
"""Top and height of what is drawn on a bar 24 high; what is not drawn is the line behind."""


def clocks(timers: Sequence[Timer], scene: Scene) -> dict[str, Any]:
    """`timers` for the template, or, where no clock ran at all and for one reason, `no_clock`."""
    left_out = _all_left_out(timers)
    words = scene.edition.words
    return {
        "timers": [] if left_out else [_timer(timer, scene) for timer in timers],
        "no_clock": words("clock.none", reason=words.reason(left_out)) if left_out else "",
    }


def _all_left_out(timers: Sequence[Timer]) -> str:
    """The one reason why no clock ran at all, or "" where one did or the reasons differ."""
    reasons = {timer.left_out for timer in timers}
    return reasons.pop() or "" if len(reasons) == 1 else ""


def _timer(timer: Timer, scene: Scene) -> dict[str, Any]:
    words = scene.edition.words
    measure = _title(timer, scene)
    if timer.left_out is not None or timer.start is None or timer.limit_seconds is None:
        result = words.plain("clock.left-out")
        return {
            "title": measure,
            "state": "left-out",
            "result": result,
            "spare": words.reason(timer.left_out or ""),
            "bar": [],
            "facts": [],
            "segments": [],
        }
    state = timer.state or "running"
    left = timer.limit_seconds - (timer.counted_seconds or 0)
    late = state == "breached" and timer.stop is None
    result = words.plain("clock.late" if late else f"clock.{state}")
    end = timer.stop or scene.study.as_of
    until = max(end, timer.due) if timer.due else end
    segments = list(timer.segments)
    counted = words.plain(
        "clock.of", counted=words.span(timer.counted_seconds or 0), limit=words.span(timer.limit_seconds)
    )
    return {
        "title": measure,
        "state": state,
        "result": result,
        "spare": words.plain("clock.left" if left >= 0 else "clock.over", span=words.span(abs(left))),
        "bar": _bar(segments, timer.start, until, timer.due),
        "due_x": _place(timer.due, timer.start, until) if timer.due else None,
        "from_": timer.start,
        "until": until,
        "picture": words.plain(
            "clock.picture",
            start=words.instant_text(timer.start),
            end=words.instant_text(end),
            limit=words.span(timer.limit_seconds),
            counted=words.span(timer.counted_seconds or 0),
            result=result,
        ),
        "facts": list(_facts(timer, counted, scene)),
        "segments": [_part(line, scene) for line in account(timer)],
    }


def _title(timer: Timer, scene: Scene) -> str:
    """What is measured, by whose agreement where it is a supplier's or a team's, and which time around."""
    words = scene.edition.words
    title = words.plain(f"clock.{timer.measure}")
    if timer.agreement is not None:
        title = words.plain("clock.of-agreement", measure=title, agreement=timer.agreement)
    if timer.run > 1:
        title = words.plain("clock.run", measure=title, number=timer.run)
    return title


def _part(line: Line, scene: Scene) -> dict[str, Any]:
    """A line of the account: what it was and why, and the line of the file where that stands."""
    words = scene.edition.words
    record = scene.edition.book.record(line.record)
    why = [line.by, line.why, *line.closed_why]
    if line.days > 1:
        why.append(words.plain("clock.folded", parts=line.days, span=words.span(line.closed_seconds)))
    return {
        "start": words.instant_text(line.start),
        "end": words.instant_text(line.end),
        "what": line.what,
        "title": words.plain(f"clock.{line.what}"),
        "why": ", ".join(part for part in why if part),
        "seconds": line.seconds,
        "where": f"{PurePosixPath(record.path).name}:{record.place(line.pointer)[0]}",
    }


def _facts(timer: Timer, counted: str, scene: Scene) -> Iterator[tuple[Markup, Markup | str]]:
    words, link = scene.edition.words, scene.place.link
    yield words("clock.counted"), counted
    yield words("clock.started"), words.instant(timer.start) if timer.start else ""
    yield words("clock.due"), words.instant(timer.due) if timer.due else words("value.none")
    yield words("clock.stopped"), words.instant(timer.stop) if timer.stop else words("value.open")
    for name, record, version in (
        ("clock.agreement", timer.agreement or timer.sla, timer.agreement_version or timer.sla_version),
        ("clock.hours", timer.calendar, timer.calendar_version),
        ("clock.matrix", timer.matrix, timer.matrix_version),
    ):
        if record is not None:
            yield words(name), Markup("{}, {}").format(link(record), words("clock.version", version=version))


def _bar(segments: list[Segment], start: datetime, until: datetime, due: datetime | None) -> list[tuple[str, str]]:
    """One path for each sort of time on a bar 1000 wide: counting full height, past due marked, a stop lower."""
    paths: dict[str, list[str]] = {}
    for part in segments:
        for what, begin, end in _at_due(part, due):
            if what in SHAPES:
                x, right = _place(begin, start, until), _place(end, start, until)
                top, height = SHAPES[what]
                width = round(max(right - x, 0.5), 2)
                paths.setdefault(what, []).append(f"M{x:g} {top}h{width:g}v{height}h-{width:g}z")
    return [(what, "".join(path)) for what, path in sorted(paths.items())]


def _at_due(part: Segment, due: datetime | None) -> Iterator[tuple[str, datetime, datetime]]:
    """A counting segment parted at the due instant; any other as it is."""
    if part.what != "counting" or due is None or part.end <= due:
        yield part.what, part.start, part.end
        return
    if part.start < due:
        yield part.what, part.start, due
    yield "late", max(part.start, due), part.end


def _place(moment: datetime, start: datetime, until: datetime) -> float:
    whole = (until - start).total_seconds() or 1
    return round(1000 * (moment - start).total_seconds() / whole, 2)
