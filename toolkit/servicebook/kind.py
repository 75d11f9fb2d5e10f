"""One kind of record, as its JSON Schema defines it, `x-…` keywords included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import inert_line
from servicebook.keywords import PARTS
from servicebook.migrations import VERSION
from servicebook.source import Pointer

SUFFIX: Final = ".schema.json"
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
    """One kind of record, as its schema defines it, an overlay included.

    `path` is where that stands, for messages; `source` is in short where it comes from: "shipped", "own", "overlay".
    """

    name: str
    path: str
    schema: Mapping[str, Any] = field(repr=False)
    parts: Mapping[str, Any] = field(repr=False)
    source: str = "own"

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
    def group(self) -> str:
        """What part of a service management system it belongs to; "" for a kind that says nothing of it."""
        return str(self.schema.get("x-group", ""))

    @property
    def profile(self) -> str:
        """The smallest profile in which a shipped kind is in view; "" for a kind of the book's own."""
        return str(self.schema.get("x-profile", ""))

    @cached_property
    def version(self) -> int:
        """The version of its schema, which each of its records names in schema_version."""
        const = self.property((VERSION,)).get("const")
        return const if isinstance(const, int) and not isinstance(const, bool) else 1

    @property
    def migrations(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The steps that lead a record to each version, by that version's number; see `migrations`."""
        steps: Mapping[str, Sequence[Mapping[str, Any]]] = self.schema.get("x-migrations", {})
        return steps

    @property
    def versions(self) -> str | None:
        """The property that lists versions with validity dates, if the kind has them."""
        return self.schema.get("x-versions")

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

    def lists_objects(self, name: str) -> bool:
        """Whether a property of the records is a list, and each item an object: whoever looks in may rely on it."""
        listed = self.property((name,)) if name in self.schema.get("properties", {}) else {}
        item = self.child(listed, ITEMS)
        return listed.get("type") == "array" and "prefixItems" not in listed and item.get("type") == "object"

    @cached_property
    def links(self) -> tuple[LinkPath, ...]:
        """Where this kind's records hold ids of others."""
        return tuple(
            LinkPath(path, frozenset([] if target == "any" else [target] if isinstance(target, str) else target))
            for path, schema in self._fields
            if (target := schema.get("x-link")) is not None
        )

    @cached_property
    def figures(self) -> tuple[Pointer, ...]:
        """Where this kind's records quote figures."""
        return tuple(path for path, schema in self._fields if schema.get("x-figure") is True)

    @cached_property
    def _fields(self) -> list[tuple[Pointer, Mapping[str, Any]]]:
        """The resolved subschema of every field at any depth, with its path."""
        return list(self._within(self.schema, (), 0))

    def _within(
        self, schema: Mapping[str, Any], path: Pointer, depth: int
    ) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
        schema = self.resolve(schema)
        if depth > 12:  # a schema that contains itself
            return
        yield path, schema
        if "items" in schema:
            yield from self._within(self.child(schema, ITEMS), (*path, ITEMS), depth + 1)
        for name in schema.get("properties", {}):
            yield from self._within(self.child(schema, name), (*path, name), depth + 1)

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


def title_of(schema: Mapping[str, Any], language: str, default: str) -> str:
    """The title that a schema or subschema has in a language: `x-title`, else `title`, else the default."""
    return str(schema.get("x-title", {}).get(language) or schema.get("title") or default)


def _no_retrieval(uri: str) -> Any:
    raise ValueError(f"the reference {uri} leads out of the repository")
