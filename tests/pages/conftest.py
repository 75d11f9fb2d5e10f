"""Published books that the tests of pages share: one plain, one hostile in every field."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from building import CONFIGURATION, Book
from pages.made import HIT, HOSTILE, write_examples, write_hostile
from servicebook.pages.publish import publish
from servicebook.tree import open_tree

AS_OF = "2026-03-01T12:00:00+01:00"

STANDARD = f"""\
title.en = '<img src=x onerror={HIT}>'
title.zh = '{{#__config}} <script>{HIT}</script>'
about.en = '![x](x){{onerror={HIT}}}'
notice.en = '<script>{HIT}</script> SERVICEBOOK-BODY'
version = 1
[[clause]]
number = "A"
title.en = '</title><script>{HIT}</script>'
asks.en = '<svg onload={HIT}>'
[[clause.evidence]]
kind = "thing"
where = {{ title = "<b>';{HIT}" }}
says.en = '[x](javascript:{HIT})'
[[clause]]
number = "A.1"
title.en = 'A'
asks.en = 'A'
[[clause.evidence]]
kind = "incident"
fields = ["<script>{HIT}</script>"]
says.en = 'A'
"""
METRIC = f"""\
-- title: <img src=x onerror={HIT}>
-- title-zh: {{#__config}} <script>{HIT}</script>
-- definition: ![x](x){{onerror={HIT}}}
-- unit: <b>
-- better: lower
-- aggregate: count
-- source: [x](javascript:{HIT})
SELECT id, 1 AS value, NULL AS left_out, category AS service, category AS priority FROM incident
"""
KIND = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "<img src=x onerror=window.hit=1>",
  "x-plural": {"en": "{#__config} <script>window.hit=1</script>"},
  "x-title": {"zh": "</a><svg onload=window.hit=1>"},
  "description": "![x](x){onerror=window.hit=1}", "x-folder": "things", "x-prefix": "THG",
  "x-columns": ["title", "<b>"], "x-clauses": ["<script>window.hit=1</script>"],
  "type": "object",
  "properties": {
    "id": {"type": "string"}, "title": {"type": "string"},
    "__config": {"type": "string", "title": "<script>window.hit=1</script>"}
  },
  "required": ["id", "title"], "additionalProperties": true
}
"""


def published_once(
    factory: pytest.TempPathFactory, name: str, fill: Callable[[Book], Any], toml: str = CONFIGURATION
) -> tuple[Book, Path, Any]:
    """A book, its site in both languages, and what `fill` says of it (a JSON value).

    Publishing is most of what these tests cost: the first of the processes that run them does it for all.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    root, told = folder / "book", folder / "told.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(root, ignore_errors=True)
            book = Book(root, toml)
            said = fill(book)
            publish(open_tree(root), AS_OF)
            told.write_text(json.dumps(said))
    return Book.at(root), root / "build" / "site", json.loads(told.read_text())


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    """A committed book of the schemas' own examples, and its site in both languages."""

    def fill(book: Book) -> None:
        write_examples(book)
        book.commit("The examples", at="2026-02-01T09:00:00+01:00")

    return published_once(tmp_path_factory, "plain", fill)[:2]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path, dict[str, list[str]]]:
    """A book that is hostile in every text of every kind, in its configuration, a metric and a kind of its own."""
    organisation = "<script>window.hit=1</script> {{ config }} SERVICEBOOK-BODY"
    description = '"><img src=x onerror=window.hit=1>'
    toml = f"""\
[organisation]
name = '{organisation}'
zone = 'Europe/Amsterdam'
[site]
languages = ['en', 'zh']
description = '{description}'
"""
    return published_once(tmp_path_factory, "hostile", _fill_hostile, toml)


def _fill_hostile(book: Book) -> dict[str, list[str]]:
    write_examples(book)
    ids = write_hostile(book)
    book.write("metrics/hostile.sql", METRIC)
    book.write("standards/hostile.toml", STANDARD)
    book.write("schemas/thing.schema.json", KIND)
    book.write("records/things/THG-one.yaml", f"id: THG-one\ntitle: '{HOSTILE[1]}'\n__config: x\n")
    book.write("records/incidents/broken.yaml", "title: <script>window.hit=1</script>\n  bad: [")
    book.write(
        "records/incidents/INC-20260101-bad1.yaml",
        'id: INC-20260101-bad1\n__config: <b>\n"<img src=x onerror=window.hit=1>": [{a: {b: [1, 2]}}]\n',
    )
    book.write("records/services/<img src=x onerror=window.hit=1>.yaml", "id: <img src=x onerror=window.hit=1>\n")
    ids["things"] = ["THG-one"]
    ids["incidents"].append("INC-20260101-bad1")
    book.commit("<script>window.hit=1</script> \x1b[31m {#__config}", at="2026-02-01T09:00:00+01:00")
    return ids
