"""Settings as a user gives them on the command line: `path=value`, where a path names fields and numbers of items."""

import re
from typing import Any, Final, NamedTuple

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.kinds import Kind
from servicebook.source import Pointer, Refused, load

_STEP: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|[0-9]{1,4}")


class Setting(NamedTuple):
    """A path through a record, step by step, and the text of the value that shall stand there."""

    steps: tuple[str, ...]
    text: str

    @property
    def pointer(self) -> Pointer:
        return tuple(int(step) if step.isdigit() else step for step in self.steps)


def parse(text: str) -> Setting:
    """A setting as it stands on the command line. Raises `Problem`."""
    path, equals, value = text.partition("=")
    steps = path.split(".")
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes of the command line that are no text
        raise Problem(f"{quote(text)} is not text in UTF-8.", "Write it in UTF-8.") from None
    if not equals or not all(_STEP.fullmatch(step) for step in steps):
        raise Problem(
            f"{quote(text)} is no setting.",
            "Write a field, an equals sign and its value: --set impact=high, --set timeline.0.by=service-desk",
        )
    return Setting(tuple(steps), value)


def put(kind: Kind, data: Any, setting: Setting) -> None:
    """The value of a setting put into a record's data, with the mappings and lists that it needs. Raises `Problem`."""
    steps, text = setting
    pointer: tuple[str | int, ...] = ()
    for position, step in enumerate(steps):
        name: str | int = step
        if isinstance(data, list):
            if not step.isdigit() or int(step) > len(data):
                raise Problem(
                    f"There is no item {quote(step)} in {'.'.join(steps[:position])}.",
                    f"It has {len(data)}; the next number adds one.",
                )
            name = int(step)
        elif not isinstance(data, dict):
            raise Problem(
                f"{'.'.join(steps[:position])} is a value and has no field {quote(step)}.", "Set the value itself."
            )
        pointer = (*pointer, name)
        last = position == len(steps) - 1
        inner: Any = _value(kind, pointer, text) if last else [] if steps[position + 1].isdigit() else {}
        if isinstance(name, int) and name == len(data):
            data.append(inner)
        elif last or (isinstance(data, dict) and name not in data):
            data[name] = inner
        data = data[name]


def _value(kind: Kind, pointer: tuple[str | int, ...], text: str) -> Any:
    """The value that a setting means: text where the schema wants text, otherwise as it would read in a record."""
    schema = kind.property(pointer)
    if schema.get("type") == "string" or "enum" in schema:
        return text
    try:
        return load(f"value: {text}\n".encode())["value"]
    except Refused:
        return text
