"""From one version of a schema to the next, as data: what `x-migrations` may say, and how a record follows it.

`{"2": [step, …]}` says what makes a record of version 1 one of version 2. A step names what it does and a path
of fields, where `*` is every item of a list. What a path does not lead to is passed over.

- `{"rename": "inputs.*.summary", "to": "text"}`: another name in the same place;
- `{"move": "approved.on", "to": "approved_on"}`: another place, by a path without `*`;
- `{"wrap": "approved.by", "in": "role"}`: a value becomes the field of an object that takes its place; the path
  may end in `*`, for each item of a list;
- `{"default": "inputs.*.considered", "value": true, "after": "topic"}`: a value where the field is missing;
- `{"replace": "type", "values": {"audit": "internal-audit"}}`: other words for the same;
- `{"drop": "score"}`: the field goes.
"""

import copy
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import quote

VERSION: Final = "schema_version"
ANY: Final = "*"

_FIELD: Final = "[A-Za-z_][A-Za-z0-9_-]*"
_NAME: Final = re.compile(_FIELD)
_PLAIN_PATH: Final = re.compile(rf"{_FIELD}(\.{_FIELD})*")
_PATH: Final = re.compile(rf"({_FIELD}(\.\*)?\.)*{_FIELD}")
_PATH_TO_ITEMS: Final = re.compile(rf"{_PATH.pattern}(\.\*)?")
_STEPS: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str], frozenset[str]]]] = {
    "rename": (_PATH, frozenset({"to"}), frozenset()),
    "move": (_PLAIN_PATH, frozenset({"to"}), frozenset()),
    "wrap": (_PATH_TO_ITEMS, frozenset({"in"}), frozenset()),
    "default": (_PATH, frozenset({"value"}), frozenset({"after"})),
    "replace": (_PATH, frozenset({"values"}), frozenset()),
    "drop": (_PATH, frozenset(), frozenset()),
}
"""Each verb: the form of its path, what it needs beside it, what it may have."""


def is_migrations(value: Any) -> bool:
    """Whether a value has the shape of `x-migrations`."""
    return isinstance(value, Mapping) and all(
        re.fullmatch("[1-9][0-9]{0,3}", version) and isinstance(steps, list) and all(map(_is_step, steps))
        for version, steps in value.items()
    )


def migrate(
    data: MutableMapping[str, Any], migrations: Mapping[str, Sequence[Mapping[str, Any]]], version: int
) -> None:
    """Bring a record to a version, one after the other, in place; a document with comments keeps them.

    Raises `Problem` where a field would take the place of another.
    """
    while (before := data[VERSION]) < version:
        for step in migrations[str(before + 1)]:
            _follow(data, step)
        data[VERSION] = before + 1


def _is_step(step: Any) -> bool:
    if not isinstance(step, Mapping) or len(verbs := step.keys() & _STEPS.keys()) != 1:
        return False
    verb = next(iter(verbs))
    path, needed, optional = _STEPS[verb]
    if not needed <= step.keys() - {verb} <= needed | optional or not _is(path, step[verb]):
        return False
    if "to" in needed and not _is(_PLAIN_PATH if verb == "move" else _NAME, step["to"]):
        return False
    if "values" in needed and not isinstance(step["values"], Mapping):
        return False
    return all(_is(_NAME, step[word]) for word in ("in", "after") if word in step)


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _follow(data: MutableMapping[str, Any], step: Mapping[str, Any]) -> None:
    (verb,) = step.keys() & _STEPS.keys()
    path = step[verb].split(".")
    if path[-1] == ANY:
        for holder in _holders(data, path[:-1]):
            _wrap_items(holder.get(path[-2]), step["in"], type(data))
        return
    name = path[-1]
    for holder in list(_holders(data, path)):
        if verb == "default":
            if name not in holder:
                _insert(holder, name, copy.deepcopy(step["value"]), step.get("after"))
        elif name not in holder:
            continue
        elif verb == "rename":
            _rename(holder, name, step["to"])
        elif verb == "move":
            _move(data, holder, name, step["to"])
        elif verb == "wrap":
            _wrap(holder, name, step["in"])
        elif verb == "replace":
            value = holder[name]
            holder[name] = step["values"].get(value, value) if isinstance(value, str) else value
        else:
            del holder[name]


def _holders(value: Any, path: Sequence[str]) -> Iterator[MutableMapping[str, Any]]:
    """The objects that hold, or could hold, the field at the end of a path."""
    step, rest = path[0], path[1:]
    if step == ANY:
        for item in value if isinstance(value, list) else ():
            yield from _holders(item, rest)
    elif isinstance(value, MutableMapping):
        if not rest:
            yield value
        elif step in value:
            yield from _holders(value[step], rest)


def _insert(holder: MutableMapping[str, Any], name: str, value: Any, after: str | None) -> None:
    """A field behind another; at the end where there is no such field."""
    names = list(holder)
    later = {other: holder[other] for other in names[names.index(after) + 1 :]} if after in names else {}
    for other in later:
        del holder[other]
    holder[name] = value
    holder.update(later)


def _rename(holder: MutableMapping[str, Any], name: str, new: str) -> None:
    _must_be_free(holder, new)
    _insert(holder, new, holder[name], name)
    _hand_over_comment(holder, name, holder, new)
    del holder[name]


def _move(data: MutableMapping[str, Any], holder: MutableMapping[str, Any], name: str, to: str) -> None:
    *parents, new = to.split(".")
    target = data
    for parent in parents:
        if parent not in target:
            target[parent] = type(data)()
        target = target[parent]
        if not isinstance(target, MutableMapping):
            raise Problem(f"The field {quote(parent)} holds no fields.", "Make the change by hand.")
    _must_be_free(target, new)
    target[new] = holder[name]
    _hand_over_comment(holder, name, target, new)
    del holder[name]


def _wrap(holder: MutableMapping[str, Any], name: str, inner_name: str) -> None:
    if isinstance(holder[name], Mapping):
        return
    inner = type(holder)()
    inner[inner_name] = holder[name]
    _hand_over_comment(holder, name, inner, inner_name)
    holder[name] = inner


def _wrap_items(items: Any, inner_name: str, empty: type[MutableMapping[str, Any]]) -> None:
    for place, value in enumerate(items if isinstance(items, list) else ()):
        if isinstance(value, Mapping):
            continue
        inner = empty()
        inner[inner_name] = value
        comments = getattr(getattr(items, "ca", None), "items", {})
        if place in comments:  # beside an item ruamel keeps a comment first, beside a field third
            beside: Any = inner
            beside.ca.items[inner_name] = [None, None, comments.pop(place)[0], None]
        items[place] = inner


def _must_be_free(holder: Mapping[str, Any], name: str) -> None:
    if name in holder:
        raise Problem(
            f"The field {quote(name)} is there already.", "Decide which value stays, and make the change by hand."
        )


def _hand_over_comment(holder: Any, name: str, target: Any, new: str) -> None:
    """What stands beside or below a value goes with it, where the document has comments: ruamel keeps them by name."""
    comments = getattr(getattr(holder, "ca", None), "items", {})
    if name in comments:
        target.ca.items[new] = comments.pop(name)
