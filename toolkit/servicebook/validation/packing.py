"""Readings as a few texts, and back: what the cache keeps of a run.

JSON of the shape {"links": [[[pointer, target, kinds], …], …], "readings": [[path, blob, kind, id, valid,
links, notes, rest], …]}. Most records of a kind have the same links, so a reading holds only their number; and
most have nothing else to say, so `rest` (findings, suppressions, refusal) is null.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import Any, Final

from servicebook.finding import Finding
from servicebook.record import Link
from servicebook.validation.reading import Reading
from servicebook.validation.report import Suppression

READINGS_IN_A_PACK: Final = 1000


def pack(readings: Sequence[Reading]) -> Iterator[str]:
    """The texts of readings whose files have a blob id; the others depend on more than their bytes."""
    for first in range(0, len(readings), READINGS_IN_A_PACK):
        links: dict[tuple[Link, ...], int] = {}
        rows = [
            (r.path, r.blob, r.kind, r.id, r.valid, links.setdefault(r.links, len(links)), r.notes, _rest(r))
            for r in readings[first : first + READINGS_IN_A_PACK]
            if r.blob
        ]
        listed = [[(pointer, target, sorted(kinds)) for pointer, target, kinds in group] for group in links]
        yield json.dumps({"links": listed, "readings": rows}, separators=(",", ":"))


def unpack(text: str) -> Iterator[Reading]:
    """The readings in a text that `pack` made. Raises ValueError for any other."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.keys() != {"links", "readings"}:
        raise ValueError("not a pack of readings")
    links = [
        tuple(Link(tuple(pointer), target, frozenset(kinds)) for pointer, target, kinds in group)
        for group in content["links"]
    ]
    nothing = ((), (), None)
    for path, blob, kind, record_id, valid, number, notes, rest in content["readings"]:
        more = nothing if rest is None else _unrest(rest)
        yield Reading._make((path, blob, kind, record_id, valid, links[number], notes, *more))


def _rest(r: Reading) -> Any:
    if not (r.findings or r.suppressions or r.refusal):
        return None
    return [[astuple(finding) for finding in r.findings], r.suppressions, r.refusal]


def _unrest(rest: Any) -> tuple[Any, ...]:
    findings, suppressions, refusal = rest
    return (
        tuple(Finding(*finding) for finding in findings),
        tuple(Suppression(*suppression) for suppression in suppressions),
        tuple(refusal) if refusal else None,
    )
