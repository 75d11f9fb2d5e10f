"""A frame: a page that the site builder made once, into which bodies are set.

The builder is given a page whose title, body, place and description are marks; `Frame` cuts the built page at
the marks. Setting a body into it costs one join, whatever the builder.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from servicebook.errors import Problem
from servicebook.pages.policy import with_policy

NAME = "SERVICEBOOK-NAME"
DESCRIPTION = "SERVICEBOOK-DESCRIPTION"
FOOTER = "SERVICEBOOK-FOOTER"
TITLE = "SERVICEBOOK-TITLE"
BODY = "SERVICEBOOK-BODY"
HERE = "SERVICEBOOK-HERE"

MARKS = (TITLE, BODY, HERE)

_CUT = re.compile("(" + "|".join((NAME, DESCRIPTION, FOOTER, *MARKS)) + ")")
# The theme would ask each of these for a site map that we do not have; the switch in the page leads there as well.
_ALTERNATE = re.compile(r'\s*<link rel="alternate"[^>]*>')

# A frame holds no text whose spaces count, and stands around every record: indentation is half of it.
_INDENT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class SiteWords:
    """What every page of a language says of the site."""

    name: str
    description: str
    footer: Markup


class Frame:
    """One built page with its marks, ready for any number of bodies."""

    def __init__(self, html: str, site: SiteWords) -> None:
        html = with_policy(_ALTERNATE.sub("", html))
        words = {NAME: escape(site.name), DESCRIPTION: escape(site.description), FOOTER: site.footer}
        # Cut at every mark before any is filled: a name that reads like a mark is only a name.
        self._parts = [(part in MARKS, str(words.get(part, part))) for part in _CUT.split(html)]

    @classmethod
    def read(cls, path: Path, site: SiteWords) -> "Frame":
        """The frame that the builder left at `path`."""
        html = path.read_text(encoding="utf-8")
        if BODY not in html:
            raise Problem(
                f"The site builder made no frame of {path.name}.",
                "This is a fault of the tool: please report it.",
                exit_code=3,
            )
        return cls(_INDENT.sub("\n", html), site)

    def fill(self, *, title: str, body: Markup, here: str) -> bytes:
        """The page: `here` is its address below the language's root, with slashes."""
        marks = {TITLE: str(escape(title)), BODY: str(body), HERE: here}
        return "".join(marks[text] if is_mark else text for is_mark, text in self._parts).encode("utf-8")


def finish(html: str, site: SiteWords, here: str) -> bytes:
    """A page that the builder made whole: only the site's name, its own address and the policy are missing."""
    return Frame(html, site).fill(title="", body=Markup(""), here=here)
