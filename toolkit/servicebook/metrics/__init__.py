"""Metrics: one .sql file each. A measure is a figure with the records behind it, and those left out with reasons."""

from servicebook.metrics.engine import DUCKDB_VERSION
from servicebook.metrics.measure import Group, Measure, Row, dimensions, measure
from servicebook.metrics.metric import Metric, choose, read_metrics
from servicebook.metrics.period import Period

__all__ = [
    "DUCKDB_VERSION",
    "Group",
    "Measure",
    "Metric",
    "Period",
    "Row",
    "choose",
    "dimensions",
    "measure",
    "read_metrics",
]
