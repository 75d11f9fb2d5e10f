"""Each command that writes, in a small book: what it is told, and what the book looks like before and after."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from building import Book
from exports import as_csv, update

OPENED = "2026-03-04T09:15:00+01:00"
SERVICE = """\
id: SVC-shop
schema_version: 1
title: Web shop
owner: shop-lead
criticality: vital
live_from: 2025-01-01
"""
INCIDENT = """\
# yaml-language-server: $schema=../../../schemas/incident.schema.json
id: {id}
schema_version: 1
title: Checkout is down  # as the shop said it
service: SVC-shop
impact: high
urgency: high
timeline:
  # the monitoring was silent
  - at: 2026-03-04T09:15:00+01:00
    event: opened
links: [{{type: related, to: {other}}}]
"""
REVIEW = """\
# Minutes as they were taken.
id: REV-20260115-{letters}
schema_version: 1
title: Service review
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees: [{{role: it-manager}}, {{role: shop-lead}}]
inputs:
  - topic: incidents  # all of them
    summary: None of note.
approved: {{by: shop-lead, on: 2026-01-20}}
"""
IDS = [f"INC-20260304-k7q{letter}" for letter in "abcde"]


class Scene(NamedTuple):
    """A command, and the files that are there before it."""

    arguments: tuple[str, ...]
    files: Callable[[], dict[str, str | bytes]]


def _records() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"records/services/SVC-shop.yaml": SERVICE}
    for number, name in enumerate(IDS):
        files[f"records/incidents/2026/{name}.yaml"] = INCIDENT.format(id=name, other=IDS[number - 1])
    return files


def _reviews() -> dict[str, str | bytes]:
    every = ("m4ta", "m4tb", "m4tc", "m4td")
    return {f"records/reviews/REV-20260115-{letters}.yaml": REVIEW.format(letters=letters) for letters in every}


def _export() -> dict[str, str | bytes]:
    rows = [
        update(count, f"1 {9 + count:02}:00", state, number=f"INC{number}")
        for number in range(6)
        for count, state in enumerate(("New", "Active"))
    ]
    return {"export.csv": as_csv(*rows)}


NEW = ("new", "incident", "--at", OPENED, "--set", "service=SVC-shop")
SCENES = {
    "new": Scene((*NEW, "--id", "INC-20260305-new2"), _records),
    "log": Scene(("log", IDS[0], "responded", "--at", "2026-03-04T09:20:00+01:00"), _records),
    "fmt": Scene(("fmt",), _records),
    "renumber": Scene(("renumber", IDS[1], "INC-20260304-zzzz"), _records),
    "import": Scene(("import", "servicenow", "export.csv", "--zone", "UTC", "--dates", "dmy"), _export),
    "migrate": Scene(("migrate",), _reviews),
    "init": Scene(("init", "firm", "--name", "Firm", "--zone", "Europe/Berlin"), dict),
}


def set_up(scene: Scene, folder: Path) -> Book:
    """The scene's book, committed."""
    book = Book(folder)
    for path, text in scene.files().items():
        book.write(path, text)
    book.commit("Before")
    return book


def copy(book: Path, to: Path) -> Path:
    """A copy of a book to try something on; what was there goes."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(book, to))


def snapshot(folder: Path) -> dict[str, bytes]:
    """Path and bytes of every file but git's own."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".git/"):
            found[name] = path.read_bytes()
    return found
