"""What the fast reader accepts, ruamel.yaml reads alike: same value, same types, same places.

Shown for the corpus, for documents built in every style of YAML, for values written by ruamel.yaml, and for real
records with bytes and lines altered. Where the dialect differs on purpose stands in `hostile/reference.py`.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.parser import ParserError

from hostile.corpus import Case, cases
from hostile.effort import examples
from hostile.reference import places, reference, spaced, unaltered
from hostile.styles import documents, everyday_documents, records_altered, values
from servicebook import encoding, everyday
from servicebook.positions import comments, locate
from servicebook.source import Refused, load, load_any_layout
from test_source_corpus import assert_readable, identical, outcome

SMALL = [case for case in cases() if case.reference != "hangs"]
ACCEPTED = [case for case in SMALL if case.refused is None]
REFUSED = [case for case in SMALL if case.refused is not None]
RECORDS = sorted((Path(__file__).parent.parent / "records").rglob("*.yaml"))


def read(data: bytes, reader: Any) -> Any:
    """What a reader makes of a document: its value, or the name of what it raises."""
    try:
        return reader(data)
    except Exception as error:  # noqa: BLE001 (the reference raises a dozen kinds)
        return f"refused: {type(error).__name__}"


def assert_agreement(data: bytes) -> None:
    """The property: refused in words, or the value and the places of the reference, by whichever of the readers."""
    found = outcome(data)
    if encoding.objection(data) is None and (quick := everyday.read(data)) is not None:
        assert identical(quick, load_any_layout(data)), repr(data)
    if isinstance(found, Refused):
        assert_readable(found)
        return
    expected = read(data, reference)
    assert identical(found, expected), f"{data!r}\nours      {found}\nreference {expected}"
    assert_same_places(data)


def assert_same_places(data: bytes) -> None:
    ours = locate(data)
    try:
        keys, here = places(data)
    except ParserError:  # see `hostile/reference.py`; the space moves what stands behind it
        places(spaced(data))
        return
    for pointer, place in keys.items():
        assert ours.of(pointer) == place, f"{pointer} in {data!r}"
    for pointer, place in here.items():
        assert ours.of_value(pointer) == place, f"{pointer} in {data!r}"


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_accepted_documents_have_the_value_of_the_reference(case: Case) -> None:
    assert_agreement(case.data)
    assert identical(read(case.data, unaltered), load(case.data)) == (case.reference == "agrees"), "the label is wrong"


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_the_corpus_says_where_the_dialect_is_narrower(case: Case) -> None:
    assert isinstance(read(case.data, unaltered), dict) == (case.reference == "differs"), "the label is wrong"


@pytest.mark.parametrize("path", RECORDS[:: max(1, len(RECORDS) // 40)], ids=lambda path: path.stem)
def test_real_records_have_the_value_and_places_of_the_reference(path: Path) -> None:
    data = path.read_bytes()
    assert identical(load(data), read(data, reference))
    assert_same_places(data)


@examples(250)
@given(documents())
@example(b"a: |\n  x\n\n# c\nb: 1\n")
def test_documents_in_every_style(data: bytes) -> None:
    assert_agreement(data)


@examples(200)
@given(everyday_documents())
def test_documents_nearly_in_the_everyday_layout(data: bytes) -> None:
    assert_agreement(data)


@examples(150)
@given(values(), st.sampled_from([(2, 2, 0), (2, 4, 2), (4, 6, 4)]))
def test_what_the_reference_writes_is_read_intact(value: dict[str, Any], indent: Any) -> None:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False  # in brackets it writes text such as `:#` bare, which libyaml refuses
    yaml.width = 100_000  # where it breaks a line after an escaped tab, it adds a space to the text
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False
    yaml.indent(*indent)
    written = BytesIO()
    yaml.dump(value, written)
    data = written.getvalue()
    assert identical(load(data), value), repr(data)


@examples(600)
@given(records_altered())
def test_altered_records(data: bytes) -> None:
    assert_agreement(data)


@examples(300)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    assert_agreement(data)


def test_comments_are_not_looked_for_in_texts() -> None:
    data = (
        b"# one mark\n"
        b"id: a # no mark: beside a field\n"
        b"note: |\n"
        b"  # mark within a text\n"
        b"\n"
        b"  # mark within a text\n"
        b"# two mark\n"
        b'title: "x\n'
        b"  # mark within quotation marks\n"
        b'  y"\n'
        b"list:\n"
        b"  # three mark\n"
        b"  - >\n"
        b"    # mark within a text\n"
        b"  # four mark\n"
        b"  - 1\n"
    )
    assert comments(data, "mark") == [(1, "one mark"), (7, "two mark"), (12, "three mark"), (15, "four mark")]
