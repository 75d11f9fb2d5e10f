"""A new record from its kind's example and what the user says of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from servicebook.authoring.explaining import explained
from servicebook.authoring.fitting import bind_documents, bind_links, bind_people, bring_to
from servicebook.authoring.settings import Setting, put
from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.kinds import Kind
from servicebook.record import FOLDER, LONGEST_ID, SUFFIX, is_id
from servicebook.writing import new_id, record_text


@dataclass(frozen=True)
class Draft:
    """A record that is not written yet: its id, its path in the book, its data, and its bytes."""

    id: str
    path: str
    data: dict[str, Any]
    text: bytes


def drafts(
    book: Book, kind: Kind, settings: Sequence[Setting], now: datetime, zone: tzinfo,
    record_id: str | None = None, *, comments: bool = True,
) -> Iterator[Draft]:  # fmt: skip
    """Drafts with what the settings say, of which the first that no rule objects to is the one to take.

    First comes what the kind requires as its first example has it, then all that the example has, then the same
    of the other examples. Where a later example is of the type (or has another such choice) that is set, it comes
    before all others, and whole: what is special about it is why it is there. Raises `Problem` for a setting that
    cannot be understood, for an example that is no record of its kind, and where a record is needed that the book
    does not have.
    """
    if kind.example is None:
        raise Problem(f"{kind.path} has no example to start from.", "Give the schema examples: [{…}].")
    chosen = _choices(kind, settings)
    examples = sorted(kind.schema["examples"], key=lambda example: _others(chosen, example))
    special = _others(chosen, examples[0]) < _others(chosen, kind.example)
    for example in examples:
        for whole in (True, False) if special and example is examples[0] else (False, True):
            made = _draft(book, kind, settings, now.astimezone(zone), record_id, example, whole, comments)
            record_id = made.id
            yield made


def _choices(kind: Kind, settings: Sequence[Setting]) -> dict[str, str]:
    """What is set of the fields of a record that offer a choice."""
    fields = {setting.pointer: setting.text for setting in settings if len(setting.steps) == 1}
    return {str(pointer[0]): text for pointer, text in fields.items() if "enum" in kind.property(pointer)}


def _others(chosen: Mapping[str, str], example: Any) -> int:
    """How many choices an example made otherwise."""
    return sum(isinstance(example, Mapping) and example.get(name) != value for name, value in chosen.items())


def _draft(
    book: Book, kind: Kind, settings: Sequence[Setting], local: datetime, record_id: str | None,
    example: Mapping[str, Any], whole: bool, comments: bool,
) -> Draft:  # fmt: skip
    data = _beginning(kind, local, example, whole)
    for setting in settings:
        _make_room(data, setting)
    for setting in settings:
        put(kind, data, setting)
    given = [setting.pointer for setting in settings]
    bind_links(book, kind, data, given)
    bind_people(book, kind, data, given)
    bind_documents(book, data)
    if record_id is None and ("id",) not in given:
        record_id = _make_id(book, kind, data, local)
    data["id"] = record_id or data["id"]
    if not isinstance(data["id"], str) or not is_id(data["id"]):
        hint = f"Use at most {LONGEST_ID} letters, digits and single hyphens, beginning with a letter."
        raise Problem(f"{quote(data['id'])} cannot be an id.", hint)
    check_prefix(kind, data, data["id"])
    year = f"{local.year}/" if kind.lifecycle is not None else ""
    path = f"{FOLDER}/{kind.folder}/{year}{data['id']}{SUFFIX}"
    text = record_text(path, kind, data)
    return Draft(data["id"], path, data, explained(kind, data, text) if comments else text)


def _make_room(data: Any, setting: Setting) -> None:
    """A list of values that is set from its first item on holds nothing of the example's."""
    *steps, last = setting.steps
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    if last == "0" and isinstance(data, list) and not any(isinstance(item, dict | list) for item in data):
        data.clear()


def _beginning(kind: Kind, local: datetime, example: Mapping[str, Any], whole: bool) -> dict[str, Any]:
    """What a new record has at `local` before anything is said of it."""
    if not kind.validator.is_valid(example):
        raise Problem(f"An example of {kind.path} is not what the schema accepts.", "Correct it.")
    wanted = example if whole else kind.schema.get("required", ())
    data: dict[str, Any] = {name: _copy(example[name]) for name in wanted if name in example}
    while added := _still_required(kind, data, example):
        data |= {name: _copy(example[name]) for name in added}
    if kind.versions is not None and data.get(kind.versions):
        data[kind.versions] = data[kind.versions][:1]
        data[kind.versions][0].pop("valid_to", None)
    bring_to(local, kind, data)
    if kind.property(("title",)).get("type") == "string":
        data["title"] = f"Untitled {kind.title().lower()}"
    if kind.lifecycle is not None:
        data[kind.lifecycle.timeline] = [{"at": local.isoformat(timespec="seconds"), "event": kind.lifecycle.opens}]
    return data


def _still_required(kind: Kind, data: Mapping[str, Any], example: Mapping[str, Any]) -> list[str]:
    """Fields that the schema requires because of what others hold, and that the example has."""
    missing = (error.kind.property for error in kind.validator.iter_errors(data) if error.kind.name == "required")
    return [name for name in missing if name not in data and name in example]


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def id_from_title(kind: Kind, title: str) -> str:
    """The id that a record of a kind with named ids gets from its title; empty where the title has no Latin letters."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50].rstrip("-")
    return f"{kind.prefix}-{slug}" if slug else ""


def check_prefix(kind: Kind, data: Mapping[str, Any], record_id: str) -> None:
    """Raises `Problem` for an id that does not begin as those of its kind do; imported records keep their numbers."""
    if not record_id.casefold().startswith(f"{kind.prefix}-".casefold()) and not isinstance(data.get("source"), dict):
        raise Problem(
            f"{quote(record_id)} does not begin with {kind.prefix}-, as the ids of the kind {kind.name} do.",
            f"Give it an id such as {kind.prefix}-{record_id[:40]}.",
        )


def _make_id(book: Book, kind: Kind, data: Mapping[str, Any], local: datetime) -> str:
    if not kind.named:
        return new_id(kind.prefix, local.date(), book)
    title = str(data.get("title", ""))
    if made := id_from_title(kind, title):
        return made
    raise Problem(f"No id can be made from the title {quote(title)}.", f"Name it: --id {kind.prefix}-…")
