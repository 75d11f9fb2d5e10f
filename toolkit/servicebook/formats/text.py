"""For people: place, sentence, rule; below it what to do."""

from collections.abc import Iterator

from servicebook.finding import inert_line
from servicebook.validation.report import Report


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    for f in report.findings:
        grave = "warning: " if f.severity == "warning" else ""
        yield f"{inert_line(f.path)}:{f.line}:{f.column}: {grave}{inert_line(f.message)} [{f.rule}]"
        if f.hint:
            yield f"    → {inert_line(f.hint)}"
