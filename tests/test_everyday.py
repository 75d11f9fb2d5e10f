"""The everyday layout is read to the same value as by libyaml, or is not read at all."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servicebook import everyday, source
from servicebook.encoding import objection

RECORDS = sorted((Path(__file__).parent.parent / "records").rglob("*.yaml"))

ITEM = st.sampled_from([
    "text", "two words", "a:b", "a: b", "a :b", "a#b", "a #b", "a ", "end:", "no", "true", "~", "null", "1",
    "010", "1e3", "-1", "1.5", "0x1F", "2025-01-31", "2025-01-31T10:00:00+01:00", "12:30:45", "1_000",
    "12345678901234567", "１", "中文", "é", '"quoted"', '"a\\nb"', "'single'", "'it''s'", '"open', "[]", "{}",
    "[a]", "{a: 1}", "|", "|-", ">", "&a x", "*a", "!t x", "- x", "? x", "% x", "@x", "`x", "x, y", "x]", "",
    "  ", "\t", "...", "---",
])  # fmt: skip
NAME = st.sampled_from(
    ["id", "title", "timeline", "note", "at", "a", "b", "null", "true", "y", "<<", '"q"', "1", "x-y", "ünï"]
)
LINE = st.one_of(
    st.builds(
        "{}{}:{}{}".format,
        st.sampled_from(["", " ", "  ", "    ", "      "]),
        NAME,
        st.sampled_from([" ", "", "  "]),
        ITEM,
    ),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), ITEM),
    st.builds("{}- {}: {}".format, st.sampled_from(["", "  ", "    "]), NAME, ITEM),
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "  ", "    ", "     "]),
        st.one_of(ITEM, st.sampled_from(["# comment", "text below", "-", "#"])),
    ),
)


def outcome(data: bytes) -> str:
    try:
        return repr(source.load_any_layout(data))
    except source.Refused as refusal:
        return refusal.message


def agrees(data: bytes) -> None:
    if objection(data):
        return
    read = everyday.read(data)
    assert read is None or repr(read) == outcome(data)


@given(st.lists(LINE, max_size=12))
@example(["a: |", "  text", "", "b: 1"])
@example(["a:", "- x", "- y: 1", "  z: 2", "b:"])
@example(["a: |", "  text", "   deeper", " less", "b: 1"])
@example(["a: |", "", "  text"])
@example(["a:", "  - b: |", "      text", "    c: 1"])
@example(["a:", "  - b:", "    - 1", "    c: 1"])
def test_whatever_lines_stand_below_each_other(lines: list[str]) -> None:
    agrees(("\n".join(lines) + "\n").encode())


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_sample_records(path: Path) -> None:
    agrees(path.read_bytes())


@given(st.data())
def test_sample_records_with_a_line_changed(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(RECORDS)).read_text(encoding="utf-8")
    lines = text.split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    change = data.draw(st.sampled_from(["drop", "indent", "outdent", "double", "replace", "insert"]))
    match change:
        case "drop":
            del lines[place]
        case "indent":
            lines[place] = " " + lines[place]
        case "outdent":
            lines[place] = re.sub("^ ", "", lines[place])
        case "double":
            lines.insert(place, lines[place])
        case "replace":
            lines[place] = data.draw(LINE)
        case "insert":
            lines.insert(place, data.draw(LINE))
    agrees("\n".join(lines).encode())


def test_most_records_are_laid_out_like_this() -> None:
    """Or the short way would never be taken, and nobody would notice."""
    read = [path for path in RECORDS if everyday.read(path.read_bytes()) is not None]
    assert len(read) > len(RECORDS) / 2
