"""A slow and obvious oracle of availability, minute by minute. It shares no code with the clock.

It is asked about records as they stand in the book, all in whole minutes, and answers in minutes.
"""

from ast import literal_eval
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from oracle.hours import open_minutes
from servicebook.clock import zone as released_zone

Answer = dict[tuple[Any, ...], tuple[float, ...] | str]
"""By service, SLA, place of what was agreed, and day: agreed, down, naive and excluded minutes, or why there are none.
Without an SLA the second and third are None."""


def minutes_lost(services, slas, calendars, outages, since: date, as_of: datetime, zone: str) -> Answer:
    """The whole answer, from the first minute of `since` to `as_of`."""
    local = released_zone(zone)
    start = datetime(since.year, since.month, since.day, tzinfo=UTC) - timedelta(hours=30)
    length = max(0, int((as_of - start).total_seconds()) // 60)
    minutes = [start + timedelta(minutes=number) for number in range(length)]
    dates = []
    for minute in minutes:  # a day begins with its first midnight: what the wall then repeats belongs to it
        shown = minute.astimezone(local).date().isoformat()
        dates.append(max(shown, dates[-1]) if dates else shown)
    opening.cache_clear()
    found: dict[tuple[Any, ...], Any] = {}
    for service in services:
        for number, minute in enumerate(minutes):
            day = dates[number]
            if day < max(since.isoformat(), service["live_from"]) or day > service.get("retired_on", "9999"):
                continue
            for key, version, agreed in agreements(service, slas, day):
                at = (service["id"], *key, day)
                if isinstance(agreed, str):
                    found[at] = agreed
                    continue
                hours = calendar_of(agreed, version, calendars, day, start, length)
                if isinstance(hours, str):
                    found[at] = hours
                    continue
                sums = found.setdefault(at, [0, 0, 0, 0])
                if not hours[number]:
                    continue
                on = [lost(outage, agreed) for outage in seen(service, services, outages, agreed, minute, as_of)]
                if "excluded" in on:
                    sums[3] += 1
                else:
                    sums[0] += 1
                    sums[1] += max(on, default=0)
                    sums[2] += sum(on)
    return {key: value if isinstance(value, str) else tuple(value) for key, value in found.items()}


def agreements(service, slas, day):
    """What is agreed for a service on a day: (SLA, place), the version, and the agreement or why there is none."""
    found = []
    for sla in slas:
        if service["id"] not in sla["services"]:
            continue
        if not any(covers(entry, service) for version in sla["versions"] for entry in version.get("availability", [])):
            continue
        current = [v for v in sla["versions"] if v["valid_from"] <= day <= v.get("valid_to", "9999")]
        if len(current) != 1:
            many = "more than one" if current else "no"
            found.append(((sla["id"], None), None, f"{many} SLA version in force"))
            continue
        for place, entry in enumerate(current[0].get("availability", [])):
            if covers(entry, service):
                found.append(((sla["id"], place), current[0], entry))
    return found or [((None, None), None, {})]


def covers(entry, service) -> bool:
    return service["id"] in entry.get("services", [service["id"]])


def calendar_of(agreed, version, calendars, day, start, length):
    """For every minute from the start whether it is agreed time; or why that cannot be said."""
    if agreed.get("time") != "working":
        return [True] * length
    name = agreed.get("calendar", version.get("calendar"))
    if name is None:
        return "no calendar agreed"
    current = [v for v in calendars[name]["versions"] if v["valid_from"] <= day <= v.get("valid_to", "9999")]
    if len(current) != 1:
        return "more than one calendar version in force" if current else "no calendar version in force"
    return opening(repr({"exceptions": [], **current[0]}), start, length)


@cache
def opening(version: str, start: datetime, length: int) -> list[bool]:
    opened = open_minutes(literal_eval(version), start, start + timedelta(minutes=length))
    return [bool(opened >> number & 1) for number in range(length)]


def seen(service, services, outages, agreed, minute, as_of):
    """The outages that are on in a minute, as far as they concern the service."""
    concerned = {service["id"]}
    if agreed.get("dependencies"):
        depends = defaultdict(list, {one["id"]: one.get("depends_on", []) for one in services})
        for _ in services:
            concerned |= {other for one in concerned for other in depends[one]}
    for outage in outages:
        began, ended = (
            datetime.fromisoformat(outage["from"]),
            datetime.fromisoformat(outage.get("to", as_of.isoformat())),
        )
        if concerned & set(outage["services"]) and began <= minute < ended:
            yield outage


def lost(outage, agreed) -> float | str:
    """The share that an outage takes away, or "excluded"."""
    if outage["type"] == "maintenance":
        if "maintenance_notice" in agreed and "announced_at" in outage:
            notice = datetime.fromisoformat(outage["from"]) - datetime.fromisoformat(outage["announced_at"])
            hours = int(agreed["maintenance_notice"].removesuffix("h"))
            return "excluded" if notice >= timedelta(hours=hours) else 1
        return 1
    if outage["type"] == "degradation":
        word = agreed.get("degradation", "weighted")
        return {"full": 1, "ignored": 0, "weighted": outage.get("weight", 1)}[word]
    return outage.get("weight", 1)
