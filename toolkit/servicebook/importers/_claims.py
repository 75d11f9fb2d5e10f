"""What the source of an import claims, against what the book computes from the same record.

- `priority`: its leading number ("3 - Moderate") against the level of the matrix in force (P3).
- `made_sla`: against the resolution clocks of the incident, met when all of them were.

A claim is compared only where the book has an answer; why it has none is counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from servicebook.facts import Facts, Table


class Disagreement(NamedTuple):
    """One claim that differs. `detail` says what the computed value rests on."""

    id: str
    claim: str
    claimed: str
    computed: str
    priority: str
    detail: str


@dataclass
class Comparison:
    """Counts are by claim and computed priority (or, of what cannot be compared, by claim and reason)."""

    disagreements: list[Disagreement] = field(default_factory=list)
    agreeing: Counter[tuple[str, str]] = field(default_factory=Counter)
    not_compared: Counter[tuple[str, str]] = field(default_factory=Counter)

    def counts(self) -> Iterator[tuple[str, str, int, int]]:
        """Claim, priority, how many agree, how many differ."""
        differing = Counter((one.claim, one.priority) for one in self.disagreements)
        for claim, priority in sorted(self.agreeing.keys() | differing.keys()):
            yield claim, priority, self.agreeing[claim, priority], differing[claim, priority]


def compare(facts: Facts) -> Comparison:
    """Every claim of the imported incidents in the facts, by id."""
    found = Comparison()
    timers: dict[str, list[dict[str, Any]]] = {}
    for timer in _rows(facts.tables["timer"]):
        if timer["measure"] == "resolution":
            timers.setdefault(timer["id"], []).append(timer)
    for incident in _rows(facts.tables["incident"]):
        _compare_priority(incident, found)
        _compare_made_sla(incident, timers.get(incident["id"], []), found)
    return found


def _compare_priority(incident: dict[str, Any], found: Comparison) -> None:
    claimed, computed = incident["claimed_priority"], incident["priority"]
    if claimed is None:
        return
    number = claimed.partition(" - ")[0].strip()
    if computed is None or not number.isdigit():
        reason = incident["priority_missing"] if computed is None else "the claim has no number"
        found.not_compared["priority", reason or "no priority"] += 1
        return
    levels = f"impact {incident['impact']}, urgency {incident['urgency']}"
    _note(found, incident["id"], "priority", claimed, computed, computed, f"P{number}" == computed, levels)


def _compare_made_sla(incident: dict[str, Any], timers: list[dict[str, Any]], found: Comparison) -> None:
    claimed = incident["claimed_made_sla"]
    if claimed is None:
        return
    usable = [timer for timer in timers if timer["met"] is not None]
    if claimed not in ("true", "false") or not usable:
        reason = next((timer["left_out"] for timer in timers if timer["left_out"]), "no resolution clock has stopped")
        found.not_compared["made_sla", reason] += 1
        return
    met = all(timer["met"] for timer in usable)
    detail = "; ".join(
        f"{timer['sla']} version {timer['sla_version']}: "
        f"{timer['counted_seconds'] / 60:g} of {timer['limit_seconds'] / 60:g} minutes"
        for timer in usable
    )
    computed = "true" if met else "false"
    priority = usable[0]["priority"] or ""
    _note(found, incident["id"], "made_sla", claimed, computed, priority, claimed == computed, detail)


def _note(
    found: Comparison, record: str, claim: str, claimed: str, computed: str, priority: str, agrees: bool, detail: str
) -> None:
    if agrees:
        found.agreeing[claim, priority] += 1
    else:
        found.disagreements.append(Disagreement(record, claim, claimed, computed, priority, detail))


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield dict(zip(names, row, strict=True))
