"""One question, put to facts in three ways: `python -m bench.engines duckdb|polars|plain FOLDER`.

For a year, by service and priority: how many incidents were opened, the mean of the hours to restore, and the share
of response clocks that met their limit. Each prints the same lines of JSON; the benchmark holds them against each
other. DuckDB and polars read Parquet, plain Python the CSV files that `servicebook facts --format csv` writes.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

START, END = "2025-01-01 00:00:00", "2026-01-01 00:00:00"  # in UTC: what is measured is the reading, not the zone

Key = tuple[str, str]
Answer = dict[Key, tuple[int, float | None, float | None]]

SQL = """
    WITH opened AS (
        SELECT service, priority, count(*) AS n FROM incident
        WHERE opened_at >= $start AND opened_at < $end GROUP BY ALL
    ), restored AS (
        SELECT service, priority, avg(restore_seconds / 3600.0) AS hours FROM incident
        WHERE restored_at >= $start AND restored_at < $end GROUP BY ALL
    ), answered AS (
        SELECT service, priority, 100.0 * count(*) FILTER (met) / count(*) AS met FROM timer
        WHERE measure = 'response' AND met IS NOT NULL AND settled_at >= $start AND settled_at < $end GROUP BY ALL
    )
    SELECT service, priority, n, hours, met FROM opened
    LEFT JOIN restored USING (service, priority) LEFT JOIN answered USING (service, priority)
"""


def with_duckdb(folder: Path) -> Answer:
    """SQL over Parquet."""
    import duckdb

    connection = duckdb.connect(config={"threads": 2})
    for name in ("incident", "timer"):
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{folder / name}.parquet')")
    given = {"start": datetime.fromisoformat(START), "end": datetime.fromisoformat(END)}
    rows = connection.execute(SQL, given).fetchall()
    return {(service, priority): (n, hours, met) for service, priority, n, hours, met in rows}


def with_polars(folder: Path) -> Answer:
    """Lazy frames over Parquet."""
    import polars as pl

    start, end = datetime.fromisoformat(START), datetime.fromisoformat(END)
    col, by = pl.col, ["service", "priority"]
    incident, timer = (pl.scan_parquet(folder / f"{name}.parquet") for name in ("incident", "timer"))
    opened = incident.filter(col("opened_at") >= start, col("opened_at") < end).group_by(by).agg(n=pl.len())
    restored = incident.filter(col("restored_at") >= start, col("restored_at") < end).group_by(by)
    hours = restored.agg(hours=(col("restore_seconds") / 3600.0).mean())
    settled = timer.filter(
        col("measure") == "response", col("met").is_not_null(), col("settled_at") >= start, col("settled_at") < end
    )
    met = settled.group_by(by).agg(met=100.0 * col("met").mean())
    joined = opened.join(hours, on=by, how="left").join(met, on=by, how="left").collect()
    return {(row["service"], row["priority"]): (row["n"], row["hours"], row["met"]) for row in joined.to_dicts()}


def with_plain_python(folder: Path) -> Answer:
    """The csv module and dictionaries."""
    opened: dict[Key, int] = defaultdict(int)
    hours: dict[Key, list[float]] = defaultdict(list)
    met: dict[Key, list[bool]] = defaultdict(list)
    for row in _rows(folder / "incident.csv"):
        key = row["service"], row["priority"]
        opened[key] += _within(row["opened_at"])
        if _within(row["restored_at"]):
            hours[key].append(int(row["restore_seconds"]) / 3600)
    for row in _rows(folder / "timer.csv"):
        if row["measure"] == "response" and row["met"] and _within(row["settled_at"]):
            met[row["service"], row["priority"]].append(row["met"] == "true")
    return {
        key: (n, _mean(hours[key]), None if not met[key] else 100 * _mean(met[key]))  # type: ignore[operator]
        for key, n in opened.items()
        if n
    }


WAYS = {"duckdb": with_duckdb, "polars": with_polars, "plain": with_plain_python}


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _within(text: str) -> bool:
    return START <= text.replace("T", " ").rstrip("Z") < END if text else False


def _mean(values: list[Any]) -> float | None:
    return sum(values) / len(values) if values else None


def main() -> None:
    """Answer and print, a line a group."""
    way, folder = sys.argv[1], Path(sys.argv[2])
    for key, (n, hours, met) in sorted(WAYS[way](folder).items()):
        rounded = [None if figure is None else round(figure, 9) for figure in (hours, met)]
        print(json.dumps([*key, n, *rounded]))


if __name__ == "__main__":
    main()
