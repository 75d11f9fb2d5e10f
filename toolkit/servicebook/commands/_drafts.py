"""What commands that write records share: the time that is given, and what is said of a draft."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

import click

from servicebook.errors import Problem
from servicebook.finding import Finding, quote
from servicebook.formats import text
from servicebook.validation.report import Report


def given_or_now(moment: str | None, zone: tzinfo) -> datetime:
    """The instant as it is given, else the present in a zone, to the second. Raises `Problem`."""
    if moment is None:
        return datetime.now(UTC).replace(microsecond=0).astimezone(zone)
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Problem(f"{quote(moment)} is no time with an offset.", "Write for instance 2026-03-04T09:15:00+01:00.")
    return found


def has_errors(report: Report) -> bool:
    """Whether a draft has more than warnings."""
    return any(finding.severity == "error" for finding in report.findings)


def left_to_people(report: Report) -> tuple[Report, int]:
    """The findings on a draft without those that ask people to write, and how many those are."""
    others = tuple(finding for finding in report.findings if finding.rule != "left-to-be-written")
    return replace(report, findings=others), len(report.findings) - len(others)


def show_new(report: Report, known: Iterable[Finding] = ()) -> bool:
    """Print the findings on a draft that are not known of the record as it stands; whether they forbid to write it.

    Errors do; a warning is told and no more. Nothing counts as known of what the schema refuses.
    """
    before = Counter((finding.rule, finding.message) for finding in known if finding.rule != "schema")
    new = []
    for finding in report.findings:
        if before[finding.rule, finding.message]:
            before[finding.rule, finding.message] -= 1
        else:
            new.append(finding)
    shown = replace(report, findings=tuple(new))
    refused = has_errors(shown)
    for line in text.lines(shown):
        click.echo(line, err=not refused)
    if refused:
        click.echo("Nothing is written: the record would not be valid.", err=True)
    return refused
