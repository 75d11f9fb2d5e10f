"""`servicebook report`: drafts of service reports and minutes from the sample organisation's book."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from building import CHECKOUT, Book
from servicebook.authoring.drafting import Draft
from servicebook.authoring.report_definition import choose_definition
from servicebook.authoring.retrospect import Figure, Retrospect, look_back
from servicebook.authoring.review_minutes import draft_minutes
from servicebook.authoring.service_report import draft_service_report
from servicebook.authoring.telling import trend, trends
from servicebook.errors import Problem
from servicebook.finding import Finding
from servicebook.metrics.metric import parse
from servicebook.rules.management_review_input_missing import TOPICS
from servicebook.tree import open_tree
from servicebook.validation import validate
from servicebook.validation.judging import validated_book

NOW = "2026-11-20T18:00:00+01:00"
AS_OF = "2026-10-07"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The sample organisation's book, committed as of the last day of its story."""
    book = Book(tmp_path_factory.mktemp("sample") / "book")
    for name in ("records", "schemas", "documents"):
        shutil.copytree(CHECKOUT / name, book.root / name)
    for name in ("servicebook.toml", "people.yaml"):
        shutil.copy(CHECKOUT / name, book.root / name)
    book.commit("The book.", at=NOW)
    return book


@pytest.fixture
def changed(sample: Book, tmp_path: Path) -> Book:
    """A copy of it that a test may change."""
    shutil.copytree(sample.root, tmp_path / "changed")
    book = Book.at(tmp_path / "changed")
    book.git("status")  # the files of a copy are not those that the index knows
    return book


def looked_back(book: Book, period: str = "2026-Q3", as_of: str = AS_OF) -> Retrospect:
    return look_back(validated_book(open_tree(book.root))[0], period, as_of)


def report(book: Book, definition: str | None = "RPD-all-services", **others: Any) -> Draft:
    back = looked_back(book)
    sla, service = others.get("sla"), others.get("service")
    return draft_service_report(back, choose_definition(back, definition, sla, service), sla, service)


def findings(book: Book, draft: Draft) -> list[Finding]:
    """What the book with the draft in it has, at the draft."""
    book.write(draft.path, draft.text)
    found = validate(open_tree(book.root), cached=False, as_of=AS_OF).findings
    return [finding for finding in found if finding.path == draft.path]


def test_a_report_is_valid_and_asks_for_what_only_people_know(changed: Book) -> None:
    draft = report(changed)
    found = findings(changed, draft)
    assert {finding.rule for finding in found} == {"left-to-be-written"}
    lines = draft.text.decode().splitlines()
    assert all("To be written:" in "\n".join(lines[finding.line - 1 :]) for finding in found)
    assert len(found) == draft.text.count(b"To be written:")


def test_every_figure_of_a_draft_is_what_the_book_gives(changed: Book) -> None:
    draft = report(changed)
    assert len(draft.data["figures"]) > 20
    assert all("metric" in figure for figure in draft.data["figures"])
    assert draft.data["commit"] == changed.git("rev-parse", "HEAD").strip()
    assert "quoted-figure-differs" not in {finding.rule for finding in findings(changed, draft)}


def test_a_record_that_changes_makes_the_figures_stale_at_their_lines(changed: Book) -> None:
    draft = report(changed, "RPD-online-shop")
    changed.write(draft.path, draft.text)
    (incident,) = (changed.root / "records/incidents").rglob("INC-20260911-t2pv.yaml")
    incident.unlink()
    found = validate(open_tree(changed.root), cached=False, as_of=AS_OF).findings
    stale = [one for one in found if one.path == draft.path and one.rule == "quoted-figure-differs"]
    lines = draft.text.decode().splitlines()
    opened = next(one for one in stale if "incidents-opened" in one.message)
    assert lines[opened.line - 1].strip() == "value: 2"
    assert "The book gives 1 incidents for incidents-opened of 2026-07-01 to 2026-09-30" in opened.message


def test_each_agreed_percentage_has_its_target_and_is_judged_by_window(sample: Book) -> None:
    figures = report(sample).data["figures"]
    missed = [figure for figure in figures if figure.get("met") is False]
    (figure,) = missed
    assert (figure["sla"], figure["by"], figure["target"]) == ("SLA-warehouse-and-shops", {"priority": "P3"}, 90)
    assert (figure["value"], figure["n"], figure["previous"]) == (66.7, 3, [100.0, 100.0])
    assert "2026-07: 50.0 percent of 2, missed" in figure["note"]
    assert "Missed by INC-20260706-v5td." in figure["note"]
    assert figure["follow_up"].startswith("REV-")
    (availability,) = [one for one in figures if one["metric"] == "availability"]
    assert (availability["service"], availability["value"], availability["target"]) == ("SVC-online-shop", 99.93, 99.5)


def test_a_miss_that_nobody_took_up_becomes_an_action_to_decide_on(changed: Book) -> None:
    for path in (changed.root / "records/reviews").glob("*.yaml"):
        path.write_text(path.read_text().replace("INC-20260706-v5td", "INC-20260911-t2pv"))
    draft = report(changed)
    (figure,) = [one for one in draft.data["figures"] if one.get("met") is False]
    assert "follow_up" not in figure
    (action,) = draft.data["actions"]
    assert action["what"].startswith("To be written: what is done because SLA response attainment, P3 of SLA-warehouse")
    assert (action["owner"], action["due"]) == ("it-manager", "2026-11-06")
    assert draft.data["decisions"][0]["actions"] == ["A1"]
    assert {finding.rule for finding in findings(changed, draft)} == {"left-to-be-written"}


def test_a_report_tells_what_happened_and_how_it_went(sample: Book) -> None:
    data = report(sample).data
    assert data["events"][:2] == ["INC-20260819-n7yb", "OUT-20260819-b5sd"]
    assert {"CHG-20260911-v5sc", "REL-20260915-t8wn", "COT-20260819-i7gq"} <= set(data["events"])
    assert "Worse than in the period before: " in data["trends"]
    assert "SLA response attainment, P3 of SLA-warehouse-and-shops: 66.7 percent of 3, after 100.0" in data["trends"]
    assert "FBK-20260916-r2tz: 41 of 60 who were asked answered" in data["satisfaction"]
    assert "REV-20260922-c4mw A1" in data["description"]
    assert [(entry["value"], entry["limit"]) for entry in data["workload"]] == [(3, 25)]


def test_a_report_of_one_agreement_or_service_says_nothing_of_others(sample: Book) -> None:
    one = report(sample, None, sla="SLA-player-community").data
    assert one["definition"] == "RPD-all-services"
    assert {figure.get("sla", "SLA-player-community") for figure in one["figures"]} == {"SLA-player-community"}
    assert {figure.get("service", "SVC-player-community") for figure in one["figures"]} == {"SVC-player-community"}
    assert report(sample, None, service="SVC-online-shop").data["definition"] == "RPD-online-shop"


def test_a_period_that_is_not_over_is_said_of_each_figure(changed: Book) -> None:
    back = looked_back(changed, "2026-Q4")
    draft = draft_service_report(back, choose_definition(back, "RPD-online-shop", None, None))
    assert all(figure["partial"] for figure in draft.data["figures"])
    assert {finding.rule for finding in findings(changed, draft)} == {"left-to-be-written"}


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda book: report(book, None), "There are 2 report definitions."),
        (lambda book: report(book, "SVC-online-shop"), "SVC-online-shop is no valid report-definition."),
        (lambda book: report(book, None, sla="SVC-online-shop"), "SVC-online-shop is no valid sla."),
        (lambda book: report(book, "RPD-al-services"), "There is no record “RPD-al-services”."),
        (lambda book: looked_back(book, "2026-Q4", "2026-09-30"), "The period 2026-Q4 has not begun by 2026-10-01"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(sample: Book, ask: Callable[[Book], Any], says: str) -> None:
    with pytest.raises(Problem, match=re.escape(says)):
        ask(sample)


@pytest.mark.parametrize("sort", ["management-review", "service-review"])
def test_minutes_are_valid_and_every_figure_is_what_the_book_gives(changed: Book, sort: str) -> None:
    draft = draft_minutes(looked_back(changed), sort)
    assert {finding.rule for finding in findings(changed, draft)} == {"left-to-be-written"}
    assert sum(len(entry.get("figures", ())) for entry in draft.data["inputs"]) > 10


def test_a_figure_of_a_metric_with_several_says_which_it_is(sample: Book) -> None:
    inputs = draft_minutes(looked_back(sample), "management-review").data["inputs"]
    results = next(entry for entry in inputs if entry["topic"] == "measurement-results")
    assert "Time to restore, mean: " in results["summary"]
    assert {"Time to restore, mean", "Incidents opened"} <= {figure["measure"] for figure in results["figures"]}
    figures = report(sample).data["figures"]
    assert any(figure["measure"].startswith("Time to restore, median, SVC-") for figure in figures)


def test_minutes_of_a_management_review_have_every_input(sample: Book) -> None:
    data = draft_minutes(looked_back(sample), "management-review").data
    inputs = {entry["topic"]: entry for entry in data["inputs"]}
    assert set(TOPICS) <= inputs.keys()
    assert "Of 6 actions of REV-20260922-c4mw 0 are done" in inputs["previous-actions"]["summary"]
    assert inputs["nonconformities"]["evidence"] == ["NC-20260617-b3wk", "NC-20260617-t6yc", "NC-20260819-k6fz"]
    assert (
        "OBJ-answered-in-time: 100 percent on 2026-07-14, at least 90 percent: met." in inputs["objectives"]["summary"]
    )
    assert "REV-20260922-c4mw D4" in inputs["changes-affecting-sms"]["summary"]
    assert "Missed: SLA response attainment, P3 of SLA-warehouse-and-shops" in inputs["service-performance"]["summary"]
    assert inputs["other-parties"]["evidence"][0] == "SUP-carrier"
    assert "planned 536,356" in inputs["resources"]["summary"]
    assert inputs["context-changes"]["summary"] == "To be written: what changed inside and around the organisation.\n"
    assert (data["chair"], data["held_on"]) == ("managing-director", "2026-10-07")
    assert "decisions" not in data
    assert "actions" not in data


def test_the_command_prints_the_path_and_keeps_nothing_of_a_dry_run(changed: Book) -> None:
    wanted = ("report", "service", "--period", "2026-Q3", "--definition", "RPD-online-shop", "--as-of", AS_OF)
    tried = changed.run(*wanted, "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.startswith("# yaml-language-server: $schema=../../schemas/service-report.schema.json\nid: SRP-")
    assert changed.git("status", "--porcelain") == ""
    done = changed.run(*wanted)
    path = done.stdout.strip()
    assert (changed.root / path).read_text().count("To be written:") == 2
    assert done.stderr == "2 places are left to be written; servicebook validate names them.\n"
    refused = changed.run("report", "review", "--period", "2026-Q9")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "“2026-Q9” is not a period." in refused.stderr


HEADER = "-- title: Speed\n-- definition: d\n-- unit: hours\n-- aggregate: mean\n-- source: s\n"


def went(better: str, value: float | None, *previous: float) -> Figure:
    metric = parse("speed", "metrics/speed.sql", f"{HEADER}-- better: {better}\nSELECT 1".encode())
    return Figure("Speed", metric, "mean", {}, value, 3, previous, None)


def test_how_figures_went_follows_from_the_last_period_and_from_what_is_better() -> None:
    better, worse = went("lower", 2.0, 9.0, 3.0), went("higher", 2.0, 3.0)
    same, neither, unknown = went("lower", 2.0, 2.0), went("neither", 2.0, 1.0), went("lower", None, 2.0)
    assert [figure.went for figure in (better, worse, same, neither, unknown)] == [
        "better",
        "worse",
        "same",
        "changed",
        "",
    ]
    assert trend([better, same]) == "improving"
    assert trend([worse, neither]) == "worsening"
    assert trend([same, neither]) == "stable"
    assert trend([better, worse]) == trend([unknown]) == "unknown"
    assert trends([better, same]) == (
        "Better than in the period before: Speed: 2.0 hours, after 3.0. As in the period before: 1 figure."
    )
    assert trends([unknown]) == "There is no period before to compare with."
