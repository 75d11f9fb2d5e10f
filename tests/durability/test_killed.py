"""Every command that writes is killed, at any call and at any moment.

`SERVICEBOOK_EFFORT=13` strikes at more than two hundred calls of each command; here it is as many of all together.
"""

from pathlib import Path
from random import Random

from durability.ground import Ground, assert_recovers, assert_whole
from durability.scenes import copy, snapshot
from durability.zygote import Zygote
from hostile.effort import EFFORT


def test_killed_at_any_call(ground: Ground, zygote: Zygote, tmp_path: Path) -> None:
    random = Random(f"{ground.scene.arguments} {EFFORT}")
    killed = 0
    for _ in range(16 * EFFORT):
        work = copy(ground.book, tmp_path / "work")
        done = zygote.run(work, *ground.scene.arguments, kill=random.randint(1, ground.calls))
        killed += done.code == -9
        assert_whole(ground, snapshot(work))
        assert_recovers(ground, zygote, work)
    assert killed >= 12 * EFFORT


def test_killed_from_outside_at_any_moment(ground: Ground, zygote: Zygote, tmp_path: Path) -> None:
    random = Random(f"{ground.scene.arguments} {EFFORT}")
    seconds = zygote.run(copy(ground.book, tmp_path / "work"), *ground.scene.arguments).seconds
    for _ in range(3 * EFFORT):
        work = copy(ground.book, tmp_path / "work")
        zygote.run(work, *ground.scene.arguments, kill_after=random.uniform(0, seconds))
        assert_whole(ground, snapshot(work))
        assert_recovers(ground, zygote, work)


def test_the_site_is_moved_into_place_whole(zygote: Zygote, tmp_path: Path) -> None:
    """Whenever the last step of publish is killed, the old site or the new one is there whole; then it completes."""
    texts = {"old": b"old", "new": b"new"}

    def lay_out() -> tuple[Path, Path]:
        new, old = tmp_path / "made/new", tmp_path / "build/site"
        for place, name in ((new, "new"), (old, "old")):
            for page in ("index.html", "records/a.html", "records/b.html"):
                (place / page).parent.mkdir(parents=True, exist_ok=True)
                (place / page).write_bytes(texts[name])
        return new, old

    new, old = lay_out()
    calls = zygote.run(tmp_path, "move", str(new), str(old), kill=10**9).calls
    for number in range(1, calls + 1):
        new, old = lay_out()
        zygote.run(tmp_path, "move", str(new), str(old), kill=number)
        sites = [
            place for place in (tmp_path / "build").iterdir() if set(snapshot(place).values()) in ({b"old"}, {b"new"})
        ]
        assert any(len(snapshot(place)) == 3 for place in sites), f"killed at call {number}"
        if old.exists():
            assert snapshot(old).keys() >= {"index.html", "records/a.html", "records/b.html"}
        new, _ = lay_out()
        assert zygote.run(tmp_path, "move", str(new), str(old)).code == 0
        assert set(snapshot(old).values()) == {b"new"}
        assert [place.name for place in (tmp_path / "build").iterdir()] == ["site"]
