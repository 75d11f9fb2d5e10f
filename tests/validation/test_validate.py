"""Validation as CI and a team member meet it."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from servicebook.tree import open_tree
from servicebook.validation import validate
from servicebook.validation.workers import WORTH_A_PROCESS, map_in_processes

# Not live yet: of a live service rules ask for an SLA and a text in the catalogue.
SERVICE = """\
id: {id}
schema_version: 1
title: {title}
owner: shop-lead
criticality: vital
live_from: 2100-01-01
"""
INCIDENT = """\
id: {id}
schema_version: 1
title: Payment page times out
service: {service}
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
"""


@pytest.fixture
def shop(book: Book) -> Book:
    """A committed book of one service and one incident, without findings."""
    book.write("records/services/SVC-shop.yaml", SERVICE.format(id="SVC-shop", title="Shop"))
    book.write("records/incidents/INC-1.yaml", INCIDENT.format(id="INC-1", service="SVC-shop"))
    book.commit("A shop")
    return book


def test_a_clean_book_is_silent(shop: Book) -> None:
    done = shop.run("validate")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 files, no findings.\n")


def test_a_finding_names_place_sentence_rule_and_what_to_do(shop: Book) -> None:
    shop.write("records/incidents/INC-2.yaml", INCIDENT.format(id="INC-2", service="SVC-shp"))
    done = shop.run("validate")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "records/incidents/INC-2.yaml:4:1: There is no record “SVC-shp”. [dangling-link]",
        "    → Did you mean SVC-shop?",
    ]


def test_one_broken_file_never_hides_the_findings_of_another(shop: Book) -> None:
    shop.write("records/incidents/INC-2.yaml", "title: [\n")
    shop.write("records/incidents/INC-3.yaml", "&anchor a: 1\n")
    shop.write("records/incidents/INC-4.yaml", INCIDENT.format(id="INC-5", service="SVC-shop"))
    paths = {f.path: f.rule for f in validate(open_tree(shop.root)).findings}
    assert paths == {
        "records/incidents/INC-2.yaml": "yaml-syntax",
        "records/incidents/INC-3.yaml": "yaml-syntax",
        "records/incidents/INC-4.yaml": "id-differs-from-file-name",
    }


def test_who_names_a_broken_record_is_not_blamed_for_it(shop: Book) -> None:
    shop.write("records/services/SVC-shop.yaml", "title: [\n")
    assert [finding.rule for finding in validate(open_tree(shop.root)).findings] == ["yaml-syntax"]


def test_jsonl_is_one_documented_object_a_line(shop: Book) -> None:
    shop.write("records/incidents/INC-2.yaml", INCIDENT.format(id="INC-2", service="SVC-shp"))
    finding = json.loads(shop.run("validate", "--format", "jsonl").stdout)
    assert finding == {
        "format": "servicebook.finding/1",
        "path": "records/incidents/INC-2.yaml",
        "line": 4,
        "column": 1,
        "rule": "dangling-link",
        "severity": "error",
        "message": "There is no record “SVC-shp”.",
        "hint": "Did you mean SVC-shop?",
    }


def test_github_annotates_the_line_and_writes_a_summary(shop: Book, tmp_path: Path) -> None:
    for number in range(12):
        shop.write(f"records/incidents/INC-a{number}.yaml", INCIDENT.format(id=f"INC-a{number}", service="SVC-100%"))
    summary = tmp_path / "summary.md"
    done = shop.run("validate", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    lines = done.stdout.splitlines()
    assert sum(line.startswith("::error file=records/incidents/INC-a") for line in lines) == 10, "GitHub shows no more"
    assert "100%25" in lines[0]
    assert len(lines) == 12
    assert "12 findings" in summary.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["::error::forged", "a%0A::warning::forged", "\\u001b[2J", "x\\r\\n::stop-commands::"])
def test_record_text_forges_no_command(shop: Book, text: str) -> None:
    shop.write(
        "records/incidents/INC-2.yaml", INCIDENT.format(id="INC-2", service="SVC-shop").replace("high", f'"{text}"')
    )
    done = shop.run("validate", "--format", "github")
    assert done.returncode == 1
    assert all(line.startswith("::error file=records/") for line in done.stdout.splitlines())
    assert done.stdout.replace("\n", "").isprintable()


def test_at_a_revision_the_tree_of_then_is_judged(shop: Book) -> None:
    shop.write("records/incidents/INC-1.yaml", "broken: [\n")
    shop.commit("Broken")
    assert shop.run("validate").returncode == 1
    assert shop.run("validate", "--at", "HEAD~1").returncode == 0
    done = shop.run("validate", "--at", "nowhere")
    assert done.returncode == 2
    assert "There is no commit “nowhere” here." in done.stderr


def test_paths_narrow_what_is_shown_and_not_what_is_checked(shop: Book) -> None:
    shop.write("records/incidents/INC-2.yaml", INCIDENT.format(id="INC-2", service="SVC-nowhere"))
    shop.write("records/incidents/INC-3.yaml", INCIDENT.format(id="INC-3", service="SVC-nowhere"))
    done = shop.run("validate", "records/incidents/INC-3.yaml")
    assert "INC-3" in done.stdout
    assert "INC-2" not in done.stdout
    assert shop.run("validate", "records/services").returncode == 0
    assert shop.run("validate", "nowhere").returncode == 2


class TestChange:
    def test_only_what_the_change_is_answerable_for(self, shop: Book) -> None:
        shop.write("records/incidents/INC-old.yaml", INCIDENT.format(id="INC-old", service="SVC-nowhere"))
        base = shop.commit("With an old finding")
        shop.write("records/incidents/INC-new.yaml", INCIDENT.format(id="INC-new", service="SVC-shop"))
        assert shop.run("validate", "--changed-from", base).returncode == 0
        shop.write("records/incidents/INC-new.yaml", INCIDENT.format(id="INC-new", service="SVC-shopp"))
        done = shop.run("validate", "--changed-from", base)
        assert "INC-new" in done.stdout
        assert "INC-old" not in done.stdout

    def test_a_link_into_what_it_removed(self, shop: Book) -> None:
        (shop.root / "records/services/SVC-shop.yaml").unlink()
        done = shop.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert "records/incidents/INC-1.yaml:4:1: There is no record “SVC-shop”." in done.stdout

    def test_it_cannot_loosen_what_it_is_checked_by(self, shop: Book) -> None:
        schema = json.loads((CHECKOUT / "schemas/service.schema.json").read_text(encoding="utf-8"))
        shop.write("schemas/service.schema.json", json.dumps(schema))
        base = shop.commit("A schema of its own")
        del schema["properties"]["criticality"]["enum"]
        shop.write("schemas/service.schema.json", json.dumps(schema))
        shop.write(
            "records/services/SVC-new.yaml", SERVICE.format(id="SVC-new", title="New").replace("vital", "enormous")
        )
        assert shop.run("validate").returncode == 0
        done = shop.run("validate", "--changed-from", base)
        assert done.returncode == 1
        assert "“enormous”" in done.stdout
        assert (
            "schemas/service.schema.json is changed: records are judged by the version before the change."
            in done.stderr
        )

    def test_a_change_is_counted_from_where_it_left_the_base(self, shop: Book) -> None:
        start = shop.git("rev-parse", "HEAD").strip()
        shop.git("checkout", "-q", "-b", "feature")
        shop.write("records/incidents/INC-2.yaml", INCIDENT.format(id="INC-2", service="SVC-shop"))
        shop.commit("On the branch")
        shop.git("checkout", "-q", "main")
        shop.write("records/incidents/INC-3.yaml", INCIDENT.format(id="INC-3", service="SVC-nowhere"))
        shop.commit("Meanwhile on main")
        shop.git("checkout", "-q", "feature")
        done = shop.run("validate", "--changed-from", "main")
        assert (done.returncode, done.stderr) == (0, "1 file, no findings.\n")
        assert start


class TestSuppression:
    WRONG = INCIDENT.format(id="INC-2", service="SVC-nowhere")

    def test_with_a_reason_it_is_kept_and_published(self, shop: Book) -> None:
        shop.write(
            "records/incidents/INC-2.yaml",
            "# servicebook: suppress dangling-link: the service record comes next week\n" + self.WRONG,
        )
        report = validate(open_tree(shop.root))
        assert report.findings == ()
        (kept,) = report.suppressed
        assert kept.suppression.reason == "the service record comes next week"
        assert kept.finding.message == "There is no record “SVC-nowhere”."
        again = validate(open_tree(shop.root))
        assert again == report, "also from the cache"

    @pytest.mark.parametrize(
        ("comment", "message"),
        [
            ("suppress dangling-link", "The suppression of dangling-link gives no reason."),
            ("suppress dangling-lnk: a reason", "There is no rule “dangling-lnk” to suppress."),
            ("suppress event-out-of-order: a reason", "The rule event-out-of-order finds nothing here to suppress."),
            ("suppress schema: a reason", "The rule schema cannot be suppressed."),
        ],
    )
    def test_careless(self, shop: Book, comment: str, message: str) -> None:
        shop.write("records/incidents/INC-2.yaml", f"# servicebook: {comment}\n" + self.WRONG)
        assert message in [finding.message for finding in validate(open_tree(shop.root)).findings]

    def test_text_that_looks_like_one_is_text(self, shop: Book) -> None:
        text = "description: |\n  # servicebook: suppress dangling-link: not a comment\n"
        shop.write("records/incidents/INC-2.yaml", self.WRONG + text)
        assert [finding.rule for finding in validate(open_tree(shop.root)).findings] == ["dangling-link"]


class TestCache:
    def test_says_what_a_fresh_look_says(self, shop: Book) -> None:
        for step in range(4):
            shop.write(
                f"records/incidents/INC-{step + 2}.yaml",
                INCIDENT.format(id=f"INC-{step + step % 2 + 2}", service="SVC-shop"),
            )
            if step % 2:
                shop.commit(f"Step {step}")
            for _ in range(2):
                assert validate(open_tree(shop.root)) == validate(open_tree(shop.root), cached=False)

    def test_a_removed_record_is_missed_by_those_who_name_it(self, shop: Book) -> None:
        assert validate(open_tree(shop.root)).findings == ()
        (shop.root / "records/services/SVC-shop.yaml").unlink()
        assert [finding.rule for finding in validate(open_tree(shop.root)).findings] == ["dangling-link"]

    def test_another_schema_is_another_verdict(self, shop: Book) -> None:
        assert validate(open_tree(shop.root)).findings == ()
        schema = json.loads((CHECKOUT / "schemas/service.schema.json").read_text(encoding="utf-8"))
        schema["properties"]["criticality"]["enum"] = ["none"]
        shop.write("schemas/service.schema.json", json.dumps(schema))
        assert [finding.rule for finding in validate(open_tree(shop.root)).findings] == ["schema"]

    def test_nothing_changed_loads_nothing_that_judges(self, shop: Book) -> None:
        shop.run("validate")
        code = "import sys; from servicebook.cli import run; run(['validate']); print(*sorted(sys.modules))"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=shop.root,
            env={"PYTHONPATH": str(CHECKOUT / "toolkit")},
            capture_output=True,
            text=True,
        )
        loaded = set(done.stdout.split())
        assert "servicebook.validation.cache" in loaded
        assert not loaded & {"yaml", "jsonschema_rs", "servicebook.rules", "servicebook.validation.judging"}

    @pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
    def test_a_broken_cache_is_no_cache(self, shop: Book, damage: bytes) -> None:
        shop.run("validate")
        (shop.root / ".git/servicebook/cache.sqlite").write_bytes(damage)
        assert shop.run("validate").returncode == 0

    def test_a_file_that_git_was_told_not_to_look_at_is_read(self, shop: Book) -> None:
        assert validate(open_tree(shop.root)).findings == ()
        shop.git("update-index", "--assume-unchanged", "records/incidents/INC-1.yaml")
        for service, found in (("SVC-nowhere", ["dangling-link"]), ("SVC-shop", []), ("SVC-nobody", ["dangling-link"])):
            shop.write("records/incidents/INC-1.yaml", INCIDENT.format(id="INC-1", service=service))
            assert [finding.rule for finding in validate(open_tree(shop.root)).findings] == found

    def test_many_small_runs_are_put_together(self, shop: Book) -> None:
        for step in range(16):
            shop.write(
                "records/incidents/INC-1.yaml", INCIDENT.format(id="INC-1", service="SVC-shop") + f"x_step: {step}\n"
            )
            assert validate(open_tree(shop.root)).findings == ()
        packs = sqlite3.connect(shop.root / ".git/servicebook/cache.sqlite").execute("SELECT count(*) FROM readings")
        assert packs.fetchone()[0] <= 14
        assert validate(open_tree(shop.root)) == validate(open_tree(shop.root), cached=False)

    def test_it_lies_where_no_change_can_bring_one_along(self, shop: Book) -> None:
        shop.run("validate")
        assert shop.git("status", "--porcelain", "--ignored") == ""
        rows = sqlite3.connect(shop.root / ".git/servicebook/cache.sqlite").execute("SELECT * FROM readings").fetchall()
        assert "records/incidents/INC-1.yaml" in rows[0][-1]


def test_several_processes_give_what_one_gives() -> None:
    items = list(range(WORTH_A_PROCESS * 3 + 7))
    code = (
        "from servicebook.validation.workers import map_in_processes\n"
        f"items = list(range({len(items)}))\n"
        "assert map_in_processes(lambda n: n * n, items, 3) == [n * n for n in items]\n"
        "try:\n    map_in_processes(lambda n: 1 // (n - items[-1]), items, 3)\n"
        "except RuntimeError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env={"PYTHONPATH": str(CHECKOUT / "toolkit")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "ZeroDivisionError" in done.stdout
    assert map_in_processes(lambda n: n + 1, items[:5], 1) == [1, 2, 3, 4, 5]


def test_a_book_outside_git_is_checked_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "records/services").mkdir(parents=True)
    (tmp_path / "records/services/SVC-shop.yaml").write_text(
        SERVICE.format(id="SVC-shop", title="Shop"), encoding="utf-8"
    )
    (tmp_path / "records/services/notes.txt").write_text("", encoding="utf-8")
    assert [finding.rule for finding in validate(open_tree(tmp_path)).findings] == ["unknown-file"]
