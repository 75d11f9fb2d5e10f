"""A repository's own schemas are as foreign as its records: nothing is fetched, nothing runs away, faults are told."""

import http.server
import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from building import CHECKOUT, Book
from servicebook.errors import Problem
from servicebook.kinds import DIALECT, read_kinds, shipped_schemas
from servicebook.tree import WorkingTree

MEMORY = 1 << 30  # bytes of address space
SECONDS = 10
LONGEST = 700  # characters on a line

PROPERTIES = {
    "id": {"$ref": "parts.json#/$defs/id"},
    "schema_version": {"$ref": "parts.json#/$defs/schema-version"},
    "title": {"$ref": "parts.json#/$defs/title"},
}
PLAIN: dict[str, Any] = {
    "$schema": DIALECT,
    "title": "Asset",
    "x-folder": "assets",
    "x-prefix": "AST",
    "type": "object",
    "properties": PROPERTIES,
    "required": ["id", "schema_version", "title"],
}
LIFECYCLE = {"timeline": "t", "opens": "o", "states": {"new": {}}, "events": {"o": {"from": [None], "to": "new"}}}
RECORD = "id: AST-a\nschema_version: 1\ntitle: " + "a" * 40 + "!\n"


def with_property(schema: Any, **more: Any) -> dict[str, Any]:
    return {**PLAIN, "properties": {**PROPERTIES, "x": schema}, **more}


def with_number(keyword: str, digits: bytes) -> bytes:
    return json.dumps({**PLAIN, keyword: 12345}).encode().replace(b"12345", digits)


def doubling(times: int, keyword: str = "allOf") -> dict[str, Any]:
    """Definitions each of which asks for the next one twice: 2 to the power of `times` schemas, written out."""
    defs: dict[str, Any] = {}
    for number in range(times):
        following = {"$ref": f"#/$defs/d{number + 1}"}
        defs[f"d{number}"] = {keyword: [following] * 2 if keyword == "allOf" else {"a": following, "b": following}}
    defs[f"d{times}"] = {"type": "string"}
    return {**PLAIN, "properties": {**PROPERTIES, "title": {"$ref": "#/$defs/d0"}}, "$defs": defs}


def branching(width: int) -> dict[str, Any]:
    """A definition that contains itself in many properties: endless for whoever walks it as a tree."""
    node = {"type": "object", "properties": {f"p{n}": {"$ref": "#/$defs/node"} for n in range(width)}}
    return with_property({"$ref": "#/$defs/node"}, **{"$defs": {"node": node}})


def validate(book: Book, *arguments: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "servicebook", *(arguments or ("validate",))],
        cwd=book.root,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT / "toolkit")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    for stream in (done.stdout, done.stderr):
        assert "Traceback" not in stream, stream
        for line in stream.split("\n"):
            assert line.isprintable(), ascii(line)
            assert len(line) <= LONGEST, line
    return done


REFUSED = {
    # what it is: the schema (or the bytes of its file), a word of the sentence
    "not an object": ([], "not a JSON object"),
    "text": ("a", "not a JSON object"),
    "null": (None, "not a JSON object"),
    "empty": (b"", "not JSON"),
    "YAML": (b"type: object\n", "not JSON"),
    "cut short": (json.dumps(PLAIN).encode()[:-5], "not JSON"),
    "UTF-16": (json.dumps(PLAIN).encode("utf-16"), "not JSON"),
    "invalid UTF-8": (b'{"title": "\xff"}', "not JSON"),
    "NaN": (json.dumps(with_property({"minimum": float("nan")})).encode(), "not JSON"),
    "infinity": (json.dumps(with_property({"minimum": float("inf")})).encode(), "not JSON"),
    "a number that becomes infinity": (with_number("minimum", b"1e400"), "x.schema.json"),
    "an endless number": (with_number("minimum", b"9" * 5000), "not JSON"),
    "equal members": (json.dumps(PLAIN).encode()[:-1] + b', "required": []}', "twice"),
    "half a character": (json.dumps(with_property({"title": "\ud800"})).encode(), "x.schema.json"),
    "nested": (b'{"a":' * 100_000, "x.schema.json"),
    "nested schemas": (b'{"not":' * 400 + b"{}" + b"}" * 400, "x.schema.json"),
    "ten megabytes": (b"{" + b" " * (10 << 20) + b"}", "larger"),
    "no dialect": ({key: value for key, value in PLAIN.items() if key != "$schema"}, "$schema"),
    "an older dialect": ({**PLAIN, "$schema": "http://json-schema.org/draft-07/schema#"}, "$schema"),
    "an unknown dialect": ({**PLAIN, "$schema": "http://127.0.0.1/schema"}, "$schema"),
    "a dialect that is no text": ({**PLAIN, "$schema": [DIALECT]}, "$schema"),
    "a dialect within": (with_property({"$schema": "http://127.0.0.1/schema"}), "$schema"),
    "a misspelt keyword": ({**PLAIN, "requird": ["id"]}, "requird"),
    "a misspelt keyword within": (with_property({"maxLenght": 5}), "maxLenght"),
    "a keyword of another dialect": ({**PLAIN, "definitions": {}}, "definitions"),
    "an unknown format": (with_property({"format": "hostname"}), "hostname"),
    "a format that is no text": (with_property({"format": ["date"]}), "format"),
    "an unknown type": (with_property({"type": "text"}), "x.schema.json"),
    "a type that is a number": (with_property({"type": 5}), "x.schema.json"),
    "required that is text": ({**PLAIN, "required": "id"}, "x.schema.json"),
    "properties that are a list": ({**PLAIN, "properties": []}, "properties"),
    "properties that are text": ({**PLAIN, "properties": "id"}, "properties"),
    "definitions that are a list": ({**PLAIN, "$defs": []}, "$defs"),
    "a property that is text": (with_property("string"), "string"),
    "items that are a list": (with_property({"items": [{}]}), "x.schema.json"),
    "allOf that is an object": (with_property({"allOf": {}}), "allOf"),
    "an invalid pattern": (with_property({"pattern": "(["}), "x.schema.json"),
    "an invalid pattern of names": ({**PLAIN, "patternProperties": {"([": {}}}, "x.schema.json"),
    "a pattern that looks back": (with_property({"pattern": r"(a)\1"}), "x.schema.json"),
    "a pattern that looks ahead": (with_property({"pattern": "(?=a)b"}), "x.schema.json"),
    "a pattern too large": (with_property({"pattern": "((a{1000}){1000}){1000}"}), "x.schema.json"),
    "a pattern that is a number": (with_property({"pattern": 5}), "x.schema.json"),
    "a reference to itself": (with_property({"$ref": "#/properties/x"}), "itself"),
    "two references to each other": (
        {**PLAIN, "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
        "itself",
    ),
    "a loop through allOf": (with_property({"allOf": [{"$ref": "#/properties/x"}]}), "itself"),
    "a loop through if": (with_property({"if": {"$ref": "#/properties/x"}}), "itself"),
    "a loop through not": (with_property({"not": {"$ref": "#/properties/x"}}), "itself"),
    "the schema itself": ({**PLAIN, "$ref": "#"}, "itself"),
    "a doubling": (doubling(20), "times a schema"),
    "a doubling through properties": (doubling(20, "properties"), "times a schema"),
    "references upon references": (doubling(60), "nested"),
    "a definition that contains itself": (branching(1), "itself"),
    "a definition that contains itself many times": (branching(40), "itself"),
    "itself within": (with_property({"items": {"$ref": "#"}}), "itself"),
    "a reference to nothing": (with_property({"$ref": "#/$defs/none"}), "none"),
    "a reference to nothing of the parts": (with_property({"$ref": "parts.json#/$defs/none"}), "none"),
    "a reference to what is no schema": (with_property({"$ref": "#/title"}), "title"),
    "a reference that is a number": (with_property({"$ref": 5}), "reference"),
    "a reference to another file": (with_property({"$ref": "service.schema.json"}), "leads out"),
    "a reference up": (with_property({"$ref": "../../etc/passwd"}), "leads out"),
    "a reference to a file": (with_property({"$ref": "file:///etc/passwd"}), "leads out"),
    "a dynamic reference": (with_property({"$dynamicRef": "#a"}), "$dynamicRef"),
    "a name of its own": (with_property({"$id": "http://127.0.0.1/x"}), "$id"),
    "an anchor": (with_property({"$anchor": "a"}), "$anchor"),
    "no folder": ({key: value for key, value in PLAIN.items() if key != "x-folder"}, "x-folder"),
    "a folder elsewhere": ({**PLAIN, "x-folder": "../assets"}, "x-folder"),
    "a folder with a path": ({**PLAIN, "x-folder": "a/b"}, "x-folder"),
    "a folder that is a list": ({**PLAIN, "x-folder": ["assets"]}, "x-folder"),
    "a folder of another kind": ({**PLAIN, "x-folder": "Services"}, "x-folder"),
    "a prefix of another kind": ({**PLAIN, "x-prefix": "svc"}, "x-prefix"),
    "a title that is a number": ({**PLAIN, "title": 5}, "x.schema.json"),
    "titles that are text": ({**PLAIN, "x-title": "Asset"}, "x-title"),
    "titles that are numbers": ({**PLAIN, "x-title": {"zh": 5}}, "x-title"),
    "titles of a property that are text": (with_property({"x-title": "X"}), "x-title"),
    "plurals that are text": ({**PLAIN, "x-plural": "Assets"}, "x-plural"),
    "labels that are text": (with_property({"enum": ["a"], "x-labels": "A"}), "x-labels"),
    "labels that are not by language": (with_property({"enum": ["a"], "x-labels": {"a": "A"}}), "x-labels"),
    "columns that are a number": ({**PLAIN, "x-columns": 5}, "x-columns"),
    "columns that are numbers": ({**PLAIN, "x-columns": [5]}, "x-columns"),
    "clauses that are text": ({**PLAIN, "x-clauses": "8.1"}, "x-clauses"),
    "an order that is text": ({**PLAIN, "x-order": "first"}, "x-order"),
    "an order without end": (with_number("x-order", b"1e400"), "x-order"),
    "a kind of id that is unknown": ({**PLAIN, "x-id": "numbered"}, "x-id"),
    "versions that are a list": ({**PLAIN, "x-versions": ["versions"]}, "x-versions"),
    "versions that are no property": ({**PLAIN, "x-versions": "versions"}, "x-versions"),
    "a link to a number": (with_property({"type": "string", "x-link": 5}), "x-link"),
    "a link to numbers": (with_property({"type": "string", "x-link": [5]}), "x-link"),
    "a link to no kind": (with_property({"type": "string", "x-link": "sevrice"}), "sevrice"),
    "a figure that is a number": (with_property({"type": "number", "x-figure": True}), "x-figure marks"),
    "a figure without a metric": (
        with_property({"type": "object", "properties": {"value": {"type": "number"}}, "x-figure": True}),
        "x-figure marks",
    ),
    "a figure whose value is text": (
        with_property(
            {
                "type": "object",
                "properties": {"metric": {"type": "string"}, "value": {"type": "string"}},
                "x-figure": True,
            }
        ),
        "x-figure marks",
    ),
    "a figure said in a word": (with_property({"type": "object", "x-figure": "yes"}), "x-figure"),
    "personal that is text": (with_property({"x-personal": "yes"}), "x-personal"),
    "a lifecycle that is text": ({**PLAIN, "x-lifecycle": "none"}, "x-lifecycle"),
    "a lifecycle without anything": ({**PLAIN, "x-lifecycle": {}}, "x-lifecycle"),
    "a lifecycle with events that are a list": ({**PLAIN, "x-lifecycle": {**LIFECYCLE, "events": []}}, "x-lifecycle"),
    "a lifecycle with an event from nowhere": (
        {**PLAIN, "x-lifecycle": {**LIFECYCLE, "events": {"o": {"from": ["gone"], "to": "new"}}}},
        "one of the states",
    ),
    "a lifecycle that does not open": ({**PLAIN, "x-lifecycle": {**LIFECYCLE, "opens": "none"}}, "x-lifecycle"),
    "a lifecycle of no property": ({**PLAIN, "x-lifecycle": LIFECYCLE}, "x-lifecycle names"),
    "a misspelt keyword of the tool": ({**PLAIN, "x-colums": ["title"]}, "x-colums"),
    "examples that are an object": ({**PLAIN, "examples": {}}, "examples"),
    "an example that is text": ({**PLAIN, "examples": ["a"]}, "no record"),
}


def with_list(keyword: str, items: Any, required: bool = True) -> dict[str, Any]:
    """A kind whose list `t` is named by a keyword of the tool."""
    named: Any = "t" if keyword == "x-versions" else LIFECYCLE
    return {
        **PLAIN,
        keyword: named,
        "properties": {**PROPERTIES, "t": items},
        "required": [*PLAIN["required"], *(["t"] if required else [])],
    }


def items_with(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": properties, "required": required}}


DAY, MOMENT = {"$ref": "parts.json#/$defs/date"}, {"$ref": "parts.json#/$defs/instant"}
VERSION = {"version": {"type": "integer"}, "valid_from": DAY, "valid_to": DAY}
EVENT = {"at": MOMENT, "event": {"enum": ["o"]}}
OPEN = {
    # what is left open: the schema, a word of the sentence
    "versions that a record may lack": (with_list("x-versions", items_with(VERSION, [*VERSION]), False), "may lack"),
    "versions that are a number": (with_list("x-versions", {"type": "integer"}), "no list of objects"),
    "versions of anything": (with_list("x-versions", {"type": "array"}), "no list of objects"),
    "versions that are true": (with_list("x-versions", True), "no list of objects"),
    "versions without a number": (with_list("x-versions", items_with(VERSION, ["valid_from"])), "may lack version"),
    "versions without a day": (with_list("x-versions", items_with(VERSION, ["version"])), "may lack valid_from"),
    "a day of any form": (
        with_list("x-versions", items_with({**VERSION, "valid_from": {"type": "string"}}, [*VERSION])),
        "parts.json#/$defs/date",
    ),
    "a last day of any form": (
        with_list("x-versions", items_with({**VERSION, "valid_to": {}}, ["version", "valid_from"])),
        "what valid_to holds",
    ),
    "a timeline that a record may lack": (with_list("x-lifecycle", items_with(EVENT, [*EVENT]), False), "may lack"),
    "a timeline of texts": (with_list("x-lifecycle", {"type": "array", "items": {"type": "string"}}), "no list"),
    "a timeline without times": (with_list("x-lifecycle", items_with(EVENT, ["event"])), "may lack at"),
    "a timeline without events": (with_list("x-lifecycle", items_with(EVENT, ["at"])), "may lack event"),
    "a time of any form": (
        with_list("x-lifecycle", items_with({**EVENT, "at": {"format": "date-time"}}, [*EVENT])),
        "parts.json#/$defs/instant",
    ),
    "an event that is anything": (
        with_list("x-lifecycle", items_with({**EVENT, "event": {}}, [*EVENT])),
        "what event holds",
    ),
}


def write(book: Book, schema: Any) -> None:
    book.write("schemas/x.schema.json", schema if isinstance(schema, bytes) else json.dumps(schema))
    book.write("records/assets/AST-a.yaml", RECORD)


@pytest.mark.parametrize(("schema", "word"), [*REFUSED.values(), *OPEN.values()], ids=[*REFUSED, *OPEN])
def test_a_schema_that_cannot_be_used_is_told_in_a_sentence(book: Book, schema: Any, word: str) -> None:
    write(book, schema)
    with pytest.raises(Problem) as told:
        _ = read_kinds(WorkingTree(book.root))["x"].validator
    assert "x.schema.json" in told.value.message
    assert word in f"{told.value.message} {told.value.hint}"
    assert told.value.message.isprintable()
    assert len(told.value.message) <= LONGEST


def test_the_shipped_schemas_keep_to_it(book: Book) -> None:
    parts = json.loads((CHECKOUT / "schemas/parts.json").read_text("utf-8"))
    book.write("schemas/parts.json", json.dumps(parts | {"$comment": "Other parts: now every schema is checked."}))
    kinds = read_kinds(WorkingTree(book.root))
    assert {kind.source for kind in kinds.values()} == {"shipped"}
    assert {f"{name}.schema.json" for name in kinds} | {"parts.json"} == set(shipped_schemas())


@pytest.mark.parametrize(
    "schema",
    [
        with_list("x-versions", items_with(VERSION, ["version", "valid_from"])),
        with_list("x-lifecycle", items_with(EVENT, [*EVENT])),
    ],
)
def test_a_list_that_says_what_it_holds_is_taken(book: Book, schema: Any) -> None:
    write(book, schema)
    assert "x" in read_kinds(WorkingTree(book.root))


@pytest.mark.parametrize("name", ["a doubling", "nested", "ten megabytes", "a pattern too large", "an unknown type"])
def test_the_command_says_it_too_and_stays_small(book: Book, name: str) -> None:
    schema, word = REFUSED[name]
    write(book, schema)
    done = validate(book)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert "x.schema.json" in done.stderr
    assert word in done.stderr


ACCEPTED = {
    "plain": PLAIN,
    "a pattern that other engines never finish": {
        **PLAIN,
        "properties": {**PROPERTIES, "title": {"pattern": "^(a+)+!$"}},
    },
    "a doubling that is small": doubling(5),
    "ten thousand properties": {
        **PLAIN,
        "properties": PROPERTIES | {f"p{n}": {"type": "string"} for n in range(10_000)},
    },
    "ten thousand values": with_property({"enum": [str(n) for n in range(10_000)]}),
    "a keyword of one's own": {**PLAIN, "x-acme-note": {"any": [1, None]}},
}


@pytest.mark.parametrize("schema", ACCEPTED.values(), ids=ACCEPTED)
def test_a_schema_that_only_looks_hostile_is_used(book: Book, schema: Any) -> None:
    book.write("schemas/x.schema.json", json.dumps(schema))
    book.write("records/assets/AST-a.yaml", RECORD)
    done = validate(book)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback that counts who asks, and its port."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_address[1], asked
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("keyword", ["$ref", "$schema", "$id", "$dynamicRef"])
@pytest.mark.parametrize("where", ["at the top", "in a property", "in a definition", "in an example", "in the parts"])
def test_nothing_is_ever_fetched(book: Book, server: tuple[int, list[str]], keyword: str, where: str) -> None:
    port, asked = server
    reference = {keyword: f"http://127.0.0.1:{port}/schema.json"}
    if where == "in the parts":
        parts = json.loads((CHECKOUT / "schemas/parts.json").read_text("utf-8"))
        book.write("schemas/parts.json", json.dumps(parts | {"$defs": parts["$defs"] | {"x": reference}}))
        book.write("schemas/x.schema.json", json.dumps(with_property({"$ref": "parts.json#/$defs/x"})))
    else:
        schema = {
            "at the top": {**PLAIN, **reference},
            "in a property": with_property(reference),
            "in a definition": {**PLAIN, "$defs": {"a": reference}},
            "in an example": {**PLAIN, "examples": [reference]},
        }[where]
        book.write("schemas/x.schema.json", json.dumps(schema))
    book.write("records/assets/AST-a.yaml", RECORD)
    done = validate(book)
    assert asked == []
    assert done.returncode == (0 if where == "in an example" else 2), done.stdout + done.stderr
