"""A record was written for another version of its kind's schema.

When a schema changes what a record must hold, it gets a new version, and says how a record of the one before
becomes one of the next. `servicebook migrate` does that for every record, comments kept, as a change that can
be read and merged. Until then the record counts in no number, for nobody knows what its fields mean now.

A record of a later version than the schema was written by a newer servicebook. `servicebook migrate --schemas`
gives the book the schemas that the installed one brings.

## Wrong

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 1
title: Service review, fourth quarter
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager
approved:
  by: retail-director
  on: 2026-01-20
```

## Right

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 2
title: Service review, fourth quarter
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager
approved:
  by:
    role: retail-director
  on: 2026-01-20
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.migrations import VERSION
from servicebook.record import Record

REGARDLESS = True
SUPPRESSIBLE = False
CLAUSES = ("7.5.3",)


def is_of_another_version(record: Record) -> bool:
    """Whether a record names another version than its schema does. The rule schema leaves it to this one."""
    version, wanted = record.part.number(VERSION), record.kind.property((VERSION,)).get("const")
    return isinstance(version, int) and isinstance(wanted, int) and version >= 1 and version != wanted


def check_record(record: Record) -> Iterator[Finding]:
    if record.valid or not is_of_another_version(record):
        return
    version, wanted = record.data[VERSION], record.kind.version
    message = f"The record is of version {version}, the schema of version {wanted}."
    hint = "Run servicebook migrate: it rewrites the record and keeps its comments."
    if version > wanted:
        hint = "Install a newer servicebook, then run servicebook migrate --schemas."
    yield record.finding((VERSION,), message, hint)
