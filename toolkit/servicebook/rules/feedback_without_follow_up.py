"""A suggestion or a survey is closed, and led to nothing, not even an answer.

People go on saying what they think as long as something comes of it, if only a reason why not. Either an improvement,
a problem or a change names the feedback or is named by it, or an answer says what was decided.

Complaints have a rule of their own; a compliment may simply be enjoyed. What was closed before the management system
began (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/feedback/2026/FBK-20260305-u2ha.yaml
id: FBK-20260305-u2ha
schema_version: 1
title: Show which shop has a game in stock
type: suggestion
voice: {words: Let me see which shop still has the game., language: en}
timeline:
  - {at: 2026-03-05T14:00:00+01:00, event: received}
  - {at: 2026-03-20T09:00:00+01:00, event: closed}
```

## Right

```yaml records/feedback/2026/FBK-20260305-u2ha.yaml
id: FBK-20260305-u2ha
schema_version: 1
title: Show which shop has a game in stock
type: suggestion
voice: {words: Let me see which shop still has the game., language: en}
answer: The shops count their shelves only once a week; we will look at it again when the tills do that.
timeline:
  - {at: 2026-03-05T14:00:00+01:00, event: received}
  - {at: 2026-03-20T09:00:00+01:00, event: closed}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import day_of, entered, standing
from servicebook.rules._timeline import waited

CLAUSES = ("8.3.2", "10.2")
SEVERITY = {"starter": "warning", "full": "error"}

_FOLLOWS = ("improvement", "problem", "change", "review", "incident", "knowledge-article")


def applies(kind: Kind) -> bool:
    return kind.name == "feedback"


def note(record: Record) -> list[list[str]] | None:
    """The states of a suggestion or survey that nobody answered."""
    open_ended = record.part.text("type") in ("suggestion", "survey") and "answer" not in record.part
    return entered(record) if open_ended else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, states in book.notes("feedback-without-follow-up").items():
        now = standing(states, book.as_of)
        if now is None or now[0] != "closed" or not waited(book, now[1].isoformat(), 0):
            continue
        feedback = book.by_id[name]
        if not book.connected(feedback, *_FOLLOWS):
            what = feedback.part.text("type")
            yield feedback.part.finding(
                "type",
                f"The {what} was closed on {day_of(book, now[1])} without an answer, and nothing followed.",
                "Add led_to: with the records that followed, or answer: with what was decided and why.",
            )
