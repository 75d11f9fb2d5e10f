"""Open records that may miss a target: how much of the limit is used, and how similar records went on from here.

Of the clocks for the same measure, service and priority (those of SLAs together, those of each supporting agreement
apart) those are taken that were still running when they had counted as much as this one. The estimate is the share of
them that goes past its limit. Of those that run and have not reached it this is undecided; to leave them out would
favour whatever is decided early, so each counts for as long as it has run (Kaplan and Meier, Nonparametric estimation
from incomplete observations, 1958). Where fewer than five are decided, those of every service are taken; where these
are too few as well, there is no estimate, and the share of the limit used is all that is said.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from servicebook.facts import Facts

LEAST_SIMILAR: Final = 5
LIKELY: Final = 0.5
MOSTLY_USED: Final = 0.8

_Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A running clock. Times in seconds on that clock; `due` is the instant at which the limit is reached.

    `similar` clocks were still running at this one's count; `missed` of them went past its limit, and `undecided` of
    them run and have not reached it. `of_service` says whether they are those of the same service, `share` is the
    estimate from 0 to 1, None where fewer than five are decided. `breached` says that the limit is already passed.
    """

    record: str
    service: str | None
    priority: str | None
    measure: str
    agreement: str | None
    due: datetime | None
    limit: int
    counted: int
    similar: int
    missed: int
    undecided: int
    share: float | None
    of_service: bool
    breached: bool

    @property
    def used(self) -> float:
        """The share of the limit that is used: 1 is all of it."""
        return self.counted / self.limit if self.limit else 1.0

    @property
    def likely(self) -> bool:
        """Whether a breach is more likely than not, or, where nothing can be estimated, most of the limit is used."""
        return self.used >= MOSTLY_USED if self.share is None else self.share >= LIKELY


def risks(facts: Facts) -> list[Risk]:
    """Every running clock: those past their limit first, then by likelihood and share used."""
    timers = [timer for timer in facts.tables["timer"].records() if timer["left_out"] is None]
    exact: dict[_Key, list[Mapping[str, Any]]] = defaultdict(list)
    wider: dict[_Key, list[Mapping[str, Any]]] = defaultdict(list)
    for timer in timers:
        exact[_alike(timer, "service")].append(timer)
        wider[_alike(timer)].append(timer)
    found = [
        _risk(timer, exact[_alike(timer, "service")], wider[_alike(timer)])
        for timer in timers
        if timer["stopped_at"] is None
    ]
    return sorted(found, key=_order)


def _alike(timer: Mapping[str, Any], *more: str) -> _Key:
    """What two clocks must share to be similar."""
    return tuple(timer[name] for name in ("kind", "measure", "priority", "agreement", *more))


def _risk(
    timer: Mapping[str, Any], same_service: Sequence[Mapping[str, Any]], any_service: Sequence[Mapping[str, Any]]
) -> Risk:
    limit, counted = timer["limit_seconds"], timer["counted_seconds"]
    similar = _as_far(timer, same_service)
    of_service = _decided(similar, limit) >= LEAST_SIMILAR
    if not of_service:
        wider = _as_far(timer, any_service)
        of_service = _decided(wider, limit) < LEAST_SIMILAR
        similar = similar if of_service else wider
    decided = _decided(similar, limit)
    return Risk(
        record=timer["id"],
        service=timer["service"],
        priority=timer["priority"],
        measure=timer["measure"],
        agreement=timer["agreement"] or timer["sla"],
        due=timer["due_at"],
        limit=limit,
        counted=counted,
        similar=len(similar),
        missed=sum(other["counted_seconds"] > limit for other in similar),
        undecided=len(similar) - decided,
        share=_past(similar, limit) if decided >= LEAST_SIMILAR else None,
        of_service=of_service,
        breached=timer["state"] == "breached",
    )


def _as_far(timer: Mapping[str, Any], similar: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The clocks of other records that were still running when they had counted as much as this one."""
    return [
        other for other in similar if other["id"] != timer["id"] and other["counted_seconds"] > timer["counted_seconds"]
    ]


def _decided(similar: Iterable[Mapping[str, Any]], limit: int) -> int:
    """Of how many it is known whether they went past a limit."""
    return sum(other["stopped_at"] is not None or other["counted_seconds"] > limit for other in similar)


def _past(similar: Sequence[Mapping[str, Any]], limit: int) -> float:
    """The share that goes past a limit, by Kaplan and Meier: of those that came to each stop, those that went on."""
    share = 1.0
    stops = Counter(other["counted_seconds"] for other in similar if other["stopped_at"] is not None)
    for seconds, stopped in sorted(stops.items()):
        if seconds <= limit:
            share *= 1 - stopped / sum(other["counted_seconds"] >= seconds for other in similar)
    return share


def _order(risk: Risk) -> tuple[Any, ...]:
    likely = risk.share if risk.share is not None else -1.0
    return (not risk.breached, not risk.likely, -likely, -risk.used, risk.record, risk.measure, risk.agreement or "")
