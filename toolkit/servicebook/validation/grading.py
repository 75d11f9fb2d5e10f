"""How grave each finding is in this book: as its rule says for the profile, or as the configuration says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from servicebook.config import NAME, Config
from servicebook.errors import Problem
from servicebook.finding import Finding, Severity, quote
from servicebook.rules import Rule, read_rules


def graded(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """The findings with their severity; those of rules that are off are left out. Raises `Problem`."""
    rules = read_rules()
    for name, grade in config.rules.items():
        _check(name, grade.severity, rules)
    severities = {name: severity(rule, config) for name, rule in rules.items()}
    for finding in findings:
        grave = severities[finding.rule]
        if grave is not None:
            yield finding if finding.severity == grave else replace(finding, severity=grave)


def severity(rule: Rule, config: Config) -> Severity | None:
    """How grave the findings of a rule are in a book of this configuration; None where it is off."""
    given = config.rules.get(rule.name)
    if given is None:
        return rule.severity(config.profile)
    return None if given.severity == "off" else "warning" if given.severity == "warning" else "error"


def _check(name: str, wanted: str, rules: dict[str, Rule]) -> None:
    if name not in rules:
        near = get_close_matches(name, rules, 1)
        hint = f"Did you mean {near[0]}?" if near else "servicebook rules lists them."
        raise Problem(f"{NAME}: there is no rule {quote(name)}.", hint)
    if wanted != "error" and not rules[name].suppressible:
        raise Problem(f"{NAME}: the rule {name} is always an error.", "Take the setting out, and mend what it finds.")
