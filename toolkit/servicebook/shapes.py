"""What the schemas of a book must keep to, beyond the words they may use: whatever a keyword names has its shape.

Rules, clock and pages read what `x-versions` and `x-lifecycle` name without looking twice. So a schema that
leaves open what stands there is refused here, once, with a sentence.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.keywords import PARTS, Schemas
from servicebook.kind import ITEMS, Kind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TIMES: Final = {"valid_from": "date", "valid_to": "date", "at": "instant"}
"""Fields that are read as times, and the part that says how a time is written."""


def check(kinds: Sequence[Kind], parts_path: str, parts: Mapping[str, Any], shipped_parts: Mapping[str, Any]) -> None:
    """Raises `Problem` for the first schema that cannot be used.

    `parts` are the book's, at `parts_path`. Times are read as `shipped_parts` write them, which come with the tool.
    What is the tool's own altogether is right: a test sees to it, not every run.
    """
    schemas = Schemas(parts)
    foreign = list(kinds)
    if parts == shipped_parts:
        foreign = [kind for kind in kinds if kind.source != "shipped"]
    else:
        schemas.check(parts_path, parts)
    for kind in foreign:
        _check_head(kind.path, kind.schema)
        schemas.check(kind.path, kind.schema)
    _check_folders(kinds)
    for kind in foreign:
        _check_links(kind, {other.name for other in kinds})
        _check_migrations(kind)
        _check_figures(kind)
        if kind.versions is not None:
            _check_items(kind, "x-versions", kind.versions, ("version", "valid_from"), ("valid_to",), shipped_parts)
        if kind.lifecycle is not None:
            _check_items(kind, "x-lifecycle", kind.lifecycle.timeline, ("at", "event"), (), shipped_parts)
        for example in kind.schema.get("examples", ()):
            if not isinstance(example, dict):
                raise Problem(f"{kind.path}: the example {quote(example)} is no record.", "Write a mapping of fields.")


def _check_head(path: str, schema: Mapping[str, Any]) -> None:
    if schema.get("$schema") != DIALECT:
        message = f"{path}: $schema is {quote(schema.get('$schema'))}."
        raise Problem(message, f"Write {DIALECT}: kinds are JSON Schema 2020-12.")
    for keyword in ("required", "examples"):
        if not isinstance(schema.get(keyword, []), list):
            raise Problem(f"{path}: {keyword} is {quote(schema[keyword])}.", "Write a list.")
    for keyword in ("x-folder", "x-prefix"):
        if not isinstance(schema.get(keyword), str) or not schema[keyword].replace("-", "").isalnum():
            message = f"{path}: {keyword} is {quote(schema.get(keyword))}."
            raise Problem(message, "Give a word of letters, digits and hyphens.")


def _required(schema: Mapping[str, Any]) -> Sequence[Any]:
    names = schema.get("required")
    return names if isinstance(names, list) else ()


def _check_folders(kinds: Sequence[Kind]) -> None:
    for mark in ("folder", "prefix"):
        seen: dict[str, Kind] = {}
        for kind in kinds:
            other = seen.setdefault(getattr(kind, mark).casefold(), kind)
            if other is not kind:
                raise Problem(
                    f"{kind.path} and {other.path} both have x-{mark} {quote(getattr(kind, mark))}.",
                    "Give each kind its own.",
                )


def _check_links(kind: Kind, known: set[str]) -> None:
    for link in kind.links:
        if missing := sorted(link.kinds - known):
            message = f"{kind.path}: x-link of {quote('/'.join(map(str, link.path)))} names {quote(missing[0])}."
            raise Problem(message, f"Kinds: {', '.join(sorted(known))}.")


def _check_figures(kind: Kind) -> None:
    """What is marked as a figure is an object that can name a metric and give its value."""
    for path in kind.figures:
        figure = kind.property(path)
        fields = {name: kind.child(figure, name).get("type") for name in ("metric", "value")}
        if figure.get("type") != "object" or fields["metric"] != "string" or "number" not in (fields["value"] or ()):
            message = f"{kind.path}: x-figure marks {quote('/'.join(map(str, path)))}, which is no figure."
            raise Problem(message, f"Refer to {PARTS}#/$defs/figure, or give it metric: and value: as that has them.")


def _check_migrations(kind: Kind) -> None:
    """Every step between two versions is there, up to the version that records have now."""
    steps = kind.migrations
    said = sorted(map(int, steps))
    first = said[0] if said else 2
    for version in range(first, kind.version + 1):
        if str(version) not in steps:
            hint = f'Add "{version}": […] with what changes then; an empty list where nothing in a record does.'
            raise Problem(f"{kind.path} is of version {kind.version}, and x-migrations has no {version}.", hint)
    if said and (first < 2 or said[-1] > kind.version):
        number = first if first < 2 else said[-1]
        message = f"{kind.path}: x-migrations leads to version {number}, and the schema is of version {kind.version}."
        raise Problem(message, "Correct the number, or the const of schema_version.")


def _check_items(
    kind: Kind, keyword: str, name: str, needed: Sequence[str], optional: Sequence[str], shipped: Mapping[str, Any]
) -> None:
    """The property that a keyword names is there in every record, a list of objects with these fields."""
    says = f"{kind.path}: {keyword} names {quote(name)}"
    if name not in kind.schema.get("properties", {}):
        raise Problem(f"{says}.", "Name a property of the schema.")
    if name not in kind.schema.get("required", ()):
        raise Problem(f"{says}, which a record may lack.", f"Add {quote(name)} to required.")
    if not kind.lists_objects(name):
        raise Problem(f"{says}, which is no list of objects.", "Give it the type array, and its items the type object.")
    item = kind.property((name, ITEMS))
    if missing := [field for field in needed if field not in _required(item)]:
        raise Problem(f"{says}, whose items may lack {missing[0]}.", f"Add {missing[0]} to required of the items.")
    for field in (*needed, *optional):
        value = kind.child(item, field) if field in item.get("properties", {}) else {}
        if field in _TIMES:
            part = shipped["$defs"][_TIMES[field]]
            right = all(value.get(word) == part[word] for word in ("type", "format", "pattern"))
            form = f"refer to {PARTS}#/$defs/{_TIMES[field]}"
        elif field == "version":
            right, form = value.get("type") == "integer", "give it the type integer"
        else:
            right = value.get("type") == "string" or (
                "enum" in value and all(isinstance(option, str) for option in value["enum"])
            )
            form = "list its values as enum"
        if not right:
            raise Problem(f"{says}, whose items do not say what {field} holds.", f"In the items, {form}.")
