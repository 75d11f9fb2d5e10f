"""A survey asked some of many, and does not say how they were chosen.

Whether the answers stand for all depends on who was asked. Ten regulars at the counter are not the customers. The
field for the rule must be filled; a dash or a single word in it says nothing.

## Wrong

```yaml records/feedback/2026/FBK-20260602-e7yr.yaml
id: FBK-20260602-e7yr
schema_version: 1
title: Web customers, spring
type: survey
survey:
  population: 4200
  sampled: 300
  sample_rule: n/a
  responses: 112
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

import re
from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.3.2",)

_SAYS_SOMETHING = re.compile(r"\w+\W+\w+\W+\w|[\u4e00-\u9fff]{4}")
"""Three words, or four Chinese characters: fewer name no rule."""


def applies(kind: Kind) -> bool:
    return kind.name == "feedback"


def check_record(record: Record) -> Iterator[Finding]:
    survey = record.part.part("survey")
    population, sampled = survey.number("population"), survey.number("sampled")
    if population is None or sampled is None or sampled >= population:
        return  # all were asked
    rule = survey.text("sample_rule") or ""
    if not _SAYS_SOMETHING.search(rule):
        yield survey.finding(
            "sample_rule",
            f"{sampled} of {population} were asked, and the rule by which they were chosen is {quote(rule)}.",
            "Say who was asked and how they were drawn, so that a reader can judge whom they stand for.",
        )
