"""The corpus of the benchmarks: what is measured must be a valid book, and the same one everywhere."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from servicebook import git
from servicebook.tree import CommitTree
from servicebook.validation import validate

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("corpus") / "book")


def generated(target: Path) -> Path:
    command = [sys.executable, "-m", "bench.generate", str(target), "--incidents", "60", "--commits", "9"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return target


def commits(repository: Path) -> list[str]:
    return git.run(repository, "rev-list", "HEAD").decode().split()


def test_no_finding_at_any_commit(corpus: Path) -> None:
    history = commits(corpus)
    assert len(history) == 9
    for commit in history:
        with closing(CommitTree(corpus, commit)) as tree:
            assert validate(tree, cached=False).findings == ()


def test_the_same_numbers_give_the_same_commits(corpus: Path, tmp_path: Path) -> None:
    assert commits(generated(tmp_path / "again")) == commits(corpus)


def test_no_two_incidents_are_alike(corpus: Path) -> None:
    texts = [file.read_text("utf-8") for file in corpus.glob("records/incidents/**/*.yaml")]
    without_id = {text.split("schema_version", 1)[1] for text in texts}
    assert len(texts) == len(without_id) == 60
