"""Paths that a user names, as paths of the book."""

import os
from dataclasses import replace
from pathlib import Path

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.tree import Tree
from servicebook.validation.report import Report


def only_in(report: Report, tree: Tree, paths: tuple[str, ...]) -> Report:
    """The report with only the findings in these files or folders. Raises `Problem` for one outside the book."""
    chosen = [inside(tree, path) for path in paths]

    def shown(path: str) -> bool:
        return any(path == place or path.startswith(place + "/") or place == "." for place in chosen)

    return replace(
        report,
        findings=tuple(f for f in report.findings if shown(f.path)),
        suppressed=tuple(s for s in report.suppressed if shown(s.finding.path)),
    )


def inside(tree: Tree, path: str) -> str:
    """A path from where the user stands, or from the top of the book, as a path of the book."""
    root = Path(os.path.normpath(tree.root.resolve()))
    outside = False
    for start in (Path.cwd(), root):
        absolute = Path(os.path.normpath(start / path))  # as it is written: a link is itself, not what it leads to
        if not absolute.is_relative_to(root):
            outside = outside or os.path.lexists(absolute)
            continue
        place = absolute.relative_to(root).as_posix()
        top = place.partition("/")[0]
        if place == "." or any(e.path == place or e.path.startswith(place + "/") for e in tree.entries(top)):
            return place
    if outside:
        raise Problem(f"{quote(path)} is outside the book.", f"The book is in {root}.")
    raise Problem(f"There is no file or folder {quote(path)} in the book.", "Check the path.")
