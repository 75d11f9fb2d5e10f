"""log, fmt and renumber, as a person at a terminal meets them, and as a disk may treat them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from building import Book
from servicebook import writing
from servicebook.authoring.explaining import without_present
from servicebook.cli import run
from servicebook.kinds import read_kinds
from servicebook.tree import open_tree
from servicebook.validation import validate

INCIDENT = """\
# yaml-language-server: $schema=../../../schemas/incident.schema.json
id: INC-20260304-k7q2
schema_version: 1
title: 'Card payments are refused'
service: SVC-shop  # not the web shop
impact: high
urgency: high
timeline:
  # the monitoring was silent
  - at: "2026-03-04T09:12:00+01:00"
    event: opened
  # and here it woke
  - at: "2026-03-04T09:30:00+01:00"
    event: responded

# by whom it was found
reported_by: customer
"""
PATH = "records/incidents/2026/INC-20260304-k7q2.yaml"
SERVICE = """\
id: SVC-{0}
schema_version: 1
title: Shop
owner: shop-lead
criticality: vital
live_from: "2024-01-01"
"""


@pytest.fixture
def shop(book: Book) -> Book:
    book.write("records/services/SVC-shop.yaml", SERVICE.format("shop"))
    book.write(PATH, INCIDENT)
    book.commit("An incident")
    return book


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


class TestLog:
    def log(self, book: Book, *arguments: str) -> int:
        return run(["-C", str(book.root), "log", *arguments])

    def test_an_event_comes_at_its_place_and_all_else_stays(self, shop: Book) -> None:
        assert self.log(shop, "INC-20260304-k7q2", "escalated", "--at", "2026-03-04T10:00:00+01:00", "--to", "x") == 0
        assert self.log(
            shop, "inc-20260304-K7Q2", "assigned", "--at", "2026-03-04T09:20:00+01:00", "--by", "service-desk",
            "--to", "shop-operations", "--note", "Whoever is there.",
        ) == 0  # fmt: skip
        before, between, after = INCIDENT.partition("  # and here it woke\n")
        last, gap, rest = after.partition("\n\n")
        assert (shop.root / PATH).read_text("utf-8") == (
            before
            + '  - at: "2026-03-04T09:20:00+01:00"\n    event: assigned\n    by: service-desk\n'
            + "    to: shop-operations\n    note: Whoever is there.\n"
            + between
            + last
            + '\n  - at: "2026-03-04T10:00:00+01:00"\n    event: escalated\n    to: x'
            + gap
            + rest
        )

    def test_what_an_event_brings_is_set_with_it(self, shop: Book) -> None:
        settings = ["--set", "resolution.code=fixed", "--set", "resolution.summary=Renewed: the certificate."]
        assert self.log(shop, "INC-20260304-k7q2", "resolved", "--at", "2026-03-04T11:00:00+01:00", *settings) == 0
        text = (shop.root / PATH).read_text("utf-8")
        assert text.endswith('resolution:\n  code: fixed\n  summary: "Renewed: the certificate."\n')
        assert "# by whom it was found\nreported_by: customer\n" in text

    def test_in_a_file_as_new_writes_it_what_is_set_comes_at_its_place(
        self, shop: Book, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["-C", str(shop.root), "new", "incident", "--at", "2026-03-04T09:15:00+01:00"]) == 0
        path = shop.root / capsys.readouterr().out.strip()
        settings = ["--set", "service=SVC-shop", "--set", "resolution.code=fixed", "--set", "resolution.summary=Done."]
        assert self.log(shop, path.stem, "resolved", "--at", "2026-03-04T11:00:00+01:00", *settings) == 0
        text = path.read_text("utf-8")
        assert "\nservice: SVC-shop\n# As assessed when it was opened" in text
        assert "    event: resolved\nresolution:\n  code: fixed\n  summary: Done.\n\n# It may also have: " in text
        possible = text.partition("It may also have: ")[2].replace("\n# ", " ").rstrip(".\n").split(", ")
        assert "service" not in possible
        assert "resolution" not in possible
        assert possible == [
            name for name in read_kinds(open_tree(shop.root))["incident"].schema["properties"]
            if f"\n{name}:" not in text
        ]  # fmt: skip
        capsys.readouterr()
        assert run(["-C", str(shop.root), "fmt", "--check"]) == 1, "the other record is laid out otherwise"
        assert path.name not in said(capsys)

    def test_when_a_record_has_all_it_may_have_no_comment_says_otherwise(self) -> None:
        text = b"id: A-1\ntimeline: []\ncause: x\n\n# It may also have: cause,\n# effect.\n"
        cause = b"id: A-1\ntimeline: []\ncause: x\n\n# It may also have: effect.\n"
        assert without_present(text, {"id": "A-1", "timeline": [], "cause": "x"}) == cause
        assert without_present(text, {"cause": "x", "effect": "y"}) == b"id: A-1\ntimeline: []\ncause: x\n"
        assert without_present(text, {}) == text

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (["INC-20260304-k7q2", "resolvd"], 2, "Did you mean resolved?"),
            (["INC-20260304-k7q2", "reopened"], 2, "cannot come when INC-20260304-k7q2 is in-progress"),
            (["INC-20260304-k7q2", "reopened"], 2, "What can come then: assigned, responded, "),
            (["INC-20260304-k7q2", "responded", "--at", "2026-03-04T09:00:00+01:00"], 2, "is opened, as it is at"),
            (["INC-20260304-k7q2", "resolved"], 1, "[resolved-without-resolution]"),
            (["INC-20260304-k7q2", "paused"], 1, "Item 3 of timeline has no field code."),
            (["INC-20260304-k7q2", "note", "--by", "Mrs X"], 1, "by is “Mrs X”"),
            (["INC-20260304-k7q2", "note", "--at", "2026-03-04"], 2, "is no time with an offset"),
            (["INC-20260304-k7q2", "note", "--field", "x"], 2, "“x” is no setting."),
            (["INC-20260304-k7q2", "note", "--set", "timeline.0.at=2026"], 2, "timeline.0.at is part of the timeline"),
            (["INC-20260304-k7q2", "note", "--set", "timeline=[]"], 2, "Say with --field what the new event holds"),
            (["INC-20260304-k7q3", "note"], 2, "Did you mean INC-20260304-k7q2?"),
            (["SVC-shop", "note"], 2, "The kind service has no timeline."),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, shop: Book, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
    ) -> None:
        assert self.log(shop, *arguments) == code
        assert message in said(capsys)
        assert shop.git("status", "--porcelain") == ""

    def test_a_list_between_brackets_and_line_ends_of_another_system(self, shop: Book) -> None:
        head, _, _ = INCIDENT.partition("timeline:")
        opened = '{at: "2026-03-04T09:12:00+01:00", event: opened}'
        shop.write(PATH, f"{head}timeline: [{opened}]\n".replace("\n", "\r\n"))
        assert self.log(shop, "INC-20260304-k7q2", "note", "--at", "2026-03-04T09:20:00+01:00") == 0
        text = (shop.root / PATH).read_bytes().decode()
        assert "2026-03-04T09:20:00+01:00" in text
        shop.write(PATH, INCIDENT.replace("\n", "\r\n"))
        assert self.log(shop, "INC-20260304-k7q2", "note", "--at", "2026-03-04T09:50:00+01:00") == 0
        text = (shop.root / PATH).read_bytes().decode()
        assert text.count("\n") == text.count("\r\n") == INCIDENT.count("\n") + 2

    def test_a_finding_that_was_there_before_does_not_stand_in_the_way(
        self, shop: Book, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shop.write(PATH, INCIDENT.replace("SVC-shop", "SVC-gone"))
        assert self.log(shop, "INC-20260304-k7q2", "note", "--at", "2026-03-04T09:50:00+01:00") == 0
        assert "SVC-gone" not in said(capsys)


class TestFmt:
    def fmt(self, book: Book, *arguments: str) -> int:
        return run(["-C", str(book.root), "fmt", *arguments])

    def test_check_lists_and_fmt_changes(self, shop: Book, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.fmt(shop, "--check") == 1
        assert capsys.readouterr() == (f"{PATH}\nrecords/services/SVC-shop.yaml\n", "2 files would change.\n")
        assert shop.git("status", "--porcelain") == ""
        assert self.fmt(shop, str(shop.root / "records/incidents")) == 0
        assert capsys.readouterr() == (f"{PATH}\n", "1 file changed.\n")
        text = (shop.root / PATH).read_text("utf-8")
        assert "title: Card payments are refused\nservice: SVC-shop  # not the web shop\n" in text
        assert "# by whom it was found\nreported_by: customer\nimpact: high\n" in text
        assert self.fmt(shop, PATH, "--check") == 0

    def test_what_is_no_record_is_told_and_left(self, shop: Book, capsys: pytest.CaptureFixture[str]) -> None:
        shop.write("records/services/SVC-torn.yaml", 'id: "SVC-torn\n')
        assert self.fmt(shop) == 1
        out, err = capsys.readouterr()
        assert out.splitlines() == [PATH, "records/services/SVC-shop.yaml"]
        assert "records/services/SVC-torn.yaml:1:5: A quotation mark is opened here and not closed." in err

    def test_a_path_outside_is_refused(self, shop: Book, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        (tmp_path / "other.yaml").write_text("id: x\n")
        assert self.fmt(shop, str(tmp_path / "other.yaml")) == 2
        assert "is outside the book" in said(capsys)


class TestRenumber:
    def renumber(self, book: Book, *arguments: str) -> int:
        return run(["-C", str(book.root), "renumber", *arguments])

    @pytest.fixture
    def shops(self, shop: Book) -> Book:
        for name in ("web", "till"):
            shop.write(f"records/services/SVC-{name}.yaml", SERVICE.format(name) + "depends_on:\n  - SVC-shop  # yes\n")
        own = "description: Ask SVC-shop.\nlinks:\n  - type: related\n    to: SVC-shop\n"
        shop.write("records/services/SVC-shop.yaml", SERVICE.format("shop") + own)
        shop.write("servicebook.toml", '[organisation]\nname = "Test"\n\n[scope]\nservices = ["SVC-shop"]  # all\n')
        shop.commit("Two more")
        return shop

    def test_every_link_that_means_the_record_follows(self, shops: Book, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.renumber(shops, "SVC-shop", "SVC-high-street", "--dry-run") == 0
        told = said(capsys)
        assert shops.git("status", "--porcelain") == ""
        assert self.renumber(shops, "SVC-shop", "SVC-high-street") == 0
        assert said(capsys) == told
        assert told.splitlines() == [
            f"{PATH}: service: SVC-shop → SVC-high-street",
            "records/services/SVC-shop.yaml: links.0.to: SVC-shop → SVC-high-street",
            "records/services/SVC-till.yaml: depends_on.0: SVC-shop → SVC-high-street",
            "records/services/SVC-web.yaml: depends_on.0: SVC-shop → SVC-high-street",
            "servicebook.toml: scope.services: SVC-shop → SVC-high-street",
            "records/services/SVC-shop.yaml: id: SVC-shop → SVC-high-street",
            "records/services/SVC-shop.yaml → records/services/SVC-high-street.yaml",
            "Note: records/services/SVC-shop.yaml still names SVC-shop.",
        ]
        assert "  - SVC-high-street  # yes\n" in (shops.root / "records/services/SVC-web.yaml").read_text()
        assert 'services = ["SVC-high-street"]  # all\n' in (shops.root / "servicebook.toml").read_text()
        assert amiss(shops) == []

    def test_of_two_files_with_one_id_one_gets_another(self, shops: Book, capsys: pytest.CaptureFixture[str]) -> None:
        theirs = "records/incidents/2026/INC-20260304-k7q2-theirs.yaml"
        shops.write(theirs, INCIDENT)
        for number in (1, 2):
            link = "links:\n  - type: related\n    to: INC-20260304-k7q2\n"
            shops.write(f"records/services/SVC-{number}.yaml", SERVICE.format(number) + link)
        assert self.renumber(shops, "INC-20260304-k7q2") == 2
        assert "Name the file whose id shall change." in said(capsys)
        assert self.renumber(shops, theirs, "--links", "records/services/SVC-2.yaml") == 0
        told = said(capsys)
        assert "Note: records/services/SVC-1.yaml still names INC-20260304-k7q2." in told
        assert amiss(shops) == []
        made = [path.stem for path in (shops.root / "records/incidents/2026").iterdir()]
        assert len(made) == 2
        (new,) = set(made) - {"INC-20260304-k7q2"}
        assert new in (shops.root / "records/services/SVC-2.yaml").read_text()

    def test_an_id_begins_as_those_of_its_kind(self, shops: Book, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.renumber(shops, "SVC-shop", "CHG-shop") == 2
        assert "“CHG-shop” does not begin with SVC-" in said(capsys)
        assert shops.git("status", "--porcelain") == ""

    def test_a_file_is_named_like_its_id(self, shops: Book) -> None:
        (shops.root / PATH).rename(shops.root / "records/incidents/wrong.yaml")
        assert self.renumber(shops, "records/incidents/wrong.yaml") == 0
        assert (shops.root / "records/incidents/INC-20260304-k7q2.yaml").is_file()
        assert not (shops.root / "records/incidents/wrong.yaml").exists()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["SVC-shop"], "has no date to make another from"),
            (["SVC-shop", "SVC-WEB"], "There is a record SVC-WEB already."),
            (["SVC-shop", "SVC-shop"], "has the id SVC-shop already"),
            (["SVC-shop", "../x"], "cannot be an id"),
            (["SVC-shp", "SVC-x"], "Did you mean SVC-shop?"),
            (["SVC-shop", "SVC-x", "--links", PATH], "--links is for two files"),
            (["records/none.yaml"], "There is no file or folder"),
        ],
    )
    def test_misuse_is_told_in_a_sentence(
        self, shops: Book, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
    ) -> None:
        assert self.renumber(shops, *arguments) == 2
        assert message in said(capsys)
        assert shops.git("status", "--porcelain") == ""

    def test_nothing_is_done_while_a_record_cannot_be_read(
        self, shops: Book, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shops.write("records/services/SVC-torn.yaml", 'id: "SVC-torn\n')
        assert self.renumber(shops, "SVC-shop", "SVC-x") == 2
        assert "Correct it first" in said(capsys)

    @pytest.mark.parametrize("made", [["INC-20260304-k7q2"], ["SVC-shop", "SVC-high-street"]])
    def test_stopped_at_any_write_it_is_told_by_validate_and_completed_by_a_second_run(
        self, shops: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], made: list[str]
    ) -> None:
        shops.write(
            "records/services/SVC-web.yaml",
            SERVICE.format("web") + "depends_on: [SVC-shop]\nlinks: [{type: related, to: INC-20260304-k7q2}]\n",
        )
        shops.commit("A link")
        for steps in range(1, 20):
            shops.git("checkout", "--quiet", ".")
            shops.git("clean", "--quiet", "--force")
            with monkeypatch.context() as patch:
                stop_after(patch, steps)
                try:
                    run(["-C", str(shops.root), "renumber", *made])
                except Killed:
                    stopped = True
                else:
                    stopped = False
            capsys.readouterr()
            if not stopped:
                break
            changed = shops.git("status", "--porcelain", "--", "*.yaml") != ""
            if not list(shops.root.rglob(f"{made[0]}.yaml")):  # all was done but for the last word to the disk
                assert amiss(shops) == []
                continue
            assert bool(amiss(shops)) is changed
            assert self.renumber(shops, *made) == 0, said(capsys)
            assert amiss(shops) == []
            assert not list(shops.root.rglob("*.tmp"))
        assert steps > 5
        ids = {path.stem for path in (shops.root / "records").rglob("*.yaml")}
        assert made[0] not in ids
        assert len(ids) == 4


def amiss(book: Book) -> list[str]:
    """What is wrong with ids and links."""
    report = validate(open_tree(book.root), cached=False)
    rules = ("dangling-link", "duplicate-id", "id-differs-from-file-name", "schema", "yaml-syntax")
    return [f"{finding.path}: {finding.message}" for finding in report.findings if finding.rule in rules]


class Killed(BaseException):
    """The process is gone."""


def stop_after(patch: pytest.MonkeyPatch, steps: int) -> None:
    """The n-th call that changes a name on disk is the last thing that happens."""
    left = steps

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return change(*arguments, **options)

        return call

    patch.setattr(os, "link", counted(os.link))
    patch.setattr(Path, "replace", counted(Path.replace))
    patch.setattr(Path, "unlink", counted(Path.unlink))
    patch.setattr(writing, "_flush_folder", counted(writing._flush_folder))
