"""migrate: records follow their schema from version to version, comments kept, and nothing is lost on the way."""

import json
from pathlib import Path
from typing import Any

import pytest

from building import CHECKOUT, Book
from servicebook.authoring import migrating
from servicebook.errors import Problem
from servicebook.kinds import read_kinds
from servicebook.source import load
from servicebook.tree import WorkingTree
from servicebook.writing import rewrite

PATH = "records/reviews/REV-20260115-m4tz.yaml"
BEFORE = """\
# Minutes of the winter review.
id: REV-20260115-m4tz
schema_version: 1 # as of the first release
title: "Service review: winter"
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager # took the minutes
  - role: retail-director
    top_management: true
inputs:
  # asked for by the shops
  - topic: service-performance # the figure of the season
    summary: |
      It held.

      No order was lost.

  # looked at once a year
  - topic: policy
    summary: 'No change.'
approved:
  # by telephone
  by: retail-director # away until the 19th
  on: 2026-01-20
next_due: 2026-04-15
"""
DIFF = """\
--- a/records/reviews/REV-20260115-m4tz.yaml
+++ b/records/reviews/REV-20260115-m4tz.yaml
@@ -1,6 +1,6 @@
 # Minutes of the winter review.
 id: REV-20260115-m4tz
-schema_version: 1 # as of the first release
+schema_version: 2 # as of the first release
 title: "Service review: winter"
 type: service-review
 held_on: 2026-01-15
@@ -12,6 +12,7 @@
 inputs:
   # asked for by the shops
   - topic: service-performance # the figure of the season
+    considered: true
     summary: |
       It held.
\x20
@@ -19,9 +20,11 @@
\x20
   # looked at once a year
   - topic: policy
+    considered: true
     summary: 'No change.'
 approved:
   # by telephone
-  by: retail-director # away until the 19th
+  by:
+    role: retail-director # away until the 19th
   on: 2026-01-20
 next_due: 2026-04-15
"""


@pytest.fixture
def old(book: Book) -> Book:
    """A book whose one review is of version 1, without schemas of its own."""
    book.write(PATH, BEFORE)
    return book


def text(book: Book, path: str = PATH) -> str:
    return (book.root / path).read_text(encoding="utf-8")


class TestRecords:
    def test_the_real_migration_is_a_diff_of_what_changed_and_nothing_else(self, old: Book) -> None:
        assert "The record is of version 1, the schema of version 2." in old.run("validate").stdout
        done = old.run("migrate", "--diff")
        assert (done.returncode, done.stdout) == (0, DIFF)
        assert text(old) == BEFORE
        done = old.run("migrate")
        assert (done.returncode, done.stdout) == (0, f"{PATH}: Review, version 1 to 2\n")
        wanted = [line[1:] for line in DIFF.splitlines()[2:] if line.startswith("+")]
        assert [line for line in text(old).splitlines() if line not in BEFORE.splitlines()] == wanted
        assert old.run("validate").returncode == 0

    def test_a_record_of_another_version_has_that_one_finding(self, old: Book) -> None:
        found = [json.loads(line) for line in old.run("validate", "--format", "jsonl").stdout.splitlines()]
        assert [(f["rule"], f["line"]) for f in found] == [("record-of-another-version", 3)]

    def test_a_second_run_finds_nothing_to_do(self, old: Book) -> None:
        old.run("migrate")
        after = text(old)
        done = old.run("migrate")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "No files migrated.\n")
        assert text(old) == after

    def test_check_lists_and_fails_and_writes_nothing(self, old: Book) -> None:
        done = old.run("migrate", "--check")
        assert (done.returncode, done.stderr) == (1, "1 file would change.\n")
        assert PATH in done.stdout
        assert text(old) == BEFORE
        old.run("migrate")
        assert old.run("migrate", "--check").returncode == 0

    def test_only_the_kinds_that_are_named(self, old: Book) -> None:
        assert old.run("migrate", "incident").stdout == ""
        assert text(old) == BEFORE
        done = old.run("migrate", "reviw")
        assert (done.returncode, "Did you mean review?" in done.stderr) == (2, True)

    def test_a_file_that_cannot_be_read_is_named(self, old: Book) -> None:
        old.write("records/reviews/REV-20260116-aaaa.yaml", "id: [\n")
        done = old.run("migrate")
        assert done.returncode == 1
        assert "records/reviews/REV-20260116-aaaa.yaml:" in done.stdout
        assert "schema_version: 2" in text(old), "the others are migrated"

    def test_a_diff_holds_no_orders_for_a_terminal(self, old: Book) -> None:
        old.write(PATH, BEFORE.replace("away until the 19th", "away \u202e until"))
        assert "\u202e" not in old.run("migrate", "--diff").stdout

    def test_what_was_changed_meanwhile_is_not_overwritten(self, old: Book) -> None:
        tree = WorkingTree(old.root)
        made = migrating.plan(tree)
        old.write(PATH, BEFORE.replace("winter", "cold"))
        with pytest.raises(Problem, match="was changed meanwhile"):
            migrating.carry_out(tree, made)
        assert "cold" in text(old)


AGREEMENT = """\
id: SLA-shop
schema_version: 1 # as of the first release
title: Shop
services: [SVC-shop]
customer: retail-director
versions:
  # the first winter
  - version: 1
    valid_from: 2025-02-01
    agreed_on: 2025-01-24
    agreed_by: {provider: it-manager, customer: retail-director}
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed} # by telephone
    clock_stops:
      - code: waiting-for-customer
    workload_limits:
      # counted by the shop
      - "At most 120 incidents: a month." # agreed by post
      - At most five at once.
    review_every: quarter
  - version: 2
    valid_from: 2026-02-01
    agreed_on: 2026-01-24
    agreed_by: {provider: it-manager, customer: retail-director}
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 10m, time: elapsed}
    exceptions:
      - |
        Faults of the customer's own device.

        And of its cables.
      # since the fire
      - Faults in stock-taking.
    review_every: quarter
"""


WRAPPED = AGREEMENT
for words, item in (
    ("schema_version: 1 #", "schema_version: 2 #"),
    ('- "At most 120', '- text: "At most 120'),
    ("- At most five", "- text: At most five"),
    ("- |\n        Faults", "- text: |\n          Faults"),
    ("\n        And of", "\n          And of"),
    ("- Faults in", "- text: Faults in"),
):
    WRAPPED = WRAPPED.replace(words, item)


class TestAgreements:
    """What version 1 of an agreement said in words alone has a place of its own in version 2."""

    PATH = "records/slas/SLA-shop.yaml"

    def test_words_on_workload_and_exceptions_are_wrapped_and_the_rest_is_as_it_was(self, book: Book) -> None:
        book.write(self.PATH, AGREEMENT)
        assert f"{self.PATH}:2:1: The record is of version 1, the schema of version 2." in book.run("validate").stdout
        done = book.run("migrate", "sla")
        assert (done.returncode, done.stdout) == (0, f"{self.PATH}: Service level agreement, version 1 to 2\n")
        after = text(book, self.PATH)
        assert after == WRAPPED
        data = load(after.encode())
        first, second = data["versions"]
        assert first["workload_limits"] == [
            {"text": "At most 120 incidents: a month."},
            {"text": "At most five at once."},
        ]
        assert second["exceptions"] == [
            {"text": "Faults of the customer's own device.\n\nAnd of its cables.\n"},
            {"text": "Faults in stock-taking."},
        ]
        assert read_kinds(WorkingTree(book.root))["sla"].validator.is_valid(data)
        assert book.run("migrate", "sla").stderr == "No files migrated.\n"


def kind(version: int, migrations: dict[str, Any], **properties: Any) -> str:
    """A kind of one's own at a version."""
    return json.dumps({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Idea", "x-folder": "ideas",
        "x-prefix": "IDE", "x-migrations": migrations, "type": "object",
        "properties": {
            "id": {"$ref": "parts.json#/$defs/id"},
            "schema_version": {"type": "integer", "const": version},
            "title": {"$ref": "parts.json#/$defs/title"},
            **properties,
        },
        "required": ["id", "schema_version", "title"],
        "additionalProperties": False,
    })  # fmt: skip


class TestOwnKind:
    """A team's own kind migrates as a shipped one does."""

    @pytest.fixture
    def ideas(self, book: Book) -> Book:
        for letter, mood in (("a", "good"), ("b", "odd")):
            name = f"IDE-{letter}"
            book.write(
                f"records/ideas/{name}.yaml",
                f"id: {name}\nschema_version: 1\ntitle: T\n# how it is\nmood: {mood}\n",
            )
        return book

    def test_a_record_that_would_not_be_valid_is_left_and_named_at_its_line(self, ideas: Book) -> None:
        steps = {"2": [{"replace": "mood", "values": {"good": "fine"}}]}
        ideas.write("schemas/idea.schema.json", kind(2, steps, mood={"enum": ["fine", "bad"]}))
        done = ideas.run("migrate")
        assert done.returncode == 1
        assert "records/ideas/IDE-b.yaml:5:1: After migration: mood is “odd”, which is none of" in done.stdout
        assert done.stderr == "1 file migrated, 1 left as it is.\n"
        assert "mood: odd" in text(ideas, "records/ideas/IDE-b.yaml")
        assert "schema_version: 1" in text(ideas, "records/ideas/IDE-b.yaml")
        assert text(ideas, "records/ideas/IDE-a.yaml") == (
            "id: IDE-a\nschema_version: 2\ntitle: T\n# how it is\nmood: fine\n"
        )

    def test_a_comment_that_would_be_lost_keeps_the_file_as_it_is(self, ideas: Book) -> None:
        ideas.write("records/ideas/IDE-a.yaml", "id: IDE-a\nschema_version: 1\nmood: x\n# of the title\ntitle: T\n")
        ideas.write("schemas/idea.schema.json", kind(2, {"2": [{"drop": "mood"}]}))
        done = ideas.run("migrate")
        assert "records/ideas/IDE-a.yaml:2:1: The comment “# of the title” would be lost. [migrate]" in done.stdout
        assert "schema_version: 1" in text(ideas, "records/ideas/IDE-a.yaml")
        assert "mood" not in text(ideas, "records/ideas/IDE-b.yaml")

    def test_several_versions_at_once(self, ideas: Book) -> None:
        steps = {"2": [{"rename": "mood", "to": "feel"}], "3": [{"wrap": "feel", "in": "now"}]}
        feel = {"type": "object", "properties": {"now": {"type": "string"}}, "required": ["now"]}
        ideas.write("schemas/idea.schema.json", kind(3, steps, feel=feel))
        done = ideas.run("migrate")
        assert done.returncode == 0
        assert "Idea, version 1 to 3" in done.stdout
        assert text(ideas, "records/ideas/IDE-a.yaml") == (
            "id: IDE-a\nschema_version: 3\ntitle: T\n# how it is\nfeel:\n  now: good\n"
        )

    def test_where_no_way_leads_the_record_is_left(self, ideas: Book) -> None:
        ideas.write("schemas/idea.schema.json", kind(3, {"3": []}, mood={"type": "string"}))
        done = ideas.run("migrate")
        assert done.returncode == 1
        assert "has no way from there to 2. [migrate]" in done.stdout

    @pytest.mark.parametrize(
        ("version", "migrations", "message"),
        [
            (2, {}, "is of version 2, and x-migrations has no 2."),
            (4, {"2": [], "4": []}, "is of version 4, and x-migrations has no 3."),
            (2, {"2": [], "3": []}, "x-migrations leads to version 3, and the schema is of version 2."),
            (1, {"1": []}, "x-migrations leads to version 1"),
            (2, {"2": [{"delete": "mood"}]}, "x-migrations is"),
        ],
    )
    def test_a_schema_says_every_step_to_its_version(
        self, ideas: Book, version: int, migrations: dict[str, Any], message: str
    ) -> None:
        ideas.write("schemas/idea.schema.json", kind(version, migrations, mood={"type": "string"}))
        done = ideas.run("validate")
        assert done.returncode == 2
        assert message in done.stderr


PARTS = json.loads((CHECKOUT / "schemas/parts.json").read_text(encoding="utf-8"))["x-version"]
"""The version that the parts now have: it rises with every addition to them."""


def first_release() -> dict[str, str]:
    """Schema files such as a book of the first release has them: review of version 1, and parts of no version."""
    review = json.loads((CHECKOUT / "schemas/review.schema.json").read_text(encoding="utf-8"))
    parts = json.loads((CHECKOUT / "schemas/parts.json").read_text(encoding="utf-8"))
    del parts["x-version"], parts["$defs"]["sign-off"], review["x-migrations"]
    fields = review["properties"]
    fields["schema_version"] = {"$ref": "parts.json#/$defs/schema-version"}
    approved = {"by": {"$ref": "parts.json#/$defs/role"}, "on": {"$ref": "parts.json#/$defs/date"}}
    fields["approved"] = {"type": "object", "properties": approved, "additionalProperties": False}
    item = fields["inputs"]["items"]
    item["required"].remove("considered")
    del item["properties"]["considered"]
    review["examples"] = []
    return {"schemas/review.schema.json": json.dumps(review), "schemas/parts.json": json.dumps(parts)}


class TestSchemas:
    """A newer servicebook brings a newer schema; the book adopts it when it wants to."""

    @pytest.fixture
    def kept(self, old: Book) -> Book:
        """A book of the first release with its own copies, committed."""
        for path, content in first_release().items():
            old.write(path, content)
        old.commit("As the first release had it", at="2026-02-02T09:00:00+01:00")
        return old

    def test_the_book_goes_on_with_its_own_until_then(self, kept: Book) -> None:
        done = kept.run("validate")
        assert (done.returncode, done.stdout) == (0, "")
        assert kept.run("migrate").stderr == "No files migrated.\n"

    def test_then_schemas_and_records_follow_in_one_run(self, kept: Book) -> None:
        overlay = kept.write("schemas/review.overlay.json", '{"properties": {"x_room": {"type": "string"}}}')
        done = kept.run("migrate", "--schemas")
        assert done.returncode == 0
        assert done.stdout.splitlines() == [
            f"schemas/parts.json: version 1 to {PARTS}",
            "schemas/review.schema.json: version 1 to 2",
            f"{PATH}: Review, version 1 to 2",
        ]
        for name in ("review.schema.json", "parts.json"):
            assert (kept.root / "schemas" / name).read_bytes() == (CHECKOUT / "schemas" / name).read_bytes()
        assert overlay.is_file()
        done = kept.run("validate")
        assert (done.returncode, done.stdout) == (0, "")
        assert kept.run("migrate", "--schemas").stderr == "No files migrated.\n"

    def test_an_old_commit_is_read_with_the_schemas_of_its_day(self, kept: Book) -> None:
        commit = kept.git("rev-parse", "HEAD").strip()
        assert kept.run("migrate", "--schemas").returncode == 0
        kept.commit("Review of version 2", at="2026-02-03T09:00:00+01:00")
        for revision in (commit, "HEAD"):
            done = kept.run("validate", "--at", revision)
            assert (done.returncode, done.stdout) == (0, ""), revision

    def test_a_look_at_it_first_writes_nothing(self, kept: Book) -> None:
        done = kept.run("migrate", "--schemas", "--diff")
        assert done.returncode == 0
        assert "+++ b/schemas/review.schema.json" in done.stdout
        assert "+    role: retail-director" in done.stdout
        assert kept.git("status", "--porcelain") == ""

    def test_parts_of_the_books_own_are_not_taken_away(self, kept: Book) -> None:
        parts = json.loads(text(kept, "schemas/parts.json"))
        parts["$defs"]["table"] = {"type": "integer"}
        kept.write("schemas/parts.json", json.dumps(parts))
        done = kept.run("migrate", "--schemas")
        assert done.returncode == 2
        assert "schemas/parts.json defines “table”, which the newer one of servicebook lacks." in done.stderr
        assert text(kept) == BEFORE

    @pytest.mark.parametrize("content", ['{"properties": []}', "{", "[]", '{"properties": {"schema_version": 1}}'])
    def test_a_schema_of_the_books_own_that_is_none_makes_room_or_is_told(self, kept: Book, content: str) -> None:
        kept.write("schemas/review.schema.json", content)
        done = kept.run("migrate", "--schemas", "--check")
        assert done.returncode in (1, 2)
        assert "review.schema.json" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("after", range(3))
    def test_stopped_half_way_the_next_run_does_the_rest(
        self, kept: Book, after: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tree = WorkingTree(kept.root)
        written: list[str] = []

        def stop(root: Path, path: str, edit: Any) -> bool:
            if len(written) == after:
                raise KeyboardInterrupt
            written.append(path)
            return rewrite(root, path, edit)

        monkeypatch.setattr(migrating, "rewrite", stop)
        with pytest.raises(KeyboardInterrupt):
            migrating.carry_out(tree, migrating.plan(tree, schemas=True))
        assert len(kept.git("status", "--porcelain").splitlines()) == after
        assert kept.run("migrate", "--schemas").returncode == 0
        assert kept.run("validate").stdout == ""
        assert "schema_version: 2" in text(kept)


class TestChange:
    """A pull request that brings a newer version is judged by it where it is the tool's own, and only there."""

    @pytest.fixture
    def kept(self, old: Book) -> Book:
        for path, content in first_release().items():
            old.write(path, content)
        old.write(PATH.replace("m4tz", "aaaa"), BEFORE.replace("m4tz", "aaaa"))
        old.commit("As the first release had it", at="2026-02-02T09:00:00+01:00")
        return old

    def test_adopted_and_migrated_it_is_clean_and_says_so(self, kept: Book) -> None:
        kept.run("migrate", "--schemas")
        done = kept.run("validate", "--changed-from", "HEAD")
        assert (done.returncode, done.stdout) == (0, "")
        assert "schemas/review.schema.json is servicebook's own, now of version 2: records are judged" in done.stderr
        assert f"schemas/parts.json is servicebook's own, now of version {PARTS}: records are judged by" in done.stderr

    def test_a_record_that_it_forgot_is_its_finding(self, kept: Book) -> None:
        kept.run("migrate", "--schemas")
        kept.write(PATH, BEFORE)
        done = kept.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert f"{PATH}:3:1: The record is of version 1, the schema of version 2." in done.stdout

    def test_the_least_change_to_it_and_the_base_judges(self, kept: Book) -> None:
        kept.run("migrate", "--schemas")
        review = text(kept, "schemas/review.schema.json")
        kept.write("schemas/review.schema.json", review.replace('"maxItems": 50', '"maxItems": 51'))
        done = kept.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert f"{PATH}:3:1: The record is of version 2, the schema of version 1." in done.stdout
        assert "schemas/review.schema.json is changed: records are judged by the version before" in done.stderr

    def test_a_shipped_schema_of_no_higher_version_does_not_judge_either(self, kept: Book) -> None:
        kept.run("migrate", "--schemas")
        review = json.loads(text(kept, "schemas/review.schema.json"))
        review["required"] = [*review["required"], "minutes"]
        kept.write("schemas/review.schema.json", json.dumps(review))
        kept.write(PATH, text(kept) + "minutes: Long.\n")
        kept.write(PATH.replace("m4tz", "aaaa"), text(kept, PATH.replace("m4tz", "aaaa")) + "minutes: Long.\n")
        kept.commit("Stricter than the tool")
        kept.write("schemas/review.schema.json", (CHECKOUT / "schemas/review.schema.json").read_bytes())
        kept.write(PATH, text(kept).replace("minutes: Long.\n", ""))
        done = kept.run("validate", "--changed-from", "HEAD")
        assert done.returncode == 1
        assert "The record has no field minutes. [schema]" in done.stdout
