"""The pages of the standards: one for each clause, with what counts and what is missing."""

import json

import pytest

from building import Book
from pages.made import HIT
from servicebook.pages import coverage
from servicebook.pages.edition import Edition
from servicebook.pages.study import read_study
from servicebook.standards import HOME, read_standards
from servicebook.tree import WorkingTree
from standards.holding import HEAD, asks, clause, example, put, review, scoped

TODAY = "2026-06-30"


def page(book: Book, number: str, language: str = "en", standard: str = "ours") -> str:
    study = read_study(WorkingTree(book.root), TODAY)
    found, states = next(one for one in study.coverage if one[0].name == standard)
    state = next(one for one in states if one.clause.number == number)
    return str(coverage.body(state, found, Edition(language, study.book), study))


def test_every_clause_of_every_standard_has_a_page_in_each_language(plain):
    book, site = plain
    for name, standard in read_standards(WorkingTree(book.root)).items():
        for number in ("index", *standard.clauses):
            assert (site / "coverage" / name / f"{number}.html").is_file()
            assert (site / "zh" / "coverage" / name / f"{number}.html").is_file()


def test_the_search_finds_a_clause_by_its_title(plain):
    docs = json.loads((plain[1] / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    titles = {doc["location"]: doc["title"] for doc in docs}
    assert titles[f"coverage/{HOME}/8.6.1.html"] == "8.6.1 Incident management"


def test_what_counts_and_what_would_close_a_gap(book):
    yearly = 'kind = "review"\ndate = "held_on"\nevery = "year"'
    asks(book, clause("1", yearly, 'kind = "sla"\neach = { kind = "service" }'))
    scoped(book, "since = 2020-01-01")
    put(book, "service", "SVC-a", live_from="2020-01-01")
    held = review(book, "2026-05-01")
    shown = page(book, "1")
    assert f"records/reviews/{held}.html" in shown
    assert "met until 2027-05-01" in shown
    assert "<code>servicebook new sla --set services.0=SVC-a</code>" in shown
    assert "records/services/SVC-a.html" in shown
    assert "servicebook coverage --standard ours --clause 1 --as-of 2026-06-30T22:00:00+00:00" in shown


def test_what_nobody_has_written_yet_and_a_standard_of_the_books_own_are_shown(book):
    book.write("standards/itil-4.toml", HEAD + clause("1", 'kind = "customer"'))
    book.write("records/customers/CUS-shops.yaml", example("customer", "CUS-shops"))
    shown, chinese = page(book, "1", standard="itil-4"), page(book, "1", "zh", "itil-4")
    assert "Still as it was made, and not counted:" in shown
    assert "book&#39;s own version" in shown
    assert "仍为创建时的内容，不计入" in chinese
    assert "本册自有的标准版本" in chinese


def test_fields_to_fill_in_lead_to_the_record(book):
    asks(book, clause("1", 'kind = "service"\nfields = ["requirements"]'))
    put(book, "service", "SVC-a", requirements=None)
    assert "Fill in requirements in <a " in page(book, "1")
    assert "中填写 requirements" in page(book, "1", "zh")


def test_of_many_records_the_newest_are_named_and_the_others_counted(book):
    asks(book, clause("1", 'kind = "review"\ndate = "held_on"\nevery = "year"'))
    for day in range(1, coverage.MOST + 4):
        review(book, f"2026-05-{day:02}")
    shown = page(book, "1")
    assert "REV-20260513-aaaa" in shown
    assert "REV-20260503-aaaa" not in shown
    assert "and 3 more: Reviews" in shown


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Left out: The shops &lt;ask&gt;."), ("zh", "不纳入：The shops &lt;ask&gt;."),
])  # fmt: skip
def test_the_reason_for_leaving_a_clause_out_is_shown(book, language, said):
    scoped(book, 'excluded = { "8.6.2" = "The shops <ask>." }')
    assert said in page(book, "8.6.2", language, HOME)


def test_a_clause_names_its_kinds_rules_and_metrics(book):
    shown = page(book, "8.6.1", standard=HOME)
    assert "records/incidents/index.html" in shown
    assert "rules/resolved-without-resolution.html" in shown
    assert "metrics/time-to-restore.html" in shown


def test_a_practice_leads_to_the_clauses_that_it_rests_on(book):
    shown = page(book, "service-desk", standard="itil-4")
    assert f"coverage/{HOME}/8.6.1.html" in shown
    assert f"coverage/{HOME}/8.6.2.html" in shown


def test_registers_metrics_and_rules_lead_to_the_clauses_that_they_serve(plain):
    incidents = (plain[1] / "records" / "incidents" / "index.html").read_text(encoding="utf-8")
    assert f'<a href="../../coverage/{HOME}/8.6.1.html">8.6.1</a>' in incidents
    changes = (plain[1] / "zh" / "records" / "changes" / "index.html").read_text(encoding="utf-8")
    assert f'<a href="../../coverage/{HOME}/8.5.1.html">8.5.1</a>' in changes
    for page in ("metrics/time-to-restore.html", "rules/index.html"):
        shown = (plain[1] / page).read_text(encoding="utf-8")
        assert f'<a href="../coverage/{HOME}/8.6.1.html">8.6.1</a>' in shown


def test_a_number_below_the_lowest_leads_to_the_clause_above_it(book):
    place = Edition("en", read_study(WorkingTree(book.root), TODAY).book).place("rules/index.html")
    assert place.clauses(["8.5.1.3", "<b>", "99.1"]) == (
        f'<a href="../coverage/{HOME}/8.5.1.html">8.5.1.3</a>, &lt;b&gt;, 99.1'
    )


def test_a_standard_of_ones_own_is_inert(hostile):
    for name in ("index", "A", "A.1"):
        shown = (hostile[1] / "coverage" / "hostile" / f"{name}.html").read_text(encoding="utf-8")
        assert f"<script>{HIT}" not in shown
        assert f"<svg onload={HIT}" not in shown
        assert f"<img src=x onerror={HIT}" not in shown


def test_the_title_of_a_clause_hides_no_sign(book):
    asks(book, clause("1", 'kind = "service"').replace("Clause 1", r"A\u202eB"))
    study = read_study(WorkingTree(book.root), TODAY)
    found, states = next(one for one in study.coverage if one[0].name == "ours")
    assert coverage.title(states[0], found, Edition("en", study.book)) == "1 A⟨U+202E⟩B"
