"""A calendar names a time zone that does not exist.

A calendar's hours are hours on the wall of some place. The place is named as in the IANA time zone
database (`Europe/Amsterdam`, `Asia/Shanghai`), which knows its changes to and from summer time, also
those of past years.

## Wrong

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    zone: Europe/Amsterdamm
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
```

## Right

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import ITEMS, Kind
from servicebook.record import Record

SUPPRESSIBLE = False


def applies(kind: Kind) -> bool:
    return kind.versions is not None and kind.property((kind.versions, ITEMS, "zone")).get("type") == "string"


def check_record(record: Record) -> Iterator[Finding]:
    from difflib import get_close_matches

    from servicebook.clock import zone_names  # most books that are checked have no calendar that changed

    listed = str(record.kind.versions)
    for number, version in enumerate(record.data.get(listed, ())):
        zone = version.get("zone")
        if zone is not None and zone not in zone_names():
            near = get_close_matches(zone, zone_names(), 1)
            hint = f"Did you mean {near[0]}?" if near else "Use a name of the IANA database, such as Europe/Amsterdam."
            yield record.finding((listed, number, "zone"), f"There is no time zone {quote(zone)}.", hint)
