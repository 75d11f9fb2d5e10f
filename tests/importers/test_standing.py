"""Whatever a source shows, the lifecycle allows the timeline; and two exports give what one gives."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from memory import KINDS
from servicebook.importers._standing import Contradiction, Snapshot, Update, standing_of
from servicebook.importers._tickets import Ticket, continued, from_list, from_log

LIFECYCLE = KINDS["incident"].lifecycle
OPENED = datetime(2026, 3, 1, tzinfo=UTC)
STATES = ["new", "in-progress", "paused", "resolved", "closed", "cancelled", ""]
LEVELS = st.sampled_from(["high", "medium", "low"])


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    state = draw(st.sampled_from(STATES[:5] * 3 + STATES))
    code = draw(st.sampled_from(["waiting-for-user", "waiting-for-vendor"])) if state == "paused" else ""
    return Snapshot(state, code, draw(st.sampled_from(["", "a", "b"])), draw(LEVELS), draw(LEVELS), state or "-100")


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    shown = draw(st.lists(snapshots(), min_size=1, max_size=12))
    at = OPENED
    updates = []
    for count, seen in enumerate(shown):
        at += timedelta(minutes=draw(st.integers(0, 2)))
        updates.append(Update(at, count, count, seen))
    return make(updates)


def make(updates: list[Update]) -> Ticket:
    claims = {"sys_updated_on": write(updates[-1].at), "sys_mod_count": updates[-1].version}
    frame = {"id": "INC1", "schema_version": 1, "title": "T", "source": {"system": "servicenow", "claims": claims}}
    return Ticket("INC1", OPENED, updates, frame=frame)


def write(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def record_of(ticket: Ticket) -> dict[str, Any] | None:
    try:
        return from_log(ticket, write).data
    except Contradiction:
        return None  # cancelled, and then something else: the only thing that no timeline can say


@settings(max_examples=500, deadline=None)
@given(tickets())
def test_the_lifecycle_allows_every_timeline(ticket: Ticket) -> None:
    record = record_of(ticket)
    if record is None:
        return
    assert KINDS["incident"].validator.is_valid(record)
    standing = standing_of(record, LIFECYCLE)
    last = ticket.updates[-1].seen
    if last.state in ("in-progress", "paused", "resolved"):
        assert standing.state == last.state
    if standing.state in ("new", "in-progress", "paused"):
        assert (standing.impact, standing.urgency) == (last.impact, last.urgency)
        assert standing.code == last.code or last.state != "paused"


@settings(max_examples=500, deadline=None)
@given(tickets(), st.data())
def test_two_exports_give_what_one_gives(ticket: Ticket, data: st.DataObject) -> None:
    whole = record_of(ticket)
    if whole is None:
        return
    cut = data.draw(st.integers(1, len(ticket.updates)))
    first = record_of(make(ticket.updates[:cut]))
    assert first is not None
    second = continued(ticket, first, LIFECYCLE, write, log=True)
    if second is None:
        assert cut == len(ticket.updates)
    else:
        assert second.data == whole


@settings(max_examples=300, deadline=None)
@given(tickets(), st.integers(0, 3000), st.integers(0, 3000))
def test_the_lifecycle_allows_every_list(ticket: Ticket, resolved: int, closed: int) -> None:
    update = ticket.updates[-1]
    single = make([update._replace(seen=update.seen._replace(group=""))])
    single.resolved = OPENED + timedelta(minutes=resolved)
    single.closed = OPENED + timedelta(minutes=closed)
    try:
        record = from_list(single, write).data
    except Contradiction:
        assert update.seen.state == "closed"
        assert closed < resolved
        return
    assert standing_of(record, LIFECYCLE).state in (update.seen.state, "new")
