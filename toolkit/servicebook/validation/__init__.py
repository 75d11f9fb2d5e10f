"""Every rule on every record of a tree.

`validate` answers from the cache where nothing at all has changed since it last judged the tree, and then
loads none of the modules that read and judge (`judging`): that is the case that people wait for most.
"""

from datetime import UTC, datetime

from servicebook.tree import Tree, WorkingTree
from servicebook.validation.cache import Cache, tool_digest
from servicebook.validation.report import Report, freeze, thaw


def validate(tree: Tree, *, cached: bool = True, as_of: str | None = None) -> Report:
    """Every finding on a tree, looked at from `as_of` (an instant, or a date for its end); without it, from the
    tree's commit. Raises `Problem` where schemas or configuration cannot be used.
    """
    cache = Cache(tree.root, tool_digest()) if cached else None
    if cache is None or not isinstance(tree, WorkingTree) or (found := tree.fingerprint()) is None:
        return _judged(tree, cache, as_of)
    # What lies in the future today may not tomorrow.
    key = f"{found} {datetime.now(UTC).date()} {as_of or ''}"
    if (known := cache.verdict(key)) is not None:
        return thaw(known)
    tree.begin_listing()
    report = _judged(tree, cache, as_of)
    if not tree.blind:
        cache.keep_verdict(key, freeze(report))
    return report


def _judged(tree: Tree, cache: Cache | None, as_of: str | None) -> Report:
    from servicebook.config import read_config
    from servicebook.validation.judging import judge
    from servicebook.validation.looking import look_at

    config = read_config(tree)
    return judge(tree, cache, config=config, look=look_at(tree, config, as_of))[0]
