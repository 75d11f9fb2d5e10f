"""Published books that the tests of pages share: one plain, one hostile in every field."""

from pathlib import Path

import pytest

from building import Book
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


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    """A committed book of the schemas' own examples, and its site in both languages."""
    book = Book(tmp_path_factory.mktemp("plain") / "book")
    write_examples(book)
    book.commit("The examples", at="2026-02-01T09:00:00+01:00")
    return book, publish(open_tree(book.root), AS_OF).site


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
    book = Book(tmp_path_factory.mktemp("hostile") / "book", toml)
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
    return book, publish(open_tree(book.root), AS_OF).site, ids
