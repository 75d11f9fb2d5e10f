"""Components of a status page → services of the book: found by name, or made of what the user says of them."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from servicebook.clock import local_date
from servicebook.clock import zone as zone_of
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.importers._shelf import Refusal, Shelf
from servicebook.importers._statuspage_entries import Component, Entry
from servicebook.importers._texts import title_of
from servicebook.kinds import Kinds
from servicebook.record import FOLDER, SUFFIX

_LONGEST: Final = 40
_PLAIN: Final = re.compile(r"[A-Za-z0-9 _./,:()&'-]+")
_SHOWN: Final = 5


def service_id(name: str) -> str:
    """The id of the service of a component: `SVC-git-operations`.

    A name that does not go into an id as it is gets a digest of it at the end, so that two names are two services.
    """
    words = "-".join(re.findall("[a-z0-9]+", name.lower()))
    if words and len(words) <= _LONGEST and _PLAIN.fullmatch(name):
        return f"SVC-{words}"
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"SVC-{words[: _LONGEST - 7]}-{digest}".replace("--", "-")


class Components:
    """The components of some entries and their services. `default` is the service of what names no component."""

    def __init__(self, entries: Iterable[Entry], default: str | None, shelf: Shelf, zone: str) -> None:
        self._default = default
        self._shelf = shelf
        self._known: dict[str, Component] = {}
        self._first: dict[str, str] = {}
        local = zone_of(zone)
        for entry in sorted(entries, key=lambda entry: entry.opened):
            for component in entry.components:
                name = service_id(component.name)
                self._known.setdefault(name, component)
                self._first.setdefault(name, local_date(entry.opened, local))
        self._new = [name for name in sorted(self._known) if not shelf.has(name, "service")]

    @property
    def summary(self) -> str:
        """How many there are."""
        return f"{len(self._known)}, of which {len(self._new)} new services"

    def services(self, entry: Entry) -> list[str]:
        """Ids of the services that an entry is about."""
        found = [service_id(component.name) for component in entry.components]
        return found or ([self._default] if self._default else [])

    def create(self, kinds: Kinds, *, owner: str | None, criticality: str | None, since: date | None) -> Iterator[str]:
        """Make the services that the book does not have, and yield the id of each. Raises Problem."""
        if self._new and (owner is None or criticality is None):
            names = [inert_line(self._known[name].name) for name in self._new]
            shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
            message = f"The book has no service for {len(names)} components of the status page: {shown}."
            hint = (
                "Say with --owner who answers for them and with --criticality how critical they are: the page does not."
            )
            raise Problem(message, hint)
        kind = kinds.named("service")
        texts = []
        for name in self._new:
            component, path = self._known[name], f"{FOLDER}/{kind.folder}/{name}{SUFFIX}"
            data = {
                "id": name,
                "schema_version": 1,
                "title": title_of(component.name),
                "owner": owner,
                "criticality": criticality,
                "live_from": since.isoformat() if since else component.live_from or self._first[name],
            }
            if component.description:
                data["description"] = component.description
            try:
                texts.append((name, path, self._shelf.text(path, kind, data)))
            except Refusal as refusal:
                message = f"The component {quote(component.name)} cannot be a service: {refusal.detail}."
                raise Problem(message, "Correct --owner, or make that service by hand.") from None
        for name, path, text in texts:
            self._shelf.create(name, path, text)
            yield name
