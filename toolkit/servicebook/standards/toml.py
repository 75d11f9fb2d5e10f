"""standards/*.toml → `Standard`. A file of a repository is foreign: whatever is amiss is told in a sentence."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Final

from servicebook.cadence import MONTHS
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.keywords import PROFILES
from servicebook.registry import PACKAGE
from servicebook.standards.standard import Clause, Evidence, Item, Path, Selection, Source, Span, Standard, Where
from servicebook.standards.table import Table
from servicebook.tree import Tree, Unreadable

FOLDER: Final = "standards"
SUFFIX: Final = ".toml"
LARGEST: Final = 1024 * 1024
MOST: Final = 1000
"""Records that an entry may ask for at least."""

_SELECTION: Final = ("kind", "where", "items", "fields", "in_force")
_SOURCE: Final = (*_SELECTION, "date")
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER: Final = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
_LONGEST: Final = 60


def read_standards(tree: Tree) -> dict[str, Standard]:
    """The standards of a book by name: the shipped ones and those of its own standards/, which win. Raises `Problem`.

    A file that rests on another is read after it.
    """
    tables = {name: _table(path, data) for name, (path, data) in sorted(_files(tree).items())}
    found: dict[str, Standard] = {}
    for name in sorted(tables, key=lambda name: ("rests_on" in tables[name], name)):
        found[name] = _standard(name, tables[name], found)
    return dict(sorted(found.items()))


def choose(standards: Mapping[str, Standard], name: str) -> Standard:
    """The standard of that name. Raises `Problem` with a suggestion."""
    if name in standards:
        return standards[name]
    from difflib import get_close_matches

    near = get_close_matches(name, standards, 1)
    known = f"Did you mean {near[0]}?" if near else f"Standards: {', '.join(standards)}."
    raise Problem(f"There is no standard {quote(name)}.", known)


def _files(tree: Tree) -> dict[str, tuple[str, bytes]]:
    """Path and bytes of each file by the standard's name."""
    files = {path.stem: (f"servicebook/{FOLDER}/{path.name}", path.read_bytes()) for path in _shipped()}
    for entry in tree.entries(FOLDER):
        path = PurePosixPath(entry.path)
        if len(path.parts) != 2 or path.suffix != SUFFIX:
            continue
        if not _NAME.fullmatch(path.stem) or len(path.stem) > _LONGEST:
            message = f"{entry.path}: {quote(path.stem)} cannot name a standard."
            raise Problem(message, f"Use at most {_LONGEST} lower-case letters, digits and hyphens.")
        try:
            if entry.sort != "file":
                raise Unreadable(f"it is a {entry.sort}")
            files[path.stem] = entry.path, tree.read(entry.path)
        except Unreadable as error:
            raise Problem(f"{entry.path} cannot be read: {error}.", "Make it a plain file.") from None
    return files


def _shipped() -> list[FilePath]:
    return sorted((PACKAGE / FOLDER).glob(f"*{SUFFIX}"))


def _table(path: str, data: bytes) -> Table:
    if len(data) > LARGEST:
        raise Problem(f"{path} is larger than {LARGEST // 1024} KiB.", "Split it: one file is one standard.")
    try:
        return Table(path, tomllib.loads(data.decode("utf-8")))
    except UnicodeDecodeError:
        raise Problem(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from None
    except RecursionError:
        raise Problem(f"{path} is nested too deeply.", "Correct the file.") from None
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{path} is not TOML: {inert_line(str(error))}.", "Correct the line.") from None


def _standard(name: str, table: Table, known: Mapping[str, Standard]) -> Standard:
    table.only("title", "about", "notice", "version", "rests_on", "clause")
    rests_on = None
    if "rests_on" in table:
        rests_on = known.get(table.text("rests_on"))
        if rests_on is None or rests_on.rests_on is not None:
            choices = [other for other, standard in known.items() if standard.rests_on is None]
            raise table.wrong("rests_on", f"Write one of {', '.join(choices)}, which rests on no other itself.")
    heads = {head.text("number"): head for head in _heads(table)}
    clauses = {number: _clause(number, head, list(heads), rests_on) for number, head in heads.items()}
    own = table.place.startswith(f"{FOLDER}/") and name in {path.stem for path in _shipped()}
    replaces = own or (rests_on is not None and rests_on.replaces)
    return Standard(
        name, table.place, table.count("version", MOST), clauses, rests_on, replaces,
        table.texts("title"), table.texts("about"), table.texts("notice"),
    )  # fmt: skip


def _heads(table: Table) -> Iterator[Table]:
    """The [[clause]] tables, each with a number that none before it has."""
    seen: dict[str, str] = {}
    for head in table.tables("clause"):
        number = head.text("number")
        if not _NUMBER.fullmatch(number) or len(number) > _LONGEST or number.casefold() == "index":
            raise head.wrong("number", "Use letters and digits, joined by dots or hyphens: 8.6.1, incident-management.")
        if number.casefold() in seen:
            raise head.wrong("number", "Give each clause its own number, capitals or not.")
        seen[number.casefold()] = number
        head.place = f"{table.place}: clause {number}"
        yield head


def _clause(number: str, head: Table, numbers: list[str], rests_on: Standard | None) -> Clause:
    head.only("number", "title", "asks", "evidence", "clauses")
    clauses = head.words("clauses") if "clauses" in head else ()
    for other in clauses:
        if rests_on is None or other not in rests_on.clauses:
            raise head.wrong("clauses", "Name clauses of the standard that rests_on names at the top of the file.")
    below = tuple(other for other in numbers if other.rpartition(".")[0] == number)
    evidence = tuple(_evidence(entry) for entry in head.tables("evidence")) if "evidence" in head else ()
    if not (below or clauses or evidence):
        raise Problem(f"{head.place} asks for nothing.", "Add [[clause.evidence]], or clauses that it rests on.")
    return Clause(number, evidence, clauses, below, head.texts("title"), head.texts("asks"))


def _evidence(table: Table) -> Evidence:
    table.only("profile", *_SOURCE, "or", "every", "minimum", "each", "via", "when", "says")
    every = table.text("every") if "every" in table else None
    if every is not None and every not in MONTHS:
        raise table.wrong("every", f"Write one of {', '.join(MONTHS)}.")
    profile = table.text("profile") if "profile" in table else PROFILES[0]
    if profile not in PROFILES:
        raise table.wrong("profile", f"Write one of {', '.join(PROFILES)}.")
    return Evidence(
        sources=(_source(table), *map(_other, table.tables("or") if "or" in table else ())),
        profile=profile,
        minimum=table.count("minimum", MOST) if "minimum" in table else 1,
        every=every,
        each=_chosen(table, "each"),
        via=table.words("via") if "via" in table else (),
        when=_chosen(table, "when"),
        _says=table.texts("says"),
    )


def _other(table: Table) -> Source:
    table.only(*_SOURCE)
    return _source(table)


def _source(table: Table) -> Source:
    days = table.options("date") if "date" in table else ()
    if not all(isinstance(day, str) for day in days):
        raise table.wrong("date", "Name the field that holds the day, or a list of such fields.")
    return Source(_selection(table), tuple(_steps(table, str(day)) for day in days))


def _chosen(table: Table, name: str) -> Selection | None:
    if name not in table:
        return None
    inner = table.table(name)
    inner.only(*_SELECTION)
    return _selection(inner)


def _selection(table: Table) -> Selection:
    return Selection(
        kind=table.text("kind"),
        where=_where(table) if "where" in table else {},
        items=tuple(map(_item, table.tables("items"))) if "items" in table else (),
        fields=tuple(_steps(table, path) for path in table.words("fields")) if "fields" in table else (),
        in_force=_span(table.table("in_force")) if "in_force" in table else None,
    )


def _where(table: Table) -> Where:
    where = table.table("where")
    return {_steps(where, name): where.options(name) for name in where}


def _item(table: Table) -> Item:
    table.only("at", "where")
    return Item(_path(table, "at"), _where(table))


def _span(table: Table) -> Span:
    table.only("at", "from", "to")
    if "from" not in table and "to" not in table:
        raise Problem(f"{table.place} has neither from nor to.", "Name the fields that hold the two days.")
    return Span(
        at=_path(table, "at") if "at" in table else (),
        begins=table.text("from") if "from" in table else "",
        ends=table.text("to") if "to" in table else "",
    )


def _path(table: Table, name: str) -> Path:
    return _steps(table, table.text(name))


def _steps(table: Table, path: str) -> Path:
    steps = tuple(path.split("."))
    if not all(steps) or len(steps) > 10:
        raise Problem(
            f"{table.place}: {quote(path)} is no path.", "Write names of fields, joined by dots: approved.on."
        )
    return steps
