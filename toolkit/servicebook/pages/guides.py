"""The hand-written pages, which lie as Markdown in `site/`, and what is added to them from the schemas."""

from servicebook.pages import address
from servicebook.pages.edition import Edition
from servicebook.pages.inert import references
from servicebook.registry import shipped

CLAUSES = "CLAUSES-OF-THE-KINDS"


def reading(edition: Edition) -> str:
    """“How to read this book”, with the table of clauses and the kinds that are evidence for each."""
    text = (shipped("site") / f"reading.{edition.language}.md").read_text(encoding="utf-8")
    return text.replace(CLAUSES, _clauses(edition))


def _clauses(edition: Edition) -> str:
    words = edition.words
    by_clause: dict[str, list[str]] = {}
    for kind in edition.book.kinds.values():
        link = f"[{references(kind.plural(edition.language))}]({address.register_page(kind).removesuffix('.html')}.md)"
        for clause in kind.clauses:
            by_clause.setdefault(clause, []).append(link)
    ordered = sorted(by_clause, key=lambda clause: [part.zfill(4) for part in clause.split(".")])
    rows = [f"| {references(clause)} | {', '.join(by_clause[clause])} |" for clause in ordered]
    return "\n".join([f"| {words.plain('guide.clause')} | {words.plain('guide.evidence')} |", "| --- | --- |", *rows])
