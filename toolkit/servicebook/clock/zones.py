"""Time zones from the `tzdata` package, never from the machine, so that results are the same everywhere."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata

from servicebook.errors import Problem

TZDATA_VERSION: str = tzdata.IANA_VERSION
"""The release of the IANA time-zone database that every result rests on: `2026a`."""


@cache
def zone_names() -> frozenset[str]:
    """Every name that `zone` knows."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="ascii").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises Problem for a name that the database does not have."""
    if name not in zone_names():
        raise Problem(
            f"There is no time zone “{name}” in the IANA database {TZDATA_VERSION}.",
            "Write a name as the database has it, such as Europe/Amsterdam.",
        )
    with files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
