"""Files appear or change at once or not at all, and nothing else in them changes."""

import errno
import os
from collections.abc import MutableMapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servicebook import source, writing
from servicebook.errors import Problem
from servicebook.kinds import Kind, read_kinds
from servicebook.tree import WorkingTree

PATH = "records/incidents/2026/03/INC1.yaml"
BY_HAND = b"""\
# yaml-language-server: $schema=../../schemas/incident.schema.json
id: INC1  # the number on the phone
title: 'Shop is down'
timeline:
  # the monitoring was silent
  - at: 2026-03-04T09:15:00+01:00
    event: opened
note: >-
  folded
  text
"""


@pytest.fixture
def incident(tmp_path: Path) -> Kind:
    return read_kinds(WorkingTree(tmp_path))["incident"]


def leftovers(root: Path) -> list[Path]:
    return list(root.rglob(".sb-*"))


def test_a_record_gets_a_modeline_and_the_order_of_its_schema(incident: Kind) -> None:
    data = {"x_own": 1, "timeline": [{"event": "opened", "at": "2026-03-04T09:15:00Z"}], "title": "T", "id": "INC1"}
    assert writing.record_text(PATH, incident, data).decode() == (
        "# yaml-language-server: $schema=../../../../schemas/incident.schema.json\n"
        'id: INC1\ntitle: T\ntimeline:\n  - at: "2026-03-04T09:15:00Z"\n    event: opened\nx_own: 1\n'
    )


def test_create_makes_folders_and_never_overwrites(tmp_path: Path) -> None:
    writing.create(tmp_path, PATH, b"id: INC1\n")
    with pytest.raises(Problem, match="exists already"):
        writing.create(tmp_path, PATH, b"id: other\n")
    assert (tmp_path / PATH).read_bytes() == b"id: INC1\n"
    assert not leftovers(tmp_path)


def test_create_works_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    writing.create(tmp_path, PATH, b"id: INC1\n")
    with pytest.raises(Problem, match="exists already"):
        writing.create(tmp_path, PATH, b"id: other\n")
    assert (tmp_path / PATH).read_bytes() == b"id: INC1\n"
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_failing_disk_leaves_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    writing.create(tmp_path, PATH, b"id: INC1\n")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Problem, match="cannot be written"):
        writing.replace(tmp_path, PATH, b"id: other\n")
    with pytest.raises(Problem, match="cannot be written"):
        writing.create(tmp_path, PATH.replace("INC1", "INC2"), b"id: INC2\n")
    assert (tmp_path / PATH).read_bytes() == b"id: INC1\n"
    assert [path.name for path in (tmp_path / PATH).parent.iterdir()] == ["INC1.yaml"]


def test_no_link_leads_a_record_out_of_the_book(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "book/records").mkdir(parents=True)
    (tmp_path / "book/records/incidents").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Problem, match="leads out of the book"):
        writing.create(tmp_path / "book", PATH, b"id: INC1\n")


def test_replace_keeps_permissions(tmp_path: Path) -> None:
    writing.create(tmp_path, PATH, b"id: INC1\n")
    (tmp_path / PATH).chmod(0o640)
    writing.replace(tmp_path, PATH, b"id: INC1\ntitle: T\n")
    assert (tmp_path / PATH).stat().st_mode & 0o777 == 0o640


def test_an_update_keeps_comments_and_layout(tmp_path: Path) -> None:
    writing.create(tmp_path, PATH, BY_HAND)

    def resolve(data: MutableMapping[str, Any]) -> None:
        data["timeline"].append({"at": "2026-03-04T10:00:00+01:00", "event": "resolved", "note": "One.\nTwo.\n"})
        data["lesson"] = "no"

    assert writing.update(tmp_path, PATH, resolve) is True
    after = (tmp_path / PATH).read_bytes()
    head, _, tail = BY_HAND.partition(b"note: >-")
    assert after.startswith(head)
    assert tail in after
    assert b'  - at: "2026-03-04T10:00:00+01:00"\n    event: resolved\n    note: |\n      One.\n      Two.\n' in after
    assert b'lesson: "no"' in after
    data = source.load(BY_HAND)
    resolve(data)
    assert source.load(after) == data


def test_an_update_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    writing.create(tmp_path, PATH, BY_HAND)
    before = (tmp_path / PATH).stat()
    assert writing.update(tmp_path, PATH, lambda data: data.update(id="INC1")) is False
    assert (tmp_path / PATH).stat().st_ino == before.st_ino


def test_an_update_of_what_is_no_record_says_where(tmp_path: Path) -> None:
    writing.create(tmp_path, PATH, b"id: &a INC1\nother: *a\n")
    with pytest.raises(Problem, match="line 1"):
        writing.update(tmp_path, PATH, lambda data: data.update(id="x"))


def test_new_ids_avoid_what_is_taken_and_what_is_misread() -> None:
    letters = iter("aaaabbbb")
    made = writing.new_id("INC", date(2026, 3, 4), {"INC-20260304-aaaa"}, lambda _: next(letters))
    assert made == "INC-20260304-bbbb"
    assert not set("ilo01") & set(writing.ID_LETTERS)


def test_what_a_dead_run_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    (tmp_path / "records/services").mkdir(parents=True)
    left = [tmp_path / ".sb-0011.tmp", tmp_path / "records/services/.sb-2233.tmp"]
    for path in left:
        path.touch()
    with writing._temporary(tmp_path / "records/x.yaml", b"id: x\n", 0o666, True) as written:
        writing.sweep(tmp_path)
        assert leftovers(tmp_path) == [written]
        assert written.read_bytes() == b"id: x\n"
    assert not leftovers(tmp_path)


def test_a_file_gets_a_name_that_nothing_has(tmp_path: Path) -> None:
    writing.create(tmp_path, PATH, b"id: INC1\n")
    writing.create(tmp_path, PATH.replace("INC1", "INC2"), b"id: INC2\n")
    with pytest.raises(Problem, match="exists already"):
        writing.rename(tmp_path, PATH, PATH.replace("INC1", "INC2"))
    writing.rename(tmp_path, PATH, PATH.replace("INC1", "INC3"))
    assert sorted(path.name for path in (tmp_path / PATH).parent.iterdir()) == ["INC2.yaml", "INC3.yaml"]
    os.link(tmp_path / PATH.replace("INC1", "INC3"), tmp_path / PATH)  # as a killed run leaves it
    writing.rename(tmp_path, PATH.replace("INC1", "INC3"), PATH)
    assert sorted(path.name for path in (tmp_path / PATH).parent.iterdir()) == ["INC1.yaml", "INC2.yaml"]


@pytest.mark.parametrize(
    "path", ["../x.yaml", "records/../../x.yaml", "records/../.git/x", ".GIT/hooks/x", "/etc/x", "a//b"]
)
def test_nothing_is_written_outside_or_among_the_files_of_git(tmp_path: Path, path: str) -> None:
    root = tmp_path / "book"
    root.mkdir()
    with pytest.raises(Problem, match="is no path of a book"):
        writing.create(root, path, b"id: x\n")
    assert [found.name for found in tmp_path.rglob("*")] == ["book"]
