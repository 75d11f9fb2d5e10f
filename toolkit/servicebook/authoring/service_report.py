"""A service report drafted from the book: what its figures say is written, what people have to think is asked for."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from servicebook.authoring.agreed_figures import Agreed, agreed_figures, workload
from servicebook.authoring.drafting import Draft
from servicebook.authoring.happenings import feedback_received, follow_up, major_events, open_actions
from servicebook.authoring.retrospect import Figure, Retrospect
from servicebook.authoring.telling import listed, to_be_written, trends
from servicebook.clock import in_force
from servicebook.errors import Problem
from servicebook.layout import InlineList, InlineMapping
from servicebook.record import FOLDER, SUFFIX, Record
from servicebook.writing import new_id, record_text

MOST_FIGURES: Final = 100
TIME_TO_DECIDE: Final = timedelta(days=30)

_OF_EACH_SERVICE: Final = (
    ("incidents-opened", ""), ("requests-opened", ""), ("time-to-restore", "median"), ("reopened-share", ""),
)  # fmt: skip
"""Metrics that stand beside what is agreed, and which of their figures."""


def draft_service_report(
    back: Retrospect, definition: Record, sla: str | None = None, service: str | None = None
) -> Draft:
    """The draft of a report as its definition promises it; of one agreement or one service where that is named."""
    slas = [record for record in back.records("sla") if _is_reported(record, definition, sla, service)]
    services = [service] if service else sorted({name for one in slas for name in one.part.texts("services")})
    services = services if sla or service else definition.part.texts("services") or services
    agreed = [found for one in slas for found in agreed_figures(back, one)]
    tested = [one for one in agreed if one.figure.n or one.figure.previous]
    others = [figure for figure in _others(back, services) if figure.n or figure.aggregate == "count"]
    if not tested and not others:
        message = (
            f"{definition.id} names no service, and no agreement of it was put to the test in {back.period.label}."
        )
        raise Problem(message, "Give the definition services: or slas:, or name another period.")
    if len(tested) + len(others) > MOST_FIGURES:
        raise Problem(f"The report would have {len(tested) + len(others)} figures.", "Report on one: --sla, --service.")
    actions: list[dict[str, Any]] = []
    figures = [_agreed_entry(back, one, definition, actions) for one in tested]
    figures += [_entry(back, figure) for figure in others]
    title = f"{definition.title}, {back.period.label}" + (f", {sla or service}" if sla or service else "")
    data: dict[str, Any] = {
        "id": new_id("SRP", back.today, back.book),
        "schema_version": back.book.kinds.named("service-report").version,
        "title": title[:200],
        "description": _description(back, services, [one for one in agreed if one not in tested]),
        "definition": definition.id,
        "period": back.span,
        "as_of": back.as_of,
        **({"commit": back.commit} if back.commit else {}),
        "figures": figures,
        "workload": [entry for one in slas for entry in workload(back, one)],
        "events": major_events(back, services)[:100],
        "trends": f"{trends([*map(_of_its_sla, tested), *others])}\n{to_be_written('what lies behind it.')}\n",
        "exclusions": [entry for one in slas for entry in _exclusions(back, one)],
        "satisfaction": feedback_received(back, services),
        "nonconformities": [record.id for record in back.records("nonconformity") if back.happened(record, "raised")],
        "decisions": [_decision(actions)],
        "actions": actions,
    }
    kept = {name: value for name, value in data.items() if value not in ([], None)}
    kind = back.book.kinds.named("service-report")
    path = f"{FOLDER}/{kind.folder}/{kept['id']}{SUFFIX}"
    return Draft(kept["id"], path, kept, record_text(path, kind, kept))


def _is_reported(record: Record, definition: Record, sla: str | None, service: str | None) -> bool:
    if sla or service:
        return record.id == sla or service in record.part.texts("services")
    return record.id in definition.part.texts("slas")


def _others(back: Retrospect, services: Sequence[str]) -> Iterator[Figure]:
    for name, aggregate in _OF_EACH_SERVICE:
        if name in back.metrics:
            for service in services:
                figure = back.figure(name, {"service": service}, aggregate=aggregate)
                yield figure._replace(title=f"{figure.title}, {service}")


def _of_its_sla(one: Agreed) -> Figure:
    return one.figure._replace(title=f"{one.figure.title} of {one.sla.id}")


def _entry(back: Retrospect, figure: Figure) -> dict[str, Any]:
    """A figure as a service report has it."""
    beside = {name: figure.by[name] for name in ("service", "sla") if name in figure.by}
    by = {name: value for name, value in figure.by.items() if name not in beside}
    entry: dict[str, Any] = {"measure": figure.title[:200], "metric": figure.metric.name}
    if figure.aggregate != figure.metric.aggregates[0]:
        entry["aggregate"] = figure.aggregate
    entry |= beside | ({"by": InlineMapping(by)} if by else {})
    entry |= {"value": figure.value, "unit": figure.metric.unit, "n": figure.n}
    if not back.complete:
        entry["partial"] = True
    if figure.previous:
        entry["previous"] = InlineList(figure.previous)
    return entry


def _agreed_entry(back: Retrospect, one: Agreed, definition: Record, actions: list[dict[str, Any]]) -> dict[str, Any]:
    """The same with target and verdict; where it was missed, what followed, or an action that says what is to."""
    entry = _entry(back, one.figure) | {"target": one.target}
    if one.met is not None:
        entry["met"] = one.met
    notes = [f"Judged by window: {one.windows}."] if one.windows else []
    if one.figure.group and one.figure.group.left_out:
        reasons = (f"{number} {reason}" for reason, number in one.figure.group.left_out.items())
        notes.append(f"Left out: {'; '.join(reasons)}.")
    if one.met is False:
        services = [one.figure.by["service"]] if "service" in one.figure.by else one.sla.part.texts("services")
        found = follow_up(back, one.figure, services)
        if found is not None:
            entry["follow_up"] = found
        else:
            due = back.today + TIME_TO_DECIDE
            what = to_be_written(f"what is done because {one.figure.title} of {one.sla.id} was missed.")
            owner = definition.part.part("owner").text("role") or ""
            actions.append({"id": f"A{len(actions) + 1}", "what": what, "owner": owner, "due": due.isoformat()})
        if missed := one.figure.missed:
            notes.append(f"Missed by {listed(missed)}.")
    return entry | ({"note": " ".join(notes)} if notes else {})


def _decision(actions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    text = to_be_written("what is decided from this report, or that nothing needs to be, and why.")
    if not actions:
        return {"id": "D1", "text": text, "type": "none-needed"}
    return {"id": "D1", "text": text, "type": "improvement", "actions": [action["id"] for action in actions]}


def _description(back: Retrospect, services: Sequence[str], untested: Sequence[Agreed]) -> str | None:
    """What was not put to the test, and what was undertaken before and is still open."""
    said = []
    if untested:
        names = "; ".join(f"{one.figure.title} of {one.sla.id}" for one in untested)
        said.append(f"Nothing to judge in the period: {names}.")
    undertaken = open_actions(back, ("service-report", "review"), services)
    still = [f"{record.id} {action.text('id')}" for record, action in undertaken]
    if still:
        said.append(f"Actions still open: {', '.join(still)}.")
    return "\n".join(said) + "\n" if said else None


def _exclusions(back: Retrospect, sla: Record) -> Iterator[dict[str, Any]]:
    """The days of the period that the SLA leaves out by an exception."""
    version = in_force(sla.data["versions"], back.span["to"], "SLA").version or {}
    for exception in version.get("exceptions", ()):
        days, by = exception.get("period"), exception.get("agreed_by") or version.get("agreed_by", {}).get("customer")
        if days and by and days["from"] <= back.span["to"] and days["to"] >= back.span["from"]:
            interval = {"from": max(days["from"], back.span["from"]), "to": min(days["to"], back.span["to"])}
            yield {"interval": interval, "reason": exception["text"], "agreed_by": by}
