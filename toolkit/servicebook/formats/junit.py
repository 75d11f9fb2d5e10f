"""For CI systems that show test results: JUnit XML, one test case for each finding.

An error is a failed case. JUnit knows no warnings: a warning is a skipped case, which is seen and fails nothing.
Without findings there is one case, and it passes.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from servicebook.finding import Finding, inert_line
from servicebook.validation.report import Report


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    failed = sum(finding.severity == "error" for finding in report.findings)
    counts = {
        "tests": str(len(report.findings) or 1),
        "failures": str(failed),
        "errors": "0",
        "skipped": str(len(report.findings) - failed),
    }
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", {"name": "servicebook", **counts})
    for finding in report.findings:
        _case(suite, finding, report.within)
    if not report.findings:
        SubElement(suite, "testcase", classname="servicebook", name=f"{report.files} files without a finding")
    indent(suites, " ")
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield from tostring(suites, encoding="unicode").split("\n")


def _case(suite: Element, finding: Finding, within: str) -> None:
    path, message = inert_line(within + finding.path), inert_line(finding.message)
    case = SubElement(suite, "testcase", classname=path, name=f"{finding.rule}: {message}")
    told = f"{path}:{finding.line}:{finding.column}: {message} {inert_line(finding.hint)}".rstrip()
    if finding.severity == "error":
        SubElement(case, "failure", type=finding.rule, message=message).text = told
    else:
        SubElement(case, "skipped").text = told
