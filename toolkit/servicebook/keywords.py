"""What a schema of a kind may say. A schema of a repository is as foreign as its records.

No keyword is unknown, for a misspelt one would check nothing, silently. No reference leaves the folder or leads
back to where it came from, and the schema written out whole stays small: whoever walks it, walks a tree. What the
keywords of JSON Schema hold is checked by the validator itself; what the tool's own (`x-…`) hold, here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.migrations import is_migrations

PARTS: Final = "parts.json"
PARTS_VERSION: Final = "x-version"
"""In parts.json: a number that grows when a newer servicebook brings other parts; without it, 1."""
PROFILES: Final = ("starter", "standard", "full")
"""How much of the standard a book has in view; each holds the one before."""
FORMATS: Final = frozenset({"date-time", "date", "duration", "uri", "email"})
LARGEST_TREE: Final = 50_000
"""Schemas within a schema, each reference written out."""
DEEPEST: Final = 50

_SCHEMA_OF: Final = frozenset(
    {"items", "additionalProperties", "propertyNames", "if", "then", "else", "not", "contains"}
)
_SCHEMAS_OF: Final = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_SCHEMA_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_PLAIN: Final = frozenset({
    "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "type", "enum",
    "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
    "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties", "minProperties",
    "required", "dependentRequired",
})  # fmt: skip


class Schemas:
    """The schemas of one folder while they are checked: each definition is measured once."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = parts
        self._sizes: dict[tuple[str, str], int] = {}
        self._open: set[tuple[str, str]] = set()

    def check(self, path: str, schema: Mapping[str, Any]) -> None:
        """Raises `Problem` for a schema that the tool does not take. `path` is where it stands, for messages."""
        heads = ("$schema", "$id", PARTS_VERSION) if schema is self._parts else ("$schema",)
        self._size(path, {word: value for word, value in schema.items() if word not in heads}, schema, 0)

    def _size(self, path: str, schema: Any, document: Mapping[str, Any], depth: int) -> int:
        """How many schemas this one holds, itself included, references written out."""
        if isinstance(schema, bool):
            return 1
        if depth > DEEPEST:
            raise Problem(f"{path}: written out, the schema is nested more than {DEEPEST} levels deep.", "Flatten it.")
        if not isinstance(schema, Mapping):
            raise Problem(f"{path}: {quote(schema)} stands where a schema is due.", "Correct the schema.")
        size = 1
        for keyword, value in schema.items():
            for inner in _schemas_in(path, keyword, value):
                size += self._size(path, inner, document, depth + 1)
            if keyword == "$ref":
                size += self._size_behind(path, value, document, depth)
            elif keyword == "format" and not (isinstance(value, str) and value in FORMATS):
                hint = f"Formats: {', '.join(sorted(FORMATS))}; or use a pattern."
                raise Problem(f"{path}: nobody checks the format {quote(value)}.", hint)
            elif keyword in _SHAPES:
                holds, shape = _SHAPES[keyword]
                if not holds(value):
                    raise Problem(f"{path}: {keyword} is {quote(value)}.", f"Write {shape}.")
            elif not _known(keyword):
                _unknown(path, keyword)
        if size > LARGEST_TREE:
            hint = "Write definitions that are used fewer times."
            raise Problem(f"{path}: written out, the schema is more than {LARGEST_TREE} times a schema.", hint)
        return size

    def _size_behind(self, path: str, reference: Any, document: Mapping[str, Any], depth: int) -> int:
        if not isinstance(reference, str) or not reference.startswith(("#/", PARTS + "#/")):
            if reference == "#":
                raise self._endless(path, reference)
            hint = f"Refer to #/$defs/… or {PARTS}#/$defs/…."
            raise Problem(f"{path}: the reference {quote(reference)} leads out of the folder.", hint)
        target: Any = self._parts if reference.startswith(PARTS) else document
        name = ("" if target is self._parts else path, reference.partition("#")[2])
        if name in self._open:
            raise self._endless(path, reference)
        if name not in self._sizes:
            home = target
            for step in reference.partition("#/")[2].split("/"):
                target = target.get(step) if isinstance(target, Mapping) else None
            if not isinstance(target, Mapping | bool):
                raise Problem(f"{path}: the reference {quote(reference)} leads to no schema.", "Correct it.")
            self._open.add(name)
            self._sizes[name] = self._size(path, target, home, depth + 1)
            self._open.remove(name)
        return self._sizes[name]

    @staticmethod
    def _endless(path: str, reference: str) -> Problem:
        message = f"{path}: what the reference {quote(reference)} leads to contains itself."
        return Problem(message, "A kind is a tree of fields: write the levels out.")


def _schemas_in(path: str, keyword: str, value: Any) -> Iterator[Any]:
    if keyword in _SCHEMA_OF:
        yield value
    elif keyword in _SCHEMAS_OF or keyword in _SCHEMA_LISTS:
        if not isinstance(value, Mapping if keyword in _SCHEMAS_OF else list):
            raise Problem(f"{path}: {keyword} is {quote(value)}.", "Correct the schema.")
        yield from value.values() if isinstance(value, Mapping) else value


def _known(keyword: str) -> bool:
    return keyword in ("$ref", "format") or keyword in _PLAIN or keyword in _SCHEMA_OF | _SCHEMAS_OF | _SCHEMA_LISTS


def _unknown(path: str, keyword: str) -> None:
    """Raises `Problem`, but for a keyword of one's own that is not nearly one of the tool's."""
    from difflib import get_close_matches

    near = get_close_matches(keyword, [*_SHAPES, *_PLAIN, *_SCHEMA_OF, *_SCHEMAS_OF, *_SCHEMA_LISTS], 1, 0.85)
    if near or not keyword.startswith("x-"):
        hint = f"Did you mean {near[0]}?" if near else "Correct it; keywords of your own begin with x-."
        raise Problem(f"{path}: the keyword {quote(keyword)} is unknown here.", hint)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _by_language(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Mapping) and all(holds(inner) for inner in value.values())


def _is_lifecycle(value: Any) -> bool:
    if not isinstance(value, Mapping) or not all(isinstance(value.get(name), str) for name in ("timeline", "opens")):
        return False
    states, events = value.get("states"), value.get("events")
    if not isinstance(states, Mapping) or not all(isinstance(state, Mapping) for state in states.values()):
        return False
    if not isinstance(events, Mapping) or value["opens"] not in events:
        return False
    return all(
        isinstance(rule, Mapping)
        and isinstance(rule.get("from"), list)
        and all(
            state is None or (isinstance(state, str) and state in states) for state in [*rule["from"], rule.get("to")]
        )
        for rule in events.values()
    )


_LANGUAGES: Final = 'a text for each language: {"zh": "…"}'
_SHAPES: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "x-title": (_by_language(_is_text), _LANGUAGES),
    "x-plural": (_by_language(_is_text), _LANGUAGES),
    "x-description": (_by_language(_is_text), _LANGUAGES),
    "x-labels": (_by_language(_by_language(_is_text)), 'a text for each value by language: {"zh": {"high": "高"}}'),
    "x-columns": (_is_texts, 'a list of property names: ["title"]'),
    "x-clauses": (_is_texts, 'a list of clause numbers: ["8.6.1"]'),
    "x-order": (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    "x-id": (lambda value: value in ("dated", "named"), '"dated" or "named"'),
    "x-profile": (lambda value: value in PROFILES, f"one of {', '.join(PROFILES)}"),
    "x-group": (_is_text, "a word"),
    "x-folder": (_is_text, "a word"),
    "x-prefix": (_is_text, "a word"),
    "x-versions": (_is_text, "the name of a property"),
    "x-link": (lambda value: _is_text(value) or _is_texts(value), 'a kind, a list of kinds or "any"'),
    "x-migrations": (is_migrations, 'the steps to each version: {"2": [{"rename": "old", "to": "new"}]}'),
    "x-figure": (lambda value: isinstance(value, bool), "true or false"),
    "x-line": (lambda value: isinstance(value, bool), "true or false"),
    "x-personal": (lambda value: isinstance(value, bool), "true or false"),
    "x-lifecycle": (_is_lifecycle, "timeline, opens, states and events, each event from and to one of the states"),
}
