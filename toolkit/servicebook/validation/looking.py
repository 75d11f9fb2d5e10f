"""From when a tree is judged."""

from datetime import UTC, date, datetime, timedelta

from servicebook import git
from servicebook.book import Look
from servicebook.clock import zone
from servicebook.config import Config
from servicebook.facts import parse_as_of
from servicebook.provenance.history import commit_time
from servicebook.tree import Tree


def look_from(tree: Tree, config: Config, as_of: datetime | None = None) -> Look:
    """The instant that is given; else the committer time of the tree's commit, for files on disk of the last one.

    So the same commit gives the same findings on any day. Without a commit, it is the present. Raises `Problem`
    where the organisation's zone is unknown.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    moment = as_of or _committed(tree) or now
    horizon = max(moment, now) if as_of is None and tree.commit is None else moment
    return Look(moment, day_of(moment, config), horizon)


def look_at(tree: Tree, config: Config, text: str | None) -> Look:
    """As `look_from`, from an instant or a date as a user writes it. Raises `Problem`."""
    return look_from(tree, config, parse_as_of(text, zone(config.zone)) if text else None)


def day_of(moment: datetime, config: Config) -> date:
    """The day of an instant in the organisation's zone; midnight still belongs to the day that it ends."""
    return (moment - timedelta(seconds=1)).astimezone(zone(config.zone)).date()


def _committed(tree: Tree) -> datetime | None:
    if git.folder(tree.root) is None:
        return None
    try:
        name, seconds = git.run(tree.root, "log", "-1", "--format=%H %ct", tree.commit or "HEAD", "--").split()
    except git.GitError:  # no commit yet
        return None
    return commit_time(name, seconds)
