"""The files of a new book, from the folder starter/: `all`, then those of its profile and of the smaller ones.

In them $name, $zone and other names stand for what the user gives. The schemas are those of the kinds that the
profile has in view; editors are told which belongs to which folder.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from string import Template
from typing import Final

from servicebook import __version__
from servicebook.keywords import PROFILES
from servicebook.kinds import FOLDER, PARTS, SUFFIX, own_schemas, shipped_schemas
from servicebook.layout import scalar
from servicebook.record import FOLDER as RECORDS
from servicebook.registry import PACKAGE
from servicebook.tree import Tree

# Under these names they would act on the tool's own repository.
_HIDDEN: Final = {"gitignore": ".gitignore", "gitattributes": ".gitattributes", "github": ".github"}
_DOCUMENT: Final = re.compile(r"path: (documents/\S+)")


def starter_files(name: str, zone: str, profile: str, languages: Sequence[str], since: date) -> dict[str, bytes]:
    """Path and bytes of every file of a new book, which begins on the day `since`."""
    profiles = PROFILES[: PROFILES.index(profile) + 1]
    words = {
        "name": name,
        "name_text": scalar(name),
        "zone": zone,
        "zone_text": scalar(zone),
        "profile": profile,
        "languages": ", ".join(f'"{language}"' for language in languages),
        "since": since.isoformat(),
        "new_year": f"{since.year + 1}-01-01",
        "version": __version__,
    }
    sources = [(part, file) for part in ("all", *profiles) for file in _files(PACKAGE / "starter" / part)]
    documents = {
        place: file.read_bytes() for part, file in sources if (place := _place(part, file)).startswith("documents/")
    }
    files = _schemas(profiles)
    files[".vscode/settings.json"] = _editor_settings(files)
    for part, file in sources:
        text = file.read_text(encoding="utf-8")
        if named := _DOCUMENT.search(text):
            words["sha256_text"] = scalar(hashlib.sha256(documents[named[1]]).hexdigest())
        place = _place(part, file)
        files[place] = documents.get(place) or Template(text).safe_substitute(words).encode("utf-8")
    return dict(sorted(files.items()))


def schemas_to_keep(tree: Tree, kind: str) -> dict[str, bytes]:
    """Path and bytes of the shipped schemas that a book which keeps its own lacks before it has records of a kind."""
    own, ours = own_schemas(tree), shipped_schemas()
    missing = [name for name in (PARTS, kind + SUFFIX) if own and name in ours and name not in own]
    return {f"{FOLDER}/{name}": ours[name] for name in missing}


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc"]


def _place(part: str, file: Path) -> str:
    top, slash, rest = file.relative_to(PACKAGE / "starter" / part).as_posix().partition("/")
    return _HIDDEN.get(top, top) + slash + rest


def _schemas(profiles: Sequence[str]) -> dict[str, bytes]:
    return {
        f"{FOLDER}/{name}": text
        for name, text in shipped_schemas().items()
        if name == PARTS or json.loads(text)["x-profile"] in profiles
    }


def _editor_settings(schemas: dict[str, bytes]) -> bytes:
    """What an editor needs to know which schema the files of a folder have."""
    folders = {
        f"./{path}": [f"{RECORDS}/{json.loads(text)['x-folder']}/**/*.yaml"]
        for path, text in schemas.items()
        if path.endswith(SUFFIX)
    }
    settings = {"yaml.schemas": folders, "yaml.format.enable": False, "files.eol": "\n"}
    return (json.dumps(settings, indent=2) + "\n").encode("utf-8")
