"""Whatever stands in a folder of records, `validate` says so in words: no traceback, no hang, nothing followed.

Each run is a process of its own with a gibibyte of address space and ten seconds.
"""

import json
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from hostile.corpus import cases
from servicebook.config import read_config
from servicebook.kinds import read_kinds
from servicebook.tree import WorkingTree
from servicebook.validation.judging import judge

MEMORY = 1 << 30  # bytes of address space
SECONDS = 10
LONGEST = 500  # characters of a finding, its path not counted
LONGEST_NAME = 255  # bytes that a file system allows
SECRET = "secret-of-this-machine"
FOLDER = "records/services"


def good(record_id: str, title: str = "Online shop") -> str:
    """A service that is not live yet: of a live one rules ask for an SLA and a text in the catalogue."""
    return (
        f"id: {json.dumps(record_id)}\nschema_version: 1\ntitle: {json.dumps(title)}\n"
        "owner: shop-lead\ncriticality: vital\nlive_from: 2100-01-01\n"
    )


def validate(root: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """`servicebook validate` under limits. What every run must hold is asserted here."""
    done = subprocess.run(
        [sys.executable, "-m", "servicebook", "validate", *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT / "toolkit")},
        capture_output=True,
        timeout=SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    for stream in (done.stdout, done.stderr):
        text = stream.decode("utf-8")  # fails where a name came through as it was
        assert "Traceback" not in text, text
        assert SECRET not in text
        for line in text.split("\n"):
            assert line.isprintable(), ascii(line)
            assert len(line) <= LONGEST + LONGEST_NAME, line
    return done


def findings(root: Path, *arguments: str) -> list[dict[str, str]]:
    """The findings of a run, as data."""
    done = validate(root, "--format", "jsonl", *arguments)
    assert done.returncode in (0, 1), done.stderr.decode()
    found = [json.loads(line) for line in done.stdout.splitlines()]
    found = [line for line in found if "rule" in line]
    assert bool(found) == bool(done.returncode)
    for finding in found:
        assert finding["line"] >= 1, finding
        assert finding["message"].strip(), finding
        assert finding["hint"].strip(), finding
    return found


STRANGE_NAMES = [
    b"SVC-new\nline.yaml",
    b"SVC-forged.yaml\n::error file=a.yaml::b.yaml",
    b"::error file=a.yaml,line=1::forged.yaml",
    b"-SVC-dash.yaml",
    b"--help.yaml",
    b'SVC-"double".yaml',
    b"SVC-'single'.yaml",
    b"SVC-\\back.yaml",
    b"SVC-$(id).yaml",
    b"SVC-*.yaml",
    b"SVC-\xff.yaml",
    b"SVC-\x1b[2J.yaml",
    b"SVC-\xe2\x80\xaelmay.yaml",
    b"SVC-" + b"a" * 246 + b".yaml",
    b"CON.yaml",
    b"SVC-space.yaml ",
    b"SVC-space .yaml",
    b" SVC-space.yaml",
    b".SVC-hidden.yaml",
    b"SVC-upper.YAML",
    b"SVC-other.yml",
    b"SVC-none",
    b"SVC-json.json",
    b".yaml",
    b"SVC-backup.yaml~",
    b"SVC-half.yaml.orig",
]


@pytest.mark.parametrize("in_git", [True, False], ids=["repository", "folder"])
def test_strange_names_are_findings(book: Book, in_git: bool) -> None:
    for name in STRANGE_NAMES:
        book.write(f"{FOLDER}/{os.fsdecode(name)}", good("SVC-shop").encode())
    for number in range(50):
        book.write(f"{FOLDER}/SVC-good-{number}.yaml", good(f"SVC-good-{number}"))
    if in_git:
        book.commit("Strange names")
    else:
        (book.root / ".git").rename(book.root / "elsewhere")
    for arguments in [(), ("--at", "HEAD")] if in_git else [()]:
        found = findings(book.root, *arguments)
        told = {finding["path"] for finding in found}
        assert len(told) == len(STRANGE_NAMES), told
        assert not any("SVC-good" in path for path in told)


def test_no_name_or_text_forges_a_workflow_command(book: Book) -> None:
    for name in STRANGE_NAMES:
        book.write(
            f"{FOLDER}/{os.fsdecode(name)}",
            good("SVC-x", "a\n::error file=b::c\r\n::set-output name=d::e")
            .replace("vital", '"\\n::stop-commands::x"')
            .encode(),
        )
    for format_name in ("github", "text"):
        done = validate(book.root, "--format", format_name)
        commands = [line for line in done.stdout.decode().splitlines() if line.startswith("::")]
        assert all(re.match(r"::(error|warning) file=records/services/[^:]*,line=[0-9]+", line) for line in commands), (
            commands
        )
        assert bool(commands) == (format_name == "github")
        assert not re.search("^::", done.stderr.decode(), re.MULTILINE)


def _special(book: Book) -> Iterator[tuple[str, str]]:
    """What is no plain file, put into the book: (path, word of the finding)."""
    folder = book.root / FOLDER
    folder.mkdir(parents=True)
    secret = book.root.parent / "outside.yaml"
    secret.write_text(f"{SECRET}: [\n")
    links = {
        "outside": str(secret),
        "dangling": "nowhere.yaml",
        "zero": "/dev/zero",
        "self": "SVC-link-self.yaml",
        "folder": ".",
    }
    links |= {"within": "SVC-good.yaml", "random": "/dev/urandom"}
    for name, target in links.items():
        (folder / f"SVC-link-{name}.yaml").symlink_to(target)
        yield f"{FOLDER}/SVC-link-{name}.yaml", "symbolic link"
    (folder / "SVC-directory.yaml").mkdir()
    book.write(f"{FOLDER}/SVC-directory.yaml/SVC-inner.txt", "a")
    yield f"{FOLDER}/SVC-directory.yaml/SVC-inner.txt", ""
    (folder / "SVC-huge.yaml").touch()
    os.truncate(folder / "SVC-huge.yaml", 10 << 30)
    yield f"{FOLDER}/SVC-huge.yaml", "MiB"
    (folder / "SVC-large.yaml").write_bytes(b"a: " + b"x" * (3 << 20))
    yield f"{FOLDER}/SVC-large.yaml", "KiB"


def test_what_is_no_plain_file_is_a_finding_and_not_followed(book: Book) -> None:
    """In a plain folder also what git never lists: pipes and sockets."""
    expected = dict(_special(book))
    book.write(f"{FOLDER}/SVC-good.yaml", good("SVC-good"))
    (book.root / ".git").rename(book.root / "elsewhere")
    os.mkfifo(book.root / FOLDER / "SVC-pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(book.root / FOLDER)  # the address of a socket has room for a hundred characters
        server.bind("SVC-socket.yaml")
        os.chdir(here)
        expected |= {f"{FOLDER}/SVC-pipe.yaml": "special file", f"{FOLDER}/SVC-socket.yaml": "special file"}
        assert_told(findings(book.root), expected)


def test_what_is_no_plain_file_in_a_repository(book: Book) -> None:
    expected = dict(_special(book))
    for name in ("SVC-good", "SVC-replaced"):
        book.write(f"{FOLDER}/{name}.yaml", good(name))
    (book.root / FOLDER / "SVC-huge.yaml").unlink()  # git would read it all
    del expected[f"{FOLDER}/SVC-huge.yaml"]
    book.commit("All but plain files")
    assert_told(findings(book.root), expected)
    assert_told(findings(book.root, "--at", "HEAD"), expected)
    (book.root / FOLDER / "SVC-replaced.yaml").unlink()
    os.mkfifo(book.root / FOLDER / "SVC-replaced.yaml")
    os.mkfifo(book.root / FOLDER / "SVC-new-pipe.yaml")  # git knows of no such thing: it is not part of the book
    assert_told(findings(book.root), expected | {f"{FOLDER}/SVC-replaced.yaml": "special file"})


def assert_told(found: list[dict[str, str]], expected: dict[str, str]) -> None:
    told = {finding["path"]: finding["message"] for finding in found}
    assert told.keys() == expected.keys()
    for path, word in expected.items():
        assert word in told[path], told[path]


def test_a_repository_within_is_a_finding(book: Book) -> None:
    book.write(f"{FOLDER}/SVC-good.yaml", good("SVC-good"))
    inner = Book(book.root / FOLDER / "inner")
    inner.write("SVC-inner.yaml", good("SVC-inner"))
    told = {finding["path"] for finding in findings(book.root)}
    assert told, "a repository not yet committed"
    inner.commit("Inner")
    book.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
    book.git("commit", "--quiet", "-m", "A submodule of a kind")
    for arguments in [(), ("--at", "HEAD")]:
        [finding] = findings(book.root, *arguments)
        assert finding["path"] == f"{FOLDER}/inner"
        assert "submodule" in finding["message"]


@pytest.mark.parametrize("arguments", [(), ("--at", "HEAD")], ids=["working tree", "commit"])
@pytest.mark.parametrize("what", ["missing", "file", "link", "empty"])
def test_the_folder_of_records_itself(book: Book, what: str, arguments: tuple[str, ...]) -> None:
    elsewhere = book.root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "SVC-secret.yaml").write_text(SECRET)
    if what == "file":
        book.write("records", SECRET)
    elif what == "link":
        (book.root / "records").symlink_to(elsewhere)
    elif what == "empty":
        book.write("records/.gitkeep", "")
    book.commit("As it stands")
    found = findings(book.root, *arguments)
    assert {finding["path"] for finding in found} <= {"records", "records/.gitkeep"}
    assert bool(found) == (what in ("file", "link", "empty"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_a_finding(book: Book) -> None:
    book.write(f"{FOLDER}/SVC-good.yaml", good("SVC-good")).chmod(0)
    [finding] = findings(book.root)
    assert "permission" in finding["message"].lower()


def test_a_file_that_vanishes_meanwhile_is_a_finding(book: Book) -> None:
    for name in ("SVC-good", "SVC-gone"):
        book.write(f"{FOLDER}/{name}.yaml", good(name))
    tree = WorkingTree(book.root)
    assert len(tree.entries("records")) == 2
    (book.root / FOLDER / "SVC-gone.yaml").unlink()
    report, _ = judge(tree, None, read_kinds(tree))
    assert read_config(tree).organisation
    assert [finding.path for finding in report.findings] == [f"{FOLDER}/SVC-gone.yaml"]


def test_a_hundred_megabytes_in_a_commit_are_a_finding(book: Book) -> None:
    book.write(f"{FOLDER}/SVC-large.yaml", b"# " + b"x" * (100 << 20))
    book.write(f"{FOLDER}/SVC-good.yaml", good("SVC-good"))
    book.commit("Large")
    for arguments in [(), ("--at", "HEAD")]:
        [finding] = findings(book.root, *arguments)
        assert finding["path"] == f"{FOLDER}/SVC-large.yaml"
        assert "larger" in finding["message"]


def test_no_broken_file_hides_another(book: Book) -> None:
    """Every document of the corpus that must be refused, among fifty good records: one refusal each, and no more."""
    bad = {f"{FOLDER}/SVC-bad-{number}.yaml": case for number, case in enumerate(cases()) if case.refused is not None}
    assert len(bad) > 100
    for path, case in bad.items():
        book.write(path, case.data)
    for number in range(50):
        book.write(f"{FOLDER}/SVC-good-{number}.yaml", good(f"SVC-good-{number}"))
    for _ in range(2):  # the second time from the cache
        found = findings(book.root)
        refusals = {finding["path"]: finding for finding in found if finding["rule"] == "yaml-syntax"}
        assert refusals.keys() == bad.keys()
        assert len(found) == len(bad)
        for path, case in bad.items():
            assert str(case.refused) in refusals[path]["message"]
            assert case.line in (None, refusals[path]["line"])
