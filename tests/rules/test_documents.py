"""Files of documents/ and the records that name them by their SHA-256."""

import hashlib
from contextlib import closing

import pytest

from building import Book
from servicebook.finding import Finding
from servicebook.tree import CommitTree, Tree, open_tree
from servicebook.validation import validate

AS_OF = "2026-06-30"
RULES = {"attachment-missing", "attachment-differs", "document-differs-from-approved"}
FIRST, SECOND = b"We lock the screen.\n", b"We lock the screen and the door.\n"
VERSION = """\
  - version: {number}
    valid_from: {first}
{last}    content:
      path: documents/{path}
      sha256: {sha256}
    approved:
      by:
        role: managing-director
      on: 2025-01-20
"""


def version(number: int, first: str, text: bytes, path: str = "policy.md", last: str = "") -> str:
    sha256 = hashlib.sha256(text).hexdigest()
    end = f"    valid_to: {last}\n" if last else ""
    return VERSION.format(number=number, first=first, last=end, path=path, sha256=sha256)


def write_policy(book: Book, *versions: str) -> None:
    head = "id: DOC-policy\nschema_version: 1\ntitle: Policy\ntype: procedure\nowner:\n  role: it-manager\nversions:\n"
    book.write("records/documents/DOC-policy.yaml", head + "".join(versions) + "review_every: three-years\n")


def found(book: Book, tree: Tree | None = None) -> list[Finding]:
    report = validate(tree or open_tree(book.root), cached=False, as_of=AS_OF)
    assert [finding for finding in report.findings if finding.rule in ("schema", "unknown-file")] == []
    return [finding for finding in report.findings if finding.rule in RULES]


def test_only_the_version_in_force_is_looked_at(book: Book) -> None:
    write_policy(book, version(1, "2025-02-01", FIRST, last="2025-12-31"), version(2, "2026-01-01", SECOND))
    book.write("documents/policy.md", SECOND)
    assert found(book) == []


def test_a_version_to_come_need_not_be_there_yet(book: Book) -> None:
    coming = version(2, "2026-07-01", SECOND, "policy-2.md")
    write_policy(book, version(1, "2025-02-01", FIRST, last="2026-06-30"), coming)
    book.write("documents/policy.md", FIRST)
    assert found(book) == []


def test_one_byte_is_told_at_the_digest(book: Book) -> None:
    write_policy(book, version(1, "2025-02-01", FIRST))
    book.write("documents/policy.md", FIRST + b" ")
    (finding,) = found(book)
    assert (finding.rule, finding.line) == ("document-differs-from-approved", 12)
    assert "documents/policy.md" in finding.message


def test_line_ends_of_another_system_are_the_same_text(book: Book) -> None:
    write_policy(book, version(1, "2025-02-01", FIRST))
    book.write("documents/policy.md", FIRST.replace(b"\n", b"\r\n"))
    assert found(book) == []


def test_each_commit_is_judged_by_its_own_files(book: Book) -> None:
    write_policy(book, version(1, "2025-02-01", FIRST))
    book.write("documents/policy.md", FIRST)
    before = book.commit("approved")
    book.write("documents/policy.md", SECOND)
    after = book.commit("changed")
    with closing(CommitTree(book.root, before)) as old, closing(CommitTree(book.root, after)) as new:
        assert found(book, old) == []
        assert [finding.rule for finding in found(book, new)] == ["document-differs-from-approved"]


@pytest.mark.parametrize("what", ["nothing", "symbolic link", "directory"])
def test_what_is_no_file_is_missing(book: Book, what: str) -> None:
    write_policy(book, version(1, "2025-02-01", FIRST))
    place = book.root / "documents" / "policy.md"
    if what == "symbolic link":
        book.write("documents/other.md", FIRST)
        place.symlink_to("other.md")
    elif what == "directory":
        place.mkdir(parents=True)
    (finding,) = found(book)
    assert (finding.rule, finding.line) == ("attachment-missing", 11)


def test_an_attachment_of_any_kind_is_looked_at_wherever_it_stands(book: Book) -> None:
    sha256 = hashlib.sha256(FIRST).hexdigest()
    book.write("documents/courses/load.md", SECOND)
    book.write(
        "records/competences/CMP-engineer.yaml",
        "id: CMP-engineer\nschema_version: 1\ntitle: Engineer\nrole: engineer\nperson: P-9c4x\nrequired:\n  - Tests.\n"
        "evidence:\n  - what: Course\n    type: training\n    on: 2026-01-08\n    attachment:\n"
        f"      path: documents/courses/load.md\n      sha256: {sha256}\n"
        "assessed_on: 2026-01-12\nassessed_by:\n  role: it-manager\n",
    )
    (finding,) = found(book)
    assert (finding.rule, finding.line) == ("attachment-differs", 14)


def test_a_changed_document_is_another_verdict(book: Book) -> None:
    """The verdict of a whole book is kept; a file of documents/ is part of the book."""
    write_policy(book, version(1, "2025-02-01", FIRST))
    book.write("documents/policy.md", FIRST)
    book.commit("approved", at="2026-06-30T09:00:00+02:00")
    assert book.run("validate").returncode == 0
    book.write("documents/policy.md", SECOND)
    done = book.run("validate")
    assert done.returncode == 1
    assert "document-differs-from-approved" in done.stdout
