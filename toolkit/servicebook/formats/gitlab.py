"""For GitLab's merge requests: a Code Quality report, one JSON list.

Keep it as the artifact `reports: codequality`. Paths are relative to the repository.
"""

import json
from collections.abc import Iterator
from typing import Final

from servicebook.finding import inert_line
from servicebook.formats._fingerprints import fingerprinted
from servicebook.validation.report import Report

SEVERITIES: Final = {"error": "major", "warning": "minor"}


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    issues = [
        {
            "description": inert_line(" ".join(filter(None, (finding.message, finding.hint)))),
            "check_name": finding.rule,
            "fingerprint": mark,
            "severity": SEVERITIES[finding.severity],
            "location": {"path": inert_line(report.within + finding.path), "lines": {"begin": finding.line}},
        }
        for finding, mark in fingerprinted(report)
    ]
    yield from json.dumps(issues, ensure_ascii=False, indent=1).split("\n")
