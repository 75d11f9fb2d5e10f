"""Every row is accounted for; what is rejected can be mended and imported."""

import csv
from pathlib import Path

import pytest

from exports import BASE, Folder, as_csv, update
from servicebook.errors import Problem

GOOD = [update(0, "1 08:05", "New"), update(1, "1 09:00", "Resolved")]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("changes", "sort"),
    [
        ({"number": "?"}, "the number cannot be an id"),
        ({"number": "../etc/passwd"}, "the number cannot be an id"),
        ({"number": "INC 9"}, "the number cannot be an id"),
        ({"number": "inc1"}, "the number differs from another only in capitals"),
        ({"opened_at": "?"}, "opened_at is empty"),
        ({"opened_at": "yesterday"}, "opened_at cannot be read"),
        ({"sys_updated_at": ""}, "sys_updated_on is empty"),
        ({"closed_at": "31/2/2016 10:00"}, "closed_at cannot be read"),
        ({"sys_mod_count": "-1"}, "sys_mod_count is no count"),
        ({"sys_mod_count": "٣"}, "sys_mod_count is no count"),
        ({"incident_state": "Geschlossen"}, "incident_state is not known"),
        ({"impact": "?"}, "impact is not known"),
        ({"urgency": "4"}, "urgency is not known"),
        ({"sys_updated_at": "1/3/2016 07:00"}, "the source contradicts itself or the record"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_line(
    folder: Folder, changes: dict[str, str], sort: str
) -> None:
    bad = {**GOOD[0], "number": "INC2", **changes}
    ledger = folder.take(as_csv(*GOOD, bad))
    assert [(r.line, r.sort) for r in ledger.rejected.values()] == [(4, sort)]
    assert folder.paths() == ["records/incidents/2016/03/INC1.yaml"]
    with (folder.beside / "rejects.csv").open(encoding="utf-8", newline="") as file:
        (rejected,) = csv.DictReader(file)
    assert {name: rejected[name] for name in bad} == bad
    assert rejected["rejected_line"] == "4"
    assert rejected["rejected_reason"].startswith(sort)


def test_a_ticket_is_taken_whole_or_not_at_all(folder: Folder, tmp_path: Path) -> None:
    spoilt = [{**row, "number": "INC2"} for row in GOOD]
    spoilt[1]["impact"] = "?"
    ledger = folder.take(as_csv(*GOOD, *spoilt))
    assert [(r.line, r.sort) for _, r in sorted(ledger.rejected.items())] == [
        (4, "another row of the ticket is rejected"),
        (5, "impact is not known"),
    ]
    mended = Path(ledger.rejects_file).read_bytes().replace(b",?,2 - Medium", b",2 - Medium,2 - Medium")
    assert not folder.take(mended).rejected
    whole = Folder(tmp_path / "whole")
    whole.take(as_csv(*GOOD, *[{**row, "number": "INC2"} for row in GOOD]))
    assert folder.bytes() == whole.bytes()


def test_mended_rows_of_a_log_are_still_a_log(folder: Folder) -> None:
    single = {**update(0, "1 08:05", "Active"), "number": "INC2", "impact": "?"}
    ledger = folder.take(as_csv(*GOOD, single))
    folder.take(Path(ledger.rejects_file).read_bytes().replace(b",?,2 - Medium", b",2 - Medium,2 - Medium"))
    assert folder.events("INC2") == ["1 08:00 opened", "1 08:05 responded"]


def test_a_row_with_missing_fields_holds_its_ticket_back(folder: Folder) -> None:
    ledger = folder.take(as_csv(*GOOD) + b"INC1,Closed\r\n" + b"INC9," + b"x," * 20 + b"y\r\n")
    assert [r.sort for _, r in sorted(ledger.rejected.items())] == [
        "another row of the ticket is rejected",
        "another row of the ticket is rejected",
        "the row does not fit its columns",
        "the row does not fit its columns",
    ]
    lines = Path(ledger.rejects_file).read_text(encoding="utf-8").splitlines()
    assert lines[3].split(",")[5:8] == ["INC1", "Closed", ""]
    assert lines[4].split(",")[5:] == ["INC9", *["x"] * 20, "y"]


def test_rejects_never_overwrite_another_file(folder: Folder) -> None:
    bad = as_csv(*GOOD, {**GOOD[0], "number": "?"})
    other = folder.file(b"mine", "rejects.csv")
    first, second = folder.take(bad).rejects_file, folder.take(bad).rejects_file
    assert other.read_bytes() == b"mine"
    assert Path(first).name == "rejects-2.csv"
    assert Path(second).name == "rejects-3.csv"  # it names another file
    assert sorted(folder.bytes()) == ["records/incidents/2016/03/INC1.yaml"]


def test_a_dry_run_writes_nothing(folder: Folder) -> None:
    ledger = folder.take(as_csv(*GOOD, {**GOOD[0], "number": "?"}), dry_run=True)
    assert (ledger.created, len(ledger.rejected), ledger.rejects_file) == (1, 1, "")
    assert folder.paths() == []
    assert not (folder.beside / "rejects.csv").exists()


def without(*names: str) -> bytes:
    return as_csv(*({name: row[name] for name in row if name not in names} for row in GOOD))


@pytest.mark.parametrize(
    ("content", "choices", "message"),
    [
        (without("impact"), {}, "no column “impact”"),
        (without("number"), {}, "no column “number”"),
        (without("incident_state"), {}, "no column “incident_state” or “state”"),
        (without("sys_updated_at"), {}, "no column “sys_updated_on”"),
        (as_csv({**BASE, "Closed": "?"}), {}, "columns “closed_at” and “Closed” mean the same"),
        (as_csv(*GOOD), {"zone": None}, "times have no offset .line 2: “1/3/2016 08:00”"),
        (as_csv(*GOOD), {"zone": "Mars/Base"}, "no time zone “Mars/Base”"),
        (as_csv(*GOOD), {"order": None}, "day or the month comes first cannot be told .line 2: “1/3/2016 08:00”"),
        (as_csv(BASE, {**BASE, "opened_at": "2/29/2016 06:38"}), {"order": None}, "Line 2 has the day first"),
        (as_csv(*GOOD), {"form": "list"}, "Some tickets have several rows"),
        (as_csv(*GOOD), {"keep": ("u_x",)}, "no column “u_x”"),
        (as_csv(*GOOD), {"leave_out": ("impact",)}, "“impact” cannot be left out"),
    ],
)
def test_files_and_choices_that_do_not_go_together_write_nothing(
    folder: Folder, content: bytes, choices: dict[str, object], message: str
) -> None:
    with pytest.raises(Problem, match=message):
        folder.take(content, **choices)
    assert folder.paths() == []


@pytest.mark.parametrize("rows", [b"", b"1,2,3\n"], ids=["no row", "no usable row"])
def test_a_header_is_checked_also_where_no_row_fits_it(folder: Folder, rows: bytes) -> None:
    with pytest.raises(Problem, match="no column “opened_at”"):
        folder.take(b"number,state\n" + rows)


@pytest.mark.parametrize("content", [b"[]", b'{"result": []}', as_csv(*GOOD).split(b"\n")[0] + b"\n"])
def test_an_export_without_a_ticket_is_no_error(folder: Folder, content: bytes) -> None:
    ledger = folder.take(content)
    assert (ledger.read, ledger.created) == (0, 0)


def test_the_order_of_day_and_month_is_found_where_it_is_beyond_doubt(folder: Folder) -> None:
    ledger = folder.take(as_csv(BASE), order=None)
    assert ledger.facts["Times"] == "dmy in UTC"


def test_the_report_is_text_and_data(folder: Folder) -> None:
    ledger = folder.take(as_csv(*GOOD, {**GOOD[0], "number": "\x1b[31mred"}))
    data = ledger.as_data()
    assert data["rows"] == {"read": 3, "imported": 2, "merged": 0, "rejected": 1}
    assert data["records"]["created"] == 1
    text = ledger.as_text()
    assert "Rows: 3 read = 2 imported, 0 merged, 1 rejected" in text
    assert "\x1b" not in text
