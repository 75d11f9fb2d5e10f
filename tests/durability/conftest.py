"""The process that commands are run in, and the book of each."""

from collections.abc import Iterator

import pytest

from durability.ground import Ground
from durability.scenes import SCENES, copy, set_up, snapshot
from durability.zygote import Zygote


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    running = Zygote()
    yield running
    running.close()


@pytest.fixture(scope="module")
def grounds() -> dict[str, Ground]:
    return {}


@pytest.fixture(params=SCENES)
def ground(
    request: pytest.FixtureRequest, zygote: Zygote, grounds: dict[str, Ground], tmp_path_factory: pytest.TempPathFactory
) -> Ground:
    """Made once for each command."""
    name = request.param
    if name not in grounds:
        scene, folder = SCENES[name], tmp_path_factory.mktemp(name)
        book = set_up(scene, folder / "book").root
        work = copy(book, folder / "work")
        before = snapshot(work)
        done = zygote.run(work, *scene.arguments, kill=10**9)
        assert done.code == 0, done.output
        counted = zygote.run(copy(book, folder / "counted"), *scene.arguments, fail=10**9)
        grounds[name] = Ground(scene, book, before, snapshot(work), done.calls, counted.calls)
    assert grounds[name].before != grounds[name].after
    return grounds[name]
