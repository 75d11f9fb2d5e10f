"""A team adds a kind with one schema file and no Python: it validates, links, lists and is made by `new`."""

import json

import pytest

from building import Book

IDEA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Idea",
    "x-title": {"zh": "点子"},
    "x-plural": {"en": "Ideas", "zh": "点子"},
    "x-folder": "ideas",
    "x-prefix": "IDEA",
    "x-columns": ["title", "votes", "service"],
    "type": "object",
    "properties": {
        "id": {"$ref": "parts.json#/$defs/id"},
        "schema_version": {"$ref": "parts.json#/$defs/schema-version"},
        "title": {"$ref": "parts.json#/$defs/title"},
        "votes": {"title": "Votes", "x-title": {"zh": "票数"}, "type": "integer", "minimum": 0},
        "service": {"$ref": "parts.json#/$defs/id", "x-link": "service"},
    },
    "required": ["id", "schema_version", "title", "votes"],
    "additionalProperties": False,
    "examples": [{"id": "IDEA-20260301-k7q2", "schema_version": 1, "title": "Night mode", "votes": 12}],
}


@pytest.fixture
def club(book: Book) -> Book:
    book.write("schemas/idea.schema.json", json.dumps(IDEA))
    return book


def test_new_list_show_validate(club: Book) -> None:
    assert club.run("new", "service", "--set", "title=Game").returncode == 0
    made = club.run("new", "idea", "--set", "title=Night mode", "--set", "votes=12", "--set", "service=SVC-game")
    assert made.returncode == 0, made.stdout + made.stderr
    path = made.stdout.strip()
    assert path.startswith("records/ideas/IDEA-")
    assert (
        (club.root / path)
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=../../schemas/idea.schema.json\n")
    )
    assert club.run("validate").returncode == 0
    assert "Night mode  12     SVC-game" in club.run("list", "idea").stdout
    assert "Night mode (service)" in club.run("show", "SVC-game").stdout
    assert "idea" in club.run("kinds").stdout


def test_its_links_and_its_schema_hold(club: Book) -> None:
    club.write(
        "records/ideas/IDEA-1.yaml", "id: IDEA-1\nschema_version: 1\ntitle: Night\nvotes: -1\nservice: SVC-none\n"
    )
    done = club.run("validate")
    assert "records/ideas/IDEA-1.yaml:4:1: votes: " in done.stdout
    assert "records/ideas/IDEA-1.yaml:5:1: There is no record “SVC-none”. [dangling-link]" in done.stdout


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "$schema is"),
        ({"requird": ["id"]}, "the keyword “requird” is unknown"),
        ({"properties": {"a": {"$ref": "http://127.0.0.1:9/x"}}}, "leads out of the folder"),
        ({"properties": {"a": {"$ref": "file:///etc/passwd"}}}, "leads out of the folder"),
        ({"properties": {"a": {"format": "hostname"}}}, "nobody checks the format “hostname”"),
        ({"x-folder": "incidents"}, "both have x-folder “incidents”"),
        ({"x-folder": "../up"}, "x-folder is “../up”"),
        ({"properties": {"a": {"pattern": "(["}}}, "cannot be used as a schema"),
    ],
)
def test_a_schema_that_cannot_be_used_is_told_in_a_sentence(
    club: Book, change: dict[str, object], message: str
) -> None:
    club.write("schemas/idea.schema.json", json.dumps(IDEA | change))
    club.write("records/ideas/IDEA-1.yaml", "id: IDEA-1\nschema_version: 1\ntitle: Night\nvotes: 1\n")
    done = club.run("validate")
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert "Traceback" not in done.stderr
