"""Durations as records write them: 4h, 30m, 1h30m."""

import re
from typing import Final

_DURATION: Final = re.compile(r"(?:([0-9]+)h)?(?:([0-9]+)m)?")


def seconds_of_duration(text: str) -> int:
    """Seconds of a duration: 4h, 30m, 1h30m. Raises ValueError for any other text."""
    found = _DURATION.fullmatch(text)
    if not found or not text:
        raise ValueError(f"{text!r} is not a duration")
    return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60
