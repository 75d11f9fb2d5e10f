"""DuckDB, locked: it sees the fact tables and nothing else.

No file, network, extension or setting is within its reach, and memory, threads, time and rows are bounded.
Its time zone is UTC, whatever the machine's.
What a query may say is in `lock.py`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from threading import Timer
from typing import Any

import duckdb

from servicebook.errors import Problem
from servicebook.facts import Facts, Table
from servicebook.finding import inert_line
from servicebook.metrics.lock import Lock
from servicebook.metrics.metric import Metric

DUCKDB_VERSION: str = duckdb.__version__
SECONDS = 60
MOST_ROWS = 1_000_000
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # else a query could read the variables of this program
    "temp_directory": "",
    "threads": "1",  # one order of adding, one sum
    "memory_limit": "1GB",
}

_LINE = re.compile(r"\n\nLINE ([0-9]+):")


class Engine:
    """The fact tables in a DuckDB of their own. `rows` runs the query of a metric."""

    def __init__(self, facts: Facts) -> None:
        self._connection = duckdb.connect(":memory:", config=SETTINGS)
        self._connection.execute("SET TimeZone = 'UTC'")  # no option of connect: it comes with an extension
        self._connection.execute("SET lock_configuration = true")
        for table in facts.tables.values():
            self._load(table)
        self._lock = Lock(self._connection, frozenset(facts.tables))

    def rows(self, metric: Metric, parameters: Mapping[str, datetime]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of the columns and the rows. Raises Problem with the metric's file and line."""
        self._lock.check(metric)
        watch = Timer(SECONDS, self._connection.interrupt)
        watch.start()
        try:
            (statement,) = self._connection.extract_statements(metric.query)
            given = {name: _naive(value) for name, value in parameters.items() if name in statement.named_parameters}
            result = self._connection.execute(metric.query, given)
            names = [column[0] for column in result.description or ()]
            rows = result.fetchmany(MOST_ROWS + 1)
        except duckdb.InterruptException:
            raise Problem(f"{metric.path} ran for more than {SECONDS} seconds.", "Make the query simpler.") from None
        except duckdb.Error as error:
            message = str(error)
            line = metric.line + (int(found[1]) - 1 if (found := _LINE.search(message)) else 0)
            words = inert_line(message.split("\n\nLINE ")[0].replace("\n", " "))
            raise Problem(f"{metric.path}:{line}: {words}", "Correct the query.") from None
        finally:
            watch.cancel()
        if len(rows) > MOST_ROWS:
            hint = "A metric returns one row for each record or clock that it looks at."
            raise Problem(f"{metric.path} returns more than {MOST_ROWS:,} rows.", hint)
        return names, rows

    def _load(self, table: Table) -> None:
        """Create one table. A whole column goes in as one list, which is what makes it quick."""
        values: list[list[Any]] = [list(column) for column in zip(*table.rows, strict=True)] or [
            [] for _ in table.columns
        ]
        for place, column in enumerate(table.columns):
            if column.type == "TIMESTAMP":
                values[place] = [_naive(value) for value in values[place]]
        selected = ", ".join(
            f'unnest(${number}::{column.type}[]) AS "{column.name}"' for number, column in enumerate(table.columns, 1)
        )
        self._connection.execute(f'CREATE TABLE "{table.name}" AS SELECT {selected}', values)


@lru_cache(maxsize=2)
def engine_for(facts: Facts) -> Engine:
    """The engine of these facts, made once."""
    return Engine(facts)


def _naive(value: datetime | None) -> datetime | None:
    """An instant as DuckDB's TIMESTAMP, which has no zone: ours are in UTC."""
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None)
