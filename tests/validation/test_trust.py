"""What a verdict rests on: nothing that a change brings along, nothing that another book, tool or moment left."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from servicebook.tree import open_tree
from servicebook.validation import validate
from servicebook.validation.cache import Cache

# Not live yet: of a live service rules ask for an SLA and a text in the catalogue.
SERVICE = """\
id: {id}
schema_version: 1
title: Shop
owner: shop-lead
criticality: vital
live_from: 2100-01-01
"""


@pytest.fixture
def shop(book: Book) -> Book:
    book.write("records/services/SVC-shop.yaml", SERVICE.format(id="SVC-shop"))
    book.commit("A shop")
    return book


def schema(name: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((CHECKOUT / "schemas" / name).read_text(encoding="utf-8"))
    return content


class TestAnotherBook:
    def test_in_the_same_repository_has_its_own_verdict(self, shop: Book) -> None:
        for name, text in (("north", SERVICE.format(id="SVC-shop")), ("south", "broken: [\n")):
            shop.write(f"{name}/records/services/SVC-shop.yaml", text)
        shop.commit("Two books more")
        assert shop.run("-C", "north", "validate").returncode == 0
        assert shop.run("-C", "south", "validate").returncode == 1

    def test_is_annotated_by_its_path_in_the_repository(self, shop: Book) -> None:
        shop.write("south/records/services/SVC-shop.yaml", "broken: [\n")
        assert (
            "file=south/records/services/SVC-shop.yaml,"
            in shop.run("-C", "south", "validate", "--format", "github").stdout
        )


class TestChange:
    def test_a_shipped_schema_cannot_be_replaced(self, shop: Book) -> None:
        loose = schema("service.schema.json") | {"properties": {}, "required": [], "additionalProperties": True}
        shop.write("schemas/service.schema.json", json.dumps(loose))
        shop.write("records/services/SVC-new.yaml", "id: SVC-new\nanything: goes\n")
        done = shop.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert "schemas/service.schema.json is changed" in done.stderr

    def test_nor_the_parts_that_it_refers_to(self, shop: Book) -> None:
        parts = schema("parts.json")
        parts["$defs"]["title"] = {}  # type: ignore[index]
        shop.write("schemas/parts.json", json.dumps(parts))
        shop.write("records/services/SVC-new.yaml", SERVICE.format(id="SVC-new").replace("Shop", '""'))
        assert shop.run("validate", "--changed-from", "HEAD").returncode == 1

    def test_it_is_judged_by_what_the_base_says_now(self, shop: Book) -> None:
        shop.git("checkout", "-q", "-b", "feature")
        shop.write("records/services/SVC-new.yaml", SERVICE.format(id="SVC-new"))
        shop.commit("Without a description")
        shop.git("checkout", "-q", "main")
        strict = schema("service.schema.json")
        strict["required"] = [*strict["required"], "description"]  # type: ignore[misc]
        shop.write("schemas/service.schema.json", json.dumps(strict))
        shop.commit("A description is required")
        shop.git("checkout", "-q", "feature")
        done = shop.run("validate", "--changed-from", "main")
        assert "SVC-new.yaml:1:1: The record has no field description." in done.stdout
        assert "SVC-shop" not in done.stdout, "it was not changed here"

    def test_what_decides_how_others_are_judged_is_named(self, shop: Book) -> None:
        shop.write("servicebook.toml", '[organisation]\nname = "X"\nzone = "Asia/Tokyo"\n')
        shop.write("metrics/backlog.sql", "SELECT 1\n")
        shop.write("standards/iso20000-1-2018.toml", "version = 1\n")
        comment, later = "# servicebook: suppress dangling-link: soon\n", "depends_on:\n  - SVC-later\n"
        shop.write("records/services/SVC-new.yaml", comment + SERVICE.format(id="SVC-new") + later)
        version = "  - version: 1\n    valid_from: 2024-01-01\n    zone: UTC\n    weekly: []\n"
        calendar = "id: CAL-day\nschema_version: 1\ntitle: Day\nversions:\n" + version
        shop.write("records/calendars/CAL-day.yaml", calendar)
        notes = shop.run("validate", "--changed-from", "HEAD").stderr
        assert "servicebook.toml is changed: it decides the zone" in notes
        assert "metrics/backlog.sql is changed: it decides what a figure counts." in notes
        assert "standards/iso20000-1-2018.toml is changed: it decides what coverage and audits ask for." in notes
        assert (
            "records/calendars/CAL-day.yaml is changed: it decides how the records that it governs are judged." in notes
        )
        assert "records/services/SVC-new.yaml suppresses dangling-link: soon" in notes

    def test_without_the_cache_none_is_made(self, shop: Book) -> None:
        assert shop.run("validate", "--changed-from", "HEAD", "--no-cache").returncode == 0
        assert not (shop.root / ".git/servicebook").exists()


class TestBytes:
    def test_what_a_filter_made_of_a_file_is_not_what_git_stores(self, shop: Book, tmp_path: Path) -> None:
        shop.write(".gitattributes", "records/** working-tree-encoding=UTF-16\n")
        shop.git("add", ".gitattributes")
        shop.git("commit", "--quiet", "-m", "An encoding")
        shop.git("clone", "--quiet", str(shop.root), str(tmp_path / "clone"))
        clone = Book.at(tmp_path / "clone")
        done = clone.run("validate")
        assert "The file is checked out otherwise than git stores it." in done.stdout
        assert clone.run("validate", "--at", "HEAD").returncode == 0, "and nothing of it was kept for the blob"

    def test_line_ends_of_another_system_are_no_difference(self, shop: Book, tmp_path: Path) -> None:
        shop.write(".gitattributes", "*.yaml text eol=crlf\n")
        shop.commit("CRLF")
        shop.git("clone", "--quiet", str(shop.root), str(tmp_path / "clone"))
        assert b"\r\n" in (tmp_path / "clone/records/services/SVC-shop.yaml").read_bytes()
        assert validate(open_tree(tmp_path / "clone")).findings == ()

    def test_what_could_not_be_read_once_is_read_again(self, shop: Book) -> None:
        blob = shop.git("rev-parse", "HEAD:records/services/SVC-shop.yaml").strip()
        stored = shop.root / ".git/objects" / blob[:2] / blob[2:]
        hidden = stored.rename(shop.root / "hidden")
        assert "git does not have its content" in shop.run("validate", "--at", "HEAD").stdout
        hidden.rename(stored)
        assert shop.run("validate", "--at", "HEAD").returncode == 0
        assert shop.run("validate").returncode == 0

    def test_a_sparse_checkout_is_told_apart_from_a_small_book(self, shop: Book) -> None:
        shop.write("records/services/SVC-other.yaml", SERVICE.format(id="SVC-other"))
        shop.commit("Another")
        shop.git("sparse-checkout", "set", "--no-cone", "/*", "!/records/services/SVC-other.yaml")
        done = shop.run("validate")
        assert done.returncode == 2
        assert "This is a sparse checkout: 1 files of the book are not on disk." in done.stderr
        assert shop.run("validate", "--at", "HEAD").returncode == 0

    def test_no_filter_of_the_repository_is_run(self, shop: Book, tmp_path: Path) -> None:
        witness = tmp_path / "ran"
        shop.git("config", "filter.evil.clean", f"touch {witness}; cat")
        shop.git("config", "filter.evil.process", f"touch {witness}")
        shop.write(".gitattributes", "*.yaml filter=evil\n")
        record = shop.write("records/services/SVC-shop.yaml", SERVICE.format(id="SVC-shop") + "description: A\n")
        shop.git("-c", "filter.evil.process=", "add", "--all")
        witness.unlink(missing_ok=True)
        now = (shop.root / ".git/index").stat()
        os.utime(record, ns=(now.st_atime_ns, now.st_mtime_ns))  # git cannot tell by the time whether it changed
        os.utime(shop.root / ".git/index", ns=(now.st_atime_ns, now.st_mtime_ns))
        shop.run("validate", "--no-cache")
        assert not witness.exists()


class TestCacheFile:
    def test_two_versions_of_the_tool_do_not_share_verdicts(self, shop: Book) -> None:
        old, new = Cache(shop.root, "old"), Cache(shop.root, "new")
        old.keep_verdict("key", {"of": "old"})
        assert new.verdict("key") is None
        assert old.verdict("key") == {"of": "old"}

    @pytest.mark.parametrize(
        "damage", ["UPDATE verdicts SET report = '{'", "UPDATE readings SET packed = '{}'", "DROP TABLE verdicts"]
    )
    def test_damage_is_as_if_it_were_empty(self, shop: Book, damage: str) -> None:
        shop.run("validate")
        with sqlite3.connect(shop.root / ".git/servicebook/cache.sqlite") as connection:
            connection.execute(damage)
        connection.close()
        shop.write("records/services/SVC-two.yaml", SERVICE.format(id="SVC-two"))
        done = shop.run("validate")
        assert (done.returncode, done.stderr) == (0, "2 files, no findings.\n")

    def test_what_is_no_database_is_replaced(self, shop: Book) -> None:
        shop.run("validate")
        (shop.root / ".git/servicebook/cache.sqlite").write_bytes(b"no database" * 500)
        assert shop.run("validate").returncode == 0
        with sqlite3.connect(shop.root / ".git/servicebook/cache.sqlite") as connection:
            assert connection.execute("SELECT count(*) FROM verdicts").fetchone() == (1,)
        connection.close()


class TestForgedLines:
    """No name of a file and no text of a record begins a line that a terminal or GitHub would take for a command."""

    @pytest.mark.parametrize(
        "path", ["schemas/a\n::error::forged \x1b[31m.schema.json", "metrics/E\n::error::forged.sql"]
    )
    def test_by_the_name_of_a_file(self, shop: Book, path: str) -> None:
        shop.write(path, "x")
        for command in ("validate", "metrics"):
            done = shop.run(command, GITHUB_ACTIONS="true")
            assert all(not line.startswith("::error::forged") for line in (done.stdout + done.stderr).splitlines())
            assert "\x1b" not in done.stdout + done.stderr

    def test_by_an_id(self, shop: Book) -> None:
        shop.write(
            "records/services/SVC-x.yaml", SERVICE.format(id='"a\\n::error::forged"') + "depends_on:\n  - SVC-shop\n"
        )
        done = shop.run("show", "SVC-shop")
        assert "SVC-shop" in done.stdout
        assert "\n::error" not in done.stdout

    def test_by_a_metric(self, shop: Book) -> None:
        header = (
            "-- title: \x1b[31mred\n-- definition: d\n-- unit: u\n-- better: lower\n-- aggregate: count\n-- source: s\n"
        )
        shop.write("metrics/evil.sql", header + "SELECT id, 1 AS value, NULL AS left_out FROM incident\n")
        assert "\x1b" not in shop.run("explain", "evil").stdout
