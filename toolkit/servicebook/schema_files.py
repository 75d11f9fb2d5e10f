"""The files that kinds are read from: shipped with the tool, or a repository's own, each by its name.

A repository's files are as foreign as its records: they are of bounded size, strict JSON, and plain files.
"""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.keywords import PARTS, PARTS_VERSION
from servicebook.kind import SUFFIX
from servicebook.migrations import VERSION
from servicebook.overlays import SUFFIX as OVERLAY
from servicebook.registry import shipped
from servicebook.tree import Tree, Unreadable

FOLDER: Final = "schemas"
LARGEST: Final = 1024 * 1024


def shipped_schemas() -> dict[str, bytes]:
    """The schema files that come with the tool, by name.

    In the tool's own repository the folder also holds what only the book there has: overlays, and kinds that no
    profile names.
    """
    texts = {path.name: path.read_bytes() for path in sorted(shipped(FOLDER).glob("*.json"))}
    return {name: text for name, text in texts.items() if name == PARTS or b'"x-profile"' in text}


def base_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files that hold in a tree, shipped or its own, by name. Raises `Problem`."""
    return shipped_schemas() | own_schemas(tree)


def adopted(own: Mapping[str, bytes], before: Mapping[str, bytes]) -> dict[str, int]:
    """Those of a tree's schema files that are the tool's, to the byte, and of a higher version than before it.

    They are the tool's invention and not the change's, so a change may be judged by them. Each with its version.
    """
    ours = shipped_schemas()
    return {
        name: version
        for name, text in own.items()
        if text == ours.get(name) and name in before and before[name] != text
        if (version := version_of(name, text)) > version_of(name, before[name])
    }


def version_of(name: str, text: bytes) -> int:
    """The version of a schema file, whatever else it holds; 1 where it names none. Raises `Problem`."""
    schema = parse(f"{FOLDER}/{name}", text)
    version = schema.get(PARTS_VERSION) if name == PARTS else _const(schema)
    return version if isinstance(version, int) else 1


def _const(schema: dict[str, Any]) -> Any:
    fields = schema.get("properties")
    field = fields.get(VERSION) if isinstance(fields, dict) else None
    return field.get("const") if isinstance(field, dict) else None


def own_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files in a repository's own schemas/ by name. Raises `Problem`."""
    found = {}
    for entry in tree.entries(FOLDER):
        path = PurePosixPath(entry.path)
        if len(path.parts) != 2 or not (path.name.endswith((SUFFIX, OVERLAY)) or path.name == PARTS):
            continue
        try:
            if entry.sort != "file":
                raise Unreadable(f"it is a {entry.sort}")
            found[path.name] = tree.read(entry.path)
        except Unreadable as error:
            raise Problem(f"{entry.path} cannot be read: {error}.", "Make it a plain file.") from None
    return found


def parse(path: str, data: bytes) -> dict[str, Any]:
    """The JSON object in a schema file at a path, read strictly. Raises `Problem`."""
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
