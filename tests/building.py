"""Books for tests, built line by line: `Book(folder)`, then `write`, `commit`, `run`."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
CONFIGURATION = """\
[organisation]
name = "Test organisation"
zone = "Europe/Amsterdam"

[site]
languages = ["en", "zh"]
description = "A book made by a test."
"""
# Commits made by tests have known authors and times, so that their ids are the same on every run.
AUTHOR = {
    "GIT_AUTHOR_NAME": "Test author",
    "GIT_AUTHOR_EMAIL": "author@example.invalid",
    "GIT_COMMITTER_NAME": "Test committer",
    "GIT_COMMITTER_EMAIL": "committer@example.invalid",
}
FIRST_COMMIT = "2026-01-05T09:00:00+01:00"


class Book:
    """A repository under `root` with a `servicebook.toml`; every method says what it changes."""

    def __init__(self, root: Path, configuration: str = CONFIGURATION) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("servicebook.toml", configuration)

    @classmethod
    def at(cls, root: Path) -> "Book":
        """The book that is there already."""
        book = cls.__new__(cls)
        book.root = root
        return book

    def write(self, path: str, content: str | bytes) -> Path:
        """Put a file at `path` (relative, with slashes), making its folders."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    def commit(self, message: str, at: str = FIRST_COMMIT) -> str:
        """Commit everything that changed, as of `at`; the full id of the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, at=at)
        return self.git("rev-parse", "HEAD").strip()

    def git(self, *arguments: str, at: str = FIRST_COMMIT) -> str:
        """What git says; a failure raises with git's own words."""
        environment = os.environ | AUTHOR | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(["git", *arguments], cwd=self.root, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def run(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """`servicebook ARGUMENTS` in the book, as a process of its own; nothing is raised, whatever the exit code."""
        return subprocess.run(
            [sys.executable, "-m", "servicebook", *arguments],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT / "toolkit")} | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
