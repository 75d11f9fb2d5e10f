"""Fact tables as DuckDB takes them in: from rows, or from Parquet files; written as such, and looked into."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from servicebook.errors import Problem
from servicebook.facts import Column, Table
from servicebook.finding import inert_line

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # else a query could read the variables of this program
    "temp_directory": "",
    "threads": "1",  # one order of adding, one sum
    "memory_limit": "1GB",
}


class Source(NamedTuple):
    """Where a table comes from: what DuckDB selects, and its parameters."""

    select: str
    parameters: list[Any]


def write_parquet(table: Table, path: Path) -> None:
    """Write a fact table as a Parquet file; its instants are in UTC, without a zone."""
    with duckdb.connect(":memory:", config=SETTINGS) as connection:
        source = from_rows(table)
        connection.execute("CREATE TABLE made AS " + source.select, source.parameters)
        connection.execute("COPY made TO $1 (FORMAT parquet, COMPRESSION zstd)", [str(path)])


def from_rows(table: Table) -> Source:
    """The rows of a table. A column goes in as one text of JSON, which is what makes it quick."""
    return Source("SELECT " + ", ".join(map(_unpacked, table.columns, count(1))), table.texts())


def from_files(paths: Sequence[str], rows: bool) -> Source:
    """The rows of Parquet files, or only their columns. What a folder is called says nothing of what is in it."""
    return Source("FROM read_parquet($1, hive_partitioning = false)" + ("" if rows else " LIMIT 0"), [list(paths)])


def columns_of(path: Path) -> list[str]:
    """The columns of a Parquet file, each as `name TYPE`. Raises Problem for another file."""
    return [f"{name} {sort}" for name, sort in _asked(path, "SELECT column_name, column_type FROM (DESCRIBE {file})")]


def rows_by_book(path: Path) -> dict[Any, int]:
    """How many rows of each book a Parquet file with a column `book` holds. Raises Problem for another file."""
    return dict(_asked(path, "SELECT book, count(*) FROM ({file}) GROUP BY book"))


def _asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    source = from_files([str(path)], rows=True)
    try:
        with duckdb.connect(":memory:", config=SETTINGS) as connection:
            return connection.execute(question.replace("{file}", source.select), source.parameters).fetchall()
    except duckdb.Error as error:
        words = inert_line(str(error).splitlines()[0])
        raise Problem(f"{path} cannot be read: {words}", "Make the facts again.") from None


def _unpacked(column: Column, number: int) -> str:
    """The SQL that makes a column again of the JSON in a parameter. An instant is in it as seconds since 1970."""
    if column.type == "TIMESTAMP":
        values = f"make_timestamp((unnest(from_json(${number}, '[\"DOUBLE\"]')) * 1000000)::BIGINT)"
    else:
        values = f"unnest(from_json(${number}, '[\"{column.type}\"]'))"
    return f"{values} AS {quoted(column.name)}"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
