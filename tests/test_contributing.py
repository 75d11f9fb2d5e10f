"""CONTRIBUTING.md, followed literally: each file it shows is put where it says, each command is run."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from documents import files, sessions

GUIDE = CHECKOUT / "CONTRIBUTING.md"
TEXT = GUIDE.read_text(encoding="utf-8")
FILES = files(GUIDE)
KIND, FIELD, VERSION, RULE, METRIC, QUOTE, STANDARD = sessions(GUIDE)
PYTHON_CACHES = shutil.ignore_patterns("__pycache__")


KEY = "schemas/key.schema.json"
OVERLAY = "schemas/incident.overlay.json"


@pytest.fixture
def fresh(book: Book) -> Book:
    """A book as `init` makes it."""
    assert book.run("init", "fresh").returncode == 0
    book.root /= "fresh"
    return book


def test_a_kind_is_one_file(fresh: Book) -> None:
    fresh.write(KEY, FILES[KEY])
    outputs = [run(fresh, command.line) for command in KIND]
    assert "records/keys/" in outputs[0].stdout
    assert outputs[1].stdout == "records/keys/KEY-backup.yaml\n"
    assert (fresh.root / "records/keys/KEY-backup.yaml").is_file()
    assert outputs[2].stdout == ""


def test_a_field_is_in_an_overlay(fresh: Book) -> None:
    fresh.write(OVERLAY, FILES[OVERLAY])
    made, listed = (run(fresh, command.line).stdout for command in FIELD)
    assert "x_lost_orders: 12" in (fresh.root / made.strip()).read_text(encoding="utf-8")
    assert listed.splitlines()[0].split()[-1] == "x_lost_orders"
    assert listed.splitlines()[1].split()[-1] == "12"


def test_a_kind_changes_by_a_version(fresh: Book) -> None:
    fresh.write(KEY, FILES[KEY])
    path = fresh.root / run(fresh, "servicebook new key --id KEY-backup").stdout.strip()
    schema, (change,) = json.loads(FILES[KEY]), re.findall(r"^```json\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    newer = json.loads(change)
    schema |= newer | {"properties": schema["properties"] | newer["properties"], "examples": []}
    del schema["properties"]["kept"]
    fresh.write(KEY, json.dumps(schema | {"required": ["id", "schema_version", "title", "owner", "place"]}))
    assert "of version 1, the schema of version 2" in fresh.run("validate").stdout
    for command in VERSION:
        run(fresh, command.line)
    assert "\nplace: " in path.read_text(encoding="utf-8")
    assert "\nhalves: 2\n" in path.read_text(encoding="utf-8")


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
    book.write("metrics/escalated-share.sql", FILES["metrics/escalated-share.sql"])
    (command,) = METRIC
    assert "SVC-online-shop" in run(book, command.line).stdout
    measured = json.loads(run(book, command.line + " --format json").stdout)
    assert "Escalated share" in json.dumps(measured)


def test_figures_are_drafted(book: Book) -> None:
    for folder in ("records", "schemas", "documents"):
        shutil.copytree(CHECKOUT / folder, book.root / folder)
    shutil.copy(CHECKOUT / "people.yaml", book.root)
    book.commit("The sample organisation.", at="2026-11-20T18:00:00+01:00")
    drafted, dry = (run(book, command.line).stdout for command in QUOTE)
    assert "metric: sla-resolution-attainment" in (book.root / drafted.strip()).read_text(encoding="utf-8")
    assert "topic: changes-affecting-sms" in dry


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
