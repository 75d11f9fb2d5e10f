"""A management review put an input off, and no later one took it up.

It is honest to write that something was not considered, and why. It is not enough: the next management review looks
at it. Until then the system has not been reviewed as a whole.

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
  - {topic: audit-results, considered: false, summary: "Put off, the programme begins in May."}
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
  - {topic: audit-results, considered: false, summary: "Put off, the programme begins in May."}
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

```yaml records/reviews/REV-20260421-t6us.yaml
id: REV-20260421-t6us
schema_version: 2
title: Management review, spring
type: management-review
held_on: 2026-04-21
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
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._reviews import held

CLAUSES = ("9.3",)
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    reviews = held(book, "management-review")
    considered: dict[str | None, date] = {}
    for day, review in reviews:
        for topic in review.part.parts("inputs"):
            if topic.truth("considered"):
                considered[topic.text("topic")] = day
    for day, review in reviews:
        for topic in review.part.parts("inputs"):
            name = topic.text("topic")
            if name is not None and topic.truth("considered") is False and considered.get(name, date.min) < day:
                yield topic.finding(
                    "considered",
                    f"The input {quote(name)} was not considered on {day}, nor in a management review since.",
                    "Take it up in the next management review.",
                )
