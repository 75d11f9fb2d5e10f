"""For code scanning: one SARIF 2.1.0 log, as GitHub, Azure DevOps and editors read it.

Paths are relative to the repository. Each rule brings its first sentence and its page.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from servicebook import __version__
from servicebook.finding import Finding, inert_line
from servicebook.formats._fingerprints import fingerprinted
from servicebook.rules import Rule, read_rules
from servicebook.validation.report import Report

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    rules = read_rules()
    used = sorted({finding.rule for finding in report.findings})
    driver = {"name": "servicebook", "version": __version__, "rules": [_rule(rules[name]) for name in used]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, mark, report.within) for finding, mark in fingerprinted(report)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield from json.dumps(log, ensure_ascii=False, indent=1).split("\n")


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.page, "markdown": rule.page},
    }


def _result(finding: Finding, mark: str, within: str) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": _text(" ".join(filter(None, (finding.message, finding.hint))))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(within + finding.path), "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {"ruleAndMessage/v1": mark},
    }


def _text(message: str) -> str:
    """A message in which no bracket begins a link: readers of SARIF take [words](target) for one."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", inert_line(message))


def _uri(path: str) -> str:
    return quote(path, errors="surrogateescape")  # a file's name may be no text; its bytes still name it
