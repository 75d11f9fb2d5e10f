"""The list of people, and the records that name people and roles."""

import pytest

from building import Book
from servicebook.finding import Finding
from servicebook.tree import open_tree
from servicebook.validation import validate

AS_OF = "2026-06-30"
NC = """\
id: NC-20260504-k7q2
schema_version: 1
title: P-aaaa is no person here
source: staff
clause: "8.5.1"
owner:
  role: it-manager
  person: P-7k2m
timeline:
  - at: 2026-05-04T09:02:00+02:00
    event: raised
    by: customer
    person: P-7k2n
"""
ROLE = """\
id: ROL-{role}
schema_version: 1
title: {role}
role: {role}
responsibilities: Something.
authority: Something.
holders:
  - person: P-7k2m
    from: 2021-09-01
"""


def found(book: Book, rule: str) -> list[Finding]:
    report = validate(open_tree(book.root), cached=False, as_of=AS_OF)
    assert [finding for finding in report.findings if finding.rule == "schema"] == []
    return [finding for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("people: P-7k2m\n", 1),
        ("persons:\n  - id: P-7k2m\n    name: A\npeople: []\n", 1),
        ("people:\n  - P-7k2m\n", 2),
        ("people:\n  - id: 7k2m\n    name: A\n", 2),
        ("people:\n  - id: P-7K2M\n    name: A\n", 2),
        ("people:\n  - id: P-7k2m\n    name: A\n  - id: P-7k2m\n    name: B\n", 4),
        ("people:\n  - id: P-7k2m\n", 2),
        ("people:\n  - id: P-7k2m\n    name: 7\n", 3),
        ("people:\n  - id: P-7k2m\n    name: A\n    phone: 7\n", 4),
        ("people:\n  - id: P-7k2m\n    name: A\n    from: 2026\n", 4),
        ("people:\n  - id: P-7k2m\n    name: A\n    from: 2026-02-30\n", 4),
        ("people:\n  - id: P-7k2m\n    name: A\n    from: 2026-02-01\n    to: 2026-01-31\n", 5),
        ("people: [\n", 1),
        ("people: &a\n", 1),
        ("", 1),
        ("\x00", 1),
    ],
)
def test_a_list_that_is_not_in_order_is_told_at_its_line_and_then_relied_on_by_nobody(
    book: Book, text: str, line: int
) -> None:
    book.write("people.yaml", text)
    book.write("records/nonconformities/NC-20260504-k7q2.yaml", NC)
    first, *_ = found(book, "malformed-people-list")
    assert (first.path, first.line) == ("people.yaml", line)
    assert first.hint
    assert found(book, "unknown-person") == []


@pytest.mark.parametrize(
    "text",
    [
        "people:\n  - Zoe\n  - id: Zoe\n    name: [Zoe]\n    from: Zoe\n",
        "people:\n  - Zoe: P-7k2m\n",
        "people:\n  - id: P-7k2m\n    name: A\nZoe: P-7k2m\n",
        "people:\n  Zoe: P-7k2m\n  Zoe: P-7k2n\n",
        "people:\n  - name: Zoe: P-7k2m\n",
        "people:\n  - name: 'Zoe\n",
        "people:\n  - name: *Zoe\n",
    ],
)
def test_no_finding_quotes_a_name(book: Book, text: str) -> None:
    """Findings go into logs that more people read than the list."""
    book.write("people.yaml", text)
    findings = found(book, "malformed-people-list")
    assert findings
    assert [finding for finding in findings if "Zoe" in finding.message + finding.hint] == []


def test_a_list_that_cannot_be_read_is_told(book: Book) -> None:
    (book.root / "people.yaml").mkdir()
    book.write("people.yaml/inner", "")
    assert found(book, "malformed-people-list") == []
    (book.root / "people.yaml" / "inner").unlink()
    (book.root / "people.yaml").rmdir()
    (book.root / "people.yaml").symlink_to("servicebook.toml")
    (finding,) = found(book, "malformed-people-list")
    assert "cannot be read" in finding.message


def test_people_are_looked_for_where_the_schema_has_one_and_nowhere_else(book: Book) -> None:
    book.write("people.yaml", "people:\n  - id: P-7k2m\n    name: A\n")
    book.write("records/nonconformities/NC-20260504-k7q2.yaml", NC)
    (finding,) = found(book, "unknown-person")
    assert (finding.line, finding.hint) == (13, "Did you mean P-7k2m?")


def test_a_list_that_git_is_told_to_ignore_is_not_part_of_the_book(book: Book) -> None:
    """What no commit holds decides nothing: the same commit gives the same findings everywhere."""
    book.write(".gitignore", "people.yaml\n")
    book.write("people.yaml", "people: []\n")
    book.write("records/nonconformities/NC-20260504-k7q2.yaml", NC)
    assert found(book, "unknown-person") == []


def test_a_role_that_takes_part_need_not_be_one_of_ours(book: Book) -> None:
    book.write("records/roles/ROL-it-manager.yaml", ROLE.format(role="it-manager"))
    book.write("records/nonconformities/NC-20260504-k7q2.yaml", NC)
    assert found(book, "unknown-role") == []  # though customer is in its timeline


def test_guests_of_a_review_need_not_be_ours_but_its_chair_and_its_owners_are(book: Book) -> None:
    book.write("records/roles/ROL-it-manager.yaml", ROLE.format(role="it-manager"))
    book.write(
        "records/reviews/REV-20260115-m4tz.yaml",
        "id: REV-20260115-m4tz\nschema_version: 2\ntitle: Review\ntype: service-review\nheld_on: 2026-01-15\n"
        "chair: it-manger\nattendees:\n  - role: it-manger\n  - role: customer\n"
        "actions:\n  - id: A1\n    what: Something.\n    owner: shop-lead\n    due: 2026-03-01\n    done: 2026-02-01\n",
    )
    assert [(finding.line, finding.hint) for finding in found(book, "unknown-role")] == [
        (6, "Did you mean it-manager?"),
        (13, "Make one: servicebook new role."),
    ]
