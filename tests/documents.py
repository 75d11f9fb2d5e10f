"""Documents as tests: the files they show, and the commands with what they print."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<language>\w+)(?: (?P<path>\S+))?\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)


class Command(NamedTuple):
    """A command line after `$ `, and the lines below it that it prints."""

    line: str
    output: str


def files(document: Path) -> dict[str, str]:
    """The files that a document shows: a fence with a path after its language."""
    blocks = _FENCE.finditer(document.read_text(encoding="utf-8"))
    return {block["path"]: block["text"] for block in blocks if block["path"]}


def steps(document: Path) -> Iterator[tuple[str, str] | Command]:
    """What a reader who follows a document does, in order: (path, text) to save a file, or a command to run."""
    for block in _FENCE.finditer(document.read_text(encoding="utf-8")):
        if block["path"]:
            yield block["path"], block["text"]
        elif block["language"] == "console":
            yield from _commands(block["text"])


def sessions(document: Path) -> list[list[Command]]:
    """The console blocks of a document, each as its commands in order."""
    blocks = _FENCE.finditer(document.read_text(encoding="utf-8"))
    return [list(_commands(block["text"])) for block in blocks if block["language"] == "console"]


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield Command(line, output)
