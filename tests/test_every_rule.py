"""Every rule is broken once, and each fault is found at its file, line and column, and nothing else is.

`every_rule.yaml` says where the faults of each rule's Wrong example stand. They are looked for twice: in a book that
holds the example alone, and in one book that holds the sample organisation's records and all the examples together.
"""

import re
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from building import CHECKOUT, Book
from servicebook.finding import Finding
from servicebook.kinds import read_kinds
from servicebook.rules import Rule, read_rules
from servicebook.tree import BOOK, WorkingTree, open_tree
from servicebook.validation import validate

ALONE = date(2026, 6, 30)
"""The day at whose end a page's examples are judged."""
TOGETHER = date(2026, 11, 22)
"""The day up to which the sample organisation tells its story. Among its records the examples are as much younger."""

RULES = read_rules()
PLACES: dict[str, list[str]] = YAML(typ="safe").load(Path(__file__).parent / "every_rule.yaml")

OF_THE_WHOLE_BOOK = {
    "careless-scope", "certificate-ends-soon", "certificate-expired", "certificate-year-without-surveillance",
    "communication-overdue", "competence-missing", "internal-audit-overdue", "malformed-people-list",
    "management-review-input-not-considered", "management-review-overdue", "management-review-without-top-management",
    "risk-assessment-overdue", "role-defined-twice", "service-outside-scope", "surveillance-audit-overdue",
    "unknown-person",
}  # fmt: skip
"""Rules on what a book has as a whole: beside the sample organisation's good records a bad one is no such fault, or
it is one of theirs too. These examples are judged alone."""

BETWEEN_TWO = {"quoted-figure-differs", "similar-nonconformity-again"}
"""Rules that stand at the later of two records: a planted one may well be the earlier of a pair with a sample's, or
count in a figure that a sample quotes."""

_PREFIXES = "|".join(sorted({kind.prefix for kind in read_kinds(WorkingTree(CHECKOUT)).values()}))
_ID = re.compile(rf"(?<![A-Za-z0-9-])(?:{_PREFIXES})-[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_DATE = re.compile(r"(?<![0-9-])20[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9-])")


def judged(book: Book, day: date) -> tuple[Finding, ...]:
    return validate(open_tree(book.root), cached=False, as_of=str(day)).findings


def where(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}:{finding.column}"


def told(book: Book, finding: Finding) -> str:
    """File, line and column of a finding, and what stands there."""
    lines = (book.root / finding.path).read_text("utf-8").splitlines()
    return f"{where(finding)}: {lines[finding.line - 1].strip()}"


def among_others(text: str, ending: str) -> str:
    """A text of an example with an ending of its own at each id, and a folder of its own for documents."""
    return _ID.sub(lambda match: f"{match[0]}-{ending}", text).replace("documents/", f"documents/{ending}/")


def later(text: str) -> str:
    """The text with every date moved from the time of the pages to that of the sample organisation."""

    def moved(match: re.Match[str]) -> str:
        try:
            return str(date.fromisoformat(match[0]) + (TOGETHER - ALONE))
        except ValueError:  # a rule is about dates that no calendar has
            return match[0]

    return _DATE.sub(moved, text)


def ending_of(rule: Rule) -> str:
    return f"r{sorted(RULES).index(rule.name):03}"


def test_the_table_has_every_rule() -> None:
    assert PLACES.keys() == RULES.keys()
    assert all(PLACES.values())
    assert RULES.keys() >= OF_THE_WHOLE_BOOK


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_fault_alone_is_found_at_its_place(book: Book, rule: Rule) -> None:
    for path, text in rule.examples("Wrong"):
        book.write(path, text)
    assert [told(book, finding) for finding in judged(book, ALONE) if finding.rule == rule.name] == PLACES.get(
        rule.name
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_stands_under_right_is_a_record(book: Book, rule: Rule) -> None:
    for path, text in rule.examples("Right"):
        book.write(path, text)
    unreadable = ("yaml-syntax", "schema", "unknown-file", "record-of-another-version")
    assert [finding for finding in judged(book, ALONE) if finding.rule in unreadable] == []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The sample organisation's book."""
    book = Book(tmp_path_factory.mktemp("every-rule") / "book")
    for name in BOOK:
        place = CHECKOUT / name
        if place.is_dir():
            shutil.copytree(place, book.root / name)
        elif place.is_file():
            shutil.copy(place, book.root / name)
    return book


@pytest.fixture(scope="module")
def untouched(sample: Book) -> set[tuple[str, str]]:
    """What is found in the sample organisation's book as it is."""
    return {(where(finding), finding.rule) for finding in judged(sample, TOGETHER)}


def test_the_untouched_book_has_no_finding(untouched: set[tuple[str, str]]) -> None:
    assert untouched == set()


def test_every_fault_is_found_in_a_book_of_many(sample: Book, untouched: set[tuple[str, str]], tmp_path: Path) -> None:
    book = Book(tmp_path / "made")
    shutil.copytree(sample.root, book.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    planted: set[str] = set()
    for rule in (rule for name, rule in RULES.items() if name not in OF_THE_WHOLE_BOOK):
        for path, text in rule.examples("Wrong"):
            if path.startswith(("records/", "documents/")):
                place = among_others(path, ending_of(rule))
                book.write(place, among_others(later(text) if path.startswith("records/") else text, ending_of(rule)))
                planted.add(place)
    found: dict[str, list[str]] = defaultdict(list)
    elsewhere = set()
    for finding in judged(book, TOGETHER):
        found[finding.rule].append(where(finding))
        if finding.path not in planted and finding.rule not in BETWEEN_TWO:
            elsewhere.add((where(finding), finding.rule))
    missed = [
        (name, place)
        for name in RULES.keys() - OF_THE_WHOLE_BOOK
        for place in PLACES[name]
        if among_others(place.partition(": ")[0], ending_of(RULES[name])) not in found[name]
    ]
    assert missed == []
    assert elsewhere - untouched == set(), "no fault is found in what nobody touched"
