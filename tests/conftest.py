"""What every test may ask for: a fresh book in a fresh repository, a real browser, and what others wrote to compare."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from building import CHECKOUT, Book

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REQUIRED = {
    name for name in ("browser", "peers", "spark") if os.environ.get(f"SERVICEBOOK_REQUIRE_{name.upper()}") == "1"
}
"""Marks whose tests may not be skipped here."""
# A browser asks its maker for news unless told not to; a test must not depend on a network.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

# Files that take minutes begin first: one that began last would run alone, with every other process waiting for it.
LONG = (
    "pages/test_browser.py", "pages/test_publish.py", "clock/test_oracle.py", "metrics/test_spark.py",
    "durability/", "commands/test_making.py", "facts/test_any_record.py", "rules/test_any_kind.py",
)  # fmt: skip

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("unhurried", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """git and the tool see no configuration, language, zone or colour wish of whoever runs the tests."""
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path_factory.mktemp("home")),
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "TZ": "UTC",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GITHUB_ACTIONS", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        for name, value in settings.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """An empty book (a configuration, no record) in a git repository of its own, with nothing committed yet."""
    return Book(tmp_path / "book")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, or a skip that says what to install."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium here; on Debian: apt install chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator["Browser"]:
    """A running Chromium, shared by the tests of one process. Ask for a new context or page in each test."""
    from playwright.sync_api import sync_playwright

    try:
        playwright = sync_playwright().start()
    except Exception as error:  # noqa: BLE001 — Playwright raises no other when its driver cannot be run
        pytest.skip(f"Playwright does not start ({error}); on Debian: apt install libatomic1")
    running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
    yield running
    running.close()
    playwright.stop()


@pytest.fixture(scope="session")
def peers() -> Path:
    """The folder of Node packages that `make peers` installs: other validators, and public schemas."""
    if not (CHECKOUT / "build/peers/.ready").exists():
        pytest.skip("the peers are not installed; with npm on the machine: make peers")
    return CHECKOUT / "build/peers/node_modules"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a browser is a browser test, and for peers a test by peers: the mark need not be written.

    The tests of the longest files come first.
    """
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if {"browser", "chromium"} & asked:
            item.add_marker(pytest.mark.browser)
        if "peers" in asked:
            item.add_marker(pytest.mark.peers)
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    """The place of a test's file among the long ones; behind them all others, in the order they have."""
    return next((place for place, name in enumerate(LONG) if f"tests/{name}" in nodeid), len(LONG))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test of these is a failed one: green must mean that pages were opened and peers asked."""
    report = yield
    needed = sorted(mark for mark in REQUIRED if item.get_closest_marker(mark))
    if report.skipped and needed:
        report.outcome = "failed"
        reason = f"SERVICEBOOK_REQUIRE_{needed[0].upper()}=1: {call.excinfo and call.excinfo.value}"
        report.longrepr = f"{item.nodeid} was skipped, but {reason}"
    return report
