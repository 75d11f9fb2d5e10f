"""Incidents of a retailer that never existed, as many as asked for, the same ones for the same seed.

An incident is a walk through the states of its kind's lifecycle: opened, worked on, perhaps paused,
escalated or reopened, in the end resolved and closed. No two have the same text.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bench import phrases

Record = dict[str, Any]

ZONE = ZoneInfo("Europe/Amsterdam")
FIRST_DAY = datetime(2024, 7, 1, tzinfo=UTC)
DAYS = 730
STILL_OPEN = timedelta(days=4)  # the youngest have not been resolved yet
ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
LEVELS = ("high", "medium", "low")


def incidents(count: int, seed: int) -> Iterator[Record]:
    """`count` incidents in the order of their opening."""
    random = Random(seed)
    end = FIRST_DAY + timedelta(days=DAYS)
    moments = sorted(random.random() for _ in range(count))
    used: set[str] = set()
    texts: set[str] = set()
    ids: list[str] = []
    for moment in moments:
        opened = FIRST_DAY + timedelta(seconds=int(moment * DAYS * 86400))
        local = opened.astimezone(ZONE)
        identifier = _fresh(lambda day=local: f"INC-{day:%Y%m%d}-{''.join(random.choices(ID_LETTERS, k=4))}", used)
        story = phrases.Story(random, chinese=random.random() < 0.15)
        description = _fresh(story.description, texts)
        yield _incident(random, story, identifier, description, opened, end, ids[-40:])
        ids.append(identifier)


def as_opened(incident: Record) -> Record:
    """The same incident as it was first written down, before anybody had worked on it."""
    timeline = incident["timeline"]
    first = next(place for place, event in enumerate(timeline) if event["event"] == "opened")
    later = ("resolution", "lesson", "links", "references")
    early = {key: value for key, value in incident.items() if key not in later}
    return early | {"timeline": timeline[: first + 1]}


def path_of(incident: Record) -> str:
    """Where the record stands in a book: a folder a month."""
    day = str(incident["id"]).split("-")[1]
    return f"records/incidents/{day[:4]}/{day[4:6]}/{incident['id']}.yaml"


def _incident(
    random: Random,
    story: phrases.Story,
    identifier: str,
    description: str,
    opened: datetime,
    end: datetime,
    others: list[str],
) -> Record:
    impact, urgency = random.choices(LEVELS, (1, 4, 8))[0], random.choices(LEVELS, (1, 3, 5))[0]
    service, teams = random.choice(phrases.SERVICES)
    record: Record = {
        "id": identifier,
        "schema_version": 1,
        "title": story.title(),
        "service": service,
        "reported_by": random.choice(("customer", "shop-staff", "monitoring", "warehouse-staff", "player")),
        "channel": random.choice(("phone", "email", "portal", "chat", "monitoring", "in-person")),
        "category": random.choice(phrases.CATEGORIES),
        "impact": impact,
        "urgency": urgency,
        "description": description,
    }
    timeline = _timeline(random, story, opened, random.choice(teams))
    known = [event for event in timeline if event["at"] < end] if end - opened < STILL_OPEN else timeline
    record["timeline"] = [event | {"at": _written(event["at"])} for event in known]
    if any(event["event"] == "resolved" for event in known):
        record["resolution"] = {
            "code": random.choices(("fixed", "workaround", "recovered-by-itself", "other"), (8, 3, 1, 1))[0],
            "summary": story.resolution(),
            "confirmed_by_user": random.random() < 0.8,
        }
    brief = len(timeline) < 11  # together with all that is optional, a longer one would pass 60 lines
    if brief and "resolution" in record and random.random() < 0.4:
        record["lesson"] = story.lesson()
    if brief and others and random.random() < 0.35:
        record["links"] = [{"type": random.choice(("related", "follows")), "to": random.choice(others)}]
    if random.random() < 0.3:
        number = f"T{random.randrange(10**6):06}"
        record["references"] = [{"system": "supplier-desk", "type": "ticket", "number": number}]
    return record


def _timeline(random: Random, story: phrases.Story, opened: datetime, team: str) -> list[Record]:
    """Events in order of time; each step is one that the lifecycle allows from the state before it."""
    events: list[Record] = []
    now = opened

    def add(event: str, minutes: float, **more: str) -> None:
        nonlocal now
        now += timedelta(seconds=int(60 * minutes * (0.5 + random.random())))
        events.append({"at": now, "event": event, **more})

    if random.random() < 0.3:
        noticed = opened - timedelta(minutes=random.randrange(1, 40))
        events.append({"at": noticed, "event": "detected", "by": "monitoring"})
    add("opened", 0, by="service-desk", note=story.note())
    add("assigned", 5, by="service-desk", to=team)
    add("responded", 20, by=team, note=story.note())
    for _ in range(random.choice((1, 2, 2))):
        match random.choice(("pause", "pause", "note", "informed", "escalated", "workaround", "reprioritised")):
            case "pause":
                add("paused", 30, by=team, code=random.choice(phrases.PAUSE_CODES), note=story.note())
                add("resumed", 600, by=team)
            case "reprioritised":
                add("reprioritised", 30, by=team, impact=random.choice(LEVELS), urgency=random.choice(LEVELS))
            case "informed":
                add("informed", 30, by="service-desk", to="shop-manager", note=story.note())
            case "escalated":
                add("escalated", 45, by=team, to="it-manager", note=story.note())
            case step:
                add(step, 40, by=team, note=story.note())
    if random.random() < 0.15:
        add("restored", 60, by=team)
    add("resolved", 120, by=team)
    if random.random() < 0.05:
        add("reopened", 900, by="service-desk", note=story.note())
        add("resolved", 300, by=team)
    add("closed", 1500, by="service-desk")
    return events


def _written(instant: datetime) -> str:
    return instant.astimezone(ZONE).isoformat()


def _fresh(make: Any, seen: set[str]) -> str:
    """What `make` gives, again and again until it is something that was not seen before."""
    while True:
        text = str(make())
        if text not in seen:
            seen.add(text)
            return text
