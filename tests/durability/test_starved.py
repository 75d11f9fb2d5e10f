"""Every command that writes, on a disk that is full, that can only be read, or that fails once."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from durability.ground import Ground, assert_recovers, assert_told, assert_whole
from durability.scenes import copy, snapshot
from durability.zygote import Zygote
from hostile.effort import EFFORT

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)


def test_one_write_fails(ground: Ground, zygote: Zygote, tmp_path: Path) -> None:
    """Each in turn; of a command that writes much, some in CI."""
    step = max(1, ground.writes // (10 * EFFORT))
    for number in range(1, ground.writes + 1, step):
        work = copy(ground.book, tmp_path / "work")
        done = zygote.run(work, *ground.scene.arguments, fail=number, errno=ERRORS[number % len(ERRORS)])
        assert_told(ground, done, work)
        assert_whole(ground, snapshot(work))
        assert_recovers(ground, zygote, work)


@pytest.mark.parametrize("limit", [0, 150])
def test_no_file_can_grow(ground: Ground, zygote: Zygote, tmp_path: Path, limit: int) -> None:
    """The system itself breaks off each write that would make a file larger."""
    work = copy(ground.book, tmp_path / "work")
    done = zygote.run(work, *ground.scene.arguments, limit=limit)
    assert_told(ground, done, work)
    assert_whole(ground, snapshot(work))
    assert_recovers(ground, zygote, work)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"this user may mount nothing: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.parametrize("free", [0, 8192])
def test_a_full_disk(ground: Ground, zygote: Zygote, small_disk: Path, free: int) -> None:
    work = copy(ground.book, small_disk / "work")
    filler = small_disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError:
        os.truncate(filler, filler.stat().st_size - free)
    done = zygote.run(work, *ground.scene.arguments)
    assert_told(ground, done, work)
    assert_whole(ground, snapshot(work))
    filler.unlink()
    assert_recovers(ground, zygote, work)


def test_a_disk_that_can_only_be_read(ground: Ground, zygote: Zygote, small_disk: Path) -> None:
    work = copy(ground.book, small_disk / "work")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = zygote.run(work, *ground.scene.arguments)
    assert_told(ground, done, work)
    assert done.code, "nothing can have been done"
    assert snapshot(work) == ground.before
