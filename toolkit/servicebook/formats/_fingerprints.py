"""What tells a finding from every other, and is the same in the next run although lines have moved."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.validation.report import Report


def fingerprinted(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint, 64 hexadecimal digits: of rule, path and message, and of how many like it
    came before."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in report.findings:
        what = (finding.rule, report.within + finding.path, finding.message)
        yield finding, hashlib.sha256(json.dumps([*what, seen[what]]).encode()).hexdigest()
        seen[what] += 1
