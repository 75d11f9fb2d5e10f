"""Rows of a ServiceNow export → tickets, keeping of each row only what its record needs."""

from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from servicebook.encoding import objection_to_escape
from servicebook.finding import quote
from servicebook.importers import _servicenow_columns as columns
from servicebook.importers._ledger import Ledger, Rejection
from servicebook.importers._rows import Row
from servicebook.importers._servicenow_columns import NUMBER, OPENED, SYSTEM, UPDATED, VERSION
from servicebook.importers._servicenow_export import NOTHING, Choices, Export
from servicebook.importers._standing import Snapshot, Update
from servicebook.importers._texts import LONGEST_TITLE, clean, title_of
from servicebook.importers._tickets import Ticket, in_order
from servicebook.importers._times import NotATime, Times
from servicebook.record import is_id

_FLAGS: Final = {"true": True, "false": False}


class Unusable(Exception):
    """A row that cannot be used: the sort of reason, and the detail."""

    def __init__(self, sort: str, detail: str = "") -> None:
        super().__init__(sort)
        self.sort = sort
        self.detail = detail


class Reader:
    """Rows → tickets, keeping of each row only what its timeline needs."""

    def __init__(self, export: Export, choices: Choices, times: Times, ledger: Ledger, *, log: bool) -> None:
        self._export = export
        self._choices = choices
        self._times = times
        self._ledger = ledger
        self._log = log
        self._updates: dict[str, list[Update]] = {}
        self._latest: dict[str, tuple[tuple[datetime, int, int], dict[str, str]]] = {}
        self._spelt: dict[str, str] = {}
        self._spoilt: dict[str, str] = {}
        self._places: list[tuple[int, int]] = []
        self._snapshots: dict[Snapshot, Snapshot] = {}
        self._kept = {*columns.USED, *columns.CLAIMS, *map(columns.canonical, choices.keep)}
        self._kept -= set(map(columns.canonical, choices.leave_out))
        self._state = next(name for name in columns.STATE_COLUMNS if name in export.columns or name == "state")

    def read(self) -> list[str]:
        """The numbers of the tickets of which every row can be used."""
        spoilt_rows: dict[str, list[int]] = {}
        for number, place, row in self._export.rows():
            self._ledger.read += 1
            self._places.append((place, row.line))
            values = {name: "" if text in NOTHING else text for name, text in self._export.values(row).items()}
            ticket = values.get(NUMBER, "").strip()
            try:
                self._take(number, ticket, row, values)
            except Unusable as unusable:
                self.reject(number, unusable.sort, unusable.detail)
                if is_id(ticket):
                    self._spoilt.setdefault(ticket, f"{self._export.files[place].name}, line {row.line}")
        for ticket, where in self._spoilt.items():
            spoilt_rows[ticket] = [update.row for update in self._updates.pop(ticket, ())]
            for number in spoilt_rows[ticket]:
                self.reject(number, "another row of the ticket is rejected", where)
        return list(self._updates)

    def reject(self, number: int, sort: str, detail: str) -> None:
        """Note why a row is not taken."""
        place, line = self._places[number]
        self._ledger.rejected[number] = Rejection(self._export.files[place].name, line, sort, detail)

    def _take(self, number: int, ticket: str, row: Row, values: dict[str, str]) -> None:
        if row.problem:
            raise Unusable("the row does not fit its columns", row.problem)
        if not is_id(ticket):
            raise Unusable("the number cannot be an id", quote(ticket))
        if self._spelt.setdefault(ticket.casefold(), ticket) != ticket:
            raise Unusable("the number differs from another only in capitals", self._spelt[ticket.casefold()])
        for column in columns.TIMES:
            if values.get(column):
                self._instant(column, values[column])
        for column in (OPENED, *((UPDATED,) if self._log else ())):
            if not values.get(column):
                raise Unusable(f"{column} is empty")
        version = values.get(VERSION, "") or "0"
        if not version.isascii() or not version.isdigit() or len(version) > 9:
            raise Unusable(f"{VERSION} is no count", quote(version))
        at = self._times.read(values.get(UPDATED) or values[OPENED])
        update = Update(at, int(version), number, self._snapshot(values))
        self._updates.setdefault(ticket, []).append(update)
        key = (at, update.version, number)
        if ticket not in self._latest or key >= self._latest[ticket][0]:
            self._latest[ticket] = (key, {name: text for name, text in values.items() if text and name in self._kept})

    def _instant(self, column: str, text: str) -> datetime:
        try:
            return self._times.read(text)
        except NotATime as error:
            raise Unusable(f"{column} cannot be read", str(error)) from None

    def _snapshot(self, values: dict[str, str]) -> Snapshot:
        shown = values.get(self._state, "")
        state = columns.state_of(shown, values.get("hold_reason"))
        if state is None:
            known = "New, Active, In Progress, On Hold, Awaiting …, Resolved, Closed, Canceled or 1 to 8"
            raise Unusable(f"{self._state} is not known", f"{quote(shown)} is none of {known}")
        levels = []
        for column in ("impact", "urgency"):
            level = columns.level_of(values[column])
            if level is None:
                known = "1, 2, 3 or High, Medium, Low"
                raise Unusable(f"{column} is not known", f"{quote(values[column])} is none of {known}")
            levels.append(level)
        group = values.get("assignment_group", "") if self._log and "assignment_group" in self._kept else ""
        found = Snapshot(*state, columns.role_of(group) if group else "", levels[0], levels[1], clean(shown))
        return self._snapshots.setdefault(found, found)

    def finish(self, number: str) -> Ticket:
        """The ticket of a number, ready to land."""
        _, values = self._latest.pop(number)
        updates = in_order(self._updates.pop(number), self._times.later)
        self._notices(number, updates, values)
        instants = {name: self._times.read(values[name]) for name in columns.TIMES if name in values}
        return Ticket(
            number,
            instants[OPENED],
            updates,
            resolved=instants.get("resolved_at"),
            closed=instants.get("closed_at"),
            reopened=instants.get("reopened_time"),
            frame=self._frame(number, values),
        )

    def _frame(self, number: str, values: dict[str, str]) -> dict[str, Any]:
        frame: dict[str, Any] = {"id": number, "schema_version": 1, "title": _title(number, values)}
        if self._choices.service:
            frame["service"] = self._choices.service
        if contact := values.get("contact_type"):
            frame["channel"] = columns.CHANNELS.get(contact.strip().lower(), "other")
        if category := clean(values.get("category", "")).strip():
            frame["category"] = category[:LONGEST_TITLE]
        text = clean(values.get("description", "")).strip()
        short = clean(values.get("short_description", "")).strip()
        if text and text != short:
            frame["description"] = text
        elif len(short) > LONGEST_TITLE:
            frame["description"] = short
        code = values.get("close_code", "").strip().lower()
        notes = clean(values.get("close_notes", "")).strip()
        if notes:
            frame["resolution"] = {"code": columns.RESOLUTIONS.get(code, "other"), "summary": notes}
        references = [
            {"system": SYSTEM, "type": sort, "number": clean(values[column]).strip()[:100]}
            for column, sort in (("problem_id", "problem"), ("rfc", "change"), ("caused_by", "causing-change"))
            if values.get(column, "").strip()
        ]
        if references:
            frame["references"] = references
        frame["source"] = {"system": SYSTEM, "claims": self._claims(values)}
        return frame

    def _claims(self, values: dict[str, str]) -> dict[str, str | int | bool]:
        claims: dict[str, str | int | bool] = {}
        for column in dict.fromkeys((*columns.CLAIMS, *map(columns.canonical, self._choices.keep))):
            text = values.get(column)
            if text is None or (column == "state" and self._state != "state"):
                continue
            if column in columns.TIMES:
                claims[column] = self._times.write(self._times.read(text))
            elif column in columns.COUNTS and text.isascii() and text.isdigit() and len(text) < 16:
                claims[column] = int(text)
            else:
                claims[column] = _FLAGS.get(text.lower(), clean(text))
        if not self._log and (group := values.get("assignment_group")):
            claims["assignment_group"] = columns.role_of(group)
        if columns.CHANNELS.get(values.get("contact_type", "").strip().lower()) is None and values.get("contact_type"):
            claims["contact_type"] = clean(values["contact_type"])
        return claims

    def _notices(self, number: str, updates: list[Update], values: dict[str, str]) -> None:
        notice = self._ledger.notice
        if any(one.version > other.version for one, other in pairwise(updates)):
            notice("tickets whose sys_mod_count contradicts their times; the times decide", number)
        if self._log and updates[0].version > 0:
            notice("tickets whose first updates are not in the export", number)
        if any(update.at in self._times.later for update in updates):
            notice("tickets with times in the hour that came twice when clocks went back", number)
        if any(update.seen.state == "" for update in updates):
            notice("tickets with a state that has no name; it stands in a note", number)
        if any(objection_to_escape(text) for text in values.values()):
            notice("tickets with characters that a record cannot hold, replaced by �", number)
        if not self._log and updates[-1].seen.state in ("in-progress", "paused"):
            notice("tickets in work or waiting, shown as new: a list does not say since when", number)
        if not self._log and values.get("reopen_count", "0") != "0":
            notice("tickets that were reopened; a list tells only their last resolution", number)


def _title(number: str, values: dict[str, str]) -> str:
    title = title_of(values.get("short_description", ""))
    if not title:
        parts = [" ".join(clean(values.get(name, "")).split()) for name in ("category", "subcategory")]
        title = " / ".join(part for part in parts if part)
    return title_of(title) or f"Incident {number}"
