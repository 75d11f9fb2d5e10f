"""A team adds fields to a kind by an overlay: they are checked, shown and linked, and nothing else is touched."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import CHECKOUT, Book
from servicebook.errors import Problem
from servicebook.kinds import DIALECT, read_kinds
from servicebook.tree import WorkingTree

OVERLAY: dict[str, Any] = {
    "properties": {
        "x_table": {"title": "Table", "x-title": {"zh": "牌桌"}, "type": "integer", "minimum": 1, "examples": [7]},
        "x_twin": {"title": "Twin", "$ref": "parts.json#/$defs/id", "x-link": "service"},
    },
    "x-columns": ["x_table"],
}
SERVICE = """\
id: SVC-game
schema_version: 1
title: Game
owner: game-lead
criticality: vital
live_from: "2024-01-01"
"""
PATH = "records/services/SVC-game.yaml"


@pytest.fixture
def club(book: Book) -> Book:
    book.write("schemas/service.overlay.json", json.dumps(OVERLAY))
    return book


def told(club: Book, fields: str) -> str:
    """What schema and links say of the service with these fields more."""
    club.write(PATH, SERVICE + fields)
    done = club.run("validate")
    assert done.returncode in (0, 1), done.stderr
    findings = re.findall(r"^(?! ).*\n(?:    .*\n)*", done.stdout, re.MULTILINE)
    return "".join(f for f in findings if "[schema]" in f or "[dangling-link]" in f)


def test_its_fields_are_checked(club: Book) -> None:
    assert told(club, "x_table: 3\n") == ""
    assert "SVC-game.yaml:7:1: x_table is “three”, not a whole number. [schema]" in told(club, "x_table: three\n")


def test_a_field_that_it_does_not_name_is_a_slip(club: Book) -> None:
    assert "The field “x_tabel” is unknown here. [schema]\n    → Did you mean x_table?" in told(club, "x_tabel: 3\n")
    assert "Fields of your own begin" not in told(club, "x_zzzzzz: 3\n")


def test_without_one_such_fields_stay_open(book: Book) -> None:
    assert told(book, "x_tabel: 3\n") == ""


def test_its_links_lead_somewhere(club: Book) -> None:
    assert "There is no record “SVC-none”. [dangling-link]" in told(club, "x_twin: SVC-none\n")
    assert told(club, "x_twin: SVC-game\nx_table: 1\n") == ""


def test_new_list_and_kinds_know_them(club: Book) -> None:
    assert club.run("new", "service", "--id", "SVC-game", "--set", "x_table=4").returncode == 0
    header, row = club.run("list", "service").stdout.splitlines()
    assert header.split()[-1] == "x_table"
    assert row.split()[-1] == "4"
    kinds = json.loads(club.run("kinds", "--format", "json").stdout)["rows"]
    (service,) = [kind for kind in kinds if kind["kind"] == "service"]
    assert service["source"] == "overlay"
    assert service["defined in"].endswith("service.schema.json with schemas/service.overlay.json")


def test_a_field_that_every_record_must_have_is_in_a_new_one(club: Book) -> None:
    club.write("schemas/service.overlay.json", json.dumps(OVERLAY | {"required": ["x_table"]}))
    assert club.run("new", "service", "--id", "SVC-other").returncode == 0
    assert "x_table: 7" in (club.root / "records/services/SVC-other.yaml").read_text(encoding="utf-8")
    assert "The record has no field x_table. [schema]" in told(club, "")


def test_the_pages_show_them_by_their_titles(club: Book) -> None:
    club.write(PATH, SERVICE + "x_table: 3\nx_twin: SVC-game\n")
    club.commit("A game")
    assert club.run("publish").returncode == 0
    assert "牌桌" in (club.root / "build/site/zh/records/services/SVC-game.html").read_text(encoding="utf-8")
    assert "牌桌" in (club.root / "build/site/zh/records/services/index.html").read_text(encoding="utf-8")


def test_a_kind_of_ones_own_has_one_too(book: Book) -> None:
    book.write("schemas/idea.schema.json", (CHECKOUT / "schemas/idea.schema.json").read_bytes())
    book.write("schemas/idea.overlay.json", json.dumps({"properties": {"x_shop": {"type": "string"}}}))
    assert book.run("new", "service", "--id", "SVC-game").returncode == 0
    assert book.run("new", "idea", "--set", "x_shop=North").returncode == 0
    assert book.run("new", "idea", "--set", "x_shpo=North").returncode == 1


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ({"properties": {"owner": {"type": "string"}}}, "schemas/service.overlay.json names the field “owner”."),
        ({"properties": {"X_table": {"type": "string"}}}, "names the field “X_table”."),
        ({"properties": {"x_": {"type": "string"}}}, "names the field “x_”."),
        ({"properties": ["x_table"]}, "properties is “['x_table']”."),
        ({"properties": {"x_table": True}}, "the field “x_table” is “True”."),
        ({"required": ["owner"]}, "required names “owner”."),
        ({"required": "x_table"}, "required is “x_table”."),
        ({"x-columns": ["title"]}, "x-columns names “title”."),
        ({"additionalProperties": True}, "an overlay has no “additionalProperties”."),
        ({"allOf": [{"not": {}}]}, "an overlay has no “allOf”."),
        ({"patternProperties": {"^": True}}, "an overlay has no “patternProperties”."),
        (
            {"properties": {"x_table": {"type": "integer"}}, "required": ["x_table"]},
            "every record must have “x_table”, and nothing shows what it looks like.",
        ),
        ({"properties": {"x_table": {"typ": "integer"}}}, "the keyword “typ” is unknown here."),
        ({"properties": {"x_table": {"format": "hostname"}}}, "nobody checks the format “hostname”."),
        ({"properties": {"x_table": {"$ref": "http://127.0.0.1:9/x"}}}, "leads out of the folder"),
        ({"properties": {"x_table": {"x-link": "tisch"}}}, "x-link of “x_table” names “tisch”."),
        ({"properties": {"x_table": {"pattern": "(["}}}, "cannot be used as a schema"),
        ("[]", "is not a JSON object."),
    ],
)
def test_an_overlay_that_would_do_anything_else_is_refused_in_a_sentence(
    book: Book, overlay: object, message: str
) -> None:
    book.write("schemas/service.overlay.json", overlay if isinstance(overlay, str) else json.dumps(overlay))
    book.write(PATH, SERVICE)
    done = book.run("validate")
    assert done.returncode == 2, done.stdout
    assert "service.overlay.json" in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_overlay_of_no_kind_is_told_with_the_kind_that_was_meant(book: Book) -> None:
    book.write("schemas/servce.overlay.json", "{}")
    done = book.run("validate")
    assert done.returncode == 2
    assert "schemas/servce.overlay.json: there is no kind “servce”." in done.stderr
    assert "Did you mean service.overlay.json?" in done.stderr


words = st.sampled_from(
    [
        "properties",
        "required",
        "x-columns",
        "examples",
        "patternProperties",
        "x_a",
        "x_b",
        "type",
        "x-link",
        "items",
        "id",
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(words, values, max_size=4), st.dictionaries(words, values, max_size=4))
def test_whatever_a_schema_and_its_overlay_hold_there_is_an_answer(
    book: Book, schema: dict[str, Any], overlay: dict[str, Any]
) -> None:
    head = {"$schema": DIALECT, "x-folder": "things", "x-prefix": "THG"}
    book.write("schemas/thing.schema.json", json.dumps(head | schema))
    book.write("schemas/thing.overlay.json", json.dumps(overlay))
    told: Problem | None = None
    try:
        thing = read_kinds(WorkingTree(book.root))["thing"]
        _ = thing.validator
    except Problem as problem:
        told = problem
    if told is None:
        assert thing.source == "overlay"
    else:
        assert "schemas/thing." in told.message
        assert told.hint


class TestChange:
    """An overlay is judged by as a schema is: what held before holds, and what is added counts."""

    def test_a_change_cannot_loosen_it(self, club: Book) -> None:
        club.write(PATH, SERVICE)
        club.commit("With an overlay")
        club.write("schemas/service.overlay.json", json.dumps({"properties": {"x_table": {}}}))
        club.write(PATH, SERVICE + "x_table: three\n")
        done = club.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert "x_table is “three”" in done.stdout
        assert "schemas/service.overlay.json is changed: records are judged by the version before" in done.stderr

    def test_nor_take_it_away(self, club: Book) -> None:
        club.write(PATH, SERVICE)
        club.commit("With an overlay")
        (club.root / "schemas/service.overlay.json").unlink()
        club.write(PATH, SERVICE + "x_table: three\n")
        assert club.run("validate", "--changed-from", "HEAD").returncode == 1

    def test_one_that_it_adds_is_held_against_every_record(self, book: Book) -> None:
        book.write(PATH, SERVICE + "x_table: three\n")
        book.commit("Without an overlay")
        book.write("schemas/service.overlay.json", json.dumps(OVERLAY))
        done = book.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert "SVC-game.yaml:7:1: x_table is “three”, not a whole number. [schema]" in done.stdout
