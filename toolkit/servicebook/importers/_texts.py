"""Text of another system as a record can hold it."""

from typing import Final

from servicebook.encoding import objection_to_escape

LONGEST_TITLE: Final = 200


def clean(text: str) -> str:
    """Text with a visible sign in place of every character that a record cannot hold; line ends as LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if objection_to_escape(text) is None:
        return text
    return "".join("�" if objection_to_escape(character) else character for character in text)


def title_of(text: str) -> str:
    """Text on one line, as long as a title may be."""
    title = " ".join(clean(text).split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
