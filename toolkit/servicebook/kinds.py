"""Kinds: one JSON Schema file each, the repository's own first, the shipped ones otherwise.

A schema is plain JSON Schema 2020-12. What the tool needs beyond it stands in `x-…` keywords, and here
is the one place that knows them. A schema of a repository is as foreign as its records: `keywords` says
what it may hold, and no pattern can run away (the engine is linear in time).
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
from servicebook.keywords import PARTS, Schemas
from servicebook.registry import shipped
from servicebook.source import Pointer
from servicebook.tree import Tree, Unreadable

FOLDER: Final = "schemas"
SUFFIX: Final = ".schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
LARGEST: Final = 1024 * 1024
ITEMS: Final = "*"  # in a path through a schema: any item of a list


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
    ours = {path.name: path.read_bytes() for path in sorted(shipped(FOLDER).glob("*.json"))}
    texts, places = dict(ours), dict.fromkeys(ours, "the shipped schema ")
    for source in (tree, base):
        for name, data in own_schemas(source).items() if source is not None else ():
            texts[name] = data
            places[name] = f"{FOLDER}/"
    parsed = {name: _parse(places[name] + name, data) for name, data in sorted(texts.items())}
    parts = parsed.pop(PARTS, {})
    kinds = [Kind(name.removesuffix(SUFFIX), places[name] + name, schema, parts) for name, schema in parsed.items()]
    if texts != ours:  # the shipped ones are right: a test sees to it, not every run
        _check(kinds, places.get(PARTS, "") + PARTS, parts)
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
        schema = json.loads(data.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_members)
    except RecursionError:
        raise Problem(f"{path} is nested too deeply.", "Correct the schema.") from None
    except ValueError as error:
        raise Problem(f"{path} is not JSON: {inert_line(str(error))}.", "Correct the file.") from None
    if not isinstance(schema, dict):
        raise Problem(f"{path} is not a JSON object.", "A schema begins with {.")
    return schema


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; the last of two equal members would win unseen."""
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"{quote(name)} stands twice in one object")
        members[name] = value
    return members


def _no_retrieval(uri: str) -> Any:
    raise ValueError(f"the reference {uri} leads out of the repository")


def _check(kinds: list[Kind], parts_path: str, parts: Mapping[str, Any]) -> None:
    schemas = Schemas(parts)
    schemas.check(parts_path, parts)
    for kind in kinds:
        _check_head(kind.path, kind.schema)
        schemas.check(kind.path, kind.schema)
    _check_folders(kinds)
    _check_names(kinds)


def _check_head(path: str, schema: Mapping[str, Any]) -> None:
    if schema.get("$schema") != DIALECT:
        message = f"{path}: $schema is {quote(schema.get('$schema'))}."
        raise Problem(message, f"Write {DIALECT}: kinds are JSON Schema 2020-12.")
    for keyword in ("x-folder", "x-prefix"):
        if not isinstance(schema.get(keyword), str) or not schema[keyword].replace("-", "").isalnum():
            message = f"{path}: {keyword} is {quote(schema.get(keyword))}."
            raise Problem(message, "Give a word of letters, digits and hyphens.")


def _check_names(kinds: list[Kind]) -> None:
    """What a schema names exists: kinds that it links to, the properties of its versions and timeline."""
    known = {kind.name for kind in kinds}
    for kind in kinds:
        for link in kind.links:
            if missing := sorted(link.kinds - known):
                message = f"{kind.path}: x-link of {quote('/'.join(map(str, link.path)))} names {quote(missing[0])}."
                raise Problem(message, f"Kinds: {', '.join(sorted(known))}.")
        for keyword, name in (
            ("x-versions", kind.versions),
            ("x-lifecycle", kind.lifecycle and kind.lifecycle.timeline),
        ):
            if name is not None and name not in kind.schema.get("properties", {}):
                raise Problem(f"{kind.path}: {keyword} names {quote(name)}.", "Name a property of the schema.")
        for example in kind.schema.get("examples", ()):
            if not isinstance(example, dict):
                raise Problem(f"{kind.path}: the example {quote(example)} is no record.", "Write a mapping of fields.")


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
