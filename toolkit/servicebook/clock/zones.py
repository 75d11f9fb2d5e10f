"""Time zones from the `tzdata` package, never from the machine, so that results are the same everywhere."""

from functools import cache
from importlib.metadata import version
from importlib.resources import files
from zoneinfo import ZoneInfo

from servicebook.errors import Problem
from servicebook.finding import quote

TZDATA_VERSION = version("tzdata")
"""The release of the `tzdata` package that every result rests on: 2026.1 is 2026a of the IANA database."""


@cache
def zone_names() -> frozenset[str]:
    """Every name that `zone` knows."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="ascii").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises Problem for a name that the database does not have."""
    if name not in zone_names():
        raise Problem(
            f"There is no time zone {quote(name)} in tzdata {TZDATA_VERSION}.",
            "Write a name such as Europe/Amsterdam. That of the organisation stands in servicebook.toml.",
        )
    with files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
