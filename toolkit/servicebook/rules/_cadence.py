"""When what is done at intervals falls due again, for rules."""

from servicebook.cadence import MONTHS, after

__all__ = ["MONTHS", "after"]
