"""The words of the pages in one language: labels/<language>.toml, and how dates and numbers are written."""

import re
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from servicebook.errors import Problem

_NOT_NAME = re.compile("[^a-z0-9]+")
LABELS = Path(__file__).parent / "labels"


def languages() -> list[str]:
    """The languages that the pages can speak, each named by its file."""
    return sorted(path.stem for path in LABELS.glob("*.toml"))


@cache
def labels(language: str) -> dict[str, str]:
    """Every label of a language by its dotted name: `record.timeline`."""
    path = LABELS / f"{language}.toml"
    if language not in languages():
        raise Problem(
            f"The pages do not speak the language “{language}”.",
            f"Choose among {', '.join(languages())} in servicebook.toml, [site] languages.",
        )
    tables: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{table}.{name}": text for table, entries in tables.items() for name, text in entries.items()}


class Words:
    """Labels, instants, spans of time and numbers as one language writes them, in the organisation's zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._labels = labels(language)
        self._templates = {name: escape(text) for name, text in self._labels.items()}

    def __call__(self, name: str, **parts: Any) -> Markup:
        """The label `name` with its `{parts}` filled in; parts are escaped unless they are Markup."""
        template = self._templates[name]
        return template.format(**parts) if parts else template

    def has(self, name: str) -> bool:
        """Whether the language has this label."""
        return name in self._labels

    def plain(self, name: str, **parts: Any) -> str:
        """The label as plain text, for places that are not HTML."""
        return self._labels[name].format(**parts)

    def count(self, name: str, number: int) -> Markup:
        """The label for this many things: `name-one` for one where the language has it, else `name`."""
        one = f"{name}-one"
        return self(one if number == 1 and one in self._templates else name, count=self.number(number))

    def number(self, value: float | int, digits: int = 1) -> str:
        """A number with a thousands comma, and with at most `digits` decimals."""
        text = f"{value:,.{digits}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def reason(self, text: str) -> str:
        """Why a clock or a metric left a record out, in the language where it has the words, else as it is."""
        return self._labels.get(f"reason.{_NOT_NAME.sub('-', text.lower())}", text)

    def instant(self, moment: datetime) -> Markup:
        """A `<time>`: 2026-03-04 09:15 +01:00, on the organisation's clocks, with seconds where there are any."""
        local = moment.astimezone(self.zone)
        shown, offset = _written(local)
        exact = local.isoformat(timespec="seconds")
        # Digits and signs of our own making: nothing here needs escaping, and a site has a million of them.
        html = f'<time datetime="{exact}">{shown} <span class="sb-offset">{offset}</span></time>'
        return Markup(html)  # noqa: S704

    def instant_text(self, moment: datetime) -> str:
        """The same as plain text."""
        return " ".join(_written(moment.astimezone(self.zone)))

    def span(self, seconds: float) -> str:
        """A span of time in hours and minutes; days are not used, for a working day has no fixed length."""
        total = round(abs(seconds))
        sign = "−" if seconds < 0 else ""
        if total < 60:
            return f"{sign}{total} {self._labels['unit.second']}"
        hours, minutes = divmod(round(total / 60), 60)
        parts = [f"{hours:,} {self._labels['unit.hour']}"] if hours else []
        if minutes or not hours:
            parts.append(f"{minutes} {self._labels['unit.minute']}")
        return sign + " ".join(parts)


def _written(local: datetime) -> tuple[str, str]:
    """An instant as it is written, and its offset."""
    offset = local.strftime("%z")
    shown = local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
    return shown, f"{offset[:3]}:{offset[3:5]}"
