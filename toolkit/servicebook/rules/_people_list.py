"""`people.yaml` at the book's root: whose ids the records name. It is read, and never published.

people:
  - id: P-7k2m
    name: …
    from: 2025-04-01
    to: 2026-03-31      # both dates may be left out
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.refusal import Pointer, Refused
from servicebook.source import load
from servicebook.tree import Unreadable

NAME: Final = "people.yaml"
PERSON: Final = re.compile(r"P-[a-z0-9]{4,12}")

_FIELDS: Final = ("id", "name", "from", "to")
_SHAPE: Final = "Write people: and below it, for each person, id:, name:, and if you like from: and to:."


def people(book: Book) -> frozenset[str] | None:
    """The ids of the people in the list; None where there is no list, or one that is not in order."""
    if not any(entry.path == NAME for entry in book.tree.entries(NAME)) or any(faults(book)):
        return None
    return frozenset(person["id"] for person in load(book.tree.read(NAME))["people"])


def faults(book: Book) -> Iterator[Finding]:
    """What is not in order in the list; nothing where there is none.

    More people read a finding than the list, so none quotes what stands in it: a name may stand anywhere.
    """
    if not any(entry.path == NAME for entry in book.tree.entries(NAME)):
        return
    try:
        data = book.tree.read(NAME)
        content = load(data)
    except Unreadable as error:
        yield Finding(NAME, 1, 1, "", f"{NAME} cannot be read: {error}.", "Make it a plain file.")
    except Refused as refusal:
        yield Finding(NAME, refusal.line, refusal.column, "", "The list of people is not YAML as records are.", _SHAPE)
    else:
        from servicebook.positions import locate  # only when there is something to say

        for pointer, message, hint in _amiss(content):
            yield Finding(NAME, *locate(data).of(pointer), "", message, hint)


def _amiss(content: dict[str, Any]) -> Iterator[tuple[Pointer, str, str]]:
    for name in sorted(content.keys() - {"people"}):
        yield (name,), "The list of people has a field besides people.", _SHAPE
    listed = content.get("people")
    if not isinstance(listed, list):
        yield ("people",), "The list of people has no list named people.", _SHAPE
        return
    known: set[str] = set()
    for number, person in enumerate(listed):
        at: Pointer = ("people", number)
        if not isinstance(person, dict):
            yield at, f"Entry {number + 1} of the list of people is no person.", _SHAPE
            continue
        for name in sorted(person.keys() - set(_FIELDS)):
            yield (*at, name), f"Entry {number + 1} has a field that no person has.", f"Fields: {', '.join(_FIELDS)}."
        own = person.get("id")
        if not isinstance(own, str) or not PERSON.fullmatch(own):
            yield (*at, "id"), f"Entry {number + 1} has no id of a person.", "Write P- and 4 to 12 letters or digits."
        elif own in known:
            yield (*at, "id"), f"The id {own} stands here for the second time.", "Give each person an id of their own."
        else:
            known.add(own)
        called = person.get("name")
        if not isinstance(called, str) or not called.strip():
            yield (*at, "name"), f"Entry {number + 1} has no name.", "Write the person's name as text."
        yield from _term(person, at)


def _term(person: dict[str, Any], at: Pointer) -> Iterator[tuple[Pointer, str, str]]:
    days = {}
    for name in ("from", "to"):
        if name in person:
            try:
                days[name] = date.fromisoformat(person[name])
            except (TypeError, ValueError):
                yield (*at, name), f"What stands under {name} is no date.", "Write for instance 2026-03-04."
    if len(days) == 2 and days["to"] < days["from"]:
        yield (*at, "to"), f"The person left on {days['to']} and came on {days['from']}.", "Correct one of the dates."
