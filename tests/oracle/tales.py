"""Random records: what may happen to an incident or a request, and now and then what may not."""

from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from oracle.books import CATEGORIES, CODES, SERVICES, TEAMS, TYPES
from oracle.story import MOVES

OFFSETS = [timezone(timedelta(minutes=minutes)) for minutes in (0, 60, 330, -300, 480, 825)]
GRADES = ["high", "medium", "low"]
OFTEN = {
    "detected": 1, "opened": 8, "assigned": 4, "responded": 4, "approved": 1, "reprioritised": 3, "escalated": 1,
    "major-declared": 2, "informed": 4, "paused": 6, "resumed": 8, "restored": 2, "resolved": 5, "fulfilled": 5,
    "reopened": 7, "closed": 5, "cancelled": 1, "rejected": 1, "note": 1,
}  # fmt: skip
STATES = [None, "new", "in-progress", "paused", "resolved", "fulfilled", "closed", "cancelled", "rejected"]
POSSIBLE = {
    (kind, state): [name for name, move in moves.items() if name in OFTEN and state in move["from"]]
    for kind, moves in MOVES.items()
    for state in STATES
}
USUAL = {kind: [name for name in moves if name in OFTEN] for kind, moves in MOVES.items()}


def tale(random: Random, kind: str, name: str, start: datetime) -> dict[str, Any]:
    """A record of a kind. Its times are whole minutes, often quarters, so that limits are met exactly as well."""
    moves, state, at = MOVES[kind], None, start
    timeline = []
    for _ in range(random.randint(2, 11)):
        possible = POSSIBLE[kind, state] if random.random() > 0.08 else USUAL[kind]
        event = random.choices(possible, [OFTEN[event] for event in possible])[0]
        if timeline:
            at += timedelta(minutes=wait(random))
        timeline.append({"at": at.astimezone(random.choice(OFFSETS)).isoformat(), "event": event} | said(random, event))
        if state in moves[event]["from"]:
            state = moves[event].get("to") or state
    if random.random() < 0.05:
        random.shuffle(timeline)
    record = {
        "id": name,
        "service": random.choices(SERVICES, [5, 1])[0],
        "impact": random.choice(GRADES),
        "urgency": random.choice(GRADES),
        "timeline": timeline,
    }
    if kind == "service-request":
        return record | {"request_type": random.choice(TYPES), "requested_by": "shop-lead"}
    return record | ({"category": random.choice(CATEGORIES)} if random.random() < 0.5 else {})


def wait(random: Random) -> int:
    """Minutes until the next event."""
    return random.choice(
        [0, random.randint(1, 20), 15 * random.randint(1, 40), 15 * random.randint(1, 12), 60 * random.randint(1, 60)]
    )


def said(random: Random, event: str) -> dict[str, str]:
    """What an event says besides its time."""
    if event == "paused":
        evidence = {"evidence": "message 4711"} if random.random() < 0.5 else {}
        return {"code": random.choice(CODES), **evidence}
    if event == "reprioritised":
        return {"impact": random.choice(GRADES), "urgency": random.choice(GRADES)}
    if event == "assigned":
        return {"to": random.choice([*TEAMS, "service-desk"])} if random.random() < 0.9 else {}
    return {}


def looked_at(random: Random, record: dict[str, Any]) -> datetime:
    """An instant from which to look at a record: after all that happened, or somewhere in between."""
    known = sorted(datetime.fromisoformat(event["at"]) for event in record["timeline"])
    if random.random() < 0.5:
        return known[-1] + timedelta(minutes=random.choice([0, 60, 15 * random.randint(1, 400)]))
    return random.choice(known) + timedelta(minutes=random.choice([-1, 0, 1, 30, random.randint(0, 2000)]))
