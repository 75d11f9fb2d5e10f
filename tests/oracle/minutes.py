"""Sets of minutes. A set is an integer: minute n is in it when bit n is one.

Union is |, intersection is &, and & ~ takes one from another.
"""

from collections.abc import Iterator

NONE = 0
ALL = -1
"""Every minute there is."""


def span(start: int, end: int) -> int:
    """The minutes from `start` up to, not including, `end`."""
    return ((1 << (end - start)) - 1) << start if end > start else NONE


def since(start: int) -> int:
    """All minutes from `start` on."""
    return ALL << start


def before(end: int) -> int:
    """All minutes before `end`."""
    return span(0, end)


def count(minutes: int) -> int:
    """How many there are in a set that ends somewhere."""
    assert minutes >= 0
    return minutes.bit_count()


def end_of(minutes: int, number: int) -> int | None:
    """The end of the `number`-th minute of a set that ends somewhere; None where it has fewer."""
    if count(minutes) < number:
        return None
    low, high = 0, minutes.bit_length()  # fewer than `number` before low, at least as many before high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if count(minutes & before(middle)) >= number else (middle, high)
    return high


def stretches(minutes: int) -> Iterator[tuple[int, int]]:
    """The stretches of a set, each with its first minute and the one after its last."""
    at = 0
    while minutes:
        gap = (minutes & -minutes).bit_length() - 1
        length = (~(minutes >> gap) & (minutes >> gap) + 1).bit_length() - 1
        yield at + gap, at + gap + length
        minutes, at = minutes >> (gap + length), at + gap + length
