"""Exponential smoothing, from statsmodels: the one part of foresight that needs the extra.

Of three forms the one with the least corrected Akaike criterion is taken, as Hyndman and others proposed (A state
space framework for automatic forecasting using exponential smoothing methods, 2002): a level; a level with a damped
trend; from two whole years on also a level with months of the year. Errors are additive in each.
"""

import importlib.util
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.foresight.seasonal import SEASON, SEASONS

EXTRA: Final = "servicebook[foresight]"
_LEVEL: Final[dict[str, Any]] = {"trend": None}
_DAMPED: Final[dict[str, Any]] = {"trend": "add", "damped_trend": True}
_MONTHS: Final[dict[str, Any]] = {"trend": None, "seasonal": "add", "seasonal_periods": SEASON}


def available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("statsmodels") is not None


def require() -> None:
    """Raises `Problem` where the extra is not installed."""
    if not available():
        raise Problem(
            "Exponential smoothing needs statsmodels, which is not installed.",
            f'Install it: python -m pip install "{EXTRA}"',
        )


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

    return ThreadpoolController()


def _one_thread() -> AbstractContextManager[Any]:
    """One order of adding, one sum; and of so few values several threads take ten times as long."""
    limit: AbstractContextManager[Any] = _threads().limit(limits=1)
    return limit


def smoothed(history: Sequence[float]) -> float:
    """The forecast of the value after a history of at least eight. Raises `Problem` without the extra."""
    require()
    import numpy as np  # with what follows some seconds: only whoever forecasts pays for it
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # type: ignore[import-untyped]
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # type: ignore[import-untyped]

    values = np.array(history, dtype=float)
    if values.min() == values.max():  # nothing to fit
        return float(values[0])
    forms = [_LEVEL, _DAMPED, *([_MONTHS] if len(values) >= SEASONS * SEASON else [])]
    with warnings.catch_warnings(), _one_thread():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the form then has a worse criterion, and that is all
        fitted = [ETSModel(values, error="add", **form).fit(disp=False) for form in forms]
    best = min(fitted, key=lambda result: result.aicc)
    return float(best.forecast(1)[0])
