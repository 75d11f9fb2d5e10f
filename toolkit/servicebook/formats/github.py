"""For GitHub Actions: annotations on the lines of a pull request, and all findings in the step's summary.

GitHub shows ten annotations of each severity for a step, so the first ten are annotations and the rest
plain lines. The summary goes to the file that the environment variable GITHUB_STEP_SUMMARY names.
"""

import os
from collections.abc import Iterator
from html import escape
from pathlib import Path

from servicebook.errors import Problem
from servicebook.finding import inert_line
from servicebook.formats import text
from servicebook.validation.report import Report

SHOWN = 10
MOST_IN_SUMMARY = 500


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    shown = dict.fromkeys(("error", "warning"), 0)
    for f in report.findings:
        shown[f.severity] += 1
        if shown[f.severity] <= SHOWN:
            place = f"file={_property(report.within + f.path)},line={f.line},col={f.column},title={_property(f.rule)}"
            yield f"::{f.severity} {place}::{_data(' '.join(filter(None, (f.message, f.hint))))}"
        else:
            yield f"{inert_line(f.path)}:{f.line}:{f.column}: {inert_line(f.message)} [{f.rule}]"
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(_summary(report))
        except OSError as error:
            raise Problem(
                f"The step's summary cannot be written: {error.strerror}.", "See GITHUB_STEP_SUMMARY."
            ) from None


def _summary(report: Report) -> str:
    """Markdown whose only foreign text stands escaped in a preformatted block without an empty line."""
    if not report.findings:
        return f"servicebook: {report.files} files, no findings.\n"
    listed = list(text.lines(Report(report.findings[:MOST_IN_SUMMARY], (), report.files)))
    rest = len(report.findings) - MOST_IN_SUMMARY
    more = f"\n… and {rest} more" if rest > 0 else ""
    return (
        f"servicebook: {report.files} files, {len(report.findings)} findings.\n\n<pre>\n"
        + escape("\n".join(listed))
        + more
        + "\n</pre>\n"
    )


def _data(value: str) -> str:
    return inert_line(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
