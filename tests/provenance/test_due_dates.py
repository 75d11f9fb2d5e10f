"""How often a due date was moved, by git's history of the record."""

import shutil
from datetime import datetime

import pytest

from building import Book
from servicebook.book import read_book
from servicebook.facts import compute
from servicebook.record import instant
from servicebook.tree import CommitTree, open_tree

PATH = "records/problems/PRB-20260302-aaaa.yaml"
AS_OF = instant("2026-12-31T00:00:00Z")


def problem(*actions: str) -> str:
    """A problem with actions: `A1 2026-03-31`, or `A1` without a date."""
    lines = [
        "id: PRB-20260302-aaaa",
        "schema_version: 1",
        "title: Mail stops",
        "source: trend",
        "impact: low",
        "urgency: low",
    ]
    lines += ["timeline:", "  - at: 2026-03-02T09:00:00Z", "    event: opened", "actions:"]
    for name, *due in map(str.split, actions):
        lines += [f"  - id: {name}", "    what: Find out.", *(f"    due: {day}" for day in due)]
    return "\n".join(lines) + "\n"


def moved(book: Book, revision: str | None = None, as_of: datetime = AS_OF) -> dict[str, int | None]:
    tree = open_tree(book.root, revision)
    table = compute(read_book(tree), as_of, ["action"]).tables["action"]
    if isinstance(tree, CommitTree):
        tree.close()
    return dict(zip(table.column("action"), table.column("moved"), strict=True))


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path / "book")
    for message, actions in (
        ("First", ["A1 2026-03-31", "A2", "A3 2026-03-31"]),
        ("A2 has a date, A1 is later", ["A1 2026-04-30", "A2 2026-03-31", "A3 2026-03-31"]),
        ("Another order, nothing moved", ["A3 2026-03-31", "A1 2026-04-30", "A2 2026-03-31"]),
        ("A1 is earlier again, A3 has none", ["A1 2026-03-31", "A2 2026-03-31", "A3"]),
    ):
        made.write(PATH, problem(*actions))
        made.commit(message)
    return made


def test_each_other_date_is_a_move_and_a_first_one_is_none(book):
    assert moved(book) == {"A1": 2, "A2": 0, "A3": 1}
    assert moved(book, "HEAD~2") == {"A1": 1, "A2": 0, "A3": 0}


def test_what_is_not_committed_is_one_move_more(book):
    book.write(PATH, problem("A1 2026-05-31", "A2 2026-03-31", "A3 2026-06-30", "A4 2026-06-30"))
    assert moved(book) == {"A1": 3, "A2": 0, "A3": 1, "A4": 0}


def test_a_record_that_was_never_committed_has_no_history(book):
    book.write("records/problems/PRB-20260303-bbbb.yaml", problem("A1 2026-03-31").replace("0302-aaaa", "0303-bbbb"))
    table = compute(read_book(open_tree(book.root)), AS_OF, ["action"]).tables["action"]
    assert table.column("moved") == [2, 0, 1, None]


def test_a_merge_that_takes_one_side_moves_nothing_more(book):
    book.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    book.write(PATH, problem("A1 2026-04-30", "A2 2026-07-31", "A3 2026-03-31"))
    book.commit("On the side A2 is later")
    book.git("merge", "--quiet", "-s", "ours", "-m", "Ours", "main")
    assert moved(book) == {"A1": 2, "A2": 1, "A3": 1}  # main moved A1 back and took the date of A3


def test_git_cannot_say_in_a_shallow_clone_or_without_a_repository(book, tmp_path):
    book.git("clone", "--quiet", "--depth", "1", f"file://{book.root}", str(tmp_path / "shallow"))
    assert moved(Book.at(tmp_path / "shallow")) == {"A1": None, "A2": None, "A3": None}
    shutil.rmtree(book.root / ".git")
    assert moved(book) == {"A1": None, "A2": None, "A3": None}


def test_a_version_that_cannot_be_read_took_the_dates_away(book):
    book.write(PATH, "actions: [{id: A1, due: &x 2026-01-01}]\n")
    book.commit("Broken")
    book.write(PATH, problem("A1 2026-09-30"))
    book.commit("Mended")
    assert moved(book) == {"A1": 3}


def test_as_of_an_instant_later_commits_and_what_follows_them_move_nothing(tmp_path):
    book = Book(tmp_path / "book")
    for month, due in ((3, "2026-03-31"), (4, "2026-04-30"), (5, "2026-05-31")):
        book.write(PATH, problem(f"A1 {due}"))
        book.commit("Due", at=f"2026-0{month}-10T09:00:00Z")
    assert moved(book) == {"A1": 2}
    assert moved(book, as_of=instant("2026-04-10T09:00:00Z")) == {"A1": 1}
    assert moved(book, as_of=instant("2026-04-10T08:59:59Z")) == {"A1": 0}
    book.write(PATH, problem("A1 2026-06-30"))
    assert moved(book) == {"A1": 3}
    assert moved(book, as_of=instant("2026-04-30T00:00:00Z")) == {"A1": 1}
