"""init, new, show, list and explain, as a person at a terminal meets them."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from building import Book
from servicebook.cli import run
from servicebook.config import read_config
from servicebook.keywords import PROFILES
from servicebook.kinds import read_kinds, shipped_schemas
from servicebook.rules.management_review_input_missing import TOPICS
from servicebook.tree import WorkingTree, open_tree
from servicebook.validation import validate


def new_book(folder: Path, *options: str) -> Book:
    """A book as `init` makes it, committed."""
    book = Book.__new__(Book)
    book.root = folder
    assert run(["init", str(book.root), *options]) == 0
    book.git("init", "--quiet", "--initial-branch=main")
    book.commit("A service book", datetime.now(UTC).isoformat())
    return book


@pytest.fixture
def firm(tmp_path: Path) -> Book:
    return new_book(tmp_path / "firm", "--name", "Kern & Sohn", "--zone", "Europe/Berlin", "--since", "2026-01-01")


class TestInit:
    @pytest.mark.parametrize(("profile", "records"), [("starter", 4), ("standard", 9), ("full", 11)])
    def test_a_new_book_of_each_profile_is_clean_and_publishes(
        self, tmp_path: Path, profile: str, records: int
    ) -> None:
        options = ["--profile", profile, "--name", "Kern & Söhne: 3", "--zone", "Asia/Shanghai", "--language", "zh, en"]
        firm = new_book(tmp_path / "firm", *options)
        done = firm.run("validate", "--fail-on", "warning")
        assert (done.returncode, done.stderr) == (0, f"{records} files, no findings.\n"), done.stdout
        assert firm.run("fmt", "--check").returncode == 0
        done = firm.run("publish")
        assert done.returncode == 0, done.stdout + done.stderr
        assert (firm.root / "build/site/index.html").is_file()
        assert firm.git("status", "--porcelain") == ""
        config = read_config(WorkingTree(firm.root))
        assert (config.organisation, config.zone) == ("Kern & Söhne: 3", "Asia/Shanghai")
        assert (config.profile, config.languages) == (profile, ("zh", "en"))

    @pytest.mark.parametrize("profile", PROFILES)
    def test_it_carries_the_schemas_of_its_profile_so_that_editors_and_old_commits_find_them(
        self, tmp_path: Path, profile: str
    ) -> None:
        firm = new_book(tmp_path / "firm", "--profile", profile)
        for record in (firm.root / "records").rglob("*.yaml"):
            first = record.read_text(encoding="utf-8").splitlines()[0]
            assert (record.parent / first.partition("$schema=")[2]).is_file()
        settings = json.loads((firm.root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
        kinds = read_kinds(WorkingTree(firm.root))
        smaller = PROFILES[: PROFILES.index(profile) + 1]
        assert settings == {
            f"./schemas/{kind.name}.schema.json": [f"records/{kind.folder}/**/*.yaml"]
            for kind in sorted(kinds.values(), key=lambda kind: f"{kind.name}.schema.json")
            if kind.schema["x-profile"] in smaller
        }
        assert {path.name for path in (firm.root / "schemas").iterdir()} == {
            "parts.json", *(path.removeprefix("./schemas/") for path in settings)
        }  # fmt: skip

    def test_its_workflows_hold_before_an_auditor(self, firm: Book) -> None:
        zizmor = Path(sys.executable).with_name("zizmor")
        done = subprocess.run(
            [zizmor, "--offline", "--quiet", "--persona", "auditor", firm.root / ".github"],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def test_what_its_workflows_run_is_there(self, firm: Book) -> None:
        for path in (firm.root / ".github/workflows").iterdir():
            for line in re.findall(r"-m servicebook -C book (.*)", path.read_text("utf-8")):
                today = f"{datetime.now(UTC):%Y-%m-%d}"
                line = line.replace('${BASE:+--changed-from "$BASE"}', "--changed-from HEAD")
                arguments = line.replace('"$(date -u +%F)"', today).split()
                done = firm.run(*arguments)
                assert done.returncode == 0, (line, done.stdout, done.stderr)

    def test_each_night_the_book_is_judged_as_of_that_day(self, firm: Book) -> None:
        text = (firm.root / ".github/workflows/nightly.yml").read_text("utf-8")
        assert YAML(typ="safe").load(text)["on"]["schedule"]
        commands = re.findall(r"-m servicebook -C book (.*)", text)
        assert commands == ['validate --as-of "$(date -u +%F)"', 'coverage --as-of "$(date -u +%F)"']

    def test_who_guards_what_is_proposed_for_all_that_changes_verdicts(self, firm: Book) -> None:
        lines = (firm.root / ".github/CODEOWNERS").read_text("utf-8").splitlines()
        guarded = {line.split()[1] for line in lines if "@your-organisation" in line}
        verdicts = {"/schemas/", "/metrics/", "/standards/", "/servicebook.toml", "/people.yaml", "/documents/"}
        assert guarded >= verdicts

    def test_nothing_is_overwritten(self, firm: Book, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["init", str(firm.root)]) == 2
        assert "exists already" in capsys.readouterr().err
        assert firm.git("status", "--porcelain") == ""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--zone", "Europe/Bonn"], "Europe/Bonn"),
            (["--name", 'A "quoted" firm'], "cannot be the organisation's name"),
            (["--language", "en,tlh"], "“tlh” is no language of the site."),
            (["--since", "2026-13-01"], "“2026-13-01” is no date."),
        ],
    )
    def test_misuse_is_told_in_a_sentence(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
    ) -> None:
        assert run(["init", str(tmp_path / "x"), *arguments]) == 2
        assert message in capsys.readouterr().err
        assert not (tmp_path / "x").exists()


class TestNew:
    @pytest.mark.parametrize("profile", PROFILES)
    def test_a_record_of_every_kind_is_valid_at_once_or_it_is_told_which_to_make_first(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], profile: str
    ) -> None:
        firm = new_book(tmp_path / "firm", "--profile", profile)
        for kind in read_kinds(WorkingTree(firm.root)):
            capsys.readouterr()
            made = [kind]
            while made:
                code = run(["-C", str(firm.root), "new", made[-1]])
                out, err = capsys.readouterr()
                if code == 2 and (first := re.search(r"Make that first: servicebook new (\S+)\n", err)):
                    made.append(first[1])
                elif code == 2:
                    assert "Write it first" in err, (kind, err)
                    firm.write("documents/policy.md", "A policy.\n")
                else:
                    assert code == 0, (kind, out, err)
                    path = out.strip()
                    text = (firm.root / path).read_text("utf-8")
                    schema = text.splitlines()[0].partition("$schema=")[2]
                    assert ((firm.root / path).parent / schema).is_file(), kind
                    made.pop()
            report = validate(open_tree(firm.root))
            errors = [finding for finding in report.findings if finding.severity == "error"]
            assert errors == [], kind
            assert run(["-C", str(firm.root), "fmt", "--check"]) == 0, kind
            firm.git("clean", "--quiet", "--force", "-d")

    def test_a_record_of_every_type_is_valid_at_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        firm = new_book(tmp_path / "firm", "--profile", "full")
        kinds = read_kinds(WorkingTree(firm.root))
        types = [(name, made) for name, kind in kinds.items() for made in kind.property(("type",)).get("enum", ())]
        assert len(types) > 40
        for name, made in types:
            capsys.readouterr()
            wanted = [[name, "--set", f"type={made}", "--set", f"title=Of type {made}"]]
            while wanted:
                code = run(["-C", str(firm.root), "new", *wanted[-1]])
                out, err = capsys.readouterr()
                if first := re.search(r"Make that first: servicebook new (\S+)\n", err):
                    wanted.append([first[1]])
                else:
                    assert code == 0, (name, made, out, err)
                    wanted.pop()
            assert f"\ntype: {made}\n" in (firm.root / out.splitlines()[-1]).read_text("utf-8")

    def test_a_management_review_begins_with_all_that_is_to_be_considered(self, firm: Book) -> None:
        done = firm.run("new", "review", "--set", "type=management-review", "--no-comments")
        assert done.returncode == 0, done.stdout
        text = (firm.root / done.stdout.splitlines()[-1]).read_text("utf-8")
        assert [topic for topic in TOPICS if f"topic: {topic}\n" not in text] == []
        assert text.count("considered: false\n    summary: Still to be considered.") == len(TOPICS)

    def test_comments_say_what_fields_are_for(self, firm: Book) -> None:
        done = firm.run("new", "incident", "--set", "service=SVC-example")
        assert (done.returncode, done.stderr) == (0, "")
        lines = (firm.root / done.stdout.strip()).read_text("utf-8").splitlines()
        assert lines[lines.index("service: SVC-example") - 1] == "# The service that was hit."
        assert lines[lines.index("timeline:") - 1] == "# What happened, in order of time."
        assert any(line.startswith("# It may also have: reported_by, channel, ") for line in lines)

    def test_a_book_that_keeps_its_own_schemas_gets_the_one_it_lacks(self, firm: Book) -> None:
        done = firm.run("new", "risk", "--id", "RSK-1")
        assert done.returncode == 0, done.stdout
        assert done.stderr == "Added schemas/risk.schema.json, for this book keeps its own schemas.\n"
        assert (firm.root / "schemas/risk.schema.json").read_bytes() == shipped_schemas()["risk.schema.json"]
        shutil.rmtree(firm.root / "schemas")
        assert firm.run("new", "risk", "--id", "RSK-2").stderr == ""
        assert not (firm.root / "schemas").exists()

    def test_a_document_is_named_with_its_digest(self, firm: Book) -> None:
        firm.write("documents/a.md", "A\n")
        firm.write("documents/b.md", "B\n")
        done = firm.run("new", "document", "--set", "versions.0.content.path=documents/b.md", "--no-comments")
        assert done.returncode == 0, done.stdout
        digest = hashlib.sha256(b"B\n").hexdigest()
        assert f"path: documents/b.md\n      sha256: {digest}\n" in (
            (firm.root / done.stdout.strip()).read_text("utf-8").replace('"', "")
        )

    def test_dates_come_to_the_present_and_keep_their_distance(self, firm: Book) -> None:
        done = firm.run("new", "certificate", "--at", "2026-03-04T09:15:00+01:00", "--no-comments")
        text = (firm.root / done.stdout.strip()).read_text("utf-8")
        assert 'issued_on: "2026-03-' in text or 'valid_from: "2026-03-04"' in text
        first, last = re.findall(r'valid_(?:from|to): "([^"]+)"', text)
        assert 3 * 365 - 2 < (date.fromisoformat(last) - date.fromisoformat(first)).days < 3 * 366

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

    def test_a_list_that_is_set_from_its_first_item_on_keeps_nothing_of_the_example(self, firm: Book) -> None:
        done = firm.run("new", "audit", "--no-comments", "--set", "clauses.0=8.6", "--set", "clauses.1=9.2")
        assert done.returncode == 0, done.stdout
        text = (firm.root / done.stdout.splitlines()[-1]).read_text("utf-8")
        clauses = text.partition("\nclauses:\n")[2].splitlines()
        assert clauses[:2] == ['  - "8.6"', '  - "9.2"']
        assert not clauses[2].startswith("  -")

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
            (["service", "--id", "CHG-shop"], "“CHG-shop” does not begin with SVC-, as the ids of"),
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
        assert "resolution: breached, 4h15m over. Counted 8h15m of 4h." in text
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
