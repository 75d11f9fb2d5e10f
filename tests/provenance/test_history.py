"""The commits behind a file: which count, in which order, and what is said where git cannot tell."""

import subprocess
from pathlib import Path

import pytest

from building import Book
from servicebook.errors import Problem
from servicebook.provenance.history import read_history
from servicebook.tree import CommitTree, WorkingTree

PATH = "records/services/SVC-shop.yaml"


def subjects(book: Book, path: str = PATH) -> list[str]:
    return [commit.subject for commit in read_history(WorkingTree(book.root), "records").of(path)]


def test_newest_first_with_time_and_subject(book: Book) -> None:
    book.write(PATH, "one")
    book.commit("added", at="2026-01-05T09:00:00+01:00")
    book.write("README.md", "beside")
    book.commit("elsewhere", at="2026-01-06T09:00:00+01:00")
    book.write(PATH, "two")
    last = book.commit("changed <b>é", at="2026-01-07T09:00:00+01:00")
    history = read_history(WorkingTree(book.root), "records")
    assert history.state == "complete"
    assert [commit.subject for commit in history.of(PATH)] == ["changed <b>é", "added"]
    assert history.of(PATH)[0].id == last
    assert history.of(PATH)[0].time.isoformat() == "2026-01-07T08:00:00+00:00"
    assert history.head is not None
    assert history.head.id == last


def test_a_commit_of_another_age_is_told(book: Book) -> None:
    book.write(PATH, "one")
    book.commit("added", at="@999999999999 +0000")
    with pytest.raises(Problem, match="claims to be made 999999999999 seconds after 1970"):
        read_history(WorkingTree(book.root), "records")


def test_a_merge_counts_only_where_its_result_differs_from_every_side(book: Book) -> None:
    book.write(PATH, "one\n")
    book.write("records/services/SVC-other.yaml", "one\n")
    book.commit("added", at="2026-01-05T09:00:00+01:00")
    book.git("checkout", "--quiet", "-b", "side")
    book.write(PATH, "side\n")
    book.write("records/services/SVC-other.yaml", "side\n")
    book.commit("on the side", at="2026-01-06T09:00:00+01:00")
    book.git("checkout", "--quiet", "main")
    book.write(PATH, "main\n")
    book.commit("on main", at="2026-01-07T09:00:00+01:00")
    book.git("merge", "--no-commit", "--strategy=ours", "side")
    book.write(PATH, "both\n")
    book.write("records/services/SVC-other.yaml", "side\n")
    book.commit("merged", at="2026-01-08T09:00:00+01:00")
    assert subjects(book) == ["merged", "on main", "on the side", "added"]
    assert subjects(book, "records/services/SVC-other.yaml") == ["on the side", "added"]


def test_the_blob_is_that_of_the_head_even_where_a_side_is_newer(book: Book) -> None:
    book.write(PATH, "one\n")
    book.commit("added", at="2026-01-05T09:00:00+01:00")
    book.git("checkout", "--quiet", "-b", "side")
    book.write(PATH, "side\n")
    book.commit("on the side", at="2026-01-09T09:00:00+01:00")
    book.git("checkout", "--quiet", "main")
    book.write(PATH, "main\n")
    book.commit("on main", at="2026-01-07T09:00:00+01:00")
    book.git("merge", "--quiet", "--strategy=ours", "-m", "ours", "side", at="2026-01-10T09:00:00+01:00")
    history = read_history(WorkingTree(book.root), "records")
    assert history.blob(PATH) == book.git("rev-parse", f"HEAD:{PATH}").strip()


def test_a_commit_tree_is_told_up_to_its_commit(book: Book) -> None:
    book.write(PATH, "one")
    first = book.commit("added")
    book.write(PATH, "two")
    book.commit("changed")
    history = read_history(CommitTree(book.root, first), "records")
    assert [commit.subject for commit in history.of(PATH)] == ["added"]


def test_a_removed_and_restored_file_keeps_its_whole_history(book: Book) -> None:
    book.write(PATH, "one")
    book.commit("added", at="2026-01-05T09:00:00+01:00")
    (book.root / PATH).unlink()
    book.commit("removed", at="2026-01-06T09:00:00+01:00")
    book.write(PATH, "one")
    book.commit("restored", at="2026-01-07T09:00:00+01:00")
    assert subjects(book) == ["restored", "removed", "added"]


def test_a_book_below_the_root_of_its_repository(book: Book) -> None:
    book.write(f"inner/{PATH}", "one")
    book.commit("added")
    history = read_history(WorkingTree(book.root / "inner"), "records")
    assert [commit.subject for commit in history.of(PATH)] == ["added"]
    assert history.blob(PATH)


def test_a_path_that_git_would_quote(book: Book) -> None:
    path = 'records/services/SVC-日 "x".yaml'
    book.write(path, "one")
    book.commit("added")
    assert subjects(book, path) == ["added"]


def test_without_a_commit_and_without_a_repository(book: Book, tmp_path: Path) -> None:
    assert read_history(WorkingTree(book.root), "records").state == "no-commits"
    (tmp_path / "plain").mkdir()
    assert read_history(WorkingTree(tmp_path / "plain"), "records").state == "no-repository"


def test_a_shallow_clone_says_so(book: Book, tmp_path: Path) -> None:
    book.write(PATH, "one")
    book.commit("added")
    book.write(PATH, "two")
    book.commit("changed")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{book.root}", str(clone)], check=True)
    assert read_history(WorkingTree(clone), "records").state == "shallow"
