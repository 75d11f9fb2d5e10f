"""Every rule on every record of a tree.

`validate` answers from the cache where nothing at all has changed since it last judged the tree, and then
loads none of the modules that read and judge (`judging`): that is the case that people wait for most.
"""

import hashlib
import os

from servicebook.tree import Tree, Unreadable, WorkingTree
from servicebook.validation.cache import Cache, tool_digest
from servicebook.validation.report import Report, freeze, thaw


def validate(tree: Tree, *, cached: bool = True) -> Report:
    """Every finding on a tree. Raises `Problem` where schemas or configuration cannot be used."""
    if isinstance(tree, WorkingTree):
        tree.begin()
    cache = Cache(tree.root, tool_digest()) if cached else None
    key = _fingerprint(tree) if cache is not None else None
    if cache is not None and key is not None and (known := cache.verdict(key)) is not None:
        return thaw(known)
    from servicebook.validation.judging import judge

    report, _ = judge(tree, cache)
    if cache is not None and key is not None:
        cache.keep_verdict(key, freeze(report))
    return report


def _fingerprint(tree: Tree) -> str | None:
    """A key for everything that the verdict on a tree depends on; None where it cannot be had cheaply."""
    if not isinstance(tree, WorkingTree) or tree.state is None:
        return None
    digest = hashlib.sha256()
    index, changed = tree.state
    for part in (index, changed, *(_content(tree, line[2:]) for line in changed.split(b"\0") if line)):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _content(tree: Tree, name: bytes) -> bytes:
    try:
        return hashlib.sha256(tree.read(os.fsdecode(name))).digest()
    except Unreadable as error:
        return str(error).encode()
