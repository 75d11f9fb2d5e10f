"""What holds however a command ends: nothing torn, nothing lost, and the next run completes and tidies up."""

from pathlib import Path
from typing import NamedTuple

from durability.scenes import Scene, snapshot
from durability.zygote import Answer, Zygote


class Ground(NamedTuple):
    """A command's book, as it was and as the command leaves it; `calls` that have to do with files, and `writes`."""

    scene: Scene
    book: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: int
    writes: int


def leftovers(now: dict[str, bytes]) -> list[str]:
    return [path for path in now if path.rpartition("/")[2].startswith(".sb-")]


def assert_whole(ground: Ground, now: dict[str, bytes]) -> None:
    """No file is torn: each has the bytes that it had before or after, and none is missing that was there."""
    whole = {*ground.before.values(), *ground.after.values()}
    records = {path: text for path, text in now.items() if path not in leftovers(now)}
    assert [path for path, text in records.items() if text not in whole] == []
    renamed = set(ground.after) - set(ground.before)
    assert [
        path for path in ground.before if path not in records and (path in ground.after or not renamed <= set(now))
    ] == []


def assert_recovers(ground: Ground, zygote: Zygote, work: Path) -> None:
    """The next run does what is left to do, and nothing of the first remains but what it was for."""
    now = snapshot(work)
    if now == ground.before:
        return  # it is the very run that made `after`
    records = {path: text for path, text in now.items() if path not in leftovers(now)}
    if records == ground.after:
        if now != records:  # whatever runs next; not log, for the same can happen twice
            log = ground.scene.arguments[0] == "log"
            zygote.run(work, *(("fmt", "servicebook.toml") if log else ground.scene.arguments))
    else:
        done = zygote.run(work, *ground.scene.arguments)
        assert done.code == 0, done.output
    assert snapshot(work) == ground.after


def assert_told(ground: Ground, done: Answer, work: Path) -> None:
    """A plain sentence and exit code 2, or all is done and it could not matter."""
    assert done.code in (0, 1, 2), done.output
    assert "Traceback" not in done.output
    if done.code == 0:
        assert snapshot(work) == ground.after
    else:
        assert " cannot be " in done.output, done.output
