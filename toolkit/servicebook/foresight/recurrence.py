"""Incidents that come again and again and that no problem explains, grouped by service and likeness of wording.

Looked at are incidents of the last 365 days that are neither cancelled nor duplicates and that no problem record names
or is named by. Within each service groups are joined, the most alike first, as long as the incidents of both are alike
on average (average linkage; Sokal and Michener, 1958): the mean cosine of their titles (`likeness.py`) is at least
`THRESHOLD`. Groups of three and more are told. That texts are alike says nothing about their cause.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import Any, Final

from servicebook.book import Book
from servicebook.facts import Facts
from servicebook.foresight.likeness import cosines, pieces, rarity, shared_terms, vector

THRESHOLD: Final = 0.53
"""Chosen on generated titles: lower ones join what only happens at the same place, higher ones part what recurs."""

LEAST: Final = 3
BACK: Final = timedelta(days=365)
MOST: Final = 1000
"""Incidents of one service that are compared, the latest: time and memory grow with their square."""


LEVELS: Final = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Recurring:
    """A group of incidents of one service: ids by time of opening, what their titles share, and from when to when.

    `alike` is the mean cosine of any two of their titles.
    """

    service: str | None
    incidents: tuple[str, ...]
    terms: tuple[str, ...]
    first: datetime
    last: datetime
    alike: float


def recurring(book: Book, facts: Facts) -> list[Recurring]:
    """The groups, the largest first."""
    rows = _unexplained(book, facts)
    texts = {row["id"]: book.by_id[row["id"]].title for row in rows}
    found = {name: pieces(text) for name, text in texts.items()}
    weights = rarity(found.values())
    services: dict[str | None, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        services[row["service"]].append(row)
    groups = []
    for service, its in services.items():
        its = its[-MOST:]
        alike = cosines([vector(found[row["id"]], weights) for row in its])
        for members in grouped(len(its), alike):
            if len(members) < LEAST:
                continue
            pairs = [alike.get(pair, 0.0) for pair in combinations(members, 2)]
            chosen = [its[member] for member in members]
            groups.append(
                Recurring(
                    service=service,
                    incidents=tuple(row["id"] for row in chosen),
                    terms=tuple(shared_terms([texts[row["id"]] for row in chosen], weights)),
                    first=chosen[0]["opened_at"],
                    last=chosen[-1]["opened_at"],
                    alike=sum(pairs) / len(pairs),
                )
            )
    return sorted(groups, key=lambda group: (-len(group.incidents), group.first, group.incidents))


def grouped(count: int, alike: Mapping[tuple[int, int], float], threshold: float = THRESHOLD) -> list[list[int]]:
    """Average linkage of the things 0 … count − 1, of which `alike` gives the similarity of pairs, smaller first.

    The two groups that are most alike on average are joined until no two reach the threshold; of equals those that
    were there first. A pair that is not in `alike` counts as 0.
    """
    groups = {number: [number] for number in range(count)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in alike.items():
        sums[one][other] = sums[other][one] = value
    queue = [(-value, one, other) for (one, other), value in alike.items() if value >= threshold]
    heapify(queue)
    new = count
    while queue:
        _, one, other = heappop(queue)
        if one not in groups or other not in groups:
            continue
        groups[new] = sorted(groups.pop(one) + groups.pop(other))
        for near in sorted({*sums[one], *sums[other]} & {*groups}):
            total = sums[one].get(near, 0.0) + sums[other].get(near, 0.0)
            sums[new][near] = sums[near][new] = total
            mean = total / (len(groups[new]) * len(groups[near]))
            if mean >= threshold:
                heappush(queue, (-mean, near, new))
        new += 1
    return sorted(groups.values())


def _unexplained(book: Book, facts: Facts) -> list[dict[str, Any]]:
    """The incidents to be looked at, by time of opening."""
    begun = {state["id"] for state in facts.tables["state"].records()}
    chosen = [
        row
        for row in facts.tables["incident"].records()
        if row["opened_at"] > facts.as_of - BACK and row["status"] != "cancelled" and _open_question(book, row, begun)
    ]
    return sorted(chosen, key=lambda row: (row["opened_at"], row["id"]))


def _open_question(book: Book, row: Mapping[str, Any], begun: set[str]) -> bool:
    """Whether an incident is no duplicate, and no problem that was there by then goes with it."""
    record = book.by_id[row["id"]]
    if record.part.part("resolution").text("code") == "duplicate":
        return False
    return not any(problem.id in begun for problem in book.connected(record, "problem"))


def as_problem(group: Recurring, book: Book, facts: Facts) -> Sequence[tuple[str, str]]:
    """The fields of a problem record about a group, each by its path. It says how the group was found, and no cause."""
    records = [book.by_id[name] for name in group.incidents]
    days = [moment.astimezone(facts.zone).date().isoformat() for moment in (group.first, group.last)]
    shared = ", ".join(group.terms) or "no whole word"
    given = {
        "title": f"{len(records)} incidents alike: {records[-1].title}"[:150],
        "source": "trend",
        "evidence": (
            f"{len(records)} incidents from {days[0]} to {days[1]}, with no problem among their links, were put "
            f"together because their titles are alike: letter pieces weighted by rarity, mean cosine "
            f"{group.alike:.2f}, at least {THRESHOLD} asked for. They share: {shared}. "
            f"Whether they share a cause is not known."
        ),
        "impact": min((record.data["impact"] for record in records), key=LEVELS.index),
        "urgency": min((record.data["urgency"] for record in records), key=LEVELS.index),
    }
    if group.service is not None:
        given["service"] = group.service
    return [*given.items(), *((f"incidents.{number}", name) for number, name in enumerate(group.incidents))]
