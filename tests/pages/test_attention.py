"""What the home page says needs attention, and what it must not cry about."""

from building import Book
from pages.made import write, write_examples
from servicebook.pages.attention import items
from servicebook.pages.study import read_study
from servicebook.tree import open_tree


def said(book: Book, as_of: str) -> list[tuple[str, str, str]]:
    return [(item.why, item.record.id, str(item.due)[:10]) for item in items(read_study(open_tree(book.root), as_of))]


def review(record_id: str, held_on: str, **fields: object) -> dict[str, object]:
    attendees = [{"role": "it-manager"}]
    base = {"id": record_id, "schema_version": 2, "title": record_id, "type": "service-review", "chair": "it-manager"}
    return {**base, "held_on": held_on, "attendees": attendees, **fields}


def test_an_action_is_overdue_from_the_day_after_it_was_due_until_it_is_done(book: Book):
    action = {"id": "A1", "what": "Test", "owner": "it-manager", "due": "2026-02-01"}
    write(book, "reviews", review("REV-20260115-aaaa", "2026-01-15", actions=[action | {"done": "2026-03-01"}]))
    assert said(book, "2026-02-01") == []
    assert said(book, "2026-02-02") == [("action-late", "REV-20260115-aaaa", "2026-02-01")]
    assert said(book, "2026-03-01") == []


def test_a_review_is_overdue_unless_a_later_one_of_its_type_shares_a_service(book: Book):
    write_examples(book)
    shop = {"services": ["SVC-online-shop"]}
    write(book, "reviews", review("REV-20260115-aaaa", "2026-01-15", next_due="2026-04-15", **shop))
    assert ("review-late", "REV-20260115-aaaa", "2026-04-15") in said(book, "2026-04-16")
    write(book, "reviews", review("REV-20260410-bbbb", "2026-04-10", type="management-review"))
    assert ("review-late", "REV-20260115-aaaa", "2026-04-15") in said(book, "2026-04-16")
    write(book, "reviews", review("REV-20260411-cccc", "2026-04-11", **shop))
    assert "review-late" not in [why for why, _, _ in said(book, "2026-04-16")]


def test_an_open_incident_is_named_once_its_clock_ran_past_a_target(book: Book):
    write_examples(book)
    sla = {
        "id": "SLA-desk", "schema_version": 2, "title": "Desk", "services": ["SVC-online-shop"], "customer": "shop",
        "versions": [{
            "version": 1, "valid_from": "2025-01-01", "calendar": "CAL-office-hours", "matrix": "MTX-standard",
            "targets": [{"measure": "resolution", "priority": "P1", "limit": "4h", "time": "elapsed"}],
        }],
    }  # fmt: skip
    (book.root / "records/slas/SLA-online-shop.yaml").unlink()
    write(book, "slas", sla)
    timeline = [{"at": "2026-01-10T09:00:00+01:00", "event": "opened"}]
    incident = {"id": "INC-20260110-aaaa", "schema_version": 1, "title": "Shop gone", "service": "SVC-online-shop"}
    write(book, "incidents", {**incident, "impact": "high", "urgency": "high", "timeline": timeline})
    assert said(book, "2026-01-10T13:00:00+01:00") == []
    assert said(book, "2026-01-10T13:00:01+01:00") == [("open-late", "INC-20260110-aaaa", "2026-01-10")]
