"""Random books of agreements, drawn by hypothesis: calendars, matrices, SLAs and what supports them, in versions."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from oracle.hours import DAYS

DAY = timedelta(days=1)
SEASONS = {
    "UTC": [date(2026, 6, 10), date(2027, 1, 1)],
    "Europe/Amsterdam": [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # by half an hour
    "Asia/Tehran": [date(2016, 3, 22), date(2016, 9, 21), date(2026, 3, 21)],  # at midnight, until 2022
    "Pacific/Apia": [date(2011, 12, 30), date(2011, 9, 24)],  # left out a day
    "America/Sao_Paulo": [date(2015, 10, 18), date(2015, 2, 22)],  # at midnight, until 2019
    "Asia/Shanghai": [date(2026, 2, 17), date(1991, 9, 15)],  # none since 1991
    "America/Havana": [date(2026, 11, 1), date(2026, 3, 8)],  # midnight occurs twice
    "America/St_Johns": [date(2010, 11, 7), date(2010, 3, 14)],  # at 00:01
    "Asia/Kathmandu": [date(2026, 6, 10), date(1986, 1, 1)],  # a quarter of an hour off; moved by one once
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],  # back for Ramadan
}
"""Zones, and days on which something happens to their clocks (or to none)."""

CODES = ["waiting-for-customer", "waiting-for-supplier", "planned-window"]
TEAMS = ["network", "payments"]
LEVELS = ["P1", "P2", "P3"]
SERVICES = ["SVC-shop", "SVC-till"]
TYPES = ["Access", "New till"]
CATEGORIES = ["payment", "device"]

times = st.builds(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}", st.integers(0, 95))
hours = st.lists(st.builds(lambda start, end: {"from": start, "to": end}, times, times), min_size=1, max_size=3)
office = st.sampled_from(
    [
        [{"from": "09:00", "to": "17:00"}],
        [{"from": "08:30", "to": "12:00"}, {"from": "13:00", "to": "17:30"}],
        [{"from": "22:00", "to": "06:00"}],
        [{"from": "00:00", "to": "24:00"}],
    ]
)
weeks = st.lists(
    st.builds(
        lambda days, hours: {"days": sorted(days), "hours": hours},
        st.sets(st.sampled_from(DAYS), min_size=1),
        hours | office,
    ),
    min_size=1,
    max_size=3,
) | st.builds(lambda hours: [{"days": DAYS, "hours": hours}], office)


def some(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A part in which each of these fields may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def versions(draw, contents: st.SearchStrategy[dict[str, Any]], season: date) -> list[dict[str, Any]]:
    """One version, or two with a boundary near the season: as a rule without a gap or an overlap."""
    first = {"version": 1, "valid_from": "1980-01-01", **draw(contents)}
    if draw(st.booleans()):
        return [first]
    boundary = season + draw(st.integers(-3, 3)) * DAY
    apart = draw(st.sampled_from([1, 1, 1, 1, 1, 2, 0]))
    second = {"version": 2, "valid_from": boundary.isoformat(), **draw(contents)}
    return [{**first, "valid_to": (boundary - apart * DAY).isoformat()}, second]


@st.composite
def calendars(draw, zone: str, season: date) -> dict[str, Any]:
    """A version of a calendar, with exceptions near the season."""
    exceptions = draw(st.dictionaries(st.integers(-4, 4), st.none() | hours, max_size=3))
    return {
        "zone": zone,
        "weekly": draw(weeks),
        "exceptions": [
            {"date": (season + offset * DAY).isoformat(), "name": f"Day {offset}"}
            | ({"hours": special} if special else {})
            for offset, special in exceptions.items()
        ],
    }


rows = st.fixed_dictionaries(dict.fromkeys(("high", "medium", "low"), st.sampled_from(LEVELS)))
matrices = st.fixed_dictionaries(
    {
        "levels": st.just([{"id": level, "name": level} for level in LEVELS]),
        "priority": st.fixed_dictionaries(dict.fromkeys(("high", "medium", "low"), rows)),
    }
)

limits = st.sampled_from(["15m", "30m", "45m", "1h", "1h30m", "2h", "4h", "8h", "47m", "16h"])
targets = st.builds(
    lambda measure, more, team: {**more, **measure, **(team if measure.get("from") == "assigned" else {})},
    st.one_of(
        some({"from": st.sampled_from(["opened", "detected", "assigned", "responded", "major-declared"])}).flatmap(
            lambda start: st.sampled_from(["response", "resolution", "restoration", "update", "resolution"]).map(
                lambda measure: {"measure": measure, **start}
            )
        ),
        st.just({"measure": "resolution", "until": "closed"}),
        st.sampled_from(["response", "resolution"]).map(lambda measure: {"measure": measure}),
        st.fixed_dictionaries({"measure": st.just("fulfilment")}, optional={"until": st.just("closed")}),
        st.just({"measure": "response", "kind": "service-request"}),
        st.sampled_from(["response", "resolution"]).map(lambda measure: {"measure": measure, "from": "assigned"}),
    ),
    st.fixed_dictionaries(
        {"limit": limits, "time": st.sampled_from(["working", "elapsed"])},
        optional={
            "priority": st.sampled_from(LEVELS),
            "services": st.just(["SVC-shop"]),
        },
    ),
    some({"assigned_to": st.sampled_from(TEAMS)}),
)
stops = st.lists(
    st.builds(
        lambda code, more: {"code": code, **more},
        st.sampled_from(CODES),
        some({"evidence": st.booleans(), "maximum": limits}),
    ),
    max_size=3,
    unique_by=lambda entry: entry["code"],
)
rules = some(
    {
        "reopening": st.sampled_from(["resume", "restart", "new"]),
        "priority_change": st.sampled_from(["retain-pauses", "retain", "restart"]),
        "exactly_on_limit": st.sampled_from(["met", "breached"]),
        "still_open": st.sampled_from(["at-limit", "at-stop"]),
    }
).map(lambda rules: {"clock_rules": rules} if rules else {})


def exceptions(season: date) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Exceptions of an SLA: by category, by period, by both, or in words alone."""
    period = st.just({"from": season.isoformat(), "to": (season + DAY).isoformat()})
    said = some({"categories": st.just(CATEGORIES[:1]), "period": period})
    return st.lists(said.map(lambda said: {"text": "Agreed on paper", **said}), min_size=1, max_size=1)


@st.composite
def agreements(draw, season: date, *, supporting: bool) -> dict[str, Any]:
    """A version of an SLA, or of an agreement that supports one."""
    found = {"targets": draw(st.lists(targets, min_size=1, max_size=5)), "clock_stops": draw(stops), **draw(rules)}
    if supporting:
        return found | {"calendar": "CAL-one"}
    calendar = draw(st.sampled_from(["CAL-one", "CAL-one", "CAL-one", "CAL-two", None]))
    found |= {"matrix": "MTX-one"} | ({"calendar": calendar} if calendar else {})
    return found | (draw(some({"exceptions": exceptions(season)})) if draw(st.integers(0, 4)) == 0 else {})


@st.composite
def books(draw, zone: str) -> dict[str, Any]:
    """The records of a book, with the organisation's zone and the day about which it is."""
    season = draw(st.sampled_from(SEASONS[zone]))
    other = draw(st.sampled_from(sorted(SEASONS)))
    records = [
        {"id": "CAL-one", "versions": draw(versions(calendars(zone, season), season))},
        {"id": "CAL-two", "versions": draw(versions(calendars(other, season), season))},
        {"id": "MTX-one", "versions": draw(versions(matrices, season))},
        {
            "id": "SLA-one",
            "services": SERVICES,
            "customer": "retail-director",
            "versions": draw(versions(agreements(season, supporting=False), season)),
        },
    ]
    if draw(st.booleans()):
        two = draw(versions(agreements(season, supporting=False), season))
        records.append({"id": "SLA-two", "services": ["SVC-shop"], "customer": "retail-director", "versions": two})
    if draw(st.booleans()):
        records.append(
            {
                "id": "SUA-one",
                "type": "ola",
                "supplier": "SUP-one",
                "supports": draw(st.sampled_from([["SLA-one"], ["SLA-one", "SLA-two"]])),
                "owner": {"role": "it-manager"},
                "versions": draw(versions(agreements(season, supporting=True), season)),
            }
        )
    return {"zone": draw(st.sampled_from([zone, other])), "season": season, "records": records}
