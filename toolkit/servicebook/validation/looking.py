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

    So the same commit gives the same findings on any day. Without a commit, it is the present. To look from an
    earlier instant makes nothing that has happened since a thing of the future. Raises `Problem` where the
    organisation's zone is unknown.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    committed = _committed(tree)
    moment = as_of or committed or now
    written_by = now if tree.commit is None or committed is None else committed
    return Look(moment, day_of(moment, config), max(moment, written_by))


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
