"""From when a tree is judged."""

from datetime import UTC, date, datetime, timedelta

from servicebook import git
from servicebook.book import Look
from servicebook.clock import zone
from servicebook.config import Config
from servicebook.provenance.history import commit_time
from servicebook.tree import Tree, WorkingTree


def look_from(tree: Tree, config: Config, as_of: datetime | None = None) -> Look:
    """The instant that is given; else the committer time of the tree's commit, for files on disk of the last one.

    So the same commit gives the same findings on any day. Without a commit, it is the present, and so is the horizon
    where files on disk differ from their commit. To look from an earlier instant makes nothing that has happened
    since a thing of the future. Raises `Problem` where the organisation's zone is unknown.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    committed = _committed(tree)
    moment = as_of or committed or now
    written_by = committed if committed is not None and is_as_committed(tree) else now
    return Look(moment, day_of(moment, config), max(moment, written_by))


def is_as_committed(tree: Tree) -> bool:
    """Whether a tree is a commit, or files on disk whose book is that of their last commit. A draft is neither."""
    return tree.commit is not None or (isinstance(tree, WorkingTree) and tree.is_as_committed())


def look_at(tree: Tree, config: Config, text: str | None) -> Look:
    """As `look_from`, from an instant or a date as a user writes it. Raises `Problem`."""
    if not text:
        return look_from(tree, config)
    from servicebook.facts import parse_as_of  # and with it all that computes facts: few runs name an instant

    return look_from(tree, config, parse_as_of(text, zone(config.zone)))


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
