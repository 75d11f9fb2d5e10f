"""The clock: calendars and the versions of an SLA in force, laid over a record's timeline."""

from servicebook.clock.agreements import Agreements
from servicebook.clock.availability import Availability, ServiceDay, Terms
from servicebook.clock.calendar import Calendar, Stretch
from servicebook.clock.clock import Clock, timers
from servicebook.clock.levels import Priority
from servicebook.clock.terms import MEASURES, MINIMUM, WINDOW, judged_kind
from servicebook.clock.timeline import OPEN_STATES, Event, State, Timeline, walk
from servicebook.clock.timer import Segment, Timer
from servicebook.clock.versions import in_force, local_date
from servicebook.clock.zones import TZDATA_VERSION, zone, zone_names

__all__ = [
    "MEASURES",
    "MINIMUM",
    "OPEN_STATES",
    "TZDATA_VERSION",
    "WINDOW",
    "Agreements",
    "Availability",
    "Calendar",
    "Clock",
    "Event",
    "Priority",
    "Segment",
    "ServiceDay",
    "State",
    "Stretch",
    "Terms",
    "Timeline",
    "Timer",
    "in_force",
    "judged_kind",
    "local_date",
    "timers",
    "walk",
    "zone",
    "zone_names",
]
