"""Metrics: one .sql file each. A measure is a figure with the records behind it, and those left out with reasons."""

from servicebook.metrics.behind import DETAILS, Row
from servicebook.metrics.duckdb_engine import DUCKDB_VERSION, DuckDB
from servicebook.metrics.engine import Engine
from servicebook.metrics.interval import Interval
from servicebook.metrics.measure import Group, Measure, Previous, dimensions, measure, measure_all
from servicebook.metrics.metric import GROUPS, Metric, choose, read_metrics
from servicebook.metrics.period import Period
from servicebook.metrics.targets import Target, Targets

__all__ = [
    "DETAILS",
    "DUCKDB_VERSION",
    "GROUPS",
    "DuckDB",
    "Engine",
    "Group",
    "Interval",
    "Measure",
    "Metric",
    "Period",
    "Previous",
    "Row",
    "Target",
    "Targets",
    "choose",
    "dimensions",
    "measure",
    "measure_all",
    "read_metrics",
]
