"""Ways through a graph that lead back to where they began."""

from collections.abc import Iterator, Mapping, Sequence


def circles(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Circles of two or more, each from its least name on: ["a", "b"] for a → b → a. Linear in the size of the graph.

    Of circles that share steps not all are found; none is found only where the graph has none. A step from a name to
    itself is no circle here. Without recursion: a chain may be longer than Python's stack.
    """
    done: set[str] = set()
    for start in sorted(graph):
        path: list[str] = []
        places: dict[str, int] = {}
        ahead = [iter([start])]
        while ahead:
            node = next(ahead[-1], None)
            if node is None:
                ahead.pop()
                if path:
                    left = path.pop()
                    del places[left]
                    done.add(left)
            elif node in places:
                circle = path[places[node] :]
                least = circle.index(min(circle))
                if len(circle) > 1:
                    yield circle[least:] + circle[:least]
            elif node not in done and node in graph:
                places[node] = len(path)
                path.append(node)
                ahead.append(iter(graph[node]))
