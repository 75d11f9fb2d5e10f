"""Comments in a new record that say what each field is for, from the schema, on one line each."""

import re
from collections.abc import Mapping
from typing import Any, Final

from servicebook.authoring.comments import Comments, laid_out
from servicebook.finding import inert_line
from servicebook.kinds import Kind
from servicebook.source import Pointer

LONGEST: Final = 110
_SENTENCE: Final = re.compile(r"(?<=[.;]) (?=[A-Z])")
_FURTHER: Final = re.compile(r"(\n?)^# It may also have: ((?:\w+(?:,(?: |\n# ))?)+)\.\n", re.MULTILINE)
_UNSAID: Final = frozenset({("id",), ("schema_version",)})


def explained(kind: Kind, data: Mapping[str, Any], text: bytes) -> bytes:
    """The bytes of a record without comments, with a line above each field that the schema says something of.

    Of the items of a list the first is explained, and nothing is said twice. The last lines name the fields that
    the record may have too.
    """
    comments = Comments()
    _explain(kind, data, (), comments, set())
    known = kind.schema.get("properties", {})
    if further := [name for name in known if name not in data]:
        comments.below[()] = ["", *_further(further)]
    return laid_out(text, comments)


def without_present(text: bytes, data: Mapping[str, Any]) -> bytes:
    """The bytes of a record, whose last lines no longer name as possible the fields that `data` has."""

    def left(found: re.Match[str]) -> str:
        names = re.findall(r"\w+", found[2])
        absent = [name for name in names if name not in data]
        return found[0] if absent == names else found[1] + "\n".join(_further(absent)) + "\n" if absent else ""

    return _FURTHER.sub(left, text.decode("utf-8")).encode("utf-8")


def meaning(kind: Kind, pointer: Pointer, *, choices: bool = True) -> str:
    """What a field is for, in one line: the first sentence of its description, else its title, and its `choices`."""
    schema = kind.property(pointer)
    said = _SENTENCE.split(str(schema.get("description", "")))[0]
    if (link := schema.get("x-link")) and said == _any_id(kind):
        kinds = link if isinstance(link, list) else [link]
        said = f"The id of a record{'' if kinds == ['any'] else ' of the kind ' + ' or '.join(kinds)}."
    if not said:
        title = str(schema.get("title", ""))
        said = "" if title.casefold() == str(pointer[-1]).replace("_", " ").casefold() else f"{title}."
    if choices and "enum" in schema:
        said += f"{' ' if said else ''}One of {', '.join(map(str, schema['enum']))}."
    line = inert_line(said)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rpartition(" ")[0] + " …"


def _any_id(kind: Kind) -> str:
    part = kind.parts.get("$defs", {}).get("id", {})
    return _SENTENCE.split(str(part.get("description", "")))[0]


def _explain(kind: Kind, value: Any, pointer: Pointer, comments: Comments, heard: set[str]) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            place = (*pointer, name)
            said = meaning(kind, place)
            if said and said not in heard and place not in _UNSAID and "servicebook:" not in said:
                comments.above[place] = [f"# {said}"]
                heard.add(said)
            _explain(kind, inner, place, comments, heard)
    elif isinstance(value, list) and value:
        _explain(kind, value[0], (*pointer, 0), comments, heard)


def _further(names: list[str]) -> list[str]:
    return _folded("It may also have: " + ", ".join(names) + ".")


def _folded(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > LONGEST - 2:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [f"# {line}" for line in lines]
