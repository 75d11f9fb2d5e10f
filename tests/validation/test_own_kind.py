"""A team adds a kind with one schema file and no Python: it validates, links, lists and is made by `new`."""

import json
from typing import Any

import pytest

from building import CHECKOUT, Book

SCHEMA = (CHECKOUT / "schemas" / "idea.schema.json").read_text(encoding="utf-8")
IDEA: dict[str, Any] = json.loads(SCHEMA)
SETTINGS = ("--at", "2026-03-01T18:20:00+08:00", "--id", "IDE-20260301-k7q2")
VOICE = ("--set", "title=Night mode", "--set", "voice.words=晚上太亮", "--set", "voice.language=zh")


@pytest.fixture
def club(book: Book) -> Book:
    """A book of somebody else's, with one schema file and a service."""
    book.write("schemas/idea.schema.json", SCHEMA)
    assert book.run("new", "service", "--id", "SVC-game", "--set", "title=Game").returncode == 0
    return book


def run(club: Book, *arguments: str) -> str:
    done = club.run(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_is_made_goes_its_way_and_is_looked_at(club: Book) -> None:
    path = run(club, "new", "idea", *SETTINGS, *VOICE, "--set", "votes=12").strip()
    assert path == "records/ideas/2026/IDE-20260301-k7q2.yaml"
    first = (club.root / path).read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../../../schemas/idea.schema.json"
    assert "service: SVC-game" in (club.root / path).read_text(encoding="utf-8"), "the example's link leads to ours"
    run(club, "log", "IDE-20260301-k7q2", "voted", "--at", "2026-03-15T22:00:00+08:00", "--by", "community-lead")
    run(club, "validate")
    row = run(club, "list", "idea").splitlines()[1].split()
    assert row[:5] == ["IDE-20260301-k7q2", "Night", "mode", "voted", "12"]
    assert "Night mode (service)" in run(club, "show", "SVC-game")
    (kind,) = [row for row in json.loads(run(club, "kinds", "--format", "json"))["rows"] if row["kind"] == "idea"]
    assert (kind["source"], kind["group"], kind["profile"], kind["version"]) == ("own", "voice", "", "1")


def test_an_event_that_cannot_come_now_is_refused(club: Book) -> None:
    run(club, "new", "idea", *SETTINGS, *VOICE)
    done = club.run("log", "IDE-20260301-k7q2", "released", "--at", "2026-03-15T22:00:00+08:00")
    assert done.returncode != 0
    assert "taken-up" in done.stdout + done.stderr


def test_it_is_published_with_its_words_titles_and_columns(club: Book) -> None:
    run(club, "new", "idea", *SETTINGS, *VOICE, "--set", "votes=12")
    club.commit("An idea", at="2026-03-02T09:00:00+01:00")
    run(club, "publish")
    site = club.root / "build/site"
    record, register = "records/ideas/IDE-20260301-k7q2.html", "records/ideas/index.html"
    for folder, title, column in (("", "In the player’s words", "Votes"), ("zh/", "玩家原话", "票数")):
        page = (site / folder / record).read_text(encoding="utf-8")
        assert "晚上太亮" in page
        assert title in page.replace("&#39;", "’").replace("'", "’")
        page = (site / folder / register).read_text(encoding="utf-8")
        assert column in page
        assert "Night mode" in page


def test_its_links_and_its_schema_hold(club: Book) -> None:
    path = run(club, "new", "idea", *SETTINGS, *VOICE, "--set", "votes=12").strip()
    text = (club.root / path).read_text(encoding="utf-8")
    club.write(path, text.replace("SVC-game", "SVC-none").replace("votes: 12", "votes: -1"))
    done = club.run("validate")
    assert done.returncode == 1
    assert "votes: " in done.stdout
    assert "There is no record “SVC-none”. [dangling-link]" in done.stdout


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
def test_a_schema_that_cannot_be_used_is_told_in_a_sentence(club: Book, change: dict[str, Any], message: str) -> None:
    club.write(
        "schemas/idea.schema.json",
        json.dumps(IDEA | change | {"properties": IDEA["properties"] | change.get("properties", {})}),
    )
    club.write("records/ideas/IDEA-1.yaml", "id: IDEA-1\nschema_version: 1\ntitle: Night\nvotes: 1\n")
    done = club.run("validate")
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert "Traceback" not in done.stderr
