"""The functions that the query of a metric may use.

The result of each follows from its arguments alone: no clock, no chance, no order of rows that is not said, nothing
of the machine. And each ends soon with little memory, whatever its arguments: none makes a long text of a short one
(repeat, lpad, replace, format), compares texts letter by letter with letter (levenshtein) or searches for expressions.
Most are called the same in Spark.
"""

OPERATORS = (
    "+", "-", "*", "/", "//", "%", "**", "^", "||", "~~", "!~~", "~~*", "!~~*",
)  # fmt: skip
PATTERNS = ("~~", "!~~", "~~*", "!~~*")
"""LIKE and ILIKE."""

NUMBERS = (
    "abs", "ceil", "ceiling", "exp", "floor", "greatest", "isfinite", "isinf", "isnan", "least", "ln", "log", "log10",
    "log2", "mod", "pow", "power", "round", "sign", "sqrt", "trunc",
)  # fmt: skip
TEXTS = (
    "char_length", "character_length", "concat", "concat_ws", "ends_with", "left", "length", "lower", "ltrim", "prefix",
    "right", "rtrim", "starts_with", "strlen", "substr", "substring", "suffix", "trim", "upper",
)  # fmt: skip
TIMES = (
    "date_add", "date_diff", "date_part", "date_sub", "date_trunc", "datediff", "datepart", "datesub", "datetrunc",
    "day", "dayname", "dayofmonth", "dayofweek", "dayofyear", "epoch", "epoch_ms", "hour", "isodow", "isoyear",
    "last_day", "make_date", "make_timestamp", "minute", "month", "monthname", "quarter", "second", "strftime",
    "time_bucket", "timezone", "to_days", "to_hours", "to_minutes", "to_months", "to_seconds", "to_weeks", "to_years",
    "week", "weekday", "weekofyear", "year", "yearweek",
)  # fmt: skip
CHOICES = ("if", "nullif")
LISTS = ("array_length", "len", "list_contains", "list_value", "row", "struct_extract", "struct_pack", "unnest")
AGGREGATES = (
    "avg", "bool_and", "bool_or", "corr", "count", "count_if", "count_star", "countif", "max", "mean", "median", "min",
    "mode", "quantile_cont", "quantile_disc", "stddev", "stddev_pop", "stddev_samp", "sum", "var_pop", "var_samp",
    "variance",
)  # fmt: skip
WINDOWS = (
    "cume_dist", "dense_rank", "first_value", "lag", "last_value", "lead", "nth_value", "ntile", "percent_rank", "rank",
    "row_number",
)  # fmt: skip

NAMED = (*NUMBERS, *TEXTS, *TIMES, *CHOICES, *LISTS, *AGGREGATES, *WINDOWS)
FUNCTIONS = frozenset((*OPERATORS, *NAMED))
KNOWN = ", ".join(sorted(NAMED))
