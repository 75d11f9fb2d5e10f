"""Circles are found where there are any, named as they run, and at any length."""

from graphlib import CycleError, TopologicalSorter

from hypothesis import given
from hypothesis import strategies as st

from servicebook.rules._circles import circles

nodes = st.sampled_from("abcdef")
graphs = st.dictionaries(nodes, st.lists(nodes, max_size=3, unique=True))


@given(graphs)
def test_a_graph_has_circles_exactly_where_it_cannot_be_put_in_order(graph: dict[str, list[str]]) -> None:
    without_loops = {node: [other for other in others if other != node] for node, others in graph.items()}
    try:
        TopologicalSorter(without_loops).prepare()
    except CycleError:
        assert list(circles(graph))
    else:
        assert list(circles(graph)) == []


@given(graphs)
def test_each_circle_runs_along_the_graph_and_begins_with_its_least(graph: dict[str, list[str]]) -> None:
    for circle in circles(graph):
        assert len(set(circle)) == len(circle) > 1
        assert circle[0] == min(circle)
        assert all(following in graph[node] for node, following in zip(circle, circle[1:] + circle[:1], strict=True))


def test_a_chain_longer_than_the_stack() -> None:
    graph = {f"{number:05}": [f"{number + 1:05}"] for number in range(20_000)}
    assert list(circles(graph)) == []
    assert [len(circle) for circle in circles(graph | {"20000": ["00000"]})] == [20_001]
