"""How grave a finding is here, and from when a book is judged."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from building import CONFIGURATION, Book
from servicebook.errors import Problem
from servicebook.tree import CommitTree, open_tree
from servicebook.validation import validate
from servicebook.validation.judging import validated_book

SERVICE = """\
id: SVC-shop
schema_version: 1
title: Shop
owner: shop-lead
criticality: vital
live_from: 2020-01-01
depends_on:
  - SVC-gone
"""


@pytest.fixture
def shop(book: Book) -> Book:
    book.write("records/services/SVC-shop.yaml", SERVICE)
    return book


def severities(book: Book) -> list[str]:
    report = validate(open_tree(book.root), cached=False)
    return [finding.severity for finding in report.findings if finding.rule == "dangling-link"]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", ["error"]),
        ('dangling-link = "warning"', ["warning"]),
        ('dangling-link = { severity = "off", reason = "Moving house." }', []),
    ],
)
def test_a_rule_is_as_grave_as_the_book_says(shop: Book, setting: str, expected: list[str]) -> None:
    shop.write("servicebook.toml", f"{CONFIGURATION}\n[rules]\n{setting}\n")
    assert severities(shop) == expected


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('dangling-lnk = "warning"', "no rule “dangling-lnk”"),
        ('schema = "warning"', "always an error"),
        ('yaml-syntax = { severity = "off", reason = "?" }', "always an error"),
    ],
)
def test_what_cannot_be_set_is_told(shop: Book, setting: str, message: str) -> None:
    shop.write("servicebook.toml", f"{CONFIGURATION}\n[rules]\n{setting}\n")
    with pytest.raises(Problem, match=message):
        severities(shop)


def test_warnings_fail_only_where_asked(shop: Book) -> None:
    shop.write("servicebook.toml", CONFIGURATION + '\n[rules]\ndangling-link = "warning"\n')
    shop.write("records/services/SVC-shop.yaml", SERVICE)
    shop.commit("A shop")
    mild = shop.run("validate", "records/services/SVC-shop.yaml", "--as-of", "2026-01-05")
    rules = [line for line in mild.stdout.splitlines() if line.startswith("records/")]
    assert any("warning: There is no record “SVC-gone”. [dangling-link]" in line for line in rules)
    strict = shop.run("validate", "records/services/SVC-shop.yaml", "--as-of", "2026-01-05", "--fail-on", "warning")
    assert strict.returncode == 1
    if all("warning: " in line for line in rules):
        assert mild.returncode == 0


def test_a_change_cannot_make_its_own_findings_milder(shop: Book) -> None:
    shop.write("records/services/SVC-shop.yaml", SERVICE.replace("SVC-gone", "SVC-shop"))
    shop.commit("A shop")
    shop.git("checkout", "--quiet", "-b", "change")
    shop.write("servicebook.toml", CONFIGURATION + '\n[rules]\ndangling-link = "warning"\n')
    shop.write("records/services/SVC-shop.yaml", SERVICE)
    shop.commit("A milder shop")
    done = shop.run("validate", "--changed-from", "main", "--format", "jsonl")
    assert '"rule": "dangling-link", "severity": "error"' in done.stdout
    assert "servicebook.toml is changed" in done.stderr


def test_files_are_judged_from_their_last_commit(shop: Book) -> None:
    shop.commit("A shop", at="2026-03-04T23:30:00Z")
    shop.write("records/services/SVC-shop.yaml", SERVICE.replace("Shop", "The shop"))
    book, _ = validated_book(open_tree(shop.root))
    assert book.as_of.isoformat() == "2026-03-04T23:30:00+00:00"
    assert book.today.isoformat() == "2026-03-05", "in Amsterdam it is past midnight"
    assert book.look.horizon > book.as_of
    with closing(CommitTree(shop.root, shop.git("rev-parse", "HEAD").strip())) as tree:
        book, _ = validated_book(tree)
    assert book.look.horizon == book.as_of


def test_the_end_of_a_day_belongs_to_it(shop: Book) -> None:
    shop.commit("A shop")
    done = shop.run("validate", "--as-of", "2026-06-30", "--format", "jsonl")
    assert done.returncode == 1
    assert shop.run("validate", "--as-of", "yesterday").returncode == 2


def test_a_commit_alone_moves_what_is_due(shop: Book) -> None:
    """The verdict that is kept for an unchanged tree does not outlive the commit that it was made from."""
    shop.commit("A shop")
    assert validate(open_tree(shop.root)) == validate(open_tree(shop.root))
    before = open_tree(shop.root)
    before.begin()
    known = before.fingerprint()  # type: ignore[union-attr]
    shop.commit("Nothing in the book", at="2026-09-05T09:00:00Z")
    after = open_tree(shop.root)
    after.begin()
    assert after.fingerprint() != known  # type: ignore[union-attr]


def test_a_verdict_as_of_today_is_not_that_of_the_last_commit(shop: Book) -> None:
    shop.commit("A shop", at="2022-01-06T09:00:00Z")
    today = datetime.now(UTC).date().isoformat()
    for as_of in (None, today, None):
        assert validate(open_tree(shop.root), as_of=as_of) == validate(open_tree(shop.root), cached=False, as_of=as_of)


def test_what_has_happened_since_is_no_future_of_an_earlier_day(shop: Book) -> None:
    shop.write("servicebook.toml", CONFIGURATION + "\n[scope]\nsince = 2026-01-02\n")
    shop.commit("A shop")
    report = validate(open_tree(shop.root), cached=False, as_of="2025-06-30")
    assert [finding.rule for finding in report.findings if finding.path == "servicebook.toml"] == []


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        ("since = 2099-01-01", "since is 2099-01-01, which is still to come"),
        ('services = ["SVC-shp"]', "names “SVC-shp”, and there is no such service"),
        ('clauses = ["8.61"]', "names “8.61”, and there is no such clause"),
        ('excluded = { "8.9" = "We have none." }', "names “8.9”, and there is no such clause"),
    ],
)
def test_a_careless_scope_is_told_at_its_line(shop: Book, scope: str, message: str) -> None:
    shop.write("servicebook.toml", f"{CONFIGURATION}\n[scope]\n{scope}\n")
    report = validate(open_tree(shop.root), cached=False)
    (finding,) = (finding for finding in report.findings if finding.rule == "careless-scope")
    assert message in finding.message
    assert finding.path == "servicebook.toml"
    assert finding.line == CONFIGURATION.count("\n") + 3
    assert finding.hint
