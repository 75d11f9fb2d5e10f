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
    key = tree.fingerprint() if cache is not None and isinstance(tree, WorkingTree) else None
    if cache is not None and key is not None and (known := cache.verdict(key)) is not None:
        return thaw(known)
    from servicebook.validation.judging import judge

    report, _ = judge(tree, cache)
    if cache is not None and key is not None:
        cache.keep_verdict(key, freeze(report))
    return report
