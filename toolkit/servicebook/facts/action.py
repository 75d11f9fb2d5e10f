"""One row an action that somebody has undertaken, in a review, a problem, an improvement or any other record."""

from collections.abc import Iterator

from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole
from servicebook.kinds import Kind
from servicebook.record import FOLDER

COLUMNS = (
    Column("id", "VARCHAR", "Id of the record that the action stands in."),
    Column("kind", "VARCHAR", "Kind of that record."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("action", "VARCHAR", "Number of the action in the record: A1."),
    Column("owner", "VARCHAR", "Role that is to do it."),
    Column("due_at", "TIMESTAMP", "End of the day by which it is to be done."),
    Column("done_at", "TIMESTAMP", "Begin of the day on which it was done; empty while it is not."),
    Column("due_month", "VARCHAR", "Month of the day on which it is due."),
    Column("done_month", "VARCHAR", "Month of done_at."),
    Column(
        "moved",
        "BIGINT",
        "How often its due date was changed or taken away by the instant of the facts, by the commits of the file;"
        " empty where git cannot say: in a shallow clone, without a repository, before the first commit.",
    ),
)


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each action of each record, by id."""
    kinds = [kind for kind in whole.book.kinds.values() if has_actions(kind)]
    moves = whole.moves([f"{FOLDER}/{kind.folder}" for kind in kinds])
    cases = [case for kind in kinds for case in whole.cases(kind.name)]
    for case in sorted(cases, key=lambda case: case.record.id):
        held = case.days.begin(case.part.day("held_on"))
        if held is not None and held > case.as_of:
            continue
        for action in case.part.parts("actions"):
            name = action.text("id")
            due = case.days.end(action.day("due"))
            done = case.seen(case.days.begin(action.day("done")))
            yield (
                case.record.id,
                case.kind,
                case.record.path,
                name,
                action.text("owner"),
                due,
                done,
                case.days.month_due(due),
                case.month(done),
                moves.of(case.record, name),
            )


def has_actions(kind: Kind) -> bool:
    """Whether records of the kind list actions."""
    return kind.lists_objects("actions")
