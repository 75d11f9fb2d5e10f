"""Every rule on every record of a tree.

`validate` answers from the cache where nothing at all has changed since it last judged the tree, and then
loads none of the modules that read and judge (`judging`): that is the case that people wait for most.
"""

from servicebook.tree import Tree, WorkingTree
from servicebook.validation.cache import Cache, tool_digest
from servicebook.validation.report import Report, freeze, thaw


def validate(tree: Tree, *, cached: bool = True) -> Report:
    """Every finding on a tree. Raises `Problem` where schemas or configuration cannot be used."""
    cache = Cache(tree.root, tool_digest()) if cached else None
    if cache is None or not isinstance(tree, WorkingTree) or (key := tree.fingerprint()) is None:
        return _judged(tree, cache)
    if (known := cache.verdict(key)) is not None:
        return thaw(known)
    tree.begin_listing()
    report = _judged(tree, cache)
    if not tree.blind:
        cache.keep_verdict(key, freeze(report))
    return report


def _judged(tree: Tree, cache: Cache | None) -> Report:
    from servicebook.validation.judging import judge

    return judge(tree, cache)[0]
