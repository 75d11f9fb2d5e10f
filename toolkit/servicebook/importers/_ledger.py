"""What became of every row, column and ticket of an import; and the rejected rows, ready to be mended."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from servicebook.errors import Problem
from servicebook.finding import inert_line
from servicebook.importers._rows import Row

EXAMPLES: Final = 3
ROWS_MARK: Final = "rejected_rows"
MARKS: Final = ("rejected_file", "rejected_line", "rejected_reason", ROWS_MARK)
"""The first columns of a rejects file. A mended file keeps them: the last says whether its rows are a log or a list."""
VERSION: Final = 1


class Rejection(NamedTuple):
    """Why a row was not taken: the `sort` groups reasons in the report, the `detail` is about this row."""

    file: str
    line: int
    sort: str
    detail: str

    @property
    def reason(self) -> str:
        """Both in one clause."""
        return f"{self.sort}: {self.detail}" if self.detail else self.sort


class Column(NamedTuple):
    """What an import did with a column: "used", "claim" or "left out", and what for or why."""

    name: str
    use: str
    why: str


@dataclass
class Ledger:
    """Rows read = imported + merged + rejected. A merged row says nothing that the record does not say already.

    Of tickets, `unchanged` had no new row; `kept` had none either, but the record differs from what the
    export alone would give (edited by hand, or the export is older) and was left as it is.
    """

    source: str
    facts: dict[str, str] = field(default_factory=dict)
    read: int = 0
    imported: int = 0
    merged: int = 0
    rejected: dict[int, Rejection] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    columns: list[Column] = field(default_factory=list)
    notices: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rejects_file: str = ""

    def notice(self, sentence: str, example: str) -> None:
        """Something that the reader should know, with the ticket or line where it shows."""
        self.notices[sentence].append(example)

    def by_sort(self) -> list[tuple[str, list[Rejection]]]:
        """Rejections by sort, the most frequent first."""
        found: dict[str, list[Rejection]] = defaultdict(list)
        for _, rejection in sorted(self.rejected.items()):
            found[rejection.sort].append(rejection)
        return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))

    def as_data(self) -> dict[str, Any]:
        """The report as data; `version` changes when its shape does."""
        return {
            "version": VERSION,
            "source": self.source,
            "how": dict(sorted(self.facts.items())),
            "rows": {
                "read": self.read,
                "imported": self.imported,
                "merged": self.merged,
                "rejected": len(self.rejected),
            },
            "rejected": [rejection._asdict() for _, rejection in sorted(self.rejected.items())],
            "rejects_file": self.rejects_file,
            "records": {
                "created": self.created,
                "updated": self.updated,
                "unchanged": self.unchanged,
                "kept": self.kept,
            },
            "columns": [column._asdict() for column in self.columns],
            "notices": [
                {"notice": sentence, "count": len(examples), "examples": examples[:EXAMPLES]}
                for sentence, examples in sorted(self.notices.items())
            ],
        }

    def as_text(self) -> str:
        """The report for a reader."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from (f"{name}: {inert_line(value)}" for name, value in self.facts.items())
        counts = f"{self.imported} imported, {self.merged} merged, {len(self.rejected)} rejected"
        yield f"Rows: {self.read} read = {counts}"
        yield (
            f"Records: {self.created} created, {self.updated} updated, {self.unchanged} unchanged, "
            f"{self.kept} kept as they are"
        )
        if self.rejected:
            yield "Rejected:"
            for sort, rejections in self.by_sort():
                yield f"  {len(rejections):6}  {inert_line(sort)}"
                for file, line, _, detail in rejections[:EXAMPLES]:
                    yield f"          {inert_line(file)}, line {line}" + (f": {inert_line(detail)}" if detail else "")
            if self.rejects_file:
                yield f"  Mend them in {inert_line(self.rejects_file)} and import that file."
        if self.notices:
            yield "To know:"
            for sentence, examples in sorted(self.notices.items()):
                shown = ", ".join(examples[:EXAMPLES]) + (", …" if len(examples) > EXAMPLES else "")
                yield f"  {len(examples):6}  {sentence} ({inert_line(shown)})"
        uses = Counter(column.use for column in self.columns)
        if uses:
            yield "Columns: " + ", ".join(f"{count} {use}" for use, count in sorted(uses.items()))
        for use in ("used", "claim", "left out"):
            for column in self.columns:
                if column.use == use:
                    yield f"  {use:8}  {inert_line(column.name)}: {column.why}"


def rejects_text(ledger: Ledger, columns: list[str], rows: Iterable[tuple[int, Row]], form: str) -> bytes:
    """A CSV file of the rejected rows, their fields as they were, with file, line and reason before them.

    A row with more fields than columns keeps them in their order.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*MARKS, *columns])
    for number, row in rows:
        rejection = ledger.rejected[number]
        fits = len(row.fields) <= len(row.values)
        fields = [row.values.get(column, "") for column in columns] if fits else row.fields
        writer.writerow([rejection.file, rejection.line, rejection.reason, form, *fields])
    return out.getvalue().encode("utf-8")


def write_rejects(path: Path, text: bytes) -> Path:
    """The rejects on disk; where another file has the name already, under the next free one. The path used."""
    for number in range(1, 1000):
        place = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with place.open("xb") as file:
                file.write(text)
        except FileExistsError:
            if place.is_file() and place.stat().st_size == len(text) and place.read_bytes() == text:
                return place
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"The rejected rows cannot be written to {place}: {reason}."
            raise Problem(message, "Name a place with --rejects.") from None
        else:
            return place
    raise Problem(f"Too many files are named like {path}.", "Move them away, or name another place with --rejects.")
