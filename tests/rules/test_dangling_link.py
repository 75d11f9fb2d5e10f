"""Suggestions for a mistyped id: the right ones, and few enough that a broken book is checked at once."""

import pytest

from servicebook.book import Book
from servicebook.config import read_config
from servicebook.kinds import read_kinds
from servicebook.record import Link, Record
from servicebook.rules import dangling_link
from servicebook.tree import WorkingTree

SERVICE = frozenset({"service"})


class Unwritten(Record):
    """A record that is in no file: every finding is at its first line."""

    def place(self, pointer: tuple[str | int, ...]) -> tuple[int, int]:
        return 1, 1


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Ten thousand incidents, a few services, and two hundred incidents whose service is not there."""
    root = tmp_path_factory.mktemp("large")
    (root / "servicebook.toml").write_text('[organisation]\nname = "A"\nzone = "UTC"\n', encoding="utf-8")
    tree = WorkingTree(root)
    kinds, config = read_kinds(tree), read_config(tree)
    records: list[Record] = []
    for number in range(10_000):
        links = (Link(("service",), f"SVC-shp{number}", SERVICE),) if number < 200 else ()
        name = f"INC-2025{number // 28 % 12 + 1:02}{number % 28 + 1:02}-{number:04}"
        records.append(Unwritten(tree, f"records/incidents/{name}.yaml", kinds["incident"], name, links=links))
    records += [
        Unwritten(tree, f"records/services/{name}.yaml", kinds["service"], name)
        for name in ("SVC-shop", "SVC-orders", "SVC-mail")
    ]
    records.append(Unwritten(tree, "records/slas/SLA-shops.yaml", kinds["sla"], "SLA-shops"))
    return Book(tree, kinds, config, records)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("SVC-shp", "SVC-shop"),
        ("SVC-hsop", "SVC-shop"),
        ("svc-shop", "SVC-shop"),
        ("SVC-shops", "SVC-shop"),
        ("SVC-oders", "SVC-orders"),
        ("INC-20250101-000", "INC-20250101-0000"),
        ("SVC-payroll", None),
        ("", None),
    ],
)
def test_the_id_that_was_meant(large: Book, mistyped: str, meant: str | None) -> None:
    assert large.nearest(mistyped) == meant


def test_one_of_the_right_kind_comes_first(large: Book) -> None:
    assert large.nearest("SLA-shop", SERVICE) == "SVC-shop"
    assert large.nearest("SLA-shop") == "SLA-shops"
    assert large.nearest("INC-20250101-000", SERVICE) is not None, "better one of another kind than none"


def test_ten_suggestions_a_run(large: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    nearest = Book.nearest

    def counted(book: Book, record_id: str, kinds: frozenset[str] = frozenset()) -> str | None:
        asked.append(record_id)
        return nearest(book, record_id, kinds)

    monkeypatch.setattr(Book, "nearest", counted)
    findings = list(dangling_link.check_book(large))
    assert len(findings) == 200
    assert len(asked) == 10
    assert findings[0].hint == "Did you mean SVC-shop?"
    assert all(finding.hint for finding in findings)
