"""Every kind, by its schema file: whoever adds one has these tests."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from building import CHECKOUT, CONFIGURATION, Book
from hostile.judges import faults, reference_validator
from pages.made import write
from servicebook.authoring.drafting import drafts
from servicebook.book import Book as ReadBook
from servicebook.book import read_book
from servicebook.finding import Finding
from servicebook.kinds import Kind, title_of
from servicebook.pages.edition import Edition
from servicebook.pages.records import body
from servicebook.pages.registers import COMPUTED
from servicebook.pages.study import Study, read_study
from servicebook.standards import read_standards
from servicebook.tree import open_tree
from servicebook.validation import validate
from servicebook.validation.judging import judge_draft
from servicebook.writing import record_text
from variants import KINDS, NAMES, Variant, example, schema_files, variants

FULL = CONFIGURATION + '[scope]\nprofile = "full"\n'
NOW = datetime(2026, 3, 4, 8, 15, tzinfo=UTC)
NOW = datetime(2026, 3, 4, 8, 15, tzinfo=UTC)
GROUPS = {"agreement", "resolution", "change", "assurance", "voice", "evaluation", "improvement", "system"}


def with_every_schema(root: Path) -> Book:
    """A book of the full profile that also has the kinds and overlays that this checkout's own book adds."""
    book = Book(root, FULL)
    for path in (CHECKOUT / "schemas").glob("*.json"):
        book.write(f"schemas/{path.name}", path.read_bytes())
    book.write("documents/policy.md", "What we have agreed.\n")
    return book


@pytest.fixture(params=NAMES)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> ReadBook:
    """A book with the example of every kind."""
    book = with_every_schema(tmp_path_factory.mktemp("examples") / "book")
    for kind in KINDS.values():
        write(book, kind.folder, example(kind))
    book.commit("The examples", at="2026-03-05T09:00:00+01:00")
    return read_book(open_tree(book.root))


@pytest.fixture(scope="module")
def study(examples: ReadBook) -> Study:
    return read_study(examples.tree, "2026-11-20")


def test_every_schema_file_is_a_kind() -> None:
    assert {path.name.removesuffix(".schema.json") for path in schema_files()} == set(NAMES)


def test_the_example_is_valid_to_both_judges(kind: Kind) -> None:
    assert faults(reference_validator(kind), example(kind)) == set()
    assert kind.validator.is_valid(example(kind))


def test_new_makes_a_valid_record(kind: Kind, study: Study) -> None:
    """Among the drafts for a book that has a record of every kind is one without an error.

    The change of the example belongs to another release already; which one is meant only the writer knows.
    """
    judged = (
        judge_draft(study.book, made.path, made.text).findings
        for made in drafts(study.book, study.book.kinds[kind.name], [], NOW, UTC, f"{kind.prefix}-20260304-k7q2")
    )
    errors = [{finding.rule for finding in findings if finding.severity == "error"} for findings in judged]
    assert set() in errors or (kind.name == "release" and {"links-contradict"} in errors)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_renders(kind: Kind, language: str, study: Study) -> None:
    record = study.book.by_id[example(kind)["id"]]
    html = str(body(record, Edition(language, study.book), study))
    assert record.id in html
    named = {title_of(kind.resolve(schema), language, "") for _, schema in properties(kind)} - {""}
    assert sum(title in html for title in named) >= 5, "what it holds stands under the titles of its schema"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """By path, what is found in a book of the examples of all kinds, each with one thing broken."""
    book = with_every_schema(tmp_path_factory.mktemp("broken") / "book")
    for name in NAMES:
        for path, text, _ in broken(name):
            book.write(path, text)
    found: dict[str, list[Finding]] = {}
    for finding in validate(open_tree(book.root), cached=False).findings:
        found.setdefault(finding.path, []).append(finding)
    return found


class TestBroken:
    """What is broken is found, and found where it is."""

    def test_a_required_field_that_is_missing_is_found_at_its_line(
        self, kind: Kind, findings: dict[str, list[Finding]]
    ) -> None:
        tried = 0
        for path, text, variant in broken(kind.name):
            required = kind.property(variant.around).get("required", ())
            if variant.done != "taken away" or variant.name not in required:
                continue
            expected = (line_of(text, variant.around), f"has no field {variant.name}.")
            told = [(finding.line, finding.message) for finding in findings[path] if finding.rule == "schema"]
            assert any(line == expected[0] and message.endswith(expected[1]) for line, message in told), (
                f"{variant.around} without {variant.name}: {expected} is not among {told}"
            )
            tried += 1
        assert tried >= len(kind.schema["required"])

    def test_what_the_reference_refuses_is_always_found(self, kind: Kind, findings: dict[str, list[Finding]]) -> None:
        reference = reference_validator(kind)
        for path, _, variant in broken(kind.name):
            where = f"{variant.around} {variant.name} {variant.done}"
            errors = {finding.rule for finding in findings.get(path, ()) if finding.severity == "error"}
            if reference.is_valid(variant.data):
                assert "schema" not in errors, where
            else:
                assert errors & {"schema", "naive-time"}, where


@cache
def broken(name: str) -> list[tuple[str, str, Variant]]:
    """Path, text and what was done: every variant of a kind's example as a file of its own."""
    kind = KINDS[name]
    made = []
    for number, variant in enumerate(variants(kind)):
        stem = f"{kind.prefix}-b{number}"
        if isinstance(variant.data.get("id"), str) and (variant.around, variant.name) != ((), "id"):
            variant.data["id"] = stem
        path = f"records/{kind.folder}/{stem}.yaml"
        made.append((path, record_text(path, kind, variant.data).decode(), variant))
    return made


def line_of(text: str, pointer: tuple[str | int, ...]) -> int:
    """The line, from 1, on which a value of a YAML text is named or, in a list, begins; 1 for the whole."""
    holder, line = YAML(typ="rt").load(StringIO(text)), 0
    for step in pointer:
        line = holder.lc.item(step)[0] if isinstance(step, int) else holder.lc.key(step)[0]
        holder = holder[step]
    return int(line) + 1


def subschemas(schema: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every part of a schema that says what a value is, with the name of its property; conditions are left out."""
    yield name, schema
    for keyword in ("properties", "$defs"):
        for inner_name, inner in schema.get(keyword, {}).items():
            yield from subschemas(inner, inner_name)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword], name)


class TestWords:
    """What people read of a kind, in both languages."""

    def test_every_property_has_a_title(self, kind: Kind) -> None:
        for name, schema in properties(kind):
            assert kind.resolve(schema).get("title"), name
            assert kind.resolve(schema).get("x-title", {}).get("zh"), name

    def test_every_value_of_an_enumeration_has_a_label(self, kind: Kind) -> None:
        for name, schema in [*subschemas(kind.schema), *subschemas(kind.parts)]:
            if "enum" in schema:
                labels = schema.get("x-labels", {}).get("zh", {})
                assert list(labels) == schema["enum"], name
                assert len(set(labels.values())) == len(labels), name

    def test_the_kind_is_named_and_described(self, kind: Kind) -> None:
        assert kind.schema["title"]
        assert kind.schema["x-plural"].keys() >= {"en", "zh"}
        for words in (kind.schema["x-title"], kind.schema["x-description"], kind.schema["x-plural"]):
            assert re.search("[\u4e00-\u9fff]", words["zh"])
        assert kind.schema["description"].endswith(".")

    def test_states_and_events_are_named(self, kind: Kind) -> None:
        if kind.lifecycle is not None:
            for name, state in kind.lifecycle.states.items():
                assert state.get("x-title", {}).get("zh"), name


def properties(kind: Kind) -> Iterator[tuple[str, Any]]:
    for _, schema in subschemas(kind.schema):
        yield from schema.get("properties", {}).items()
    for _, schema in subschemas(kind.parts):
        for name, inner in schema.get("properties", {}).items():
            yield name, {**inner, "x-in-parts": True}


class TestKeywords:
    """What the tool reads of a kind fits together."""

    def test_the_lifecycle_and_its_timeline_name_the_same_events(self, kind: Kind) -> None:
        if kind.lifecycle is not None:
            listed = kind.property((kind.lifecycle.timeline, 0, "event"))["enum"]
            assert sorted(listed) == sorted(kind.lifecycle.events)

    def test_every_state_can_be_reached_and_every_event_can_come(self, kind: Kind) -> None:
        if kind.lifecycle is None:
            return
        reached: set[str | None] = {None}
        while True:
            more = {to for froms, to in kind.lifecycle.events.values() if to is not None and froms & reached}
            if more <= reached:
                break
            reached |= more
        assert reached == {None, *kind.lifecycle.states}
        assert kind.lifecycle.events[kind.lifecycle.opens][0] == {None}

    def test_its_columns_are_its_fields(self, kind: Kind) -> None:
        allowed = kind.schema["properties"].keys() | (COMPUTED if kind.lifecycle is not None else set())
        assert set(kind.columns) <= allowed
        assert "title" in kind.columns
        assert len(kind.columns) <= 7

    def test_its_clauses_are_clauses(self, kind: Kind) -> None:
        numbers = set(read_standards(open_tree(CHECKOUT))["iso20000-1-2018"].clauses)
        assert set(kind.clauses) <= numbers
        assert kind.clauses

    def test_its_group_is_one_of_the_eight(self, kind: Kind) -> None:
        assert kind.schema.get("x-group") in GROUPS

    def test_no_two_kinds_share_a_place(self) -> None:
        for keyword in ("x-folder", "x-prefix", "x-order"):
            values = [kind.schema[keyword] for kind in KINDS.values()]
            assert len(set(values)) == len(values), keyword

    def test_patterns_are_anchored_and_lists_and_objects_are_closed(self, kind: Kind) -> None:
        for name, written in subschemas(kind.schema):
            schema = kind.resolve(written)
            if "pattern" in schema:
                assert schema["pattern"].startswith("^"), name
                assert schema["pattern"].endswith("$"), name
            if schema.get("type") == "array":
                assert schema.get("maxItems"), name
            if schema.get("type") == "object":
                assert schema.get("additionalProperties", True) is not True, name

    def test_no_pattern_takes_the_digits_of_every_script(self, kind: Kind) -> None:
        for name, schema in [*subschemas(kind.schema), *subschemas(kind.parts)]:
            assert "\\d" not in schema.get("pattern", ""), name
