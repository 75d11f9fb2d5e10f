"""Suppressions: a comment in a record that names a rule and a reason, which the site publishes."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from servicebook.finding import Finding, quote
from servicebook.rules import read_rules
from servicebook.validation.report import Suppressed, Suppression

MARK: Final = b"servicebook: suppress"
RULE: Final = "careless-suppression"

_FORM = re.compile(r"servicebook: suppress (?P<rule>[a-z0-9-]+)(?:\s*:\s*(?P<reason>.*))?")


def find_suppressions(path: str, source: bytes) -> Iterator[Suppression]:
    """The suppressions in an accepted record."""
    from servicebook.positions import comments  # few records have one

    for line, comment in comments(source, MARK.decode()):
        match = _FORM.fullmatch(comment)
        if match is None:
            yield Suppression(path, line, comment.partition(MARK.decode())[2].strip(), "")
        else:
            yield Suppression(path, line, match["rule"], (match["reason"] or "").strip())


def apply(findings: Sequence[Finding], suppressions: Sequence[Suppression]) -> tuple[list[Finding], list[Suppressed]]:
    """What is left to report, with what is wrong with the suppressions themselves, and what was silenced."""
    if not suppressions:
        return list(findings), []
    by_place = {(s.path, s.rule): s for s in suppressions}
    rules = read_rules()
    kept: list[Finding] = []
    silenced: list[Suppressed] = []
    used: set[Suppression] = set()
    for finding in findings:
        suppression = by_place.get((finding.path, finding.rule))
        if suppression is not None and rules[finding.rule].suppressible:
            used.add(suppression)
            silenced.append(Suppressed(finding, suppression))
        else:
            kept.append(finding)
    kept += (Finding(s.path, s.line, 1, RULE, *fault) for s in suppressions for fault in _faults(s, s in used))
    return kept, silenced


def _faults(s: Suppression, used: bool) -> Iterator[tuple[str, str]]:
    rules = read_rules()
    if s.rule not in rules:
        from difflib import get_close_matches

        near = get_close_matches(s.rule, rules, 1)
        yield (
            f"There is no rule {quote(s.rule)} to suppress.",
            f"Did you mean {near[0]}?" if near else "Write: # servicebook: suppress RULE: reason",
        )
    elif not rules[s.rule].suppressible:
        yield f"The rule {s.rule} cannot be suppressed.", "Mend what it finds, and remove the comment."
    elif not s.reason:
        yield f"The suppression of {s.rule} gives no reason.", f"Write: # servicebook: suppress {s.rule}: reason"
    elif not used:
        yield f"The rule {s.rule} finds nothing here to suppress.", "Remove the comment."
