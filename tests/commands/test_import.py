"""`servicebook import` and `servicebook claims`, as a user runs them."""

import json

import pytest

from building import Book
from exports import as_csv, update

ROWS = [update(0, "1 08:05", "New"), update(1, "1 09:00", "Resolved", made_sla="false"), update(2, "2 09:00", "Closed")]
AGREEMENT = {
    "services/SVC-desk.yaml": """\
id: SVC-desk
schema_version: 1
title: Help desk
description: Help with everything.
owner: desk-lead
criticality: important
live_from: 2015-01-01
""",
    "calendars/CAL-desk.yaml": """\
id: CAL-desk
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2015-01-01
    zone: UTC
    weekly:
      - days: [mon, tue, wed, thu, fri]
        hours:
          - from: "08:00"
            to: "18:00"
    source: Made by a test
""",
    "priority-matrices/MTX-desk.yaml": """\
id: MTX-desk
schema_version: 1
title: Priorities
versions:
  - version: 1
    valid_from: 2015-01-01
    levels:
      - {id: P1, name: Critical}
      - {id: P2, name: High}
      - {id: P3, name: Moderate}
      - {id: P4, name: Low}
    impact: {high: all, medium: some, low: one}
    urgency: {high: now, medium: today, low: later}
    priority:
      high: {high: P1, medium: P2, low: P3}
      medium: {high: P2, medium: P3, low: P4}
      low: {high: P3, medium: P4, low: P4}
""",
    "slas/SLA-desk.yaml": """\
id: SLA-desk
schema_version: 2
title: Help desk
services: [SVC-desk]
customer: everybody
versions:
  - version: 1
    valid_from: 2015-01-01
    calendar: CAL-desk
    matrix: MTX-desk
    targets:
      - {measure: resolution, priority: P3, limit: 12h, time: working, until: closed}
""",
}


def put(book: Book, rows: list[dict[str, str]], name: str = "export.csv") -> str:
    (book.root / name).write_bytes(as_csv(*rows))
    return name


def test_an_import_reports_and_the_book_validates(book: Book) -> None:
    done = book.run("import", "servicenow", put(book, ROWS), "--zone", "UTC", "--dates", "dmy")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Rows: 3 read = 3 imported, 0 merged, 0 rejected" in done.stdout
    assert "\nRecords: 1 created, 0 updated" in done.stdout
    assert book.run("validate").returncode == 0


def test_rejected_rows_make_exit_code_1_and_a_file_beside_the_reader(book: Book) -> None:
    name = put(book, [*ROWS, {**ROWS[0], "number": "?"}])
    done = book.run("import", "servicenow", name, "--zone", "UTC", "--dates", "dmy", "--format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["version"], report["rows"]["rejected"], report["rejected"][0]["line"]) == (1, 1, 5)
    assert report["rejects_file"] == "export.csv.rejects.csv"
    assert (book.root / report["rejects_file"]).is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--dates", "dmy"], "The times have no offset"),
        (["--zone", "UTC"], "Whether the day or the month comes first cannot be told"),
        (["--zone", "UTC", "--dates", "dmy", "--service", "SVC-none"], "There is no service"),
        (["--zone", "UTC", "--dates", "dmy", "--rejects", "records/x.csv"], "among the records"),
    ],
)
def test_misuse_is_a_sentence_with_exit_code_2(book: Book, arguments: list[str], message: str) -> None:
    (book.root / "records").mkdir()
    done = book.run("import", "servicenow", put(book, ROWS), *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((book.root / "records").iterdir())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"[" * 200_000,
        b'{"result": [',
        b'a,"b\n',
        b"number\n" * 3,
        b"\xff" * 50,
    ],
)
def test_hostile_files_end_in_a_sentence(book: Book, content: bytes) -> None:
    (book.root / "export").write_bytes(content)
    done = book.run("import", "servicenow", "export", "--zone", "UTC")
    assert done.returncode == 2
    assert done.stderr.startswith("servicebook: ")
    assert "Traceback" not in done.stderr


def test_claims_lists_each_disagreement(book: Book) -> None:
    for path, text in AGREEMENT.items():
        book.write(f"records/{path}", text)
    met = [{**row, "number": "INC2", "made_sla": "true"} for row in ROWS]
    wrong = [{**row, "number": "INC3", "priority": "1 - Critical"} for row in ROWS]
    late = [{**row, "number": "INC4"} for row in ROWS]
    late[-1] = {**late[-1], "sys_updated_at": "4/3/2016 09:00", "made_sla": "true"}
    name = put(book, [*ROWS[:2], {**ROWS[2], "made_sla": "false"}, *met, *wrong, *late])
    done = book.run("import", "servicenow", name, "--zone", "UTC", "--dates", "dmy", "--service", "SVC-desk")
    assert done.returncode == 0, done.stderr
    assert book.run("validate").returncode == 0
    done = book.run("claims", "--format", "json")
    assert done.returncode == 1
    rows = [(row["id"], row["claim"], row["claimed"], row["computed"]) for row in json.loads(done.stdout)["rows"]]
    assert rows == [
        ("INC1", "made_sla", "false", "true"),
        ("INC3", "priority", "1 - Critical", "P3"),
        ("INC4", "made_sla", "true", "false"),
    ]
    assert "made_sla P3: 2 agree, 2 differ" in done.stderr


def test_claims_of_a_book_without_any_is_clean(book: Book) -> None:
    for path, text in AGREEMENT.items():
        book.write(f"records/{path}", text)
    done = book.run("claims", "--as-of", "2026-01-01")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


STATUS = """\
{"page": {"name": "Status"}, "incidents": [
  {"id": "p31zjtct2jer", "name": "Slow search", "impact": "minor", "started_at": "2026-03-02T10:00:00Z",
   "incident_updates": [{"status": "resolved", "body": "Over.", "display_at": "2026-03-02T12:00:00Z"}],
   "components": [{"name": "Search"}]}%s]}
"""
NEW_SERVICES = ("--owner", "desk-lead", "--criticality", "vital")


def test_a_status_page_is_imported(book: Book) -> None:
    book.write("incidents.json", STATUS % "")
    refused = book.run("import", "statuspage", "incidents.json")
    assert refused.returncode == 2
    assert "The book has no service for 1 components of the status page: Search." in refused.stderr
    dry = book.run("import", "statuspage", "incidents.json", *NEW_SERVICES, "--dry-run")
    assert (dry.returncode, (book.root / "records").exists()) == (0, False)
    done = book.run("import", "statuspage", "incidents.json", *NEW_SERVICES, "--live-from", "2025-01-01")
    assert done.returncode == 0, done.stderr
    assert "Rows: 1 read = 1 imported, 0 merged, 0 rejected\nRecords: 3 created" in done.stdout
    assert dry.stdout == done.stdout
    assert 'live_from: "2025-01-01"' in (book.root / "records/services/SVC-search.yaml").read_text(encoding="utf-8")
    again = json.loads(book.run("import", "statuspage", "incidents.json", "--format", "json").stdout)
    assert again["records"] == {"created": 0, "updated": 0, "unchanged": 2, "kept": 0}


def test_rejected_entries_of_a_status_page_can_be_mended(book: Book) -> None:
    book.write("incidents.json", STATUS % ', {"id": "second", "impact": "huge", "started_at": "2026-03-02T10:00:00Z"}')
    done = book.run("import", "statuspage", "incidents.json", *NEW_SERVICES)
    assert done.returncode == 1
    assert "incidents[1]: “huge” is none of none, minor, major, critical, maintenance" in done.stdout
    path = book.root / "incidents.json.rejects.jsonl"
    rejected = json.loads(path.read_text(encoding="utf-8"))
    assert rejected["rejected_reason"].startswith("impact is not known")
    path.write_text(json.dumps({**rejected, "impact": "major"}), encoding="utf-8")
    assert book.run("import", "statuspage", path.name).returncode == 0
    refused = book.run("import", "statuspage", "incidents.json", "--rejects", "records/x.jsonl")
    assert "Rejected rows would be written among the records." in refused.stderr
