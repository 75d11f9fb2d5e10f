"""What the query of a metric may say: one SELECT over fact tables that gives the same rows each time, before long.

A query of a data repository is as foreign as its records. DuckDB keeps it from files, network and
settings (`duckdb_engine.py`); here its syntax tree is read before it runs, for what DuckDB would allow and a
metric must not have: the clock, chance, the machine, and what DuckDB can neither interrupt nor keep within its
memory. Functions are those of `functions.py` alone, so that nothing gets in with a newer DuckDB.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.metrics.functions import FUNCTIONS, KNOWN, PATTERNS
from servicebook.metrics.metric import Metric

Node = Mapping[str, Any]

TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
# Written without brackets: the parser takes them for columns.
NOT_COLUMNS = frozenset({
    "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
    "current_user", "localtime", "localtimestamp", "session_user", "user",
})  # fmt: skip
LONGEST_PATTERN = 100


class Lock:
    """The check of queries. `tables` are the names that a query may read from."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, tables: frozenset[str]) -> None:
        self._connection = connection
        self._tables = tables

    def check(self, metric: Metric) -> None:
        """Raises Problem, with file and line, for a query that says more than it may."""
        found = self._connection.execute("SELECT json_serialize_sql($1)", [metric.query]).fetchone()
        tree: dict[str, Any] = json.loads(found[0]) if found else {"error": True}
        if tree["error"]:
            if tree.get("error_type") == "not implemented":
                raise Problem(f"{metric.path} is not a SELECT.", "A metric is one SELECT over the fact tables.")
            line = _line(metric, int(tree.get("position", 0)))
            words = inert_line(str(tree.get("error_message", "it cannot be read")))
            raise Problem(f"{metric.path}:{line}: {words}.", "Correct the query.")
        if len(tree["statements"]) != 1:
            raise Problem(f"{metric.path} has {len(tree['statements'])} statements.", "A metric is one SELECT.")
        nodes = list(_nodes(tree))
        tables = self._tables.union(entry["key"].lower() for node in nodes for entry in _named(node))
        of_tables = [node.get("function") for node in nodes if node.get("type") == "TABLE_FUNCTION"]
        for node in nodes:
            if any(node is function for function in of_tables):
                continue  # its name is judged with the table that it stands for
            if refusal := self._refusal(node, tables):
                message, hint = refusal
                raise Problem(f"{metric.path}:{_line(metric, node.get('query_location'))}: {message}", hint)

    def _refusal(self, node: Node, tables: frozenset[str]) -> tuple[str, str] | None:
        """What is wrong with one node of the tree, and what to do."""
        sort = node.get("type")
        if sort in ("BASE_TABLE", "TABLE_FUNCTION", "SHOW_REF"):
            name = node["function"]["function_name"] if sort == "TABLE_FUNCTION" else node.get("table_name", "")
            plain = not node.get("schema_name") and not node.get("catalog_name")
            known = TABLE_FUNCTIONS if sort == "TABLE_FUNCTION" else tables if sort == "BASE_TABLE" else ()
            if not plain or str(name).lower() not in known:
                return f"there is no fact table {quote(name)}.", f"Fact tables: {', '.join(sorted(self._tables))}."
        if node.get("class") in ("FUNCTION", "WINDOW"):
            name = str(node.get("function_name", "")).lower()
            if name not in FUNCTIONS:
                return f"the function {quote(node['function_name'])} may not be used.", f"These may: {KNOWN}."
            if name in PATTERNS and not _short_text(node["arguments"][1]["expression"]):
                hint = f"Write it as a text of at most {LONGEST_PATTERN} characters."
                return "the pattern of LIKE is not written out, or is too long.", hint
        if sort == "RECURSIVE_CTE_NODE":
            return "a query may not call itself.", "Leave out RECURSIVE: fact tables need no recursion."
        if node.get("materialized") == "CTE_MATERIALIZE_NEVER":
            return "NOT MATERIALIZED may not be used.", "Leave it out: what is named once is worked out once."
        if len(node.get("group_sets") or ()) > 1:
            return "only one set of columns may be grouped by.", "Write GROUP BY with plain columns."
        if sort == "COLUMN_REF" and node["column_names"][-1].lower() in NOT_COLUMNS:
            return f"{quote(node['column_names'][-1])} may not be used.", "Use $start and $end: a metric has no clock."
        if node.get("sample"):
            return "a sample may not be taken.", "Measure every record; a sample would differ each time."
        return None


def _nodes(tree: Any) -> Iterator[Node]:
    """Every object in the tree."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def _short_text(node: Node) -> bool:
    """Whether an argument is a text written out, and no long one."""
    literal = node.get("literal")
    return isinstance(literal, dict) and len(str(literal.get("text", ""))) <= LONGEST_PATTERN


def _named(node: Node) -> list[Node]:
    """The WITH queries that a node defines."""
    named: list[Node] = node.get("cte_map", {}).get("map", []) if isinstance(node.get("cte_map"), dict) else []
    return named


def _line(metric: Metric, place: Any) -> int:
    """The line in the file of a place in the query; the query's first where DuckDB does not tell the place."""
    query = metric.query.encode()
    known = isinstance(place, int) and place < len(query)
    return metric.line + (query[:place].count(b"\n") if known else 0)
