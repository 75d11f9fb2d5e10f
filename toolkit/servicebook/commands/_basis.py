"""What figures rest on: one book as it is read, or the facts of many that were gathered before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from servicebook import __version__
from servicebook.clock import TZDATA_VERSION
from servicebook.errors import Problem
from servicebook.metrics import DUCKDB_VERSION, DuckDB, Engine
from servicebook.metrics.gathered import Gathered, gather
from servicebook.metrics.kept import View

TOOL = {"servicebook": __version__, "tzdata": TZDATA_VERSION, "duckdb": DUCKDB_VERSION}


@dataclass(frozen=True)
class Basis:
    """The books by name, the instant up to which they are looked at, and the zone in which periods are cut.

    `read` says in words what was read. `commit` is that of one book; None for its working tree and for gathered
    facts. `unusable` counts the files that no figure counts, `tool` the versions of what worked.
    """

    books: tuple[str, ...]
    commit: str | None
    read: str
    as_of: datetime
    zone: str
    unusable: int
    tool: Mapping[str, str] = field(default_factory=lambda: TOOL)


def of_book(view: View) -> Basis:
    """One book."""
    config, outline = view.config, view.outline
    read = f"commit {view.commit[:12]}" if view.commit else "the working tree"
    return Basis((config.organisation,), view.commit, read, outline.as_of, config.zone, outline.unusable)


def of_folders(folders: Sequence[Path], zone: str | None, engine: str) -> tuple[Basis, Engine]:
    """Gathered facts, and the engine over them. Raises Problem."""
    found = gather(folders, zone)
    books = "1 book" if len(found.books) == 1 else f"{len(found.books)} books"
    made, versions = _engine(found, engine)
    basis = Basis(
        found.books,
        None,
        f"gathered facts of {books}",
        found.as_of,
        found.zone_name,
        found.unusable,
        TOOL | versions,
    )
    return basis, made


def _engine(facts: Gathered, name: str) -> tuple[Engine, dict[str, str]]:
    if name == "duckdb":
        return DuckDB.from_files(facts.tables, facts.as_of, facts.zone), {}
    from servicebook.metrics.spark_engine import Spark

    spark = Spark(facts)
    return spark, {"spark": spark.version}


def check_given(folders: Sequence[Path], engine: str, zone: str | None, looked_from: str | None) -> None:
    """Raises Problem where options do not go together; `looked_from` is what --at or --as-of names."""
    if folders and looked_from:
        message = "Gathered facts have their instant and their commit: --at and --as-of do not go with --facts."
        raise Problem(message, "Give them to servicebook facts.")
    if not folders and (engine != "duckdb" or zone):
        option = "--zone" if zone else "--engine spark"
        hint = "Write them first: servicebook facts --format parquet --output DIR, then --facts DIR."
        raise Problem(f"{option} goes with gathered facts.", hint)
