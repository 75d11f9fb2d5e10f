"""Every rule by its own page: what stands under Wrong is found, what stands under Right is not."""

import pytest

from building import Book
from servicebook.finding import Finding
from servicebook.rules import Rule, read_rules
from servicebook.tree import open_tree
from servicebook.validation import validate

RULES = read_rules()
AS_OF = "2026-06-30"
"""The day at whose end every example is judged."""


@pytest.fixture(params=RULES.values(), ids=RULES)
def rule(request: pytest.FixtureRequest) -> Rule:
    return request.param


def found(book: Book, rule: Rule) -> list[Finding]:
    return [
        finding
        for finding in validate(open_tree(book.root), cached=False, as_of=AS_OF).findings
        if finding.rule == rule.name
    ]


def test_the_page_says_what_why_and_shows_both_sides(rule: Rule) -> None:
    what, _, rest = rule.page.partition("\n\n")
    assert what.endswith(".")
    assert "\n" not in what
    assert len(rest.split("## Wrong")[0]) > 80, "the page says why it matters"
    assert rule.examples("Wrong")
    assert rule.examples("Right")


def test_wrong_is_found(book: Book, rule: Rule) -> None:
    for path, text in rule.examples("Wrong"):
        book.write(path, text)
    findings = found(book, rule)
    assert findings
    for finding in findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.message.endswith(".")
        assert finding.hint


def test_right_is_not(book: Book, rule: Rule) -> None:
    for path, text in rule.examples("Right"):
        book.write(path, text)
    assert found(book, rule) == []


def test_a_rule_has_one_way_to_look(rule: Rule) -> None:
    ways = [way for way in (rule.check_record, rule.check_book) if way is not None]
    assert len(ways) == (0 if rule.name == "careless-suppression" else 1)
