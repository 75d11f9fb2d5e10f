"""The example of every kind, and what becomes of it when one thing is broken: for tests over all kinds."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from building import CHECKOUT
from servicebook.kinds import Kind, read_kinds
from servicebook.source import Pointer
from servicebook.tree import WorkingTree

KINDS = read_kinds(WorkingTree(CHECKOUT))
NAMES = sorted(KINDS)
ANOTHER_TYPE: dict[type, Any] = {str: 7, int: "seven", float: "seven", bool: "no?", dict: [1], list: {"a": 1}}


class Variant(NamedTuple):
    """An example with one change: what was done, at which place (or, for what was taken away, around it)."""

    kind: Kind
    done: str
    around: Pointer
    name: str | int
    data: dict[str, Any]


def example(kind: Kind) -> dict[str, Any]:
    """A copy of the kind's example."""
    return copy.deepcopy(dict(kind.schema["examples"][0]))


def variants(kind: Kind) -> Iterator[Variant]:
    """Every field of the example taken away, given another type, given a value that none has; and a stranger added."""
    for pointer, value in places(example(kind)):
        around, name = pointer[:-1], pointer[-1]
        if isinstance(name, str):
            yield _changed(kind, "taken away", around, name, None)
        yield _changed(kind, "of another type", around, name, ANOTHER_TYPE[type(value)])
        if isinstance(value, str):
            yield _changed(kind, "another text", around, name, "~ none of these ~")
        elif isinstance(value, dict):
            yield _changed(kind, "a stranger in it", pointer, "no_such_field", "x")


def _changed(kind: Kind, done: str, around: Pointer, name: str | int, value: Any) -> Variant:
    data = example(kind)
    holder: Any = data
    for step in around:
        holder = holder[step]
    if done == "taken away":
        del holder[name]
    else:
        holder[name] = value
    return Variant(kind, done, around, name, data)


def places(value: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every value in the data but the whole, with the way to it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*at, step), inner
        yield from places(inner, (*at, step))


def schema_files() -> list[Path]:
    """The schemas of the checkout."""
    return sorted((CHECKOUT / "schemas").glob("*.schema.json"))
