"""An overlay: the fields that a team adds to a kind, beside the schema instead of in it.

`schemas/incident.overlay.json` holds `properties` whose names begin with `x_`, and may hold `required` and `x-columns`
for them. The kind's own schema stays as it came, so that a newer one can take its place. Where there is an overlay
it names every `x_…` field: another one is a slip, and found.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import quote

SUFFIX: Final = ".overlay.json"

_ANY_FIELD: Final = "^x_[a-z0-9_]+$"
"""The pattern by which a schema leaves fields of one's own open."""
_FIELD: Final = re.compile("x_[a-z0-9_]+")
_WORDS: Final = ("$schema", "$comment", "title", "description", "properties", "required", "x-columns")


def overlaid(schema: Mapping[str, Any], overlay: Mapping[str, Any], path: str) -> dict[str, Any]:
    """A kind's schema with what an overlay adds. Raises `Problem` for an overlay that would do anything else.

    `path` is where the overlay stands, for messages. What its fields hold is judged later, as part of the schema.
    """
    for word in overlay:
        if word not in _WORDS:
            raise Problem(f"{path}: an overlay has no {quote(word)}.", "It holds properties, required and x-columns.")
    if not _is_plain(schema):
        return dict(schema)  # whoever checks the schema says what is wrong with it
    known = schema.get("properties", {})
    added = overlay.get("properties", {})
    if not isinstance(added, Mapping):
        raise Problem(f"{path}: properties is {quote(added)}.", 'Write the fields: {"x_table": {"type": "integer"}}.')
    for name, field in added.items():
        if _FIELD.fullmatch(name) is None:
            hint = (
                "An overlay adds fields whose names begin with x_, and touches no other: small letters, digits and _."
            )
            raise Problem(f"{path} names the field {quote(name)}.", hint)
        if name in known:
            raise Problem(
                f"{path} names the field {quote(name)}, which the schema has already.", "Choose another name."
            )
        if not isinstance(field, Mapping):
            raise Problem(f"{path}: the field {quote(name)} is {quote(field)}.", "Say what it holds, as a schema does.")
    required, columns = (_names(path, overlay, word) for word in ("required", "x-columns"))
    example = {name: _example(path, name, added[name]) for name in required}
    examples = schema.get("examples", ())
    return {
        **schema,
        "properties": {**known, **added},
        "patternProperties": {p: s for p, s in schema.get("patternProperties", {}).items() if p != _ANY_FIELD},
        "required": [*schema.get("required", ()), *required],
        "x-columns": [*schema.get("x-columns", ("title",)), *columns],
        "examples": [{**given, **example} if isinstance(given, Mapping) else given for given in examples],
    }


def _is_plain(schema: Mapping[str, Any]) -> bool:
    """Whether what an overlay adds to has the shape that it must have."""
    objects = all(isinstance(schema.get(word, {}), Mapping) for word in ("properties", "patternProperties"))
    return objects and all(isinstance(schema.get(word, []), list) for word in ("required", "x-columns", "examples"))


def _names(path: str, overlay: Mapping[str, Any], word: str) -> list[str]:
    """What `required` or `x-columns` of an overlay names: fields that it adds."""
    names = overlay.get(word, [])
    added = overlay.get("properties", {})
    if not isinstance(names, list):
        raise Problem(f"{path}: {word} is {quote(names)}.", "Write a list of names.")
    for name in names:
        if not isinstance(name, str) or name not in added:
            raise Problem(f"{path}: {word} names {quote(name)}.", "Name a field of the overlay's own properties.")
    return names


def _example(path: str, name: str, field: Mapping[str, Any]) -> Any:
    examples = field.get("examples")
    if not isinstance(examples, list) or not examples:
        hint = 'Give it "examples": […]; a new record starts from the first.'
        raise Problem(f"{path}: every record must have {quote(name)}, and nothing shows what it looks like.", hint)
    return examples[0]
