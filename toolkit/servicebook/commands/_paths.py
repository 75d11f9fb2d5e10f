"""Paths that a user names, as paths of the book."""

from dataclasses import replace
from pathlib import Path

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.validation.report import Report


def only_in(report: Report, root: Path, paths: tuple[str, ...]) -> Report:
    """The report with only the findings in these files or folders. Raises `Problem` for one outside the book."""
    chosen = [_inside(root, path) for path in paths]

    def shown(path: str) -> bool:
        return any(path == place or path.startswith(place + "/") or place == "." for place in chosen)

    return replace(
        report,
        findings=tuple(f for f in report.findings if shown(f.path)),
        suppressed=tuple(s for s in report.suppressed if shown(s.finding.path)),
    )


def _inside(root: Path, path: str) -> str:
    for place in (Path.cwd() / path, root / path):
        if place.exists() or place.is_symlink():
            absolute = Path(place.parent.resolve() / place.name) if place.name not in ("", "..") else place.resolve()
            try:
                return absolute.relative_to(root.resolve()).as_posix()
            except ValueError:
                raise Problem(f"{quote(path)} is outside the book.", f"The book is in {root}.") from None
    raise Problem(f"There is no file or folder {quote(path)}.", "Check the path.")
