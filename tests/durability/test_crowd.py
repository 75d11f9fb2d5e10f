"""Many people and programs write at once."""

from pathlib import Path

from durability.scenes import NEW, SCENES, set_up, snapshot
from durability.zygote import Zygote


def test_many_make_records_at_once(zygote: Zygote, tmp_path: Path) -> None:
    """Five hundred records by fifty processes: all are there, and all are valid."""
    book = set_up(SCENES["new"], tmp_path / "book").root
    before = snapshot(book)
    done = zygote.crowd(book, *NEW, processes=50, times=10)
    told = [line for line in done.output.splitlines() if not line.startswith("records/")]
    assert (done.code, told) == (0, [])
    made = [path for path in snapshot(book) if path not in before]
    assert len(made) == 500
    assert sorted(made) == sorted(done.output.split())
    checked = zygote.run(book, "validate")
    assert checked.code == 0, checked.output
