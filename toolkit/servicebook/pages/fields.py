"""A record's data as its schema names it: titles, labels, links and times in the page's language.

What is short becomes a fact beside its title; what is long or has parts becomes a section. It works for any
kind, so a kind that a user's repository brings needs no template of its own. Data that its schema refuses is
shown as it stands: the outline asks nothing of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup, escape

from servicebook.kinds import Kind, title_of
from servicebook.pages.inert import prose, visible
from servicebook.pages.words import Words
from servicebook.record import instant

LONG = 90
"""Characters from which a text is a section of its own."""

TITLE = 200
"""A property that may hold more characters than this is prose, however short it is here."""

NOT_FIELDS = frozenset({"id", "schema_version", "title", "links"})
"""What every record page shows elsewhere."""

NOTHING = Markup("")

DOT, SPAN = Markup(" · "), Markup(" – ")
"""What stands between the fields of a part that its schema wants on one line."""

Sort = Literal["line", "text", "list", "table", "group", "groups"]


@dataclass(frozen=True, slots=True)
class Value:
    """How a value is shown. `html` for a line or a text; `items` for a list; `fields` for a group; `groups` for
    several; `columns` and `rows` for a table."""

    sort: Sort
    html: Markup = NOTHING
    items: tuple[Markup, ...] = ()
    fields: tuple["Field", ...] = ()
    groups: tuple[tuple["Field", ...], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Markup, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A property with its title in the page's language."""

    name: str
    title: str
    value: Value

    @property
    def short(self) -> bool:
        """Whether it fits beside its title: one value, a few, or a small group of them."""
        value = self.value
        return (
            value.sort == "line"
            or len(value.items) in range(1, 7)
            or (len(value.fields) in range(1, 4) and all(field.value.sort == "line" for field in value.fields))
        )


class Outline:
    """Shows records of any kind in one language. `link` makes the anchor for a record's id."""

    def __init__(self, words: Words, link: Callable[[str], Markup]) -> None:
        self._words = words
        self._link = link
        self._children: dict[tuple[int, str], tuple[Mapping[str, Any], Mapping[str, Any]]] = {}

    def fields(self, kind: Kind, data: Mapping[str, Any], *, without: Iterable[str] = ()) -> list[Field]:
        """The fields of a whole record, in the schema's order, without those that are shown elsewhere."""
        left_out = NOT_FIELDS.union(without)
        shown = {name: value for name, value in data.items() if name not in left_out}
        return list(self._fields(kind, kind.schema, shown))

    def parts(self, kind: Kind, schema: Mapping[str, Any], data: Mapping[str, Any]) -> list[Field]:
        """The fields of a part of a record, by its own schema."""
        return list(self._fields(kind, schema, data))

    def title(self, kind: Kind, *path: str | int) -> str:
        """What a property is called in the page's language."""
        return title_of(kind.property(path), self._words.language, str(path[-1]))

    def label(self, kind: Kind, value: Any, *path: str | int) -> str:
        """What an enumerated value of a property is called in the page's language."""
        return self._label(kind.property(path), value)

    def heading(self, kind: Kind, value: Any, *path: str | int) -> str:
        """The label as it heads a row or a column, with a capital."""
        label = self.label(kind, value, *path)
        return label[:1].upper() + label[1:]

    def line(self, kind: Kind, value: Any, *path: str | int) -> Markup:
        """One plain value of a property."""
        return self._line(kind.property(path), value)

    def _child(self, kind: Kind, schema: Mapping[str, Any], step: str) -> Mapping[str, Any]:
        """As `Kind.child`, each worked out once. The schema is kept with it, so that its identity stays its own."""
        key = (id(schema), step)
        if key not in self._children:
            self._children[key] = (schema, kind.child(schema, step))
        return self._children[key][1]

    def _fields(self, kind: Kind, schema: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Field]:
        known = [name for name in schema.get("properties", {}) if name in data]
        for name in [*known, *(name for name in data if name not in known)]:
            if data[name] in (None, [], {}):
                continue
            inner = self._child(kind, schema, str(name))
            title = title_of(inner, self._words.language, visible(str(name)))
            yield Field(str(name), title, self._value(kind, inner, data[name]))

    def _value(self, kind: Kind, schema: Mapping[str, Any], value: Any) -> Value:
        if isinstance(value, dict):
            fields = tuple(self._fields(kind, schema, value))
            if schema.get("x-line") and all(field.value.sort == "line" for field in fields):
                between = SPAN if {field.name for field in fields} == {"from", "to"} else DOT
                return Value("line", html=between.join(field.value.html for field in fields))
            return Value("group", fields=fields)
        if isinstance(value, list):
            return self._list(kind, self._child(kind, schema, "*"), value)
        long = isinstance(value, str) and _is_long(value, schema)
        return Value("text" if long else "line", html=self._line(schema, value))

    def _list(self, kind: Kind, schema: Mapping[str, Any], items: list[Any]) -> Value:
        if not any(isinstance(item, dict | list) for item in items):
            return Value("list", items=tuple(self._line(schema, item) for item in items))
        groups = tuple(
            tuple(self._fields(kind, schema, item if isinstance(item, dict) else {"": item})) for item in items
        )
        names = {field.name: field.title for group in groups for field in group}
        ordered = [name for name in schema.get("properties", {}) if name in names]
        ordered += [name for name in names if name not in ordered]
        if len(ordered) > 6 or any(
            field.value.sort not in ("line", "text", "list") for group in groups for field in group
        ):
            return Value("groups", groups=groups)
        rows = tuple(tuple(_cell(group, name) for name in ordered) for group in groups)
        return Value("table", columns=tuple(names[name] for name in ordered), rows=rows)

    def _line(self, schema: Mapping[str, Any], value: Any) -> Markup:
        if isinstance(value, bool):
            return self._words("value.yes" if value else "value.no")
        if isinstance(value, int | float):
            return escape(self._words.number(value, 6))
        if not isinstance(value, str):
            return escape(visible(repr(value)))
        if "x-link" in schema:
            return self._link(value)
        if "enum" in schema:
            return escape(self._label(schema, value))
        if schema.get("format") == "date-time":
            try:
                return self._words.instant(instant(value))
            except (ValueError, OverflowError):
                return escape(visible(value))
        return escape(prose(value))

    def _label(self, schema: Mapping[str, Any], value: Any) -> str:
        """The label of the language; an English label is the value itself, with spaces for hyphens."""
        known = schema.get("x-labels", {}).get(self._words.language, {})
        return str(known.get(str(value)) or visible(str(value)).replace("-", " "))


def _is_long(text: str, schema: Mapping[str, Any]) -> bool:
    return len(text) > LONG or "\n" in text or schema.get("maxLength", 0) > TITLE


def _cell(group: tuple[Field, ...], name: str) -> Markup:
    found = next((field.value for field in group if field.name == name), None)
    if found is None:
        return Markup("")
    return Markup(", ").join(found.items) if found.sort == "list" else found.html
