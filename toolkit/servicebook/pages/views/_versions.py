"""What the versions of SLAs, calendars and matrices have in common on a page."""

from collections.abc import Iterator, Mapping
from typing import Any

from servicebook.pages.fields import Field
from servicebook.pages.views import Scene
from servicebook.record import Record

DATES = frozenset({"version", "valid_from", "valid_to"})


def versions(record: Record, scene: Scene, shown: frozenset[str]) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Each version of a record, newest first, with what its head shows and its other fields, short and long."""
    words, today = scene.edition.words, scene.study.today
    for version in sorted(record.data["versions"], key=lambda version: version["valid_from"], reverse=True):
        start, end = version["valid_from"], version.get("valid_to")
        state = "not-yet" if start > today else "past" if end is not None and end < today else "in-force"
        fields = _fields(record, scene, version, shown)
        yield (
            version,
            {
                "number": version["version"],
                "state": state,
                "valid": words("sla.valid", start=start, end=end) if end else words("sla.valid-open", start=start),
                "short": [field for field in fields if field.short],
                "long": [field for field in fields if not field.short],
            },
        )


def _fields(record: Record, scene: Scene, version: Mapping[str, Any], shown: frozenset[str]) -> list[Field]:
    schema = record.kind.property(("versions", "*"))
    return [
        field for field in scene.place.outline.parts(record.kind, schema, version) if field.name not in DATES | shown
    ]
