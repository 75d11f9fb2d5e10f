"""A book whose only standard of interest is a few lines of TOML, and records made from the examples of the kinds."""

import json
from datetime import date
from typing import Any

from building import CHECKOUT, CONFIGURATION, Book
from servicebook.book import read_book
from servicebook.standards import ClauseState, coverage, read_standards
from servicebook.tree import WorkingTree

HEAD = """\
title.en = "Ours"
about.en = "What we ask of ourselves."
notice.en = "Nothing to mind."
version = 1
"""
TODAY = date(2026, 6, 30)


def clause(number: str = "1", *evidence: str, more: str = "") -> str:
    """A clause with its entries of evidence, each as lines of TOML."""
    entries = "".join(f'[[clause.evidence]]\nsays.en = "What is asked"\n{lines}\n' for lines in evidence)
    return f'[[clause]]\nnumber = "{number}"\ntitle.en = "Clause {number}"\nasks.en = "Do it."\n{more}\n{entries}'


def asks(book: Book, *clauses: str, head: str = HEAD) -> None:
    """Gives the book the standard “ours”."""
    book.write("standards/ours.toml", head + "".join(clauses))


def scoped(book: Book, lines: str) -> None:
    """Gives the book a [scope]."""
    book.write("servicebook.toml", f"{CONFIGURATION}\n[scope]\n{lines}\n")


def put(book: Book, kind: str, record_id: str, **fields: Any) -> None:
    """A record with what the kind requires, as its example has it, and these fields; without those that are None."""
    schema = json.loads((CHECKOUT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    required = {name: written(value) for name, value in schema["examples"][0].items() if name in schema["required"]}
    data = {name: value for name, value in (required | fields | {"id": record_id}).items() if value is not None}
    path = f"records/{schema['x-folder']}/{record_id}.yaml"
    book.write(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def example(kind: str, record_id: str) -> str:
    """The file of a record just as its kind's example is."""
    schema = json.loads((CHECKOUT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return json.dumps(schema["examples"][0] | {"id": record_id}, ensure_ascii=False, indent=1) + "\n"


def written(value: Any) -> Any:
    """What an example has, with somebody's own words in the place of its sentences."""
    if isinstance(value, dict):
        return {name: written(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    return f"Of ours: {value}" if isinstance(value, str) and " " in value else value


def review(book: Book, day: str, **fields: Any) -> str:
    """A service review held on a day; its id."""
    record_id = f"REV-{day.replace('-', '')}-aaaa"
    put(book, "review", record_id, **({"type": "service-review", "held_on": day} | fields))
    return record_id


def states(book: Book, standard: str = "ours", today: date = TODAY) -> dict[str, ClauseState]:
    """The state of each clause by number."""
    tree = WorkingTree(book.root)
    found = coverage(read_book(tree), read_standards(tree)[standard], today)
    return {state.clause.number: state for state in found}


def ids(state: ClauseState) -> list[str]:
    """The records that count."""
    return [record.id for record in state.records]
