"""What validation says, and its plain form for the cache."""

from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from servicebook.finding import Finding


class Suppression(NamedTuple):
    """The rule `rule` does not speak on the record at `path`, for `reason`; "" where the comment gives none."""

    path: str
    line: int
    rule: str
    reason: str


class Suppressed(NamedTuple):
    """A finding that is not reported, and the comment that silences it."""

    finding: Finding
    suppression: Suppression


@dataclass(frozen=True)
class Report:
    """What validation found: `findings` by path and line, what comments `suppressed`, and how many `files` it judged.

    `notes` are sentences for the reader of the report that are no findings. `within` is the book's folder in
    its repository, with a slash at the end, or "" where the book is the repository.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    files: int
    notes: tuple[str, ...] = ()
    within: str = ""


def freeze(report: Report) -> Any:
    """The report as lists and texts that JSON can hold. Notes are not kept: they belong to one comparison."""
    silenced = [(astuple(finding), suppression) for finding, suppression in report.suppressed]
    return {
        "findings": [astuple(finding) for finding in report.findings],
        "suppressed": silenced,
        "files": report.files,
    }


def thaw(known: Any) -> Report:
    """The report that `freeze` took apart."""
    silenced = tuple(
        Suppressed(Finding(*finding), Suppression(*suppression)) for finding, suppression in known["suppressed"]
    )
    return Report(tuple(Finding(*finding) for finding in known["findings"]), silenced, known["files"])
