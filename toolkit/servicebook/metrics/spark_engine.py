"""Apache Spark as an engine: the same queries, over the facts of more books than one machine would hold.

sqlglot writes each query in Spark's dialect. What a query may say is checked by DuckDB's parser first, as ever:
nothing that `lock.py` refuses reaches Spark. Spark and sqlglot come with the extra `spark`; Java is needed too.
The master is that of `spark-submit` or of Spark's configuration; without one, all cores of this machine.
"""

import importlib
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Timer
from types import ModuleType
from typing import Any

from servicebook.errors import Problem
from servicebook.finding import inert_line
from servicebook.metrics.duckdb_engine import DuckDB
from servicebook.metrics.engine import NUMBERS, Bundle, parameters
from servicebook.metrics.gathered import Gathered
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period

SECONDS = 600
"""How long one query may run. Starting its work on a cluster takes a while, so it is more than DuckDB has."""

SETTINGS = {
    "spark.app.name": "servicebook",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a value that does not fit is an error, as in DuckDB, and no NULL
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.log.level": "OFF",  # what goes wrong comes as an exception
}
LOCAL = {
    "spark.master": "local[*]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
"""Where nothing else is configured: one machine, reachable from nowhere else."""


class Spark:
    """An engine (`engine.py`) over gathered facts. Starts a Spark session, or uses the one that runs."""

    def __init__(self, facts: Gathered) -> None:
        self.as_of, self.zone = facts.as_of, facts.zone
        self._sqlglot = _library("sqlglot")
        self._session = _session(_library("pyspark.sql"), _library("pyspark"))
        self._checked = DuckDB.from_files(facts.tables, facts.as_of, facts.zone, rows=False)
        for name, files in facts.tables.items():
            read = self._session.read.option("mergeSchema", "false").parquet(*(str(file) for file in files))
            read.createOrReplaceTempView(name)

    @property
    def version(self) -> str:
        """The version of Spark."""
        return str(self._session.version)

    def columns(self, metric: Metric) -> list[str]:
        """Names of the columns that the query returns."""
        return self._checked.columns(metric)

    def rows(self, metric: Metric, period: Period) -> list[tuple[Any, ...]]:
        """Every row of the query."""
        return self._run(metric, period, "SELECT * FROM ({query})")

    def figures(self, metric: Metric, period: Period, by: Sequence[str]) -> list[Bundle]:
        """Keys, reasons and lists of numbers, grouped by Spark."""
        numbers = [name for name in NUMBERS if name in self.columns(metric)]
        keys = ", ".join(map(_quoted, (*by, "left_out")))
        # One list of structures, so that the numbers of a row stay together; a list of its own would skip NULL.
        together = ", ".join(map(_quoted, numbers))
        around = f"SELECT {keys}, collect_list(struct({together})) FROM ({{query}}) GROUP BY {keys}"  # noqa: S608
        return [
            Bundle(line[: len(by)], line[len(by)], dict(zip(numbers, zip(*line[-1], strict=True), strict=True)))
            for line in self._run(metric, period, around)
        ]

    def query(self, metric: Metric, period: Period) -> str:
        """The query of a metric in Spark's dialect, its parameters filled in. Raises Problem."""
        errors, exp = self._sqlglot.errors, self._sqlglot.exp
        given = parameters(self, period)
        try:
            tree = self._sqlglot.parse_one(metric.query, read="duckdb")
            for node in list(tree.find_all(exp.Parameter, exp.Placeholder)):
                name = node.this if isinstance(node.this, str) else node.this.name
                node.replace(exp.cast(exp.Literal.string(_text(given[name])), "timestamp_ntz"))
            return str(tree.sql(dialect="spark", unsupported_level=errors.ErrorLevel.RAISE))
        except (errors.SqlglotError, KeyError) as error:
            raise _refused(metric, str(error)) from None

    def _run(self, metric: Metric, period: Period, around: str) -> list[tuple[Any, ...]]:
        self.columns(metric)  # checked before Spark sees it
        statement = around.replace("{query}", self.query(metric, period), 1)
        context = self._session.sparkContext
        watch = Timer(SECONDS, context.cancelAllJobs)
        watch.start()
        try:
            return [tuple(row) for row in self._session.sql(statement).collect()]
        except Exception as error:
            if not type(error).__module__.startswith(("pyspark.", "py4j.")):
                raise
            raise _refused(metric, str(error)) from None
        finally:
            watch.cancel()


def _library(name: str) -> ModuleType:
    try:
        with _quietly():
            return importlib.import_module(name)
    except ImportError:
        hint = "Install servicebook with the extra spark: pip install 'servicebook[spark]'. It needs Java 17 or later."
        raise Problem(f"The engine spark needs {name.partition('.')[0]}, which is not installed.", hint) from None


def _session(sql: ModuleType, pyspark: ModuleType) -> Any:
    """The session, with nothing on standard output but what we write. Raises Problem where Java is missing."""
    try:
        os.environ.setdefault("SPARK_LOCAL_IP", LOCAL["spark.driver.host"])  # or it asks the network for a name
        configured = pyspark.SparkConf()
        for name, value in (SETTINGS | LOCAL).items() if not configured.contains("spark.master") else SETTINGS.items():
            configured.set(name, value)
        with _quietly():
            session = sql.SparkSession.builder.config(conf=configured).getOrCreate()
    except Exception as error:
        if type(error).__name__ != "PySparkRuntimeError":
            raise
        hint = "Install Java 17 or later; on Debian: apt install default-jre-headless."
        raise Problem("Spark does not start: there is no Java.", hint) from None
    return session


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the warnings on releases of pandas, which is not used here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _quoted(name: str) -> str:
    """A name as Spark writes it."""
    return "`" + name.replace("`", "``") + "`"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


def _refused(metric: Metric, message: str) -> Problem:
    """What Spark or sqlglot said, on one line and without the plan that Spark adds."""
    words = inert_line(re.split(r"\n\n|;\n|\n== | SQLSTATE", message)[0].replace("\n", " ")).strip().rstrip(".")
    hint = "Write it with what DuckDB and Spark both know, or measure with --engine duckdb."
    return Problem(f"{metric.path}:{metric.line}: Spark cannot run the query: {words}.", hint)
