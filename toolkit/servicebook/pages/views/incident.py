"""An incident: its status and priority, its timeline, and what the SLA clock made of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from markupsafe import Markup

from servicebook.clock import Segment, Timer
from servicebook.pages.views import Scene
from servicebook.record import Record

SHOWN: frozenset[str] = frozenset()


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`priority`, `opened`, seconds to `restored_after` or so far `open_for`, `timers`."""
    case = scene.study.case(record)
    timeline = case.timeline if case else None
    status = timeline.status if timeline else None
    opened = timeline.opened if timeline else None
    restored = timeline.restored if timeline else None
    left_out = _all_left_out(case.timers) if case else ""
    open_now = opened is not None and restored is None and status != "cancelled"
    return {
        "priority": case.priority.level if case else None,
        "priority_name": _level_name(case.priority.matrix, case.priority.level, case.priority.version, scene)
        if case
        else "",
        "opened": opened,
        "restored_after": (restored - opened).total_seconds() if opened and restored else None,
        "open_for": (scene.study.as_of - opened).total_seconds() if opened and open_now else None,
        "timers": [_timer(timer, scene) for timer in case.timers] if case and not left_out else [],
        "no_clock": scene.edition.words("clock.none", reason=scene.edition.words.reason(left_out)) if left_out else "",
    }


def _all_left_out(timers: tuple[Timer, ...]) -> str:
    """The one reason why no clock ran at all, or "" where one did or the reasons differ."""
    reasons = {timer.left_out for timer in timers}
    return reasons.pop() or "" if len(reasons) == 1 else ""


def _level_name(matrix: str | None, level: str | None, version: int | None, scene: Scene) -> str:
    """What the matrix calls a priority."""
    record = scene.edition.book.by_id.get(matrix or "")
    for entry in record.data["versions"] if record is not None and record.valid else ():
        if entry["version"] == version:
            return next((str(found["name"]) for found in entry["levels"] if found["id"] == level), "")
    return ""


def _timer(timer: Timer, scene: Scene) -> dict[str, Any]:
    words = scene.edition.words
    measure = words.plain(f"clock.{timer.measure}")
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
        "segments": [
            {
                "start": words.instant_text(part.start),
                "what": part.what,
                "title": words.plain(f"clock.{part.what}"),
                "why": part.why,
                "seconds": part.seconds,
            }
            for part in segments
        ],
    }


def _facts(timer: Timer, counted: str, scene: Scene) -> Iterator[tuple[Markup, Markup | str]]:
    words, link = scene.edition.words, scene.place.link
    yield words("clock.counted"), counted
    yield words("clock.started"), words.instant(timer.start) if timer.start else ""
    yield words("clock.due"), words.instant(timer.due) if timer.due else words("value.none")
    yield words("clock.stopped"), words.instant(timer.stop) if timer.stop else words("value.open")
    for name, record, version in (
        ("clock.agreement", timer.sla, timer.sla_version),
        ("clock.hours", timer.calendar, timer.calendar_version),
    ):
        if record is not None:
            yield words(name), Markup("{}, {}").format(link(record), words("clock.version", version=version))


SHAPES = {"counting": (2, 20), "late": (2, 20), "paused": (6, 12)}
"""Top and height of what is drawn on a bar 24 high; what is not drawn is the line behind."""


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
