"""servicebook coverage, as it is typed."""

import csv
import io
import json

import pytest

from standards.holding import HEAD, asks, clause, example, put, review, scoped

YEARLY = 'kind = "review"\ndate = "held_on"\nevery = "year"'


@pytest.fixture
def covered(book):
    """A book with a standard of its own: one clause met, one stale, one missing."""
    asks(
        book,
        clause("1"),
        clause("1.1", 'kind = "service"'),
        clause("1.2", f'{YEARLY}\nwhere = {{ type = "service-review" }}'),
        clause("2", f'{YEARLY}\nwhere = {{ type = "management-review" }}'),
        clause("3", 'kind = "budget"'),
    )
    put(book, "service", "SVC-a", live_from="2020-01-01", depends_on=None)
    scoped(book, "since = 2020-01-01")
    review(book, "2025-05-01")
    book.commit("A book", at="2026-06-30T12:00:00+02:00")
    return book


def test_a_line_for_each_clause_and_a_count(covered):
    done = covered.run("coverage", "--standard", "ours")
    assert done.returncode == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines == [
        "clause title state records next step, or why none",
        "1 Clause 1 stale since 2026-05-01 REV-20250501-aaaa, SVC-a servicebook new review --set type=service-review",
        "1.1 Clause 1.1 met SVC-a",
        "1.2 Clause 1.2 stale since 2026-05-01 REV-20250501-aaaa servicebook new review --set type=service-review",
        "2 Clause 2 missing servicebook new review --set type=management-review",
        "3 Clause 3 out of scope Not in view in the profile starter.",
    ]
    said = "4 clauses, as of 2026-06-30 (Europe/Amsterdam): 1 met, 1 stale, 1 missing, 1 out of scope."
    assert said in done.stderr
    assert "Nothing to mind." in done.stderr


def test_one_clause_with_all_that_it_asks_for(covered):
    done = covered.run("coverage", "--standard", "ours", "--clause", "1")
    assert done.stdout.split("\n\n")[2].splitlines() == [
        "1.2 Clause 1.2: stale since 2026-05-01",
        "  Do it.",
        "  - What is asked: stale since 2026-05-01",
        "    REV-20250501-aaaa",
        "    → servicebook new review --set type=service-review",
    ]
    assert "Clause 2" not in done.stdout


def test_json_has_the_shape_that_is_documented(covered):
    head = covered.git("rev-parse", "HEAD").strip()
    content = json.loads(covered.run("coverage", "--standard", "ours", "--at", "HEAD", "--format", "json").stdout)
    assert {name: content[name] for name in ("format", "commit", "as_of", "today", "zone", "since", "profile")} == {
        "format": "servicebook.coverage/1",
        "commit": head,
        "as_of": "2026-06-30T10:00:00Z",
        "today": "2026-06-30",
        "zone": "Europe/Amsterdam",
        "since": "2020-01-01",
        "profile": "starter",
    }
    stale = content["clauses"][2]
    assert (stale["clause"], stale["state"], stale["day"]) == ("1.2", "stale", "2026-05-01")
    assert stale["evidence"][0]["records"] == ["REV-20250501-aaaa"]
    assert content["clauses"][0]["parts"] == ["1.1", "1.2"]


def test_csv_has_every_record(covered):
    rows = list(csv.DictReader(io.StringIO(covered.run("coverage", "--standard", "ours", "--format", "csv").stdout)))
    assert [row["state"] for row in rows] == ["stale", "met", "stale", "missing", "out-of-scope"]
    assert rows[0]["records"] == "REV-20250501-aaaa SVC-a"


def test_as_of_another_day(covered):
    done = covered.run("coverage", "--standard", "ours", "--clause", "1.2", "--as-of", "2026-04-30")
    assert done.stdout.startswith("1.2 Clause 1.2: met until 2026-05-01")


def test_at_an_earlier_commit(covered):
    first = covered.git("rev-parse", "HEAD").strip()
    review(covered, "2026-06-01")
    covered.commit("A review", at="2026-06-30T13:00:00+02:00")
    now = covered.run("coverage", "--standard", "ours", "--clause", "1.2")
    then = covered.run("coverage", "--standard", "ours", "--clause", "1.2", "--at", first)
    assert now.stdout.startswith("1.2 Clause 1.2: met until 2027-06-01")
    assert then.stdout.startswith("1.2 Clause 1.2: stale since 2026-05-01")


def test_of_many_records_the_newest_are_named(covered):
    for day in range(1, 6):
        review(covered, f"2026-06-0{day}")
    line = covered.run("coverage", "--standard", "ours").stdout.splitlines()[3]
    assert "REV-20260605-aaaa, REV-20260604-aaaa, REV-20260603-aaaa and 2 more" in line


def test_an_entry_of_which_nothing_is_asked_says_why(covered):
    asks(covered, clause("1", 'kind = "service"', 'kind = "budget"'))
    done = covered.run("coverage", "--standard", "ours", "--clause", "1")
    assert "Not in view in the profile starter." in done.stdout


@pytest.mark.parametrize(("number", "fail_on", "code"), [
    ("1", "missing", 0), ("1", "stale", 1), ("2", "missing", 1), ("1.1", "stale", 0), ("3", "stale", 0),
])  # fmt: skip
def test_ci_may_fail_on_a_gap(covered, number, fail_on, code):
    assert covered.run("coverage", "--standard", "ours", "--clause", number, "--fail-on", fail_on).returncode == code


def test_records_that_do_not_count_are_told(covered):
    review(covered, "2026-06-01", chair=7)
    assert "do not count" in covered.run("coverage", "--standard", "ours").stderr


@pytest.mark.parametrize(("arguments", "said"), [
    (("--standard", "iso9001"), "There is no standard “iso9001”."),
    (("--standard", "ours", "--clause", "1.3"), "Ours has no clause “1.3”."),
    (("--as-of", "soon"), "“soon” is not an instant."),
])  # fmt: skip
def test_misuse_is_told(covered, arguments, said):
    done = covered.run("coverage", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_text_of_a_book_is_inert(covered):
    asks(covered, clause("1", 'kind = "service"').replace('"Do it."', r'"\u001b[31mDo it.\n2: met"'))
    done = covered.run("coverage", "--standard", "ours", "--clause", "1")
    assert "\x1b" not in done.stdout
    assert r"\x1b[31mDo it.\n2: met" in done.stdout


def test_a_books_own_version_of_a_shipped_standard_is_told(covered):
    asked = clause("8.6.1", 'kind = "service"')
    covered.write("standards/itil-4.toml", HEAD.replace("Nothing to mind.", r"Mind\u001b this.") + asked)
    done = covered.run("coverage", "--standard", "itil-4")
    assert "this book's own version of the standard" in done.stderr
    assert r"Mind\x1b this." in done.stderr
    content = json.loads(covered.run("coverage", "--standard", "itil-4", "--format", "json").stdout)
    assert content["standard"]["replaces"] is True
    assert "own version" not in covered.run("coverage", "--standard", "ours").stderr


def test_what_nobody_has_written_yet_does_not_count_and_is_named(covered):
    asks(covered, clause("1", 'kind = "customer"'))
    covered.write("records/customers/CUS-shops.yaml", example("customer", "CUS-shops"))
    line = covered.run("coverage", "--standard", "ours").stdout.splitlines()[1]
    assert line.split()[3] == "missing"
    assert "Write " in line
    page = covered.run("coverage", "--standard", "ours", "--clause", "1").stdout
    assert "Still as it was made, and not counted: CUS-shops." in page
    content = json.loads(covered.run("coverage", "--standard", "ours", "--format", "json").stdout)
    assert content["clauses"][0]["evidence"][0]["as_made"] == ["CUS-shops"]
