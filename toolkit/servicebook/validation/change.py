"""What a change is answerable for: the findings that came with it, judged by what held before it."""

from collections.abc import Iterator
from contextlib import closing

from servicebook import git
from servicebook.config import NAME as CONFIGURATION
from servicebook.config import read_config
from servicebook.errors import Problem
from servicebook.finding import inert_line
from servicebook.kinds import FOLDER as SCHEMAS
from servicebook.kinds import Kinds, adopted, base_schemas, own_schemas, read_kinds
from servicebook.record import FOLDER
from servicebook.standards.toml import FOLDER as STANDARDS
from servicebook.tree import CommitTree, Tree, Unreadable, blob_id
from servicebook.validation.cache import Cache, tool_digest
from servicebook.validation.judging import judge
from servicebook.validation.looking import look_at
from servicebook.validation.report import Report


def validate_change(tree: Tree, revision: str, *, cached: bool = True, as_of: str | None = None) -> Report:
    """The findings on what a tree changed since it left the history of `revision`. Raises `Problem`.

    Findings in files that it changed, and those in other files that were not there before it (a link
    into a record that it removed). Records are judged by the schemas and the configuration that `revision` has, so
    that a change cannot loosen what it is checked by; only a newer version of a shipped schema, which is the tool's
    and not the change's, counts at once. The notes name what else in it decides how others are judged.
    """
    head = CommitTree(tree.root, git.resolve(tree.root, revision))
    base = CommitTree(tree.root, fork_point(tree, revision))
    with closing(head), closing(base):
        return _compare(tree, head, base, Cache(tree.root, tool_digest()) if cached else None, as_of)


def _compare(tree: Tree, head: CommitTree, base: CommitTree, cache: Cache | None, as_of: str | None) -> Report:
    kinds, config = read_kinds(tree, head), read_config(head)
    look = look_at(tree, config, as_of)
    before, _ = judge(base, cache, _kinds_before(head, kinds), config, look)
    now, _ = judge(tree, cache, kinds, config, look)
    changed, removed = changed_paths(base, tree, FOLDER)
    known = {(f.path, f.rule, f.message) for f in before.findings}
    findings = tuple(f for f in now.findings if f.path in changed or (f.path, f.rule, f.message) not in known)
    silenced = tuple(s for s in now.suppressed if s not in before.suppressed)
    notes = (
        *_schemas_changed(tree, head),
        *_rules_of_the_game(base, tree, kinds),
        *(
            f"{inert_line(s.finding.path)} suppresses {s.finding.rule}: {inert_line(s.suppression.reason)}"
            for s in silenced
        ),
    )
    return Report(findings, silenced, len(changed) + len(removed), notes)


def _kinds_before(head: Tree, kinds: Kinds) -> Kinds:
    """The kinds without what the change adds to them: a record that only that objects to is a finding of the change."""
    before = read_kinds(head)
    return kinds if kinds.digest == before.digest else before


def fork_point(tree: Tree, revision: str) -> str:
    """The full id of the commit at which this tree left the history of `revision`. Raises `Problem`."""
    base, head = git.resolve(tree.root, revision), tree.commit or git.resolve(tree.root, "HEAD")
    try:
        return git.run(tree.root, "merge-base", base, head).decode().strip()
    except git.GitError:
        raise Problem(
            f"{revision} and what is checked have no common history here.",
            "In a shallow clone fetch the whole history first (fetch-depth: 0).",
        ) from None


def changed_paths(base: Tree, tree: Tree, folder: str) -> tuple[set[str], set[str]]:
    """The paths below a folder that are new or hold other bytes than in the base, and those that are gone."""
    old = {entry.path: entry.blob for entry in base.entries(folder)}
    new = {entry.path: entry.blob or _blob(tree, entry.path, old.get(entry.path, "")) for entry in tree.entries(folder)}
    return {path for path, blob in new.items() if old.get(path) != blob}, old.keys() - new.keys()


def _schemas_changed(tree: Tree, base: Tree) -> Iterator[str]:
    """What a change does to schemas that were there before it, also to shipped ones."""
    mine, before = own_schemas(tree), base_schemas(base)
    gone = own_schemas(base).keys() - mine.keys()
    newer = adopted(mine, before)
    for name in sorted({name for name in mine if name in before and mine[name] != before[name]} | gone):
        if name in newer:
            yield f"{SCHEMAS}/{name} is servicebook's own, now of version {newer[name]}: records are judged by it."
        else:
            yield f"{SCHEMAS}/{name} is changed: records are judged by the version before the change."


def _rules_of_the_game(base: Tree, tree: Tree, kinds: Kinds) -> Iterator[str]:
    """What in a change decides how other records are measured."""
    for place, what in (
        (CONFIGURATION, "the zone, the scope and how grave each rule is"),
        ("metrics", "what a figure counts"),
        (STANDARDS, "what coverage and audits ask for"),
    ):
        for path in sorted(set.union(*changed_paths(base, tree, place))):
            yield f"{inert_line(path)} is changed: it decides {what}."
    folders = {f"{FOLDER}/{kind.folder}/" for kind in kinds.values() if kind.versions is not None}
    for path in sorted(set.union(*changed_paths(base, tree, FOLDER))):
        if path.startswith(tuple(folders)):
            yield f"{inert_line(path)} is changed: it decides how the records that it governs are judged."


def _blob(tree: Tree, path: str, like: str) -> str:
    try:
        return blob_id(tree.read(path), like)
    except Unreadable:
        return ""
