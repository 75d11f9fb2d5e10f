"""A metric: one .sql file with a header that says what it measures, and one query over the facts.

The header is comment lines `-- key: value` above the query:

    -- title: Time to restore            -- title-zh: … (and so for each language)
    -- definition: What is counted, and what is not, in words.
    -- unit: hours
    -- better: lower                     (or higher, or neither)
    -- aggregate: mean, median, p90      (see aggregate.py)
    -- source: Where the definition was taken from.        (definition-zh and source-zh as for the title)

These may be left out:

    -- clause: 8.6.1                     (of ISO/IEC 20000-1)
    -- group: incident                   (under which heading it is listed; see GROUPS)
    -- agreed: resolution                (an SLA may agree a percentage for it: for which of its targets; see AGREED)
    -- kind: incident                    (with agreed: the targets for records of this kind alone; see KINDS)
    -- estimates: share                  (a sample stands for a population: the figure gets an interval)

A value goes on in lines that begin with `--` and more than one space. The query returns one row for
each thing that is counted, a record or one of its clocks: `id` (the record's), `value`, `left_out` (why it is
not counted, or NULL) and any columns to group by. With the aggregate ratio it also returns `of`, what the value is
of; where it estimates, also `population` and `sampled`, how many the row stands for and how many of them were asked.
A column `outages` (ids, ", " between them) is shown with each row, and is nothing to group by.
It may use $start and $end, the period in UTC: the first is within, the second is not; and $as_of, the instant up to
which the facts look.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.metrics.aggregate import NAMES, RATIO
from servicebook.registry import PACKAGE
from servicebook.tree import Tree, Unreadable

FOLDER = "metrics"
LARGEST = 64 * 1024
BETTER = ("higher", "lower", "neither")
GROUPS = (
    "incident", "sla", "availability", "problem", "change", "request", "supplier", "feedback", "improvement", "audit",
)  # fmt: skip
"""Headings, in the order in which they are read."""
AGREED = ("response", "restoration", "resolution", "fulfilment", "update", "availability")
KINDS = ("incident", "service-request")
ESTIMATES = ("share",)
REQUIRED = ("title", "definition", "unit", "better", "aggregate", "source")

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ENTRY = re.compile(r"-- (?P<key>[a-z]+(-[a-z]{2})?): *(?P<value>.*)")
_MORE = re.compile(r"-- {2,}(?P<value>\S.*)")
_FULL_WIDTH = ("，", "。", "；", "：", "、", "）")  # after these Chinese has no space


@dataclass(frozen=True)
class Metric:
    """What is measured, and the query that measures it.

    `path` is the file, `sql` its text and `digest` its SHA-256; the query begins at line `line`. What may be left
    out of the header is empty where it was.
    """

    name: str
    path: str
    definition: str
    unit: str
    better: str
    aggregates: tuple[str, ...]
    clause: str
    group: str
    agreed: str
    kind: str
    estimates: str
    source: str
    sql: str = field(repr=False)
    line: int = field(repr=False)
    digest: str = field(repr=False)
    texts: Mapping[str, str] = field(repr=False, hash=False, compare=False)

    @property
    def query(self) -> str:
        """The text without what stands above the query."""
        return "\n".join(self.sql.split("\n")[self.line - 1 :])

    def title(self, language: str = "en") -> str:
        """Its title in a language, in English where there is none."""
        return self.texts.get(f"title-{language}") or self.texts["title"]

    def defined(self, language: str = "en") -> str:
        """Its definition in a language, in English where there is none."""
        return self.texts.get(f"definition-{language}") or self.definition

    def sourced(self, language: str = "en") -> str:
        """Where its definition is from in a language, in English where that is not said."""
        return self.texts.get(f"source-{language}") or self.source

    def way(self, before: float | None, now: float | None, digits: int = 1) -> str:
        """How a figure went, as far as digits are shown: better, worse, same, changed (neither is better) or new."""
        if now is None or before is None:
            return "new"
        difference = round(now - before, digits)
        if difference == 0:
            return "same"
        if self.better == "neither":
            return "changed"
        return "better" if (difference > 0) == (self.better == "higher") else "worse"


def read_metrics(tree: Tree) -> dict[str, Metric]:
    """The metrics of a book by name: the shipped ones and those in its own metrics/, which win. Raises Problem."""
    files = {
        path.stem: (f"servicebook/{FOLDER}/{path.name}", path.read_bytes()) for path in (PACKAGE / FOLDER).glob("*.sql")
    }
    for entry in tree.entries(FOLDER):
        path = PurePosixPath(entry.path)
        if len(path.parts) != 2 or path.suffix != ".sql":
            continue
        try:
            if entry.sort != "file":
                raise Unreadable(f"it is a {entry.sort}")
            files[path.stem] = entry.path, tree.read(entry.path)
        except Unreadable as error:
            raise Problem(f"{entry.path} cannot be read: {error}.", "Make it a plain file.") from None
    return {name: parse(name, path, data) for name, (path, data) in sorted(files.items())}


def choose(metrics: Mapping[str, Metric], names: tuple[str, ...]) -> list[Metric]:
    """The metrics of these names, or all of them. Raises Problem with a suggestion."""
    for name in names:
        if name not in metrics:
            near = get_close_matches(name, metrics, 1)
            known = f"Did you mean {near[0]}?" if near else f"Metrics: {', '.join(metrics)}."
            raise Problem(f"There is no metric {quote(name)}.", known)
    return [metrics[name] for name in dict.fromkeys(names)] if names else list(metrics.values())


def parse(name: str, path: str, data: bytes) -> Metric:
    """The metric in a file. Raises Problem with the file, and the line where there is one."""
    if not _NAME.fullmatch(name):
        raise Problem(f"{path}: {quote(name)} cannot name a metric.", "Use lower-case words joined by hyphens.")
    if len(data) > LARGEST:
        raise Problem(f"{path} is larger than {LARGEST // 1024} KiB.", "A metric is one query.")
    try:
        sql = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Problem(f"{path}:{line}: the file is not UTF-8 text.", "Save it as UTF-8.") from None
    texts, lines, line = _header(path, sql)
    if missing := [key for key in REQUIRED if not texts.get(key)]:
        raise Problem(f"{path}: the header has no {missing[0]}.", f"Write a line “-- {missing[0]}: …” above the query.")
    words = {"better": BETTER, "group": GROUPS, "agreed": AGREED, "kind": KINDS, "estimates": ESTIMATES}
    for key, known in words.items():
        if key in texts and texts[key] not in known:
            raise Problem(f"{path}:{lines[key]}: {key} is {quote(texts[key])}.", f"Write {', '.join(known)}.")
    aggregates = tuple(part.strip() for part in texts["aggregate"].split(","))
    for aggregate in aggregates:
        if aggregate not in NAMES:
            message = f"{path}:{lines['aggregate']}: there is no aggregate {quote(aggregate)}."
            raise Problem(message, f"Known: {', '.join(NAMES)}.")
    for key in ("agreed", "estimates"):
        if key in texts and (texts["unit"] != "percent" or aggregates[0] not in ("share", RATIO)):
            message = (
                f"{path}:{lines[key]}: {key} is for percentages, and the first figure is {quote(aggregates[0])} in "
            )
            raise Problem(f"{message}{quote(texts['unit'])}.", f"Use share or ratio in percent, or drop {key}.")
    return Metric(
        name=name,
        path=path,
        definition=texts["definition"],
        unit=texts["unit"],
        better=texts["better"],
        aggregates=aggregates,
        clause=texts.get("clause", ""),
        group=texts.get("group", ""),
        agreed=texts.get("agreed", ""),
        kind=texts.get("kind", ""),
        estimates=texts.get("estimates", ""),
        source=texts["source"],
        sql=sql,
        line=line,
        digest=hashlib.sha256(data).hexdigest(),
        texts=texts,
    )


def _header(path: str, sql: str) -> tuple[dict[str, str], dict[str, int], int]:
    """The entries of the header by key, the line of each, and the line after the header."""
    texts: dict[str, str] = {}
    lines: dict[str, int] = {}
    key = ""
    for number, line in enumerate(sql.split("\n"), 1):
        if entry := _ENTRY.fullmatch(line.rstrip()):
            key = entry["key"]
            if key in texts:
                raise Problem(f"{path}:{number}: {key} stands twice in the header.", "Keep one of them.")
            texts[key], lines[key] = entry["value"], number
        elif key and (more := _MORE.fullmatch(line.rstrip())):
            space = "" if texts[key].endswith(_FULL_WIDTH) else " "
            texts[key] = f"{texts[key]}{space}{more['value']}".strip()
        elif line.strip() and not line.startswith("--"):
            return texts, lines, number
    raise Problem(f"{path} has no query.", "Write one SELECT below the header.")
