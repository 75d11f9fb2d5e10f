"""What to ask a person who makes a record: what its kind requires and only a person can know."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from servicebook.authoring.explaining import meaning
from servicebook.authoring.settings import Setting, put
from servicebook.book import Book
from servicebook.finding import inert_line, quote
from servicebook.kinds import ITEMS, Kind
from servicebook.source import Pointer

_MADE = (("id",), ("schema_version",))


@dataclass(frozen=True)
class Question:
    """One field. `choices` are values with what they are called; `many`: the answer is a list of values."""

    pointer: Pointer
    title: str
    about: str
    default: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False

    def setting(self, values: list[str]) -> Setting:
        """The values as they are put into a record."""
        text = json.dumps(values, ensure_ascii=False) if self.many else values[0]
        return Setting(tuple(map(str, self.pointer)), text)


def questions(book: Book, kind: Kind, data: Mapping[str, Any], pointer: Pointer = ()) -> Iterator[Question]:
    """The fields of a draft to ask for, in the order of the schema: values and lists of values, also in parts."""
    for name in kind.property(pointer).get("properties", {}):
        place = (*pointer, name)
        if name not in data or name not in kind.property(pointer).get("required", ()) or place in _MADE:
            continue
        value = data[name]
        if isinstance(value, Mapping):
            yield from questions(book, kind, value, place)
        elif isinstance(value, list):
            if value and all(isinstance(item, str) for item in value):
                yield _question(book, kind, place, ", ".join(value), (*place, ITEMS), many=True)
        elif "const" not in kind.property(place):
            yield _question(book, kind, place, str(value).lower() if isinstance(value, bool) else str(value), place)


def understood(question: Question, answer: str) -> list[str]:
    """The values that an answer means: numbers of choices, or values. Raises ValueError with a sentence."""
    parts = [part.strip() for part in answer.split(",")] if question.many else [answer.strip()]
    values = []
    for part in filter(None, parts):
        known = [value for value, _ in question.choices]
        if part.isdigit() and 0 < int(part) <= len(known):
            values.append(known[int(part) - 1])
        elif not known or part in known:
            values.append(part)
        else:
            near = get_close_matches(part, known, 1)
            raise ValueError(f"{quote(part)} is none of them." + (f" Did you mean {near[0]}?" if near else ""))
    if not values:
        raise ValueError("An answer is needed.")
    return values


def objection(kind: Kind, data: dict[str, Any], question: Question, values: list[str]) -> str:
    """Why values cannot stand in the draft, as a sentence; empty where they can. The draft has them then."""
    put(kind, data, question.setting(values))
    pointer = question.pointer
    if any(tuple(error.instance_path)[: len(pointer)] == pointer for error in kind.validator.iter_errors(data)):
        return f"{quote(', '.join(values))} cannot stand here. {meaning(kind, pointer)}".strip()
    return ""


def _question(book: Book, kind: Kind, place: Pointer, default: str, item: Pointer, *, many: bool = False) -> Question:
    schema, each = kind.property(place), kind.property(item)
    title = inert_line(str(schema.get("title") or place[-1]))
    choices = tuple((str(value), "") for value in each.get("enum", ()))
    if (link := each.get("x-link")) is not None and not choices:
        names = list(book.kinds) if link == "any" else [link] if isinstance(link, str) else link
        choices = tuple((record.id, inert_line(record.title)) for name in names for record in book.records(name))
    about = meaning(kind, place, choices=False)
    return Question(place, title, "" if about == f"{title}." else about, default, choices, many)
