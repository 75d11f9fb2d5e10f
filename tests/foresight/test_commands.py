"""trends and foresight, as a person at a terminal meets them, and the page that says the same."""

import io
import json
import re
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta

import pytest

from building import Book
from pages.made import write, write_examples
from servicebook.cli import run
from servicebook.foresight import forecast as forecasting
from servicebook.pages.edition import Edition
from servicebook.pages.figures import Figures
from servicebook.pages.foresight import body
from servicebook.pages.study import read_study
from servicebook.pages.trends import control_chart
from servicebook.tree import open_tree

AS_OF = "2026-06-01T12:00:00+02:00"
OPENED = "incidents-opened"
HOSTILE = "</title><script>window.hit=1</script> {{ config }}"


def incidents(book: Book, title: str, count: int, first: datetime, every: timedelta, letter: str) -> None:
    """Incidents of one title, opened at steady intervals, resolved a day later."""
    for number in range(count):
        opened = first + number * every
        record = {
            "id": f"INC-{opened:%Y%m%d}-{letter}{number:03}", "schema_version": 1, "title": f"{title} {number}",
            "service": "SVC-online-shop", "impact": "medium", "urgency": "low",
            "timeline": [
                {"at": opened.isoformat(), "event": "opened"},
                {"at": (opened + timedelta(days=1)).isoformat(), "event": "resolved"},
            ],
            "resolution": {"code": "fixed", "summary": "Done."},
        }  # fmt: skip
        write(book, f"incidents/{opened.year}", record)


@pytest.fixture
def shop(book: Book) -> Book:
    """Eighteen months of an incident a week, and then three of one kind."""
    write_examples(book)
    for file in (book.root / "records/problems").glob("*.yaml"):
        file.unlink()
    for file in (book.root / "records/incidents").glob("*.yaml"):
        file.unlink()
    incidents(book, "Till hangs", 75, datetime(2024, 12, 3, 9, tzinfo=UTC), timedelta(days=7), "t")
    incidents(book, "发票程序显示空白页", 3, datetime(2026, 5, 4, 9, tzinfo=UTC), timedelta(days=3), "c")
    book.commit("A shop", at="2026-05-30T09:00:00+02:00")
    return book


def told(book: Book, *arguments: str) -> dict:
    out = io.StringIO()
    with redirect_stdout(out):
        assert run(["-C", str(book.root), *arguments, "--as-of", AS_OF, "--format", "json"]) == 0
    return json.loads(out.getvalue())


class TestTrends:
    def test_json_has_the_shape_that_is_documented(self, shop: Book):
        content = told(shop, "trends", "incidents-opened")
        assert content["format"] == "servicebook.trends/1"
        assert set(content) == {"format", "tool", "commit", "as_of", "zone", "months", "weekdays", "trends"}
        (trend,) = content["trends"]
        assert (trend["metric"], trend["aggregate"], trend["by"], trend["key"]) == (
            "incidents-opened",
            "count",
            None,
            None,
        )
        assert (trend["chart"], trend["refused"], trend["baseline"], trend["seasons"]) == ("c", None, 12, 1)
        assert set(trend["points"][0]) == {"month", "value", "n", "low", "high"}
        assert (content["months"][0], content["months"][-1]) == ("2025-01", "2026-05")
        assert {day["day"]: day["opened"] for day in content["weekdays"]}[2] > 60, "each till hung on a Tuesday"

    def test_by_service_and_within_a_period(self, shop: Book):
        (trend,) = told(shop, "trends", "incidents-opened", "--by", "service", "--period", "2025")["trends"]
        assert (trend["by"], trend["key"], len(trend["points"])) == ("service", "SVC-online-shop", 12)

    def test_the_table_says_too_few_points_plainly(self, shop: Book):
        done = shop.run("trends", "incidents-opened", "--period", "2025-Q1", "--as-of", AS_OF)
        assert "months with a figure: 3, and eight are needed" in done.stdout

    def test_an_unknown_metric_or_dimension_is_one_sentence(self, shop: Book):
        for arguments in (("incident-opened",), ("incidents-opened", "--by", "colour")):
            done = shop.run("trends", *arguments)
            assert done.returncode == 2
            assert len(done.stderr.splitlines()) == 2
            assert "Traceback" not in done.stderr


class TestForesight:
    def test_json_has_the_shape_that_is_documented(self, shop: Book):
        content = told(shop, "foresight")
        assert set(content) == {"format", "tool", "commit", "as_of", "zone", "risk", "forecast", "recurrence"}
        (forecast,) = [one for one in content["forecast"] if one["metric"] == "incidents-opened"]
        assert (forecast["month"], forecast["have"], forecast["needed"]) == ("2026-06", 17, 14)
        assert [interval["level"] for interval in forecast["intervals"]] == [80, 95]
        assert {trial["method"] for trial in forecast["trials"]} >= {"naive", "seasonal-naive"}
        assert [trial["enough"] for trial in forecast["trials"]] == [
            trial["months"] >= 6 for trial in forecast["trials"]
        ]
        groups = content["recurrence"]
        assert [len(group["incidents"]) for group in groups] == [49, 3], "one a week from 3 June 2025 to 5 May 2026"
        assert [group["number"] for group in groups] == [1, 2]

    def test_the_forecast_names_its_month_and_what_that_has_had(self, shop: Book):
        incidents(shop, "Printer eats paper", 2, datetime(2026, 5, 31, 23, tzinfo=UTC), timedelta(hours=3), "p")
        shop.commit("June", at="2026-06-01T11:00:00+02:00")
        (forecast,) = [one for one in told(shop, "foresight", "forecast")["forecast"] if one["metric"] == OPENED]
        assert (forecast["month"], forecast["so_far"]) == ("2026-06", 2)
        said = shop.run("foresight", "forecast", "--as-of", AS_OF).stdout
        assert "What 2026-06 may bring:" in said
        assert "2026-06 so far: 2, which the forecast makes no use of" in said
        assert "over 5 months, too few to be chosen" in said
        study = read_study(open_tree(shop.root), AS_OF)
        page = body(Edition("en", study.book), Figures(study), study.metrics)
        assert '<h2 id="forecast">What 2026-06 may bring</h2>' in page
        assert "2026-06 has had 2 so far" in page
        assert "(too few to be chosen)" in page

    def test_one_part_alone(self, shop: Book):
        assert "forecast" not in told(shop, "foresight", "risk")

    def test_without_the_extra_it_says_what_to_install(self, shop: Book, monkeypatch, capsys):
        monkeypatch.setattr(forecasting, "available", lambda: False)
        assert run(["-C", str(shop.root), "foresight", "forecast", "--as-of", AS_OF]) == 0
        said = capsys.readouterr().out
        assert 'python -m pip install "servicebook[foresight]"' in said
        assert "as many as last month" in said

    def test_two_runs_give_the_same_bytes(self, shop: Book):
        runs = [
            shop.run("foresight", "--as-of", AS_OF, "--format", "json", PYTHONHASHSEED=seed, TZ=zone).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
        ]
        assert runs[0] == runs[1] != ""

    def test_a_draft_is_a_valid_problem_that_links_the_incidents(self, shop: Book):
        done = shop.run("foresight", "recurrence", "--as-of", AS_OF, "--draft", "2")
        assert done.returncode == 0, done.stdout + done.stderr
        path = done.stdout.strip().splitlines()[-1]
        text = (shop.root / path).read_text(encoding="utf-8")
        assert re.search(r"^source: trend$", text, re.MULTILINE)
        assert len(re.findall(r"- INC-202605\d\d-c00\d", text)) == 3
        assert "发票程序显示空白页" in text
        assert "root_cause:" not in text.replace("# root_cause:", "")
        assert shop.run("validate", path).returncode == 0
        assert [len(group["incidents"]) for group in told(shop, "foresight", "recurrence")["recurrence"]] == [49]

    @pytest.mark.parametrize("number", ["0", "3"])
    def test_a_draft_of_no_group_is_refused(self, shop: Book, number: str):
        done = shop.run("foresight", "recurrence", "--as-of", AS_OF, "--draft", number)
        assert done.returncode == 2
        assert f"There is no group {number}." in done.stderr
        assert shop.run("foresight", "risk", "--draft", "1").returncode == 2
        assert shop.git("status", "--porcelain") == ""


class TestPage:
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_says_the_same_in_each_language(self, shop: Book, language: str):
        study = read_study(open_tree(shop.root), AS_OF)
        edition, figures = Edition(language, study.book), Figures(study)
        page = body(edition, figures, study.metrics)
        assert page.count("<svg") >= 2
        assert edition.words("foresight.cannot-forecast") in page
        assert "foresight recurrence --as-of 2026-06-01T10:00:00+00:00 --draft 2" in page
        assert "INC-20260504-c000" in page
        assert page == body(edition, Figures(study), study.metrics)

    def test_without_the_extra_it_says_so(self, shop: Book, monkeypatch):
        monkeypatch.setattr(forecasting, "available", lambda: False)
        study = read_study(open_tree(shop.root), AS_OF)
        page = body(Edition("en", study.book), Figures(study), study.metrics)
        assert "was not installed" in page
        assert "servicebook[foresight]" in page

    def test_of_an_empty_book_it_says_that_there_is_nothing(self, book: Book):
        book.commit("Nothing yet")
        study = read_study(open_tree(book.root))
        page = body(Edition("en", study.book), Figures(study), study.metrics)
        assert page.count("There is no whole month of records yet.") == 2
        assert "No clock is running." in page

    def test_titles_are_inert(self, book: Book):
        write_examples(book)
        incidents(book, HOSTILE, 20, datetime(2026, 1, 4, 9, tzinfo=UTC), timedelta(days=6), "h")
        book.commit("Hostile", at="2026-05-30T09:00:00+02:00")
        study = read_study(open_tree(book.root), AS_OF)
        page = body(Edition("en", study.book), Figures(study), study.metrics)
        assert "window.hit" in page
        assert "<script" not in page

    def test_the_chart_of_one_metric_can_be_asked_for(self, shop: Book):
        study = read_study(open_tree(shop.root), AS_OF)
        found = control_chart(study.metrics["incidents-opened"], Edition("en", study.book), Figures(study))
        assert found.chart is not None
        assert found.chart.svg.startswith("<svg")
        assert len(found.chart.rows) == 17
        assert "from 12 months, 2025-01 to 2025-12" in found.limits
