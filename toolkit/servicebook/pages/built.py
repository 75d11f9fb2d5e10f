"""The page that says what the site was built from, so that anyone can build it again and compare."""

import hashlib
from importlib.metadata import PackageNotFoundError, version

from markupsafe import Markup

from servicebook import __version__
from servicebook.clock import TZDATA_VERSION
from servicebook.pages import address
from servicebook.pages.edition import Edition
from servicebook.pages.study import Study
from servicebook.record import Record

TOOLS = ("duckdb", "mkdocs", "mkdocs-material", "vl-convert-python")


def body(edition: Edition, study: Study) -> Markup:
    """Commit, instant, versions, digests of every input, findings, suppressions, and what is not in the pages."""
    return edition.render(
        "built.html",
        address.BUILT,
        study=study,
        revision=revision(edition, study),
        tool=__version__,
        tzdata=TZDATA_VERSION,
        zone=study.book.config.zone,
        tools=[(name, _version(name)) for name in TOOLS],
        digest=records_digest(study.book.all),
        counts=[
            (
                kind.plural(edition.language),
                address.register_page(kind),
                sum(1 for record in study.book.all if record.kind is kind),
            )
            for kind in study.book.kinds.values()
        ],
        by_path={record.path: record for record in study.book.all if address.has_page(record)},
        unread=unread(study),
        metrics=study.metrics,
    )


def revision(edition: Edition, study: Study) -> Markup:
    """What was published, in words: a commit, or the working tree on top of one."""
    words, head = edition.words, study.history.head
    if head is None:
        return words("built.no-commit")
    name = Markup("<code>{}</code>").format(head.id)
    return name if study.clean else words("built.working-tree", commit=name)


def short_revision(edition: Edition, study: Study) -> Markup:
    """The same in a few words, for the foot of every page."""
    words, head = edition.words, study.history.head
    if head is None:
        return words("built.no-commit")
    name = Markup("<code>{}</code>").format(head.id[:10])
    return name if study.clean else words("built.changed", commit=name)


def records_digest(records: list[Record]) -> str:
    """SHA-256 over path and blob id of every record, length-framed, by path."""
    digest = hashlib.sha256()
    for record in records:
        for part in (record.path.encode("utf-8", "surrogateescape"), record.blob.encode("ascii")):
            digest.update(b"%d:" % len(part))
            digest.update(part)
    return digest.hexdigest()


def unread(study: Study) -> list[tuple[str, str]]:
    """Files under records/ that have no page, each with the reason."""
    book = study.book
    found = [(path, f"{refused.message} {refused.hint}") for path, refused in book.refused.items()]
    found += [(stranger.path, f"{stranger.message} {stranger.hint}") for stranger in book.strangers]
    for record in book.all:
        if book.by_id.get(record.id) is not record:
            found.append((record.path, f"{record.id} is also the id of {book.by_id[record.id].path}."))
        elif not address.has_page(record):
            found.append((record.path, f"{record.id!r} is not an id."))
    return sorted(found)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
