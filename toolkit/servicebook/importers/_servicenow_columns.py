"""The columns and codes of ServiceNow's incident table, and what an import makes of each.

An instance may rename states, levels and columns. What is not listed here is not guessed: an unknown column
is left out and named, an unknown code rejects its row.
"""

import hashlib
import re
import unicodedata
from typing import Final

SYSTEM: Final = "servicenow"
NUMBER, OPENED, UPDATED, VERSION = "number", "opened_at", "sys_updated_on", "sys_mod_count"
REQUIRED: Final = (NUMBER, OPENED, "impact", "urgency")
STATE_COLUMNS: Final = ("incident_state", "state")
TIMES: Final = (OPENED, UPDATED, "resolved_at", "closed_at", "reopened_time", "sys_created_on")

ALIASES: Final = {
    "sys_updated_at": UPDATED,
    "sys_created_at": "sys_created_on",
    "closed_code": "close_code",
    "opened": OPENED,
    "closed": "closed_at",
    "resolved": "resolved_at",
    "updated": UPDATED,
    "created": "sys_created_on",
    "updates": VERSION,
    "channel": "contact_type",
    "configuration_item": "cmdb_ci",
}
"""Other names of the same columns: those of published logs, and the labels of a list."""

USED: Final = {
    NUMBER: "the record's id",
    OPENED: "the event opened, and the folder",
    UPDATED: "the time of each event in a log",
    VERSION: "the order of updates within a minute",
    "incident_state": "the events",
    "state": "the events",
    "impact": "impact and its changes",
    "urgency": "urgency and its changes",
    "assignment_group": "to whom it was assigned, as a role (in a list: a claim)",
    "short_description": "the title; free text, which may name persons",
    "description": "the description; free text, which may name persons",
    "contact_type": "the channel",
    "category": "the category; part of the title where there is no short description",
    "subcategory": "a claim; part of the title where there is no short description",
    "close_notes": "the summary of the resolution; free text, which may name persons",
    "close_code": "the code of the resolution, and a claim",
    "problem_id": "a reference to a problem",
    "rfc": "a reference to a change",
    "caused_by": "a reference to the change that caused it",
    "resolved_at": "a claim; in a list the event resolved",
    "closed_at": "a claim; in a list the event closed",
    "reopened_time": "a claim; in a list the event reopened",
    "hold_reason": "why it waits, and a claim",
}
CLAIMS: Final = (
    "priority", "made_sla", "incident_state", "state", "reopen_count", "reassignment_count", "sys_mod_count",
    "sys_updated_on",
    "sys_created_on", "resolved_at", "closed_at", "reopened_time", "severity", "escalation", "hold_reason",
    "subcategory",
    "u_symptom", "cmdb_ci", "business_service", "service_offering", "vendor", "parent_incident", "close_code",
    "business_stc",
    "calendar_stc", "business_duration", "calendar_duration", "time_worked",
)  # fmt: skip
COUNTS: Final = frozenset({
    "reopen_count", "reassignment_count", "sys_mod_count", "business_stc", "calendar_stc",
})  # fmt: skip

_PERSON: Final = "names a person"
_TALK: Final = "free text that names persons"
_FORM: Final = "a setting of the source's own form"
_KEY: Final = "an internal key of the source"
LEFT_OUT: Final = {
    **dict.fromkeys(
        (
            "caller_id", "opened_by", "sys_created_by", "sys_updated_by", "assigned_to", "resolved_by",
            "closed_by", "reopened_by",
            "watch_list", "work_notes_list", "additional_assignee_list", "group_list", "u_requested_for",
        ),
        _PERSON,
    ),
    **dict.fromkeys(("comments", "work_notes", "comments_and_work_notes", "user_input"), _TALK),
    "location": "tells where a person is",
    "company": "tells whom a person works for",
    "active": "follows from the state",
    **dict.fromkeys(("knowledge", "notify", "u_priority_confirmation"), _FORM),
    **dict.fromkeys(("upon_approval", "upon_reject", "approval"), _FORM),
    **dict.fromkeys(("sys_id", "sys_class_name", "sys_domain", "sys_domain_path", "sys_tags"), _KEY),
}  # fmt: skip

LEVELS: Final = {"1": "high", "2": "medium", "3": "low", "high": "high", "medium": "medium", "low": "low"}
STATES: Final = {
    "1": "new", "new": "new",
    "2": "in-progress", "active": "in-progress", "in progress": "in-progress", "work in progress": "in-progress",
    "3": "paused", "4": "paused", "5": "paused", "on hold": "paused", "awaiting user info": "paused",
    "awaiting caller": "paused",
    "awaiting vendor": "paused", "awaiting problem": "paused", "awaiting change": "paused",
    "awaiting evidence": "paused",
    "6": "resolved", "resolved": "resolved",
    "7": "closed", "closed": "closed",
    "8": "cancelled", "canceled": "cancelled", "cancelled": "cancelled",
    "-100": "",
}  # fmt: skip
WAITING: Final = {
    "3": "waiting-for-problem", "4": "waiting-for-user", "5": "waiting-for-evidence", "on hold": "on-hold",
    "awaiting user info": "waiting-for-user", "awaiting caller": "waiting-for-user",
    "awaiting vendor": "waiting-for-vendor",
    "awaiting problem": "waiting-for-problem", "awaiting change": "waiting-for-change",
    "awaiting evidence": "waiting-for-evidence",
}  # fmt: skip
HOLD_REASONS: Final = {
    "1": "waiting-for-user", "2": "waiting-for-evidence", "3": "waiting-for-problem", "4": "waiting-for-vendor",
    "5": "waiting-for-change",
} | WAITING  # fmt: skip
CHANNELS: Final = {
    "phone": "phone", "ivr": "phone", "email": "email", "self-service": "portal", "self service": "portal",
    "web": "portal",
    "chat": "chat", "virtual_agent": "chat", "virtual agent": "chat", "monitoring": "monitoring",
    "event management": "monitoring",
    "event": "monitoring", "walk-in": "in-person", "walk in": "in-person",
}  # fmt: skip
RESOLUTIONS: Final = {
    "solved (permanently)": "fixed", "solved remotely (permanently)": "fixed", "solution provided": "fixed",
    "solved (work around)": "workaround", "solved remotely (work around)": "workaround",
    "workaround provided": "workaround",
    "not solved (not reproducible)": "no-fault-found", "duplicate": "duplicate",
}  # fmt: skip


def canonical(column: str) -> str:
    """The name by which this import knows a column: a field's name or its label in a list."""
    name = column.strip().lower().replace(" ", "_")
    return ALIASES.get(name, name)


def level_of(text: str) -> str | None:
    """Impact or urgency of "2 - Medium", "2" or "Medium"; None for what is none."""
    return LEVELS.get(text.partition(" - ")[0].strip().lower())


def state_of(text: str, hold_reason: str | None) -> tuple[str, str] | None:
    """State and pause code of a state as written; None for an unknown one. `hold_reason` is None without that column.

    Instances with a column hold_reason have one waiting state, 3; older ones have three: 3, 4 and 5.
    """
    key = text.strip().lower()
    if key not in STATES:
        key = key.partition(" - ")[0]
    state = STATES.get(key)
    if state != "paused":
        return None if state is None else (state, "")
    if key in ("3", "on hold") and hold_reason is not None:
        return state, HOLD_REASONS.get(hold_reason.strip().lower(), "on-hold")
    return state, WAITING[key]


def role_of(group: str) -> str:
    """A group as a role: "Service Desk" is service-desk. A name that would lose letters gets a short digest instead."""
    plain = unicodedata.normalize("NFKD", group).encode("ascii", "ignore").decode("ascii").lower()
    role = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if not role or len(role) > 58 or sum(c.isalnum() for c in role) < sum(c.isalnum() for c in group):
        role = hashlib.sha256(group.encode("utf-8")).hexdigest()[:8]
    return role if role[0].isalpha() and not re.fullmatch("[0-9a-f]{8}", role) else f"group-{role}"
