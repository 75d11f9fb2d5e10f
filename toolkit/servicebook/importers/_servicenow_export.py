"""The files of a ServiceNow export: a first pass over them, which decides how they are to be read."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.importers import _servicenow_columns as columns
from servicebook.importers._ledger import MARKS, ROWS_MARK, Column
from servicebook.importers._rows import Row, read_rows
from servicebook.importers._servicenow_columns import NUMBER, UPDATED, VERSION
from servicebook.importers._times import Evidence, Order, Times

NOTHING: Final = frozenset({"", "?"})
"""What exports write for no value."""
_CLAIM_NAME = re.compile("[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class Choices:
    """What the user decides. Everything has to be given where the files do not show it.

    `zone` is the IANA zone of times without offset; `order` that of day and month; `form` is "log" or "list";
    `service` is set on new records; `keep` are further columns to keep as claims, `leave_out` columns to drop.
    """

    zone: str | None = None
    order: Order | None = None
    form: str | None = None
    service: str | None = None
    keep: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    dry_run: bool = False
    rejects: Path | None = None


class Export:
    """The files of one export: what they hold, found in a first pass, and their rows."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self.files = files
        self.columns: dict[str, str] = {}
        """Canonical name → name in the file."""
        self.times = Evidence()
        self.repeated = False
        """Whether some ticket has several rows in one file."""
        self.marked = ""
        """What a rejects file says of its rows: "log", "list", or nothing."""
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        numbers: set[tuple[int, str]] = set()
        for _, place, row in self.rows():
            values = self.values(row)
            mark = (place, values.get(NUMBER, ""))
            self.repeated = self.repeated or (mark in numbers and bool(mark[1]))
            numbers.add(mark)
            self.marked = values.get(ROWS_MARK) or self.marked
            for column in columns.TIMES:
                if (text := values.get(column, "")) not in NOTHING:
                    self.times.add(text, row.line)

    def rows(self) -> Iterator[tuple[int, int, Row]]:
        """Every row with its number in this export, from 0, and the place of its file. The same each time."""
        number = 0
        for place, path in enumerate(self.files):
            for row in read_rows(path, self._known):
                yield number, place, row
                number += 1

    def values(self, row: Row) -> dict[str, str]:
        """The row by canonical column names. Raises Problem for columns that are missing or that mean the same."""
        if row.problem:
            return {columns.canonical(name): text for name, text in row.values.items()}
        return dict(zip(self._known(tuple(row.values)), row.values.values(), strict=True))

    def _known(self, given: tuple[str, ...]) -> tuple[str, ...]:
        """The canonical names of columns. Raises Problem for columns that are missing or that mean the same."""
        names = self._names.get(given)
        if names is None:
            names = self._names[given] = tuple(columns.canonical(name) for name in given)
            _check(names, given)
            for name, own in zip(names, given, strict=True):
                self.columns.setdefault(name, own)
        return names


def times_of(export: Export, choices: Choices) -> Times:
    """How times are read, from the choices or from what the files show beyond doubt. Raises Problem."""
    seen = export.times
    order = choices.order
    if order is None:
        shown: list[Order] = [one for one in ("dmy", "mdy") if one in seen.orders]
        if len(shown) == 2:
            (day, day_line), (month, month_line) = seen.orders["dmy"], seen.orders["mdy"]
            message = f"Line {day_line} has the day first ({quote(day)}), line {month_line} the month ({quote(month)})."
            raise Problem(message, "Say which is meant with --dates dmy or --dates mdy; the other rows are rejected.")
        if not shown and seen.either:
            text, line = seen.either
            message = f"Whether the day or the month comes first cannot be told (line {line}: {quote(text)})."
            raise Problem(message, "Say it with --dates dmy or --dates mdy.")
        order = shown[0] if shown else "iso"
    if choices.zone is None and seen.naive:
        text, line = seen.naive
        raise Problem(
            f"The times have no offset (line {line}: {quote(text)}).",
            "Name their zone: --zone UTC for the Table API, else the zone of the user who exported (Europe/Amsterdam).",
        )
    return Times(order, zone(choices.zone) if choices.zone else None)


def is_log(export: Export, choices: Choices) -> bool:
    """Whether the export is a log, with several rows for a ticket. Raises Problem."""
    shown = export.marked or ("log" if export.repeated else "list")
    log = (choices.form or shown) == "log"
    if log and UPDATED not in export.columns:
        raise Problem(f"There is no column {quote(UPDATED)}.", "A log needs the time of each update: export it too.")
    if not log and export.repeated:
        raise Problem("Some tickets have several rows, so this is no list.", "Leave --form out.")
    return log


def account_for_columns(export: Export, choices: Choices) -> list[Column]:
    """What is done with each column of the files. Raises Problem for a choice that names none."""
    found = []
    keep, leave_out = (set(map(columns.canonical, names)) for names in (choices.keep, choices.leave_out))
    for name in sorted(keep | leave_out):
        if name not in export.columns:
            names = ", ".join(sorted(export.columns.values()))
            raise Problem(f"There is no column {quote(name)}.", f"Columns: {names}.")
        if name in keep and not _CLAIM_NAME.fullmatch(name):
            raise Problem(f"The column {quote(name)} cannot be the name of a claim.", "Rename it: letters, digits, _.")
        if name in leave_out and name in (*columns.REQUIRED, UPDATED, VERSION, *columns.STATE_COLUMNS):
            raise Problem(f"The column {quote(name)} cannot be left out.", "Without it a ticket cannot be told.")
    for name, own in export.columns.items():
        if own in MARKS:
            continue
        if name in leave_out:
            use = Column(own, "left out", "you said so")
        elif name in keep:
            use = Column(own, "claim", "you said so")
        elif name == "state" and "incident_state" in export.columns:
            use = Column(own, "left out", "incident_state says the same")
        elif name in columns.USED:
            use = Column(own, "used", columns.USED[name])
        elif name in columns.CLAIMS:
            use = Column(own, "claim", "kept as the source says it")
        else:
            unknown = f"not known to this import; --keep {own} keeps it"
            use = Column(own, "left out", columns.LEFT_OUT.get(name, unknown))
        found.append(use)
    return found


def _check(names: tuple[str, ...], given: tuple[str, ...]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            same = [quote(own) for own, known in zip(given, names, strict=True) if known == name]
            raise Problem(f"The columns {' and '.join(same)} mean the same.", "Export one of them.")
    for name in columns.REQUIRED:
        if name not in names:
            raise Problem(f"There is no column {quote(name)}.", "Export it too: without it a ticket cannot be told.")
    if not any(name in names for name in columns.STATE_COLUMNS):
        raise Problem("There is no column “incident_state” or “state”.", "Export it too: it tells what happened.")
