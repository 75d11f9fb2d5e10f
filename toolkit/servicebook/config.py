"""`servicebook.toml`: what the book says of its organisation, its zone and its site."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from typing import Any

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.tree import Tree, Unreadable

NAME = "servicebook.toml"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Config:
    """`zone` is the IANA zone in which periods and validity dates are cut.

    `languages` are those of the site, the default first.
    """

    organisation: str = "Unnamed organisation"
    zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    description: str = ""
    digest: str = field(default="", compare=False)


def read_config(tree: Tree) -> Config:
    """The configuration of a book; defaults where the file is absent. Raises `Problem`."""
    if not any(entry.path == NAME for entry in tree.entries(NAME)):
        return Config()
    try:
        data = tree.read(NAME)
        content = tomllib.loads(data.decode("utf-8"))
    except Unreadable as error:
        raise Problem(f"{NAME} cannot be read: {error}.", "Make it a plain file.") from None
    except UnicodeDecodeError:
        raise Problem(f"{NAME} is not UTF-8 text.", "Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{NAME} is not TOML: {inert_line(str(error))}.", "Correct the line.") from None
    known = {"organisation": {"name", "zone"}, "site": {"languages", "description"}}
    for table, entries in content.items():
        if table not in known or not isinstance(entries, dict):
            raise Problem(f"{NAME} has an unknown table {quote(table)}.", f"Known tables: {', '.join(sorted(known))}.")
        if unknown := sorted(set(entries) - known[table]):
            raise Problem(
                f"{NAME} has an unknown setting {quote(unknown[0])} in [{table}].",
                f"Known settings: {', '.join(sorted(known[table]))}.",
            )
    organisation, site = content.get("organisation", {}), content.get("site", {})
    languages = site.get("languages", ["en"])
    if not isinstance(languages, list) or not languages or any(language not in LANGUAGES for language in languages):
        raise Problem(
            f"{NAME}: [site] languages is {quote(languages)}.",
            f"Write a list of {', '.join(LANGUAGES)}; the first is the default.",
        )
    return Config(
        organisation=_text(organisation, "name", Config.organisation),
        zone=_text(organisation, "zone", Config.zone),
        languages=tuple(dict.fromkeys(languages)),
        description=_text(site, "description", Config.description),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _text(table: dict[str, Any], name: str, default: str) -> str:
    value = table.get(name, default)
    if not isinstance(value, str) or len(value) > 1000:
        raise Problem(f"{NAME}: {name} is {quote(value)}, not a text.", f'Write {name} = "…".')
    return value
