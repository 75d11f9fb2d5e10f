"""Files of every form give the same rows; what is no table is refused with the line."""

import gzip
import json
from pathlib import Path

import pytest

from servicebook.errors import Problem
from servicebook.importers import _rows
from servicebook.importers._rows import Row, read_rows

RECORDS = [{"number": "INC1", "note": 'two\nlines, "quoted"'}, {"number": "INC2", "note": ""}]
CSV = b'number,note\r\nINC1,"two\nlines, ""quoted"""\r\nINC2,\r\n'


def rows(tmp_path: Path, content: bytes) -> list[Row]:
    path = tmp_path / "export"
    path.write_bytes(content)
    return list(read_rows(path))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (CSV, [2, 4]),
        (b"\xef\xbb\xbf" + CSV, [2, 4]),
        (gzip.compress(CSV), [2, 4]),
        (CSV.replace(b"number,", b"number;").replace(b"INC1,", b"INC1;").replace(b"INC2,", b"INC2;"), [2, 4]),
        (json.dumps(RECORDS).encode(), [1, 1]),
        (json.dumps({"result": RECORDS}, indent=1).encode(), [3, 7]),
        (json.dumps({"records": RECORDS}).encode(), [1, 1]),
        (b"\n".join(json.dumps(record).encode() for record in RECORDS), [1, 2]),
        (gzip.compress(b"\xef\xbb\xbf  " + json.dumps(RECORDS).encode()), [1, 1]),
    ],
    ids=["csv", "mark", "gzip", "semicolons", "array", "result", "records", "object a line", "gzip json"],
)
def test_every_form_gives_the_same_rows(tmp_path: Path, content: bytes, lines: list[int]) -> None:
    found = rows(tmp_path, content)
    assert [row.values for row in found] == RECORDS
    assert [row.line for row in found] == lines
    assert not any(row.problem for row in found)


def test_json_values_become_text(tmp_path: Path) -> None:
    record = {
        "number": {"display_value": "INC1", "value": "INC1"},
        "state": {"display_value": "In Progress", "value": "2"},
        "opened_at": {"display_value": "29/02/2016 07:38", "value": "2016-02-29 06:38:00"},
        "group": {"link": "somewhere", "value": "abc"},
        "active": True,
        "count": 12,
        "share": 1.50,
        "nothing": None,
    }
    (row,) = rows(tmp_path, json.dumps([record]).encode().replace(b"1.5", b"1.50"))
    assert list(row.values.values()) == [
        "INC1", "In Progress", "2016-02-29 06:38:00", "abc", "true", "12", "1.50", "",
    ]  # fmt: skip


def test_half_characters_of_json_become_whole_ones(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, b'[{"a\\ud800": "b\\udfffc", "ok": "\\ud83d\\ude00"}]')
    assert row.values == {"a\ufffd": "b\ufffdc", "ok": "😀"}


def test_a_list_as_a_value_spoils_its_row_only(tmp_path: Path) -> None:
    first, second = rows(tmp_path, b'[{"a": [1]}, {"a": "b"}]')
    assert "holds a list" in first.problem
    assert second.problem == ""


def test_a_row_that_does_not_fit_its_header_is_told(tmp_path: Path) -> None:
    short, long, good = rows(tmp_path, b"a,b\n1\n1,2,3\n1,2\n")
    assert short.problem == "it has 1 fields, the header has 2"
    assert long.fields == ["1", "2", "3"]
    assert (good.line, good.problem) == (4, "")


def test_records_larger_than_a_chunk_are_read(tmp_path: Path) -> None:
    big = [{"number": f"INC{n}", "text": "x" * 150_000} for n in range(5)]
    assert [row.values for row in rows(tmp_path, json.dumps({"result": big}).encode())] == big


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"a,a\n1,2\n", "two columns named “a”"),
        (b"a,b\n1,\x00\n", "line 2 contains a NUL byte"),
        (b"a,b\n1,2\n3,\xe9\n", "line 3: byte 0xe9 is not UTF-8"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "line 3: a quotation mark is opened and never closed"),
        (b'a,b\n1,"2"x\n', "line 2: this is not CSV"),
        (b"\xff\xfea\x00", "is UTF-16 text"),
        (b"PK\x03\x04", "is a ZIP archive or a spreadsheet"),
        (b"<html>", "is XML or HTML"),
        (gzip.compress(CSV, mtime=0)[:-9], "damaged gzip"),
        (b"\x1f\x8bnonsense", "damaged gzip"),
        (b'[{"a": 1}, {"a": }]', "line 1: this is not JSON"),
        (b'[\n{"a": 1},\n{"a": 2', "line 3: this is not JSON"),
        (b'[{"a": 1}', "it ends in the middle"),
        (b'{"result": [{"a": 1}', "it ends in the middle"),
        (b'{"result": [{"a": 1}}', "line 1: this is not JSON"),
        (b'[{"a": 1}]\n[{"a": 2}]', "line 2: something follows after the end of the list"),
        (b'[{"a": 1}]' + b" " * 70_000 + b'\n{"a": 2}', "line 2: something follows after the end of the list"),
        (b'{"result": [{"a": 1}],\n "result": [{"a": 2}]}', "line 1: something follows after the end of the list"),
        (b'{"result": [{"a": 1}]}\n{"result": [{"a": 2}]}', "line 2: something follows after the end of the list"),
        (b'[{"a": 1, "a": 2}]', "the field “a” stands twice"),
        (b'[{"a": NaN}]', "this is not JSON"),
        (b"[" * 100_000, "line 1"),
        (b"[1]", "“1” stands where a record is due"),
        (b'[{"a": "\xff"}]', "byte 0xff is not UTF-8"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else None,
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(Problem, match=message):
        rows(tmp_path, content)


@pytest.mark.parametrize("start", [b"a,b\n1,", b'a,b\n1,"', b'[{"a": "'], ids=["csv", "quoted", "json"])
def test_a_value_without_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setattr(_rows, "LONGEST_FIELD", 10_000)
    monkeypatch.setattr(_rows, "LONGEST_LINE", 20_000)
    monkeypatch.setattr("servicebook.importers._json.LONGEST_LINE", 20_000)
    with pytest.raises(Problem, match="line"):
        rows(tmp_path, gzip.compress(start + b"x" * 30_000_000))


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        list(read_rows(tmp_path / "nowhere.csv"))
