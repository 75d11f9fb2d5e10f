"""Ways that lead back to where they began."""

from collections.abc import Iterable, Mapping


def cycles(steps: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The circles in what leads where, each once, from its smallest name: [["a", "b"]] for a → b → a.

    Of several circles that share steps, one at least is found. A step from a name to itself is no circle here.
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(steps):
        way: list[str] = []  # the names from `start` to where we are
        pending = [(start, 0)]
        while pending:
            name, depth = pending.pop()
            del way[depth:]
            if name in way:
                circle = way[way.index(name) :]
                first = circle.index(min(circle))
                found.append(circle[first:] + circle[:first])
            elif name not in done:
                way.append(name)
                done.add(name)
                pending += [(other, depth + 1) for other in sorted(steps.get(name, ()), reverse=True) if other != name]
    return sorted(found)
