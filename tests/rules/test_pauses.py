"""What rules note of pauses without walking a timeline leaves out no pause that the walk finds."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from servicebook.kinds import read_kinds
from servicebook.record import Record
from servicebook.rules._pauses import NAMED, noted
from servicebook.rules._timeline import told
from servicebook.tree import WorkingTree

TREE = WorkingTree(Path(__file__).parent)
KINDS = [kind for name, kind in read_kinds(TREE).items() if name in NAMED]
BEGUN = datetime(2026, 3, 4, 9, tzinfo=UTC)
EVENTS = sorted({name for kind in KINDS if kind.lifecycle is not None for name in kind.lifecycle.events})

moments = st.builds(
    lambda halves, hours: (BEGUN + timedelta(seconds=halves / 2)).astimezone(timezone(timedelta(hours=hours))),
    st.integers(0, 8),
    st.integers(-3, 3),
)
events = st.fixed_dictionaries(
    {
        "at": moments.map(datetime.isoformat),
        "event": st.sampled_from(["opened", "paused", "paused", "paused", "resumed", *EVENTS]),
    },
    optional={"code": st.sampled_from("ab"), "evidence": st.just("Message 4711")},
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=0)


@given(st.sampled_from(KINDS), st.lists(events, max_size=12))
def test_no_pause_is_left_out_of_the_notes(kind: Any, timeline: list[dict[str, str]]) -> None:
    opening = {"at": BEGUN.isoformat(), "event": "opened"}
    data = {"service": "SVC-till", "timeline": [opening, *timeline]}
    record = Record(TREE, "x.yaml", kind, "X", valid=True, data=data, source=b"paused")
    walked = told(record)
    note = noted(record)
    if note is None:
        assert not any(state.pauses for state in walked.states)
        return
    service, opened, found = note
    assert service == "SVC-till"
    assert moment(opened) == walked.opened
    waits = [
        (code, moment(start), None if end is None else moment(end), evidence) for code, start, end, evidence in found
    ]
    for state, after in zip(walked.states, (*walked.states[1:], None), strict=False):
        if after is None or not after.pauses:
            for pause in state.pauses:
                code, evidence = pause.data.get("code", ""), "evidence" in pause.data
                assert (code, pause.at, state.end, evidence) in waits
