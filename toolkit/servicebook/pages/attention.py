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
    """The last review of each type and service, where the next one was due and did not take place."""
    last: dict[tuple[str, tuple[str, ...]], Record] = {}
    for record in sorted(study.book.records(REVIEW), key=lambda record: str(record.data["held_on"])):
        if record.data["held_on"] <= study.today:
            last[record.data["type"], tuple(sorted(record.data.get("services", ())))] = record
    for record in sorted(last.values(), key=lambda record: record.id):
        due = record.data.get("next_due", "")
        if due and due < study.today:
            yield Item("review-late", record, record.title, due)
