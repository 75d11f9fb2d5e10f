"""What was agreed, and which version of it was in force at a minute."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from oracle.hours import Hours
from oracle.story import PREFIXES, Story, tell
from servicebook.clock import zone as released_zone


class LeftOut(Exception):
    """Nothing can be judged; the message is the reason."""


class Agreed:
    """What the records of a book say. `zone` is the organisation's; minutes are numbered from `origin`."""

    def __init__(self, records: list[dict[str, Any]], zone: str, origin: datetime) -> None:
        self.records = {record["id"]: record for record in records}
        self.origin = origin
        self._zone = released_zone(zone)
        self._hours: dict[tuple[str, int], Hours] = {}
        self._days: dict[int, str] = {}
        self.all_hours = Hours(origin)

    def day(self, minute: int) -> str:
        """The organisation's date at a minute."""
        if minute not in self._days:
            local = (self.origin + timedelta(minutes=minute)).astimezone(self._zone)
            self._days[minute] = local.date().isoformat()
        return self._days[minute]

    def slas(self, service: str) -> list[dict[str, Any]]:
        """The SLAs of a service, by id."""
        return [record for name, record in self._by_id("SLA-") if service in record["services"]]

    def supporting(self, slas: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The agreements that support one of these SLAs, by id."""
        names = {sla["id"] for sla in slas}
        return [record for name, record in self._by_id("SUA-") if names & set(record["supports"])]

    def in_force(self, name: str | None, what: str, minute: int) -> dict[str, Any]:
        """The version of a record that is in force at a minute. `what` names its kind where there is none."""
        if name not in self.records:
            raise LeftOut(f"no such {'priority matrix' if what == 'matrix' else what}")
        day = self.day(minute)
        found = [
            version
            for version in self.records[name]["versions"]
            if version["valid_from"] <= day <= version.get("valid_to", day)
        ]
        if len(found) != 1:
            raise LeftOut(f"{'no' if not found else 'more than one'} {what} version in force")
        return found[0]

    def hours(self, version: dict[str, Any], target: dict[str, Any], minute: int) -> tuple[Hours, int | None]:
        """The hours that count for a target of an agreement's version, and the version of the calendar they are of."""
        if target["time"] == "elapsed":
            return self.all_hours, None
        if "calendar" not in version:
            raise LeftOut("no calendar agreed")
        calendar = self.in_force(version["calendar"], "calendar", minute)
        key = version["calendar"], calendar["version"]
        if key not in self._hours:
            self._hours[key] = Hours(self.origin, calendar)
        return self._hours[key], calendar["version"]

    def cases(self, kind: str, end: int) -> Iterator[tuple[dict[str, Any], Story]]:
        """The records of a kind with what had happened to them by a minute."""
        for _, record in self._by_id(PREFIXES[kind]):
            yield record, tell(record, kind, self.origin, self.origin + timedelta(minutes=end))

    def _by_id(self, prefix: str) -> list[tuple[str, dict[str, Any]]]:
        return sorted((name, record) for name, record in self.records.items() if name.startswith(prefix))
