"""Kinds: one JSON Schema file each, the repository's own first, the shipped ones otherwise.

A schema is plain JSON Schema 2020-12. What the tool needs beyond it stands in `x-…` keywords, and here
is the one place that knows them. A schema of a repository is as foreign as its records: no reference
leaves the folder, no keyword is unknown, no pattern can run away (the engine is linear in time).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.registry import shipped
from servicebook.source import Pointer
from servicebook.tree import Tree, Unreadable

FOLDER: Final = "schemas"
PARTS: Final = "parts.json"
SUFFIX: Final = ".schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
LARGEST: Final = 1024 * 1024
ITEMS: Final = "*"  # in a path through a schema: any item of a list

_SCHEMA_OF: Final = frozenset(
    {"items", "additionalProperties", "propertyNames", "if", "then", "else", "not", "contains"}
)
_SCHEMAS_OF: Final = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_SCHEMA_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_PLAIN: Final = frozenset({
    "$schema", "$ref", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly",
    "writeOnly", "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
    "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains",
    "minContains", "maxProperties", "minProperties", "required", "dependentRequired", "format",
})  # fmt: skip
FORMATS: Final = frozenset({"date-time", "date", "duration", "uri", "email"})


@dataclass(frozen=True)
class LinkPath:
    """A property that holds the id of another record. `path` has "*" for any item of a list; no `kinds`: any kind."""

    path: Pointer
    kinds: frozenset[str]


@dataclass(frozen=True)
class Lifecycle:
    """How a timeline may go. `events` maps an event to the states it may come in and the state it leads to.

    None among the former is the time before the opening event; None as the latter keeps the state.
    """

    timeline: str
    opens: str
    states: Mapping[str, Mapping[str, Any]]
    events: Mapping[str, tuple[frozenset[str | None], str | None]]


@dataclass(frozen=True)
class Kind:
    """One kind of record, as its schema defines it. `path` is where the schema stands, for messages."""

    name: str
    path: str
    schema: Mapping[str, Any] = field(repr=False)
    parts: Mapping[str, Any] = field(repr=False)

    @property
    def folder(self) -> str:
        return str(self.schema["x-folder"])

    @property
    def prefix(self) -> str:
        return str(self.schema["x-prefix"])

    @property
    def named(self) -> bool:
        """Whether an id is a name (SVC-online-shop) rather than a date and four characters."""
        return self.schema.get("x-id") == "named"

    @property
    def order(self) -> int:
        return int(self.schema.get("x-order", 1000))

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.schema.get("x-columns", ("title",)))

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(self.schema.get("x-clauses", ()))

    @property
    def versions(self) -> str | None:
        """The property that lists versions with validity dates, if the kind has them."""
        return self.schema.get("x-versions")

    @property
    def schema_version(self) -> int:
        found = self.resolve(self.schema.get("properties", {}).get("schema_version", {})).get("const", 1)
        return int(found)

    @property
    def example(self) -> Mapping[str, Any] | None:
        examples = self.schema.get("examples")
        return examples[0] if examples else None

    def title(self, language: str = "en") -> str:
        return title_of(self.schema, language, self.name)

    def plural(self, language: str = "en") -> str:
        return str(self.schema.get("x-plural", {}).get(language) or self.title(language))

    def resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """A subschema with what its $ref leads to; keywords beside the $ref win."""
        seen = 0
        while "$ref" in schema and seen < 20:
            base, _, pointer = str(schema["$ref"]).partition("#")
            target: Any = self.parts if base or schema.get("x-in-parts") else self.schema
            in_parts = target is self.parts
            for step in pointer.strip("/").split("/"):
                target = target.get(step, {}) if isinstance(target, Mapping) else {}
            rest = {name: value for name, value in schema.items() if name not in ("$ref", "x-in-parts")}
            schema = {**target, **rest}
            if in_parts:
                schema["x-in-parts"] = True
            seen += 1
        return schema

    def property(self, path: Pointer) -> Mapping[str, Any]:
        """The resolved subschema of a property by its path through a record; {} where the schema says nothing."""
        schema: Mapping[str, Any] = self.schema
        for step in path:
            schema = self.child(schema, step)
        return self.resolve(schema)

    def child(self, schema: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
        """The resolved subschema of a property (by name) or an item (by number or "*") of a resolved one."""
        schema = self.resolve(schema)
        if isinstance(step, int) or step == ITEMS:
            inner = schema.get("items", {})
        else:
            inner = schema.get("properties", {}).get(step)
            if inner is None:
                inner = schema.get("additionalProperties", {})
        inner = dict(inner) if isinstance(inner, Mapping) else {}
        if schema.get("x-in-parts"):
            inner["x-in-parts"] = True
        return self.resolve(inner)

    @cached_property
    def links(self) -> tuple[LinkPath, ...]:
        """Where this kind's records hold ids of others."""
        return tuple(self._links(self.schema, (), 0))

    def _links(self, schema: Mapping[str, Any], path: Pointer, depth: int) -> Iterator[LinkPath]:
        schema = self.resolve(schema)
        if depth > 12:  # a schema that contains itself
            return
        if (target := schema.get("x-link")) is not None:
            names = [] if target == "any" else [target] if isinstance(target, str) else list(target)
            yield LinkPath(path, frozenset(names))
        if "items" in schema:
            yield from self._links(self.child(schema, ITEMS), (*path, ITEMS), depth + 1)
        for name in schema.get("properties", {}):
            yield from self._links(self.child(schema, name), (*path, name), depth + 1)

    @cached_property
    def lifecycle(self) -> Lifecycle | None:
        """The lifecycle, if the kind's records have a timeline."""
        given = self.schema.get("x-lifecycle")
        if given is None:
            return None
        events = {name: (frozenset(rule["from"]), rule.get("to")) for name, rule in given["events"].items()}
        return Lifecycle(given["timeline"], given["opens"], given["states"], events)

    @cached_property
    def validator(self) -> Any:
        """The compiled validator: `is_valid(data)`, `iter_errors(data)`. Formats are checked; nothing is fetched."""
        import jsonschema_rs

        try:
            registry = jsonschema_rs.Registry([(PARTS, dict(self.parts))], retriever=_no_retrieval)
            return jsonschema_rs.Draft202012Validator(
                {**self.schema, "$id": self.name + SUFFIX},
                registry=registry,
                validate_formats=True,
                pattern_options=jsonschema_rs.RegexOptions(),
            )
        except ValueError as error:
            raise Problem(
                f"{self.path} cannot be used as a schema: {inert_line(str(error))[:300]}.", "Correct the schema."
            ) from None


class Kinds(Mapping[str, Kind]):
    """The kinds of a book by name, in the order of `x-order`. `digest` changes when any schema does."""

    def __init__(self, kinds: list[Kind], digest: str) -> None:
        self._kinds = {kind.name: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.name))}
        self.by_folder = {kind.folder: kind for kind in self._kinds.values()}
        self.digest = digest

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def named(self, name: str) -> Kind:
        """The kind of that name. Raises `Problem` with a suggestion."""
        if name in self._kinds:
            return self._kinds[name]
        from difflib import get_close_matches

        near = get_close_matches(name, self._kinds, 1)
        raise Problem(
            f"There is no kind {quote(name)}.",
            f"Did you mean {near[0]}?" if near else f"Kinds: {', '.join(self._kinds)}.",
        )


def title_of(schema: Mapping[str, Any], language: str, default: str) -> str:
    """The title that a schema or subschema has in a language: `x-title`, else `title`, else the default."""
    return str(schema.get("x-title", {}).get(language) or schema.get("title") or default)


def read_kinds(tree: Tree, base: Tree | None = None) -> Kinds:
    """The kinds of a book. Raises `Problem` for a schema that cannot be used.

    With `base`, a kind that the base tree has is taken from there: a change cannot loosen what it is
    checked by.
    """
    texts = {path.name: path.read_bytes() for path in sorted(shipped(FOLDER).glob("*.json"))}
    places = dict.fromkeys(texts, "the shipped schema ")
    for source in (tree, base):
        for name, data in own_schemas(source).items() if source is not None else ():
            texts[name] = data
            places[name] = f"{FOLDER}/"
    parsed = {name: _parse(places[name] + name, data) for name, data in sorted(texts.items())}
    parts = parsed.pop(PARTS, {})
    _check(places.get(PARTS, "") + PARTS, parts, top=False)
    kinds = []
    for name, schema in parsed.items():
        path = places[name] + name
        _check(path, schema, top=True)
        kinds.append(Kind(name.removesuffix(SUFFIX), path, schema, parts))
    _check_folders(kinds)
    framed = b"".join(
        b"%d:%s%d:%s" % (len(name), name.encode(), len(data), data) for name, data in sorted(texts.items())
    )
    return Kinds(kinds, hashlib.sha256(framed).hexdigest())


def own_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files in a repository's own schemas/ by name. Raises `Problem`."""
    found = {}
    for entry in tree.entries(FOLDER):
        path = PurePosixPath(entry.path)
        if len(path.parts) != 2 or not (path.name.endswith(SUFFIX) or path.name == PARTS):
            continue
        try:
            if entry.sort != "file":
                raise Unreadable(f"it is a {entry.sort}")
            found[path.name] = tree.read(entry.path)
        except Unreadable as error:
            raise Problem(f"{entry.path} cannot be read: {error}.", "Make it a plain file.") from None
    return found


def _parse(path: str, data: bytes) -> dict[str, Any]:
    try:
        if len(data) > LARGEST:
            raise ValueError(f"it is larger than {LARGEST // 1024} KiB")
        schema = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError:
        raise Problem(f"{path} is nested too deeply.", "Correct the schema.") from None
    except ValueError as error:
        raise Problem(f"{path} is not JSON: {inert_line(str(error))}.", "Correct the file.") from None
    if not isinstance(schema, dict):
        raise Problem(f"{path} is not a JSON object.", "A schema begins with {.")
    return schema


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def _no_retrieval(uri: str) -> Any:
    raise ValueError(f"the reference {uri} leads out of the repository")


def _check(path: str, schema: Mapping[str, Any], *, top: bool) -> None:
    if top:
        if schema.get("$schema") != DIALECT:
            raise Problem(
                f"{path}: $schema is {quote(schema.get('$schema'))}.",
                f"Write {DIALECT}: kinds are JSON Schema 2020-12.",
            )
        for keyword in ("x-folder", "x-prefix"):
            if not isinstance(schema.get(keyword), str) or not schema[keyword].replace("-", "").isalnum():
                raise Problem(
                    f"{path}: {keyword} is {quote(schema.get(keyword))}.", "Give a word of letters, digits and hyphens."
                )
    _check_keywords(path, {name: value for name, value in schema.items() if name != "$id"} if not top else schema, 0)


def _check_keywords(path: str, schema: Any, depth: int) -> None:
    """Every keyword is known and no reference leaves the folder: a misspelt keyword would check nothing, silently."""
    if isinstance(schema, bool):
        return
    if not isinstance(schema, Mapping) or depth > 50:
        raise Problem(f"{path}: {quote(schema)} stands where a schema is due.", "Correct the schema.")
    for keyword, value in schema.items():
        if keyword in _SCHEMA_OF:
            _check_keywords(path, value, depth + 1)
        elif keyword in _SCHEMAS_OF and isinstance(value, Mapping):
            for inner in value.values():
                _check_keywords(path, inner, depth + 1)
        elif keyword in _SCHEMA_LISTS and isinstance(value, list):
            for inner in value:
                _check_keywords(path, inner, depth + 1)
        elif keyword == "$ref":
            if not isinstance(value, str) or not value.startswith(("#", PARTS + "#")):
                raise Problem(
                    f"{path}: the reference {quote(value)} leads out of the folder.",
                    f"Refer to #/$defs/… or {PARTS}#/$defs/….",
                )
        elif keyword == "format":
            if value not in FORMATS:
                raise Problem(
                    f"{path}: nobody checks the format {quote(value)}.",
                    f"Formats: {', '.join(sorted(FORMATS))}; or use a pattern.",
                )
        elif keyword not in _PLAIN and not keyword.startswith("x-"):
            raise Problem(
                f"{path}: the keyword {quote(keyword)} is unknown.", "Correct it; keywords of your own begin with x-."
            )


def _check_folders(kinds: list[Kind]) -> None:
    for mark in ("folder", "prefix"):
        seen: dict[str, Kind] = {}
        for kind in kinds:
            other = seen.setdefault(getattr(kind, mark).casefold(), kind)
            if other is not kind:
                raise Problem(
                    f"{kind.path} and {other.path} both have x-{mark} {quote(getattr(kind, mark))}.",
                    "Give each kind its own.",
                )
