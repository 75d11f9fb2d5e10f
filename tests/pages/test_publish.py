"""The published site as files: whole, inert, linked, the same twice."""

import base64
import hashlib
import json
import os
import re
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from building import Book
from pages.made import HIT, HOSTILE, filled, free_texts, parts_schema, places_of, schemas, write_examples
from servicebook.errors import Problem
from servicebook.pages import builder
from servicebook.pages.publish import publish
from servicebook.tree import CommitTree, open_tree


class Page(HTMLParser):
    """What a browser would make of a page: elements with attributes, and the text outside scripts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def pages(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def plain_pages(plain):
    return pages(plain[1])


@pytest.fixture(scope="module")
def hostile_pages(hostile):
    return pages(hostile[1])


@pytest.mark.parametrize("name", schemas())
def test_hostile_records_are_hostile_in_every_free_text(name):
    schema, parts = schemas()[name], parts_schema()
    there = set(places_of(HIT, filled(HIT, schema, parts)))
    assert {place for place in free_texts(schema, schema, parts) if "?" not in place} - there == set()


def test_every_kind_has_a_register_and_every_record_a_page_in_each_language(plain_pages):
    wanted = {
        "index.html",
        "records/incidents/index.html",
        "records/incidents/INC-20251128-k7q2.html",
        "records/slas/SLA-online-shop.html",
        "records/reviews/REV-20260115-m4tz.html",
        "records/calendars/CAL-office-hours.html",
        "records/priority-matrices/MTX-standard.html",
        "records/services/SVC-online-shop.html",
        "metrics/index.html",
        "metrics/time-to-restore.html",
        "rules/index.html",
        "rules/dangling-link.html",
        "reading.html",
        "built-from.html",
    }
    assert wanted | {f"zh/{page}" for page in wanted} <= set(plain_pages)


def test_a_column_of_objects_tells_what_is_short_in_them(plain_pages):
    register = plain_pages["records/capacity-plans/index.html"].text
    assert "2026-01-01 – 2026-12-31" in register
    assert "infrastructure-engineer" in register
    register = plain_pages["records/configuration-items/index.html"].text
    assert "P-" not in register, "who it was stands on the record's own page"


def test_the_page_of_a_review_says_how_each_input_went_and_who_agreed(plain_pages):
    for folder, trend, agreed in (("", "improving", "Minutes approved"), ("zh/", "好转", "纪要批准")):
        text = plain_pages[f"{folder}records/reviews/REV-20260115-m4tz.html"].text
        assert re.search(rf"for more than an hour\.\s*{trend}\s", text)
        assert re.search(rf"{agreed}\s*retail-director · 2026-01-20\s", text)


def test_two_runs_give_the_same_bytes(plain):
    book, site = plain
    first = files(site)
    assert (
        files(publish(open_tree(book.root), "2026-03-01T12:00:00+01:00", book.root / "build" / "again").site) == first
    )


def test_a_commit_and_a_clean_working_tree_give_the_same_bytes(plain):
    book, site = plain
    with closing(CommitTree(book.root, book.git("rev-parse", "HEAD").strip())) as tree:
        assert files(publish(tree, "2026-03-01T12:00:00+01:00", book.root / "build" / "committed").site) == files(site)


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_every_link_leads_to_a_file_of_the_site(which, request):
    site = request.getfixturevalue(which)[1]
    known = {str(path) for path in site.rglob("*")}
    for page, parsed in request.getfixturevalue(f"{which}_pages").items():
        for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src")):
            for attributes in parsed.all(tag):
                target = attributes.get(name)
                if target is None:
                    continue
                parts = urlsplit(target)
                assert (parts.scheme, parts.netloc) == ("", ""), f"{page} leads to {target}"
                if parts.path:
                    found = os.path.normpath(f"{(site / page).parent}/{unquote(parts.path)}")
                    assert found in known, f"{page} leads to {target}"


def test_nothing_names_another_host(plain):
    for path, content in files(plain[1]).items():
        if path.endswith(".html") or path.startswith(("search/", "zh/search/")):
            found = re.findall(r"https?://[^\s\"'<>)]+", content.decode("utf-8"))
            assert not [url for url in found if not url.startswith("http://www.w3.org/")], path
        if path.endswith(".css"):
            assert not re.findall(rb"(?:url\(|@import )[\"']?(?:https?:)?//", content), path


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_every_page_has_a_policy_that_names_its_scripts(which, request):
    site = request.getfixturevalue(which)[1]
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found = re.search(
            r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text
        )
        assert found, path
        allowed = found[1]
        assert "default-src 'none'" in allowed
        assert "'unsafe-inline'" not in allowed.split("style-src")[0]
        for script in re.findall(r"<script>(.*?)</script>", text, re.DOTALL):
            assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in allowed


def test_no_element_and_no_attribute_comes_from_a_record(hostile_pages):
    for page, parsed in hostile_pages.items():
        for tag, attributes in parsed.elements:
            assert not [name for name in attributes if name.startswith("on")], f"{page}: {tag} {attributes}"
            assert not str(attributes.get("href") or "").lower().startswith("javascript:"), page
            assert attributes.get("src") != "x", page
            assert "srcdoc" not in attributes, page
            assert tag != "iframe", page
        assert (
            len(
                [
                    1
                    for attributes in parsed.all("script")
                    if "src" not in attributes and attributes.get("type") != "application/json"
                ]
            )
            <= 5
        ), page
        assert [attributes.get("id") for _, attributes in parsed.elements].count("__config") == 1, page


def test_hostile_text_is_shown_as_it_was_written(hostile_pages, hostile):
    for folder, ids in hostile[2].items():
        for number, record_id in enumerate(ids[: len(HOSTILE)]):
            if folder == "things":
                continue
            shown = hostile_pages[f"records/{folder}/{record_id}.html"].text
            assert " ".join(HOSTILE[number].split()) in " ".join(shown.split()), (folder, record_id)


def test_marks_of_the_frame_in_a_record_are_only_text(hostile_pages):
    page = hostile_pages["records/incidents/INC-20260101-h006.html"]
    assert "SERVICEBOOK-BODY SERVICEBOOK-HERE" in page.text
    assert len(page.all("article")) == 1


def test_a_kind_of_ones_own_gets_pages_with_its_titles(hostile_pages):
    assert "<img src=x onerror=window.hit=1>" in hostile_pages["records/things/THG-one.html"].text
    assert "records/things/index.html" in hostile_pages
    assert "zh/records/things/THG-one.html" in hostile_pages


def test_what_cannot_be_read_is_named_and_hides_nothing_else(hostile_pages):
    shown = hostile_pages["built-from.html"].text
    assert "records/incidents/broken.yaml" in shown
    assert "records/services/<img src=x onerror=window.hit=1>.yaml" in shown
    assert "does not pass validation" in hostile_pages["records/incidents/INC-20260101-bad1.html"].text


def test_the_search_index_holds_every_record_and_no_markup(hostile):
    site, ids = hostile[1], hostile[2]
    text = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "<" not in text
    assert (site / "search" / "search_index.js").read_text(encoding="utf-8") == f"var __index={text}"
    docs = json.loads(text)["docs"]
    assert {f"records/{folder}/{record_id}.html" for folder, found in ids.items() for record_id in found} <= {
        doc["location"] for doc in docs
    }
    for doc in docs:
        if doc["location"].startswith("records/"):
            assert "<" not in doc["title"] + doc["text"], doc


def test_charts_escape_the_titles_of_a_books_own_metrics(hostile):
    text = (hostile[1] / "metrics" / "hostile.html").read_text(encoding="utf-8")
    assert "<svg" in text
    assert f"<img src=x onerror={HIT}>" not in text


def test_a_failure_leaves_the_site_as_it_was(plain, monkeypatch):
    book, site = plain
    before = files(site)

    whole = builder.Build.wait

    def fails(self):
        whole(self)
        raise Problem("MkDocs could not build the site.", exit_code=3)

    monkeypatch.setattr(builder.Build, "wait", fails)
    with pytest.raises(Problem):
        publish(open_tree(book.root), "2026-03-01")
    assert files(site) == before


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(builder, "_NEEDED", ("no_such_module",))
    with pytest.raises(Problem) as raised:
        builder.require()
    assert "servicebook[site]" in raised.value.hint


def test_a_mkdocs_configuration_of_the_book_is_never_read(book: Book):
    write_examples(book)
    book.write("mkdocs.yml", "hooks: [evil.py]\n")
    book.write("evil.py", "raise SystemExit('run')\n")
    book.write("overrides/main.html", "{{ 1 / 0 }}")
    done = book.run("publish", "--language", "en", "--as-of", "2026-03-01")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("index.html")


def test_an_empty_book_has_a_site(book: Book):
    done = book.run("publish", "--language", "zh", "--as-of", "2026-03-01")
    assert done.returncode == 0, done.stderr
    home = Page(book.root / "build" / "site" / "index.html")
    assert "还没有完整期间的记录" in home.text


def test_an_unknown_language_is_refused_with_the_known_ones(book: Book):
    done = book.run("publish", "--language", "tlh")
    assert done.returncode == 2
    assert "tlh" in done.stderr
    assert "en, zh" in done.stderr
