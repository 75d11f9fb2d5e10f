"""Availability against the oracle of `availability_oracle.py`, on random agreements, outages, zones and seasons."""

import os
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from availability_oracle import minutes_lost
from memory import make_book, matrix
from servicebook.clock import Availability
from servicebook.clock import zone as released_zone

EXAMPLES = int(os.environ.get("SERVICEBOOK_EXAMPLES", "60"))
NAMES = ["SVC-a", "SVC-b", "SVC-c"]
WEIGHTS = [0, 0.25, 0.5, 1]
ZONES = ["UTC", "Europe/Amsterdam", "America/Havana", "America/St_Johns", "America/Sao_Paulo", "Pacific/Apia"]
# Days on which something happens to the clocks of one of these zones, and one on which nothing does.
SEASONS = [
    date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1), date(2010, 11, 7), date(2015, 10, 18), date(2015, 2, 22),
    date(2011, 12, 30), date(2026, 6, 10),
]  # fmt: skip
TARGETS = [{"measure": "resolution", "priority": "P1", "limit": "4h", "time": "elapsed"}]

times = st.builds(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}", st.integers(0, 96))
days_of_the_week = st.lists(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1, unique=True)
weeks = st.lists(
    st.builds(
        lambda days, start, end: {"days": days, "hours": [{"from": start, "to": end}]}, days_of_the_week, times, times
    ),
    max_size=3,
)


@st.composite
def books(draw):
    """Services, SLAs, calendars and outages of a few days around a day of interest, and an instant to look from."""
    season = draw(st.sampled_from(SEASONS))
    noon = datetime(season.year, season.month, season.day, 12, tzinfo=UTC)

    def day(offset: int) -> str:
        return (season + timedelta(days=offset)).isoformat()

    def instant(minutes: int) -> str:
        return (noon + timedelta(minutes=minutes)).isoformat()

    names = NAMES[: draw(st.integers(1, 3))]
    services = [
        {"id": name, "live_from": day(draw(st.integers(-9, 0))), "owner": "it", "criticality": "vital"}
        | {"depends_on": draw(st.lists(st.sampled_from(names), unique=True))}
        | draw(st.sampled_from([{}, {"retired_on": day(0)}]))
        for name in names
    ]

    def agreement() -> dict:
        return draw(
            st.fixed_dictionaries(
                {"target": st.just(99)},
                optional={
                    "services": st.lists(st.sampled_from(names), min_size=1, unique=True),
                    "time": st.sampled_from(["elapsed", "working"]),
                    "calendar": st.just("CAL-b"),
                    "maintenance_notice": st.sampled_from(["1h", "24h"]),
                    "degradation": st.sampled_from(["weighted", "ignored", "full"]),
                    "dependencies": st.booleans(),
                },
            )
        )

    def version(number: int, valid: dict) -> dict:
        agreed = {"availability": [agreement() for _ in range(draw(st.integers(1, 2)))]}
        calendar = draw(st.sampled_from([{}, {"calendar": "CAL-a"}]))
        given = {"version": number, "matrix": "MTX-standard", "targets": TARGETS}
        return given | valid | calendar | draw(st.sampled_from([agreed, agreed, {}]))

    changed = draw(st.integers(-2, 2))
    versions = [
        version(1, {"valid_from": day(-99), "valid_to": day(changed - draw(st.integers(0, 1)))}),
        version(2, {"valid_from": day(changed + draw(st.integers(0, 1)))}),
    ]
    slas = [{"id": "SLA-a", "services": names, "customer": "retail", "versions": versions}]
    slas = slas if draw(st.integers(0, 3)) else []
    calendars = {
        name: {
            "id": name,
            "versions": [
                {"version": 1, "valid_from": day(draw(st.sampled_from([-99, 0]))), "zone": draw(st.sampled_from(ZONES))}
                | {"weekly": draw(weeks)}
            ],
        }
        for name in ("CAL-a", "CAL-b")
    }
    outages = []
    for number in range(draw(st.integers(1, 6))):
        begin = draw(st.integers(-3000, 3000))
        outage = {
            "id": f"OUT-20260101-aaa{number}",
            "type": draw(st.sampled_from(["outage", "degradation", "maintenance", "maintenance"])),
            "services": draw(st.lists(st.sampled_from(names), min_size=1, unique=True)),
            "from": instant(begin),
        }
        if draw(st.integers(0, 9)):
            outage["to"] = instant(begin + draw(st.integers(1, 1500)))
        if draw(st.booleans()):
            outage["weight"] = draw(st.sampled_from(WEIGHTS))
        if outage["type"] == "maintenance" and draw(st.integers(0, 3)):
            outage["announced_at"] = instant(begin - draw(st.sampled_from([59, 60, 61, 1439, 1440])))
        outages.append(outage)
    return services, slas, calendars, outages, noon + timedelta(minutes=draw(st.integers(-2900, 3000)))


@given(books(), st.sampled_from(ZONES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_availability_agrees_with_the_oracle(given, zone):
    services, slas, calendars, outages, as_of = given
    book = make_book(*services, *slas, *calendars.values(), *outages, matrix(), zone=zone)
    days = list(Availability(book, as_of).all_days())
    found = {
        (day.service, day.terms.sla, day.terms.place, day.day): (
            tuple(
                seconds / 60
                for seconds in (day.measured.agreed, day.measured.down, day.measured.naive, day.measured.excluded)
            )
            if day.measured
            else day.terms.left_out
        )
        for day in days
    }
    assert len(found) == len(days)
    began = min(datetime.fromisoformat(outage["from"]) for outage in outages)
    first = min((day.day for day in days), default=None)
    since = began.astimezone(released_zone(zone)).date()
    assert first is None or first >= since.isoformat()
    assert found == minutes_lost(services, slas, calendars, outages, since, as_of, zone)
