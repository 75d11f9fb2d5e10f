"""A management review left out something that it has to look at.

What a management review considers is laid down: what became of earlier actions, what changed around the organisation,
how the system and the services did, what others think of them, means, risks. An auditor goes through the list one by
one. What there was nothing to say about is written down as just that, in one line.

## Wrong

```yaml records/reviews/REV-20260122-h5qv.yaml
id: REV-20260122-h5qv
schema_version: 2
title: Management review of 2025
type: management-review
held_on: 2026-01-22
chair: managing-director
attendees:
  - role: managing-director
    top_management: true
  - role: it-manager
inputs:
  - {topic: previous-actions, considered: true, summary: "Of 13 actions 12 are done."}
  - {topic: context-changes, considered: true, summary: "The web shop is half of all sales now."}
  - {topic: nonconformities, considered: true, summary: "Three, all closed."}
  - {topic: measurement-results, considered: true, summary: "Fewer incidents than in any quarter before."}
  - {topic: audit-results, considered: true, summary: "One finding, closed."}
  - {topic: improvement-opportunities, considered: true, summary: "Four, two of them approved."}
  - {topic: feedback, considered: true, summary: "Shop managers give 4.3 of 5."}
  - {topic: policy, considered: true, summary: "It still fits."}
  - {topic: objectives, considered: true, summary: "Two of three are met."}
  - {topic: service-performance, considered: true, summary: "No target was missed twice."}
  - {topic: other-parties, considered: true, summary: "The payment provider was late once."}
  - {topic: resources, considered: true, summary: "One more person from April."}
```

## Right

```yaml records/reviews/REV-20260122-h5qv.yaml
id: REV-20260122-h5qv
schema_version: 2
title: Management review of 2025
type: management-review
held_on: 2026-01-22
chair: managing-director
attendees:
  - role: managing-director
    top_management: true
  - role: it-manager
inputs:
  - {topic: previous-actions, considered: true, summary: "Of 13 actions 12 are done."}
  - {topic: context-changes, considered: true, summary: "The web shop is half of all sales now."}
  - {topic: nonconformities, considered: true, summary: "Three, all closed."}
  - {topic: measurement-results, considered: true, summary: "Fewer incidents than in any quarter before."}
  - {topic: audit-results, considered: true, summary: "One finding, closed."}
  - {topic: improvement-opportunities, considered: true, summary: "Four, two of them approved."}
  - {topic: feedback, considered: true, summary: "Shop managers give 4.3 of 5."}
  - {topic: policy, considered: true, summary: "It still fits."}
  - {topic: objectives, considered: true, summary: "Two of three are met."}
  - {topic: service-performance, considered: true, summary: "No target was missed twice."}
  - {topic: other-parties, considered: true, summary: "The payment provider was late once."}
  - {topic: resources, considered: true, summary: "One more person from April."}
  - {topic: risks, considered: true, summary: "Two reviewed, none higher."}
  - {topic: changes-affecting-sms, considered: true, summary: "None."}
```
"""

from collections.abc import Iterator
from typing import Final

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("9.3",)
SEVERITY = {"starter": "warning", "standard": "error"}

TOPICS: Final = (
    "previous-actions", "context-changes", "nonconformities", "measurement-results", "audit-results",
    "improvement-opportunities", "feedback", "policy", "objectives", "service-performance", "other-parties",
    "resources", "risks", "changes-affecting-sms",
)  # fmt: skip
"""What a management review considers, by the topics of its inputs."""


def applies(kind: Kind) -> bool:
    return kind.name == "review"


def check_record(record: Record) -> Iterator[Finding]:
    review = record.part
    if review.text("type") != "management-review":
        return
    present = {topic.text("topic") for topic in review.parts("inputs")}
    missing = [topic for topic in TOPICS if topic not in present]
    if missing:
        yield review.finding(
            "inputs" if "inputs" in review else "type",
            f"The management review has no input on {', '.join(missing)}.",
            "Add an item under inputs: for each, with what was said, or why there was nothing to say.",
        )
