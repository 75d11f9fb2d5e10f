"""A folder of files is a registry: the file's name is the name. And where the shipped folders lie."""

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parent


@cache
def module_names(package: str) -> tuple[str, ...]:
    """Names of the entries of a package that is a registry: each module's name with - for _, sorted.

    Modules whose name begins with _ are parts of the others, not entries. A trailing _ only keeps a
    name from being a Python keyword (import_.py is import).
    """
    stems = (path.stem for path in (PACKAGE / package).glob("*.py"))
    return tuple(sorted(stem.rstrip("_").replace("_", "-") for stem in stems if not stem.startswith("_")))


def module(package: str, name: str) -> ModuleType:
    """The module behind an entry of `module_names`."""
    stem = name.replace("-", "_")
    if not (PACKAGE / package / f"{stem}.py").is_file():
        stem += "_"
    return importlib.import_module(f"servicebook.{package.replace('/', '.')}.{stem}")


def modules(package: str) -> Iterator[tuple[str, ModuleType]]:
    """Every entry of a registry with its module, by name."""
    for name in module_names(package):
        yield name, module(package, name)


@cache
def shipped(folder: str) -> Path:
    """A folder that travels with the package: beside its modules in a wheel, at the root of a checkout."""
    for parent in (PACKAGE, PACKAGE.parent.parent):
        if (parent / folder).is_dir():
            return parent / folder
    raise FileNotFoundError(f"the installation of servicebook is incomplete: no folder {folder}")
