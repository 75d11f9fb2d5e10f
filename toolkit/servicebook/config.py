"""`servicebook.toml`: what the book says of its organisation, its scope, its site, and how grave each rule is."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.keywords import PROFILES
from servicebook.tree import Tree, Unreadable

NAME: Final = "servicebook.toml"
LANGUAGES: Final = ("en", "zh")
GRADES: Final = ("error", "warning", "off")

_KNOWN: Final = {
    "organisation": ("name", "zone"),
    "scope": ("profile", "services", "clauses", "since", "excluded"),
    "site": ("languages", "description"),
}


class Grade(NamedTuple):
    """How grave the findings of a rule are here: "error", "warning" or "off", and why that was chosen."""

    severity: str
    reason: str = ""


@dataclass(frozen=True)
class Config:
    """`zone` is the IANA zone in which periods and validity dates are cut.

    `profile` is how much of the standard the book has in view. `services` are the ids of those in scope, `clauses`
    the clauses in view with all below them; none named: all. `excluded` gives the reason for each clause left out,
    `since` the day on which the management system began. `rules` are the grades that differ from the rules' own.
    `languages` are those of the site, the default first.
    """

    organisation: str = "Unnamed organisation"
    zone: str = "UTC"
    profile: str = PROFILES[0]
    services: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    rules: Mapping[str, Grade] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    description: str = ""
    digest: str = field(default="", compare=False)

    def has_in_view(self, profile: str) -> bool:
        """Whether what begins with a profile is in view in this book's."""
        return PROFILES.index(profile) <= PROFILES.index(self.profile)


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
    except RecursionError:
        raise Problem(f"{NAME} is nested too deeply.", "It needs two levels.") from None
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{NAME} is not TOML: {inert_line(str(error))}.", "Correct the line.") from None
    _check_names(content)
    organisation, scope, site = (content.get(table, {}) for table in _KNOWN)
    return Config(
        organisation=_text(organisation, "name", Config.organisation),
        zone=_text(organisation, "zone", Config.zone),
        profile=_one_of(scope, "profile", Config.profile, PROFILES),
        services=_texts(scope, "services"),
        clauses=_texts(scope, "clauses"),
        excluded=_reasons(scope.get("excluded", {})),
        since=_day(scope, "since"),
        rules={name: _grade(name, value) for name, value in content.get("rules", {}).items()},
        languages=_languages(site.get("languages", ["en"])),
        description=_text(site, "description", Config.description),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _check_names(content: Mapping[str, Any]) -> None:
    tables = sorted([*_KNOWN, "rules"])
    for table, entries in content.items():
        if table not in tables or not isinstance(entries, dict):
            raise Problem(f"{NAME} has an unknown table {quote(table)}.", f"Known tables: {', '.join(tables)}.")
        if table in _KNOWN and (unknown := sorted(set(entries) - set(_KNOWN[table]))):
            raise Problem(
                f"{NAME} has an unknown setting {quote(unknown[0])} in [{table}].",
                f"Known settings: {', '.join(sorted(_KNOWN[table]))}.",
            )


def _text(table: Mapping[str, Any], name: str, default: str) -> str:
    value = table.get(name, default)
    if not isinstance(value, str) or len(value) > 1000:
        raise Problem(f"{NAME}: {name} is {quote(value)}, not a text.", f'Write {name} = "…".')
    return value


def _texts(table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Problem(f"{NAME}: {name} is {quote(value)}, not a list of texts.", f'Write {name} = ["…"].')
    return tuple(dict.fromkeys(value))


def _one_of(table: Mapping[str, Any], name: str, default: str, allowed: Sequence[str]) -> str:
    value = table.get(name, default)
    if value not in allowed:
        raise Problem(f"{NAME}: {name} is {quote(value)}.", f"Write one of {', '.join(allowed)}.")
    return str(value)


def _day(table: Mapping[str, Any], name: str) -> date | None:
    value = table.get(name)
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Problem(f"{NAME}: {name} is {quote(value)}, not a date.", f"Write {name} = 2026-01-01.") from None


def _reasons(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(reason, str) and reason.strip() for reason in value.values()):
        raise Problem(
            f"{NAME}: [scope.excluded] is {quote(value)}.",
            'Give each clause its reason: "8.4.1" = "why it is left out".',
        )
    return dict(value)


def _languages(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or any(language not in LANGUAGES for language in value):
        raise Problem(
            f"{NAME}: [site] languages is {quote(value)}.",
            f"Write a list of {', '.join(LANGUAGES)}; the first is the default.",
        )
    return tuple(dict.fromkeys(value))


def _grade(name: str, value: Any) -> Grade:
    """`"warning"`, or `{severity = "off", reason = "…"}`: nothing is switched off without a reason."""
    given = value if isinstance(value, dict) else {"severity": value}
    severity, reason = given.get("severity"), given.get("reason", "")
    if severity not in GRADES or not isinstance(reason, str) or given.keys() - {"severity", "reason"}:
        hint = f'Write {name} = "warning", or {name} = {{ severity = "off", reason = "…" }}.'
        raise Problem(f"{NAME}: the rule {quote(name)} is set to {quote(value)}.", hint)
    if severity == "off" and not reason.strip():
        hint = f'Write {name} = {{ severity = "off", reason = "…" }}: the site shows the reason.'
        raise Problem(f"{NAME}: the rule {quote(name)} is switched off without a reason.", hint)
    return Grade(severity, reason.strip())
