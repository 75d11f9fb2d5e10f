"""For programs: one JSON object a line, shape `servicebook.finding/1`.

Fields: format, path, line, column, rule, severity, message, hint. Lines and columns count from 1.
"""

import json
from collections.abc import Iterator

from servicebook.finding import inert_line
from servicebook.validation.report import Report


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    for f in report.findings:
        yield json.dumps({
            "format": "servicebook.finding/1", "path": inert_line(f.path), "line": f.line, "column": f.column,
            "rule": f.rule, "severity": f.severity, "message": inert_line(f.message), "hint": inert_line(f.hint),
        }, ensure_ascii=False)  # fmt: skip
