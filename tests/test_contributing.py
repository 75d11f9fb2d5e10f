"""CONTRIBUTING.md, followed literally: each file it shows is put where it says, each command is run."""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from documents import files, sessions

GUIDE = CHECKOUT / "CONTRIBUTING.md"
FILES = files(GUIDE)
KIND, RULE, METRIC, STANDARD = sessions(GUIDE)
PYTHON_CACHES = shutil.ignore_patterns("__pycache__")


def test_a_kind_is_one_file(book: Book) -> None:
    assert book.run("init", "fresh").returncode == 0
    book.root /= "fresh"
    book.write("schemas/supplier.schema.json", FILES["schemas/supplier.schema.json"])
    outputs = [run(book, command.line) for command in KIND]
    assert "records/suppliers/" in outputs[0].stdout
    assert outputs[1].stdout == "records/suppliers/SUP-hosting.yaml\n"
    assert (book.root / "records/suppliers/SUP-hosting.yaml").is_file()
    assert outputs[2].stdout == ""


def test_a_rule_is_one_file(book: Book, tmp_path: Path) -> None:
    path = "toolkit/servicebook/rules/escalated_to_nobody.py"
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "toolkit", checkout / "toolkit", ignore=PYTHON_CACHES)
    shutil.copytree(CHECKOUT / "schemas", checkout / "schemas")
    (checkout / path).write_text(FILES[path], encoding="utf-8")
    toolkit = {"PYTHONPATH": str(checkout / "toolkit")}

    listed, explained = (run(book, command.line, **toolkit).stdout for command in RULE)
    assert "An incident was escalated, but not to anybody." in listed
    assert "Whoever reads the timeline later" in explained
    wrong, right = FILES[path].split("## Right")
    example = tmp_path / "example.md"
    for text, code in ((wrong, 1), (right, 0)):
        example.write_text(text, encoding="utf-8")
        ((record, content),) = files(example).items()
        book.write(record, content)
        done = book.run("validate", **toolkit)
        assert done.returncode == code, done.stdout + done.stderr
        assert ("escalated-to-nobody" in done.stdout) == (code == 1)


def test_a_metric_is_one_file(book: Book) -> None:
    for folder in ("records", "schemas"):
        shutil.copytree(CHECKOUT / folder, book.root / folder)
    book.write("metrics/reassigned-share.sql", FILES["metrics/reassigned-share.sql"])
    (command,) = METRIC
    assert "SVC-online-shop" in run(book, command.line).stdout
    measured = json.loads(run(book, command.line + " --format json").stdout)
    assert "Reassigned share" in json.dumps(measured)


def test_a_standard_is_one_file(book: Book) -> None:
    for folder in ("records", "schemas"):
        shutil.copytree(CHECKOUT / folder, book.root / folder)
    book.write("standards/house-rules.toml", FILES["standards/house-rules.toml"])
    overview, clause = (run(book, command.line).stdout for command in STANDARD)
    assert "Learn from what went badly wrong" in overview
    assert "For each live service a service review of the last quarter: " in clause


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".py")])
def test_the_examples_obey_the_linters(path: str, tmp_path: Path) -> None:
    file = tmp_path / Path(path).name
    file.write_text(FILES[path], encoding="utf-8")
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--config", str(CHECKOUT / "pyproject.toml"), str(file)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def run(book: Book, line: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command of the guide, run in the book; it must succeed."""
    program, *arguments = shlex.split(line)
    assert program == "servicebook"
    done = book.run(*arguments, **environment)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done
