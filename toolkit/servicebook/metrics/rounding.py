"""How exactly a figure is shown where it is read; JSON and CSV have it in full."""

from servicebook.metrics.aggregate import Value

MOST_DIGITS = 4


def digits(value: Value, unit: str) -> int:
    """Decimals to show: one, and up to `MOST_DIGITS` where a percentage would else look like none or all."""
    shown = 1
    if unit == "percent" and value not in (0, 100):
        while round(value, shown) in (0, 100) and shown < MOST_DIGITS:
            shown += 1
    return shown
