"""Each fact table on small books: tables/*.yaml holds records, and the rows counted from them by hand.

A case has `records` (each of the kind that its id begins with), `as_of`, and `rows`: all rows of some tables, with the
columns that matter. A column that is not named is not compared.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from memory import calendar, make_book, matrix
from servicebook import facts, registry
from servicebook.source import load

CASES = {
    f"{file.stem}: {name}": case
    for file in sorted((Path(__file__).parent / "tables").glob("*.yaml"))
    for name, case in load(file.read_bytes()).items()
}


def shown(value: object) -> object:
    """A value as a case writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


@pytest.mark.parametrize("name", CASES)
def test_rows_counted_by_hand(name):
    case = CASES[name]
    book = make_book(calendar(), matrix(), *case["records"])
    found = facts.compute(book, datetime.fromisoformat(case["as_of"])).tables
    for table, expected in case["rows"].items():
        rows = [{column: shown(value) for column, value in row.items()} for row in found[table].records()]
        assert [
            {column: row[column] for column in wanted} for row, wanted in zip(rows, expected, strict=False)
        ] == expected
        assert len(rows) == len(expected)


def test_every_table_has_a_case():
    covered = {table for case in CASES.values() for table in case["rows"]}
    elsewhere = {"availability", "outage", "incident", "timer"}  # held by tests of their own
    assert covered | elsewhere >= set(registry.module_names("facts"))


def test_a_row_has_a_value_for_each_column_and_of_its_type():
    types = {"VARCHAR": str, "BIGINT": int, "DOUBLE": float, "BOOLEAN": bool, "TIMESTAMP": datetime}
    for case in CASES.values():
        book = make_book(calendar(), matrix(), *case["records"])
        for table in facts.compute(book, datetime.fromisoformat(case["as_of"])).tables.values():
            assert table.columns == facts.columns(table.name)
            for row in table.rows:
                for column, value in zip(table.columns, row, strict=True):
                    assert value is None or type(value) is types[column.type], (table.name, column.name, value)
