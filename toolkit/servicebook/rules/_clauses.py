"""Which clauses of ISO/IEC 20000-1 an audit has looked at."""

from collections.abc import Iterable, Sequence

from servicebook.book import Book
from servicebook.part import Part
from servicebook.standards import HOME, clauses_in_view, read_standards
from servicebook.standards.standard import within


def asked(book: Book) -> list[str]:
    """The clauses in view that have none below them, in the standard's order."""
    return clauses_in_view(book.config, read_standards(book.tree)[HOME])


def audit_of(book: Book, planned: Part) -> Part | None:
    """The audit that an item of a programme names; None where it names none, or no record of an audit."""
    audit = book.by_id.get(planned.text("audit") or "")
    return audit.part if audit is not None and audit.valid and audit.kind.name == "audit" else None


def left_out(planned: Iterable[str], audited: Sequence[str], leaves: Iterable[str]) -> list[str]:
    """Those of the clauses in view that were planned and not audited."""
    wanted = list(planned)
    return [leaf for leaf in leaves if looks_at(wanted, leaf) and not looks_at(audited, leaf)]


def looks_at(clauses: Iterable[str], leaf: str) -> bool:
    """Whether clauses have one in view among them: itself, one above it, or a number below it.

    The file of the standard does not count as deep as the standard does everywhere.
    """
    return any(within(leaf, clause) or within(clause, leaf) for clause in clauses)
