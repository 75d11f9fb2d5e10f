"""The package works however it came onto the machine: as a wheel, as an editable install, from a checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from servicebook.kinds import own_schemas, shipped_schemas
from servicebook.tree import WorkingTree

# A wheel holds these folders of the checkout under these names.
TRAVELS = {"toolkit/servicebook/": "servicebook/", "schemas/": "servicebook/schemas/", "site/": "servicebook/site/"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(CHECKOUT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def from_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel installed."""
    return environment(tmp_path_factory.mktemp("from-wheel"), str(wheel))


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has this checkout installed as an editable package."""
    return environment(tmp_path_factory.mktemp("editable"), "--no-build-isolation", "--editable", str(CHECKOUT))


def test_the_wheel_holds_every_file_that_the_package_needs(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    stays = {f"schemas/{name}" for name in own_schemas(WorkingTree(CHECKOUT)) if name not in shipped_schemas()}
    assert stays >= {"schemas/idea.schema.json", "schemas/incident.overlay.json"}
    for folder, name in TRAVELS.items():
        missing = [path for path in tracked(folder) if name + path.removeprefix(folder) not in inside]
        assert missing == sorted(stays.intersection(tracked(folder))), "what is the book's own stays there, and no more"


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"servicebook"}
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []


def test_the_licence_travels_with_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA"))
    assert "License-Expression: Apache-2.0" in metadata
    assert any(name.endswith("/licenses/LICENSE") for name in archive.namelist())


def test_installed_from_a_wheel_it_uses_the_wheel_alone(from_wheel: Path, book: Book) -> None:
    assert str(CHECKOUT) not in run(from_wheel, book, "-c", "import servicebook; print(servicebook.__file__)")


@pytest.mark.parametrize("command", [["kinds"], ["rules"], ["validate"], ["--help"], ["new", "--help"]])
def test_every_installation_says_the_same(command: list[str], from_wheel: Path, editable: Path, book: Book) -> None:
    expected = book.run(*command)  # from the checkout, without any installation
    assert expected.returncode == 0, expected.stderr
    for python in (from_wheel, editable):
        assert run(python, book, "-m", "servicebook", *command) == expected.stdout


def test_the_command_is_on_the_path_of_the_environment(from_wheel: Path, book: Book) -> None:
    command = from_wheel.with_name("servicebook")
    done = subprocess.run([command, "kinds"], cwd=book.root, capture_output=True, text=True, check=True)
    assert "incident" in done.stdout


def test_a_kind_of_the_repository_is_found_by_an_installed_package(from_wheel: Path, book: Book) -> None:
    schema = (CHECKOUT / "schemas" / "service.schema.json").read_text(encoding="utf-8")
    book.write("schemas/parts.json", (CHECKOUT / "schemas" / "parts.json").read_text(encoding="utf-8"))
    book.write("schemas/asset.schema.json", schema.replace('"services"', '"assets"').replace('"SVC"', '"AST"'))
    assert "asset" in run(from_wheel, book, "-m", "servicebook", "kinds")


def test_an_installed_package_publishes_a_new_book(from_wheel: Path, book: Book) -> None:
    run(from_wheel, book, "-m", "servicebook", "init", "fresh")
    book.root /= "fresh"
    run(from_wheel, book, "-m", "servicebook", "publish", "--as-of", "2026-03-31")
    assert (book.root / "build/site/index.html").is_file()


def environment(folder: Path, *what: str) -> Path:
    """A fresh virtual environment with `what` installed and this environment's dependencies in sight; its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    (site_packages,) = folder.glob("lib/python*/site-packages")
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    # --ignore-installed: pip sees the servicebook of this environment too, and must not touch it.
    pip("--python", str(python), "install", "--no-deps", "--ignore-installed", *what)
    return python


def pip(*arguments: str) -> None:
    """Run pip without a network."""
    settings = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments], env=os.environ | settings, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def run(python: Path, book: Book, *arguments: str) -> str:
    """What an installed Python prints when run in a book."""
    unset = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, *arguments], cwd=book.root, env=unset, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tracked(folder: str) -> list[str]:
    """The files below a folder of the checkout that git knows."""
    done = subprocess.run(["git", "ls-files", "-z", folder], cwd=CHECKOUT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout, so nobody can say which files belong to it")
    return [path for path in done.stdout.split("\0") if path]
