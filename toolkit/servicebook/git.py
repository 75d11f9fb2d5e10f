"""The only place that starts git, with its teeth drawn.

A repository that someone else wrote can make git run programs (hooks, file system monitors, pagers,
external diff and ssh commands) and can make it show another history than the one that is there
(replace refs, grafts, a mailmap in the change itself). All of it is off here. Callers pass revisions
that `resolve` turned into full ids, and paths after --.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from servicebook.errors import Problem
from servicebook.finding import quote

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.sshCommand": "false",
    "core.attributesFile": os.devnull,
    "diff.external": "",
    "log.mailmap": "false",
    "log.showSignature": "false",
    "protocol.allow": "never",
}
_UNFILTERED = (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))

Process = subprocess.Popen[bytes]

_FULL_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class GitError(Exception):
    """git said no; the text is what it said."""


@cache
def environment(root: Path) -> Mapping[str, str]:
    """The environment for every git process in `root`: nothing of the caller's GIT_* variables, all teeth drawn."""
    return _environment(_SETTINGS | _no_filters(root))


def _no_filters(root: Path) -> dict[str, str]:
    """Settings that switch off the programs through which git would pass file contents, wherever they are named."""
    place = folder(root)
    try:
        if place is None or not any(word in (place / "config").read_bytes() for word in (b"filter", b"include")):
            return {}
    except OSError:
        return {}  # of a worktree or a submodule the settings stand elsewhere; what they run is the user's own
    asked = subprocess.run(
        ["git", "config", "--name-only", "-z", "--get-regexp", r"^filter\."],
        cwd=root, env=_environment(_SETTINGS), stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    names = {name.rpartition(".")[0] for name in os.fsdecode(asked.stdout).split("\0") if name}
    return {f"{name}.{what}": value for name in sorted(names) for what, value in _UNFILTERED}


def _environment(settings_wanted: Mapping[str, str]) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {"GIT_CONFIG_COUNT": str(len(settings_wanted))}
    for number, (name, value) in enumerate(settings_wanted.items()):
        settings[f"GIT_CONFIG_KEY_{number}"] = name
        settings[f"GIT_CONFIG_VALUE_{number}"] = value
    return kept | settings | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }  # fmt: skip


def start(root: Path, *arguments: str, stdin: int = subprocess.DEVNULL) -> Process:
    """A running git in `root`. Raises `Problem` where git is not installed."""
    try:
        return subprocess.Popen(
            ["git", *arguments],
            cwd=root,
            env=environment(root),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except FileNotFoundError:
        raise Problem("git is not installed.", "Install git, and run this again.") from None


def finish(process: Process) -> bytes:
    """What a started git wrote. Raises `GitError` with what it said when it failed."""
    out, err = process.communicate()
    if process.returncode:
        raise GitError(err.decode("utf-8", "replace").strip())
    return out


def run(root: Path, *arguments: str) -> bytes:
    """What `git ARGUMENTS` writes when run in `root`. Raises `GitError`."""
    return finish(start(root, *arguments))


def answer(root: Path, given: bytes, *arguments: str) -> bytes:
    """What `git ARGUMENTS` writes when it reads the bytes given. Raises `GitError`."""
    process = start(root, *arguments, stdin=subprocess.PIPE)
    out, err = process.communicate(given)
    if process.returncode:
        raise GitError(err.decode("utf-8", "replace").strip())
    return out


def top(root: Path) -> Path | None:
    """The top of the work tree around `root` (no process is started), or None outside of one."""
    return next((place for place in (root, *root.parents) if (place / ".git").exists()), None)


def folder(root: Path) -> Path | None:
    """git's own folder for the work tree around `root`, or None outside of one."""
    if (place := top(root)) is not None:
        candidate = place / ".git"
        if candidate.is_dir():
            return candidate
        if candidate.is_file():  # a worktree or a submodule: a file that names the folder
            text = candidate.read_text(encoding="utf-8", errors="replace")
            if text.startswith("gitdir: "):
                return (place / text.removeprefix("gitdir: ").strip()).resolve()
    return None


def index_checksum(root: Path) -> bytes:
    """What the index ends in: the hash of all of it. Of an index that was written without one, the hash made here."""
    place = folder(root)
    try:
        content = (place / "index").read_bytes() if place is not None else b""
    except FileNotFoundError:  # nothing was ever added
        return b""
    written = content[-20:]
    return written if any(written) else hashlib.sha256(content).digest()


def resolve(root: Path, revision: str) -> str:
    """The full id of the commit that `revision` names. Raises `Problem`."""
    if folder(root) is None:
        raise Problem(
            f"{root.name or root} is not in a git repository, so there is no revision {quote(revision)}.",
            "Run git init, or leave the revision out.",
        )
    try:
        out = (
            run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
        )
    except GitError:
        out = ""
    if not _FULL_ID.fullmatch(out):
        raise Problem(
            f"There is no commit {quote(revision)} here.",
            "Name a branch, a tag or a commit id; in a shallow clone fetch the whole history first.",
        )
    return out
