"""What the pages of single kinds show beyond the fields of any record. One file is one kind; the template of the
same name draws it. `SHOWN` names the fields that the view shows itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from servicebook.pages.edition import Edition, Place
from servicebook.pages.study import Study
from servicebook.record import Record


@dataclass(frozen=True)
class Scene:
    """For whom a view is made: the language, the page's place, and what the book says as of the instant."""

    edition: Edition
    place: Place
    study: Study


class View(Protocol):
    """A module of this package."""

    SHOWN: frozenset[str]

    def view(self, record: Record, scene: Scene) -> Mapping[str, Any]:
        """What the template gets as `view`."""
