"""Where each page stands below the root of its language. Addresses mirror the repository: records/incidents/ID.html."""

import re

from servicebook.kinds import Kind
from servicebook.record import FOLDER, Record

_PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")

HOME = "index.html"
METRICS = "metrics/index.html"
RULES = "rules/index.html"
FORESIGHT = "foresight.html"
FACTS = "facts.html"
READING = "reading.html"
BUILT = "built-from.html"


def has_page(record: Record) -> bool:
    """Whether the id can be a file's name anywhere. Ids that cannot are findings, and listed as such."""
    return _PLAIN_ID.fullmatch(record.id) is not None


def record_page(record: Record) -> str:
    """The page of one record; `index` is the register's."""
    suffix = "-record" if record.id.casefold() == "index" else ""
    return f"{FOLDER}/{record.kind.folder}/{record.id}{suffix}.html"


def register_page(kind: Kind, part: str = "") -> str:
    """The register of a kind, or one part of it (a date, which is no id)."""
    return f"{FOLDER}/{kind.folder}/{part or 'index'}.html"


def metric_page(name: str) -> str:
    """The definition of a metric."""
    return f"metrics/{name}.html"


def coverage_page(standard: str, clause: str = "") -> str:
    """A standard with all its clauses, or one of them; no clause is called index."""
    return f"coverage/{standard}/{clause or 'index'}.html"


def rule_page(name: str) -> str:
    """The documentation of a rule."""
    return f"rules/{name}.html"


def root_from(page: str) -> str:
    """The way from a page up to the root of its language: "" or "../../"."""
    return "../" * page.count("/")
