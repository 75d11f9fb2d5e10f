"""How high a risk is, by its likelihood and impact."""

from servicebook.part import Part


def is_high(risk: Part) -> bool:
    """Whether a risk is high before it is treated: both levels are high, or one is and the other is medium."""
    levels = sorted((risk.text("likelihood") or "", risk.text("impact") or ""))
    return levels in (["high", "high"], ["high", "medium"])


def stays_high(risk: Part) -> bool:
    """Whether what is left of a risk is high; where the record does not say what is left, all of it is."""
    residual = risk.text("residual")
    return is_high(risk) if residual is None else residual == "high"
