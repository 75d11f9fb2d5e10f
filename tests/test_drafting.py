"""`servicebook new`: whatever is set, of whatever kind, the answer is a draft or a sentence."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import CHECKOUT, Book
from servicebook import record
from servicebook.authoring.drafting import Draft, drafts
from servicebook.authoring.settings import parse
from servicebook.book import read_book
from servicebook.errors import Problem
from servicebook.record import LONGEST_ID, is_id
from servicebook.tree import WorkingTree
from servicebook.validation.judging import judge_draft

NOW = datetime(2026, 3, 4, 8, 15, tzinfo=UTC)
THING: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Thing",
    "x-folder": "things",
    "x-prefix": "THG",
    "examples": [{"id": "THG-1"}],
}


def draft(found: Any, kind: Any, settings_: list[str], *when: Any) -> Draft:
    return next(drafts(found, kind, [parse(text) for text in settings_], *when))


STEPS = st.sampled_from(
    ["id", "schema_version", "title", "timeline", "versions", "actions", "0", "1", "9", "at", "event", "valid_from"]
)
ODD = ["true", "[1, 2]", "{a: 1}", "5", "", "&a", "\udcff", "null", "a\nb: 1"]
PATHS = st.lists(STEPS, min_size=1, max_size=4).map(".".join)
SETTINGS = st.lists(st.builds("{}={}".format, PATHS, st.text(max_size=12) | st.sampled_from(ODD)), max_size=4)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(["incident", "sla", "review", "service", "calendar", "thing"]), given_=SETTINGS)
def test_a_draft_or_a_sentence(book: Book, kind: str, given_: list[str]) -> None:
    book.write("schemas/thing.schema.json", json.dumps(THING))
    found = read_book(WorkingTree(book.root))
    try:
        made = draft(found, found.kinds[kind], given_, NOW, UTC)
    except Problem as problem:
        told = problem
    else:
        assert all(finding.message.isprintable() for finding in judge_draft(found, made.path, made.text).findings)
        return
    assert told.message.isprintable()
    assert told.hint


def with_thing(book: Book, **more: Any) -> Any:
    book.write("schemas/thing.schema.json", json.dumps({**THING, **more}))
    return read_book(WorkingTree(book.root))


@pytest.mark.parametrize(
    ("schema", "arguments", "message"),
    [
        ({"properties": {"id": {}}}, ["id=true"], "“True” cannot be an id."),
        ({"properties": {"id": {}}}, ["id=[1]"], "“[1]” cannot be an id."),
        ({"properties": {"id": {}}}, ["id=" + "a" * 65], "cannot be an id."),
        ({"x-id": "named"}, [], "No id can be made from the title “”."),
        ({"properties": {"id": {"type": "integer"}}}, [], "is not what the schema accepts."),
        ({}, ["a=\udcff"], "is not text in UTF-8."),
    ],
)
def test_what_cannot_be_drafted_is_told(book: Book, schema: dict[str, Any], arguments: list[str], message: str) -> None:
    found = with_thing(book, **schema)
    with pytest.raises(Problem) as told:
        draft(found, found.kinds["thing"], arguments, NOW, UTC)
    assert message in told.value.message


def test_a_kind_without_title_gets_none(book: Book) -> None:
    found = with_thing(book, properties={"id": {"type": "string"}}, additionalProperties=False)
    made = draft(found, found.kinds["thing"], [], NOW, UTC)
    assert b"title" not in made.text
    assert judge_draft(found, made.path, made.text).findings == ()


def test_an_id_is_what_the_schemas_say() -> None:
    part = json.loads((CHECKOUT / "schemas/parts.json").read_text("utf-8"))["$defs"]["id"]
    assert part["pattern"] == f"^{record._ID.pattern}$"
    assert part["maxLength"] == LONGEST_ID
    assert is_id("INC-20260304-k7q2")
    assert not is_id("INC-1\n")
