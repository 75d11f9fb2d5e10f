"""The pages of the rules: each rule's docstring, which is Markdown that we wrote, and an index."""

from markupsafe import Markup

from servicebook.pages import address
from servicebook.pages.edition import Edition
from servicebook.pages.study import Study
from servicebook.rules import Rule, read_rules
from servicebook.validation.grading import severity


def markdown(rule: Rule) -> str:
    """The rule's documentation as a page: its name as heading, its examples as they are."""
    fences = rule.page.replace("```yaml records/", '```yaml title="records/')
    lines = [f'{line}"' if line.startswith('```yaml title="') else line for line in fences.splitlines()]
    return f"# {rule.name}\n\n" + "\n".join(lines) + "\n"


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
