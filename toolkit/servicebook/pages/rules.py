"""The pages of the rules: each rule's docstring, which is Markdown that we wrote, and an index."""

import re
from typing import Final

from markupsafe import Markup

from servicebook.pages import address
from servicebook.pages.edition import Edition
from servicebook.pages.study import Study
from servicebook.rules import Rule, read_rules
from servicebook.validation.grading import severity

_FENCE: Final = re.compile(r"^```(\w+) (\S+)$", re.MULTILINE)
"""An example begins with its language and its path."""


def markdown(rule: Rule) -> str:
    """The rule's documentation as a page: its name as heading, its examples as they are."""
    return f"# {rule.name}\n\n" + _FENCE.sub(r'```\1 title="\2"', rule.page)


def index(edition: Edition, study: Study) -> Markup:
    """Every rule with its first sentence, how grave it is in this book, and how many findings of it the book has."""
    counts: dict[str, int] = {}
    for finding in study.report.findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    config, words = edition.book.config, edition.words
    rows = [
        (rule, words.plain(f"rules.{severity(rule, config) or 'off'}"), config.rules.get(rule.name))
        for rule in read_rules().values()
    ]
    changed = [(rule.name, word, grade.reason) for rule, word, grade in rows if grade is not None]
    return edition.render(
        "rules.html", address.RULES, rows=rows, counts=counts, changed=changed, profile=config.profile
    )
