"""The counts of a survey contradict each other.

A survey asks some of many, and some of those answer. More asked than there are, or more answers than were asked for,
means that one of the counts is wrong, and with it what the score is said to stand for.

## Wrong

```yaml records/feedback/2026/FBK-20260602-e7yr.yaml
id: FBK-20260602-e7yr
schema_version: 1
title: Web customers, spring
type: survey
survey:
  population: 4200
  sampled: 300
  sample_rule: Every fourteenth order of April, by order number.
  responses: 312
  question: Would you order here again?
  scale: 1 (no) to 5 (yes)
  score: 4.1
  analysis: Late parcels are named most often.
timeline:
  - {at: 2026-06-02T09:00:00+02:00, event: received}
```

## Right

```yaml records/feedback/2026/FBK-20260602-e7yr.yaml
id: FBK-20260602-e7yr
schema_version: 1
title: Web customers, spring
type: survey
survey:
  population: 4200
  sampled: 300
  sample_rule: Every fourteenth order of April, by order number.
  responses: 112
  question: Would you order here again?
  scale: 1 (no) to 5 (yes)
  score: 4.1
  analysis: Late parcels are named most often.
timeline:
  - {at: 2026-06-02T09:00:00+02:00, event: received}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.3.2",)


def applies(kind: Kind) -> bool:
    return kind.name == "feedback"


def check_record(record: Record) -> Iterator[Finding]:
    survey = record.part.part("survey")
    population, sampled, responses = (survey.number(name) for name in ("population", "sampled", "responses"))
    if population is not None and sampled is not None and sampled > population:
        message = f"{sampled} were asked, of {population} that there are."
        yield survey.finding("sampled", message, "Correct population: or sampled:.")
    if sampled is not None and responses is not None and responses > sampled:
        message = f"{responses} answered, of {sampled} that were asked."
        yield survey.finding("responses", message, "Correct sampled: or responses:.")
