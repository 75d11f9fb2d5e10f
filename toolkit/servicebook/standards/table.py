"""A table of a TOML file, read with a sentence for whatever is not as it should be."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import quote

LONGEST_TEXT: Final = 2000
LONGEST_WORD: Final = 200


class Table:
    """One table; `place` says where it stands, for messages. Every reader raises `Problem`."""

    def __init__(self, place: str, values: Mapping[str, Any]) -> None:
        self.place = place
        self._values = values

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def wrong(self, name: str, hint: str) -> Problem:
        """What to raise where a value cannot be used."""
        if name not in self._values:
            return Problem(f"{self.place} has no {name}.", hint)
        return Problem(f"{self.place}: {quote(name)[1:-1]} is {quote(self._values[name])}.", hint)

    def only(self, *names: str) -> None:
        """Nothing but these names stands in the table."""
        for name in self._values:
            if name not in names:
                raise Problem(f"{self.place} has an unknown entry {quote(name)}.", f"Known: {', '.join(names)}.")

    def text(self, name: str) -> str:
        """A short text that is not empty."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value or len(value) > LONGEST_WORD:
            raise self.wrong(name, f'Write {name} = "…", at most {LONGEST_WORD} characters.')
        return value

    def texts(self, name: str) -> dict[str, str]:
        """A text by language, English among them."""
        value = self._values.get(name)
        if (
            not isinstance(value, dict)
            or not value.get("en")
            or not all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in value.values())
        ):
            raise self.wrong(
                name, f'Write {name}.en = "…", at most {LONGEST_TEXT} characters, and so for each language.'
            )
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of short texts."""
        value = self._values.get(name)
        if not isinstance(value, list) or not all(
            isinstance(word, str) and 0 < len(word) <= LONGEST_WORD for word in value
        ):
            raise self.wrong(name, f'Write {name} = ["…"].')
        return tuple(value)

    def options(self, name: str) -> tuple[str | bool, ...]:
        """One text or truth value, or a list of them."""
        value = self._values.get(name)
        options = value if isinstance(value, list) else [value]
        if not options or not all(isinstance(option, str | bool) for option in options):
            raise self.wrong(name, "Write a text, true or false, or a list of them.")
        return tuple(options)

    def count(self, name: str, most: int) -> int:
        """A whole number from 1 to `most`."""
        value = self._values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise self.wrong(name, f"Write {name} = a whole number from 1 to {most}.")
        return value

    def table(self, name: str) -> "Table":
        """A table within this one."""
        value = self._values.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name, f"Write {name} = {{ … }}.")
        return Table(f"{self.place}, {name}", value)

    def tables(self, name: str) -> list["Table"]:
        """The tables of a list, each named by its place in it."""
        value = self._values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(name, f"Write [[{name}]] above each.")
        return [Table(f"{self.place}, {name} {number}", item) for number, item in enumerate(value, 1)]
