"""The documents of `documents.yaml` as cases. The index is read by ruamel.yaml, never by the reader under test."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

INDEX = Path(__file__).with_name("documents.yaml")
MISSING = object()
OUTCOME = {"value", "accepted", "refused"}
FIELDS = {"name", "text", "bytes", "parts", *OUTCOME, "line", "column", "hint", "reference", "because"}


@dataclass(frozen=True)
class Case:
    """One document and what must come of it: `refused` (words of the message) or accepted with `value`."""

    name: str
    data: bytes
    refused: str | None
    value: Any
    line: int | None
    column: int | None
    hint: str
    reference: str


def cases() -> list[Case]:
    """Every case of the index, in its order."""
    return [_case(entry) for entry in YAML(typ="safe", pure=True).load(INDEX.read_text(encoding="utf-8"))]


def _case(entry: dict[str, Any]) -> Case:
    assert set(entry) <= FIELDS, f"{entry['name']}: {set(entry) - FIELDS}"
    assert len(OUTCOME & set(entry)) == 1, entry["name"]
    assert ("because" in entry) == (entry.get("reference") == "differs"), entry["name"]
    return Case(
        name=entry["name"],
        data=_data(entry),
        refused=entry.get("refused"),
        value=entry.get("value", MISSING),
        line=entry.get("line"),
        column=entry.get("column"),
        hint=entry.get("hint", ""),
        reference=entry.get("reference", "agrees"),
    )


def _data(entry: dict[str, Any]) -> bytes:
    if "bytes" in entry:
        return str(entry["bytes"]).encode("latin-1")
    if "text" in entry:
        return str(entry["text"]).encode("utf-8")
    pieces = (part if isinstance(part, str) else part["repeat"] * part["times"] for part in entry["parts"])
    return "".join(pieces).encode("utf-8")
