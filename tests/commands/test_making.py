"""init, new, show, list and explain, as a person at a terminal meets them."""

import json
from pathlib import Path

import pytest

from building import Book
from servicebook.cli import run


@pytest.fixture
def firm(tmp_path: Path) -> Book:
    """A book as `init` makes it, committed."""
    book = Book.__new__(Book)
    book.root = tmp_path / "firm"
    assert run(["init", str(book.root), "--name", "Kern & Sohn", "--zone", "Europe/Berlin"]) == 0
    book.git("init", "--quiet", "--initial-branch=main")
    book.commit("A service book")
    return book


class TestInit:
    def test_the_new_book_is_without_findings(self, firm: Book) -> None:
        done = firm.run("validate")
        assert (done.returncode, done.stderr) == (0, "4 files, no findings.\n")
        assert 'name = "Kern & Sohn"' in (firm.root / "servicebook.toml").read_text(encoding="utf-8")
        hours = firm.root / "records/calendars/CAL-office-hours.yaml"
        assert "zone: Europe/Berlin" in hours.read_text(encoding="utf-8")

    def test_it_carries_its_schemas_so_that_editors_and_old_commits_find_them(self, firm: Book) -> None:
        for record in (firm.root / "records").rglob("*.yaml"):
            first = record.read_text(encoding="utf-8").splitlines()[0]
            assert (record.parent / first.partition("$schema=")[2]).is_file()

    def test_nothing_is_overwritten(self, firm: Book, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["init", str(firm.root)]) == 2
        assert "exists already" in capsys.readouterr().err
        assert firm.git("status", "--porcelain") == ""

    def test_a_zone_that_does_not_exist(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["init", str(tmp_path / "x"), "--zone", "Europe/Bonn"]) == 2
        assert "Europe/Bonn" in capsys.readouterr().err
        assert not (tmp_path / "x").exists()


class TestNew:
    @pytest.mark.parametrize("kind", ["service", "calendar", "priority-matrix", "sla", "incident", "review"])
    def test_a_record_of_every_kind_is_valid_at_once(self, firm: Book, kind: str) -> None:
        done = firm.run("new", kind)
        assert done.returncode == 0, done.stdout + done.stderr
        assert (firm.root / done.stdout.strip()).is_file()
        assert firm.run("validate").returncode == 0

    def test_what_is_set_is_set(self, firm: Book) -> None:
        done = firm.run(
            "new", "incident", "--no-comments", "--at", "2026-03-04T09:15:00+01:00",
            "--set", "title=0815", "--set", "impact=low", "--set", "service=SVC-example",
            "--set", "timeline.0.by=service-desk",
            "--set", "timeline.1.at=2026-03-04T09:20:00+01:00", "--set", "timeline.1.event=responded",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        path = done.stdout.strip()
        assert path.startswith("records/incidents/2026/INC-20260304-")
        assert (firm.root / path).read_text(encoding="utf-8").splitlines() == [
            "# yaml-language-server: $schema=../../../schemas/incident.schema.json",
            f"id: {Path(path).stem}",
            "schema_version: 1",
            'title: "0815"',
            "service: SVC-example",
            "impact: low",
            "urgency: high",
            "timeline:",
            '  - at: "2026-03-04T09:15:00+01:00"',
            "    event: opened",
            "    by: service-desk",
            '  - at: "2026-03-04T09:20:00+01:00"',
            "    event: responded",
        ]

    def test_what_would_not_be_valid_is_not_written(self, firm: Book) -> None:
        done = firm.run("new", "incident", "--set", "impact=hihg", "--set", "service=SVC-exmple")
        assert done.returncode == 1
        assert "Did you mean high?" in done.stdout
        assert "Did you mean SVC-example?" in done.stdout
        assert firm.git("status", "--porcelain") == ""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["incidnt"], "Did you mean incident?"),
            (["incident", "--set", "impact"], "“impact” is no setting."),
            (["incident", "--set", "title.first=x"], "title is a value"),
            (["incident", "--set", "timeline.7.by=x"], "There is no item “7” in timeline."),
            (["incident", "--at", "yesterday"], "“yesterday” is no time with an offset."),
            (["incident", "--at", "2026-03-04T09:15:00"], "is no time with an offset"),
            (["service", "--set", "title=在线商店"], "No id can be made from the title"),
            (["service", "--id", "../../x"], "cannot be an id"),
            (["service", "--id", "svc-EXAMPLE"], "There is a record svc-EXAMPLE already."),
        ],
    )
    def test_misuse_is_told_in_a_sentence(self, firm: Book, arguments: list[str], message: str) -> None:
        done = firm.run("new", *arguments)
        assert done.returncode == 2
        assert message in done.stderr
        assert firm.git("status", "--porcelain") == ""


class TestShowListExplain:
    @pytest.fixture
    def printer(self, firm: Book) -> str:
        settings = ["title=Printer: on fire", "service=SVC-example", "impact=high", "urgency=high"]
        for number, (at, event) in enumerate((("09:20", "responded"), ("17:30", "resolved")), 1):
            settings += [f"timeline.{number}.at=2026-03-04T{at}:00+01:00", f"timeline.{number}.event={event}"]
        settings += ["resolution.code=fixed", "resolution.summary=Put out."]
        options = [part for setting in settings for part in ("--set", setting)]
        done = firm.run("new", "incident", "--at", "2026-03-04T09:15:00+01:00", *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return Path(done.stdout.strip()).stem

    def test_show(self, firm: Book, printer: str) -> None:
        assert "Printer: on fire (service)" in firm.run("show", "svc-example").stdout
        shown = json.loads(firm.run("show", printer, "--format", "json").stdout)
        assert shown["format"] == "servicebook.show/1"
        assert shown["links_out"] == [{"pointer": "service", "target": "SVC-example", "title": "An example service"}]
        done = firm.run("show", "SVC-exampel")
        assert (done.returncode, done.stdout) == (2, "")
        assert "Did you mean SVC-example?" in done.stderr

    def test_list(self, firm: Book, printer: str) -> None:
        rows = json.loads(firm.run("list", "incident", "--format", "json").stdout)["rows"]
        assert [(row["id"], row["priority"], row["status"]) for row in rows] == [(printer, "P1", "resolved")]
        assert firm.run("list", "incident", "--where", "status=closed").stdout.splitlines()[1:] == []
        assert "Did you mean status?" in firm.run("list", "incident", "--where", "statsu=closed").stderr
        assert "SVC-example" in firm.run("list", "service", "--format", "csv").stdout

    def test_explain_an_incident_down_to_the_line(self, firm: Book, printer: str) -> None:
        text = firm.run("explain", printer, "--as-of", "2026-03-05").stdout
        assert "response: met. Counted 5m of 15m." in text
        assert "resolution: breached. Counted 8h15m of 4h." in text
        assert "P1 by SLA-example version 1, every hour counts (records/slas/SLA-example.yaml:" in text
        assert f"records/incidents/2026/{printer}.yaml:" in text

    def test_explain_a_rule_and_a_metric(self, firm: Book) -> None:
        assert "## Wrong" in firm.run("explain", "naive-time").stdout
        assert "Definition:" in firm.run("explain", "backlog").stdout
        done = firm.run("explain", "naive-tme")
        assert done.returncode == 2
        assert "Did you mean naive-time?" in done.stderr


class TestCommandLine:
    def test_every_command_says_what_it_does(self, firm: Book) -> None:
        from servicebook.registry import module_names

        listed = firm.run("--help").stdout
        for name in module_names("commands"):
            assert f"\n  {name} " in listed
            text = firm.run(name, "--help")
            assert text.returncode == 0
            assert text.stdout.startswith(f"Usage: servicebook {name} ")
            assert len(text.stdout.splitlines()) > 4

    def test_a_mistyped_command(self, firm: Book) -> None:
        done = firm.run("valdate")
        assert done.returncode == 2
        assert "Did you mean validate?" in done.stderr

    def test_no_book(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.chdir(tmp_path)
        assert run(["validate"]) == 2
        assert "There is no book here" in capsys.readouterr().err
        assert run(["-C", str(tmp_path / "none"), "validate"]) == 2

    def test_from_a_folder_below_the_book(self, firm: Book) -> None:
        (firm.root / "records/incidents").mkdir()
        assert run(["-C", str(firm.root), "validate"]) == 0
        below = Book.__new__(Book)
        below.root = firm.root / "records/services"
        assert below.run("validate").returncode == 0

    def test_a_defect_of_the_tool_ends_in_a_report(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fall(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("servicebook.rules.read_rules", fall)
        assert run(["rules"]) == 3
        assert "Please report it" in capsys.readouterr().err
