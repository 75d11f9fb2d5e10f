"""DuckDB, locked: it sees the fact tables and nothing else.

No file, network, extension or setting is within its reach, and memory, threads, time and rows are bounded.
Its time zone is UTC, whatever the machine's.
What a query may say is in `lock.py`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from servicebook.errors import Problem
from servicebook.facts import Facts
from servicebook.finding import inert_line
from servicebook.metrics.engine import NUMBERS, Bundle, check_columns, parameters
from servicebook.metrics.loading import SETTINGS, Source, from_files, from_rows, quoted
from servicebook.metrics.lock import Lock
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period

DUCKDB_VERSION: str = duckdb.__version__
SECONDS = 60
MOST_ROWS = 1_000_000
_LINE = re.compile(r"\n\nLINE ([0-9]+):")


class DuckDB:
    """An engine (`engine.py`) over tables that are read once, at the beginning."""

    def __init__(self, as_of: datetime, zone: tzinfo, sources: Iterable[tuple[str, Source]]) -> None:
        self.as_of, self.zone = as_of, zone
        self._columns: dict[Metric, list[str]] = {}
        self._connection = duckdb.connect(":memory:", config=SETTINGS)
        self._connection.execute("SET TimeZone = 'UTC'")  # no option of connect: it comes with an extension
        names = []
        for name, source in sources:
            self._connection.execute(f"CREATE TABLE {quoted(name)} AS {source.select}", source.parameters)
            names.append(name)
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._lock = Lock(self._connection, frozenset(names))

    @classmethod
    def from_facts(cls, facts: Facts) -> "DuckDB":
        """Over the fact tables of a book."""
        return cls(facts.as_of, facts.zone, ((table.name, from_rows(table)) for table in facts.tables.values()))

    @classmethod
    def from_files(
        cls, tables: Mapping[str, Sequence[Path]], as_of: datetime, zone: tzinfo, rows: bool = True
    ) -> "DuckDB":
        """Over the files of each table, as `write_parquet` makes them.

        Without `rows` the tables are empty: enough to check a query and to tell its columns. Raises Problem.
        """
        sources = [(name, from_files([str(file) for file in files], rows)) for name, files in tables.items()]
        try:
            return cls(as_of, zone, sources)
        except duckdb.Error as error:
            raise Problem(f"The facts cannot be read: {_words(str(error))}", "Write them again.") from None

    def columns(self, metric: Metric) -> list[str]:
        """Names of the columns that the query returns; the query is checked the first time."""
        if metric not in self._columns:
            self._lock.check(metric)
            nothing = Period("", self.as_of, self.as_of)
            names = [line[0] for line in self._run(metric, nothing, "DESCRIBE ({query})")]
            check_columns(metric, names)
            self._columns[metric] = names
        return self._columns[metric]

    def rows(self, metric: Metric, period: Period) -> list[tuple[Any, ...]]:
        """Every row of the query."""
        self.columns(metric)
        found = self._run(metric, period, f"FROM ({{query}}) LIMIT {MOST_ROWS + 1}")
        _check_count(metric, len(found))
        return found

    def figures(self, metric: Metric, period: Period, by: Sequence[str]) -> list[Bundle]:
        """Keys, reasons and lists of numbers: DuckDB groups, so that no row becomes an object of ours."""
        numbers = [name for name in NUMBERS if name in self.columns(metric)]
        selected = [quoted(name) for name in (*by, "left_out")] + [f"list({quoted(name)})" for name in numbers]
        within = f"(FROM ({{query}}) LIMIT {MOST_ROWS + 1})"
        found = self._run(metric, period, f"FROM {within} SELECT {', '.join(selected)} GROUP BY ALL")
        width = len(by)
        bundles = [
            Bundle(line[:width], line[width], dict(zip(numbers, line[width + 1 :], strict=True))) for line in found
        ]
        _check_count(metric, sum(len(bundle.numbers["value"]) for bundle in bundles))
        return bundles

    def _run(self, metric: Metric, period: Period, around: str) -> list[tuple[Any, ...]]:
        """The rows of a statement around the query, `{query}` in it, which must be on the statement's first line."""
        statement = around.replace("{query}", _without_end(metric.query) + "\n", 1)
        with _told(metric), _watched(self._connection):
            (parsed,) = self._connection.extract_statements(statement)
            known = parameters(self, period).items()
            given = {name: _naive(value) for name, value in known if name in parsed.named_parameters}
            return self._connection.execute(statement, given).fetchall()


@lru_cache(maxsize=2)
def engine_for(facts: Facts) -> DuckDB:
    """The engine of these facts, made once."""
    return DuckDB.from_facts(facts)


@contextmanager
def _watched(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Interrupts what runs for too long."""
    watch = Timer(SECONDS, connection.interrupt)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


@contextmanager
def _told(metric: Metric) -> Iterator[None]:
    """What DuckDB says of a query, as a Problem at its line."""
    try:
        yield
    except duckdb.InterruptException:
        message = f"{metric.path}:{metric.line}: the query ran for more than {SECONDS} seconds."
        raise Problem(message, "Make the query simpler.") from None
    except duckdb.Error as error:
        line = metric.line + (int(found[1]) - 1 if (found := _LINE.search(str(error))) else 0)
        raise Problem(f"{metric.path}:{line}: {_words(str(error))}", "Correct the query.") from None


def _check_count(metric: Metric, rows: int) -> None:
    if rows > MOST_ROWS:
        hint = "A metric returns one row for each record or clock that it looks at."
        raise Problem(f"{metric.path}:{metric.line}: the query returns more than {MOST_ROWS:,} rows.", hint)


def _without_end(query: str) -> str:
    """A statement without the semicolons and comments behind it, so that it can stand within another."""
    data = query.encode()
    end = len(data)
    for place, sort in reversed(duckdb.tokenize(query)):
        if sort != duckdb.token_type.comment and data[place:end].strip() != b";":
            break
        end = place
    return data[:end].decode()


def _words(message: str) -> str:
    """A message of DuckDB on one line, without the query that it quotes."""
    return inert_line(message.split("\n\nLINE ")[0].replace("\n", " "))


def _naive(value: datetime) -> datetime:
    """An instant as DuckDB's TIMESTAMP, which has no zone: ours are in UTC."""
    return value.astimezone(UTC).replace(tzinfo=None)
