"""What needs attention as of the instant: open past a target, undertaken and overdue, refused by a rule."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from servicebook.pages.study import INCIDENT, Study
from servicebook.record import Record

REVIEW = "review"


class Item(NamedTuple):
    """One record that needs attention: `why` names a label of the home page, `what` is record text, `due` an
    instant or a date."""

    why: str
    record: Record
    what: str
    due: datetime | str


def items(study: Study) -> list[Item]:
    """Everything that needs attention, the longest overdue first within each reason."""
    return [*_open_late(study), *_actions_late(study), *_reviews_late(study)]


def _open_late(study: Study) -> Iterator[Item]:
    """Open incidents whose clock ran past a target, each once, by the earliest target missed."""
    found = []
    for record in study.book.records(INCIDENT):
        case = study.case(record)
        late = (
            [timer.due for timer in case.timers if timer.stop is None and timer.state == "breached" and timer.due]
            if case
            else []
        )
        if late:
            found.append(Item("open-late", record, record.title, min(late)))
    yield from sorted(found, key=lambda item: (str(item.due), item.record.id))


def _actions_late(study: Study) -> Iterator[Item]:
    """Actions of reviews that were due before today and are not done."""
    found = []
    for record in study.book.records(REVIEW):
        for action in record.data.get("actions", ()):
            due, done = action.get("due", ""), action.get("done", "")
            if due and due < study.today and not (done and done <= study.today):
                found.append(Item("action-late", record, f"{action['id']} {action['what']}", due))
    yield from sorted(found, key=lambda item: (str(item.due), item.record.id, item.what))


def _reviews_late(study: Study) -> Iterator[Item]:
    """Reviews whose next one was due before today, and which no later one of their type and services followed."""
    held = [record for record in study.book.records(REVIEW) if record.data["held_on"] <= study.today]
    for record in held:
        due = record.data.get("next_due", "")
        if due and due < study.today and not any(_follows(other, record) for other in held):
            yield Item("review-late", record, record.title, due)


def _follows(later: Record, earlier: Record) -> bool:
    """Whether a review is a later one of the same type that shares a service, or where neither names any."""
    if later.data["type"] != earlier.data["type"] or later.data["held_on"] <= earlier.data["held_on"]:
        return False
    services = set(earlier.data.get("services", ()))
    return bool(services.intersection(later.data.get("services", ()))) or not services
