"""What the site builder (MkDocs with Material) is given, and how it is run.

The configuration is written here, by us: one that lies in a data repository is never read, for its hooks and
plugins would be code. MkDocs runs in a process of its own and is imported nowhere.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from servicebook.errors import Problem
from servicebook.pages.frame import DESCRIPTION, FOOTER, HERE, NAME, TITLE
from servicebook.pages.inert import references
from servicebook.registry import shipped

EXTRA = "servicebook[site]"
_NEEDED = ("mkdocs", "material", "jinja2", "vl_convert")
_WORD_ENDS = r"[\s\u200b\u3000\-_.,:;/、。，．？！；：（）「」]+"


@dataclass
class Source:
    """The Markdown of one language, gathered in `folder`: pages in the order of the navigation, in named sections."""

    language: str
    folder: Path
    nav: list[dict[str, Any]] = field(default_factory=list)

    def section(self, title: str, pages: Sequence[tuple[str, str]]) -> None:
        """A section of the navigation with (title, path) for each of its pages."""
        self.nav.append({references(title): [{references(name): path} for name, path in pages]})

    def sections(self, title: str, parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """A section of the navigation that has named sections of its own."""
        inner = [{references(name): [{references(page): path} for page, path in pages]} for name, pages in parts]
        self.nav.append({references(title): inner})

    def page(self, title: str, path: str) -> None:
        """A page at the top of the navigation."""
        self.nav.append({references(title): path})

    def frame(self, path: str, *, hide: Sequence[str] = ("toc",)) -> None:
        """A page into which bodies are set afterwards."""
        head = {"title": TITLE, "frame": True, "hide": list(hide), "search": {"exclude": True}}
        self.write(path, f"---\n{yaml.safe_dump(head)}---\n\n# {TITLE}\n")

    def write(self, path: str, markdown: str) -> None:
        """A page of prose."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown, encoding="utf-8", newline="\n")


def require() -> None:
    """Raises `Problem` where what builds the site is not installed."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Problem(
            f"Publishing needs {', '.join(missing)}, which is not installed.",
            f'Install it: python -m pip install "{EXTRA}"',
        )


def configuration(source: Source, editions: Mapping[str, str], switches: Mapping[str, str]) -> dict[str, Any]:
    """The builder's configuration for one language. `editions` maps each language to its name for itself, the
    default language first; `switches` names the three states of the light switch."""
    default = next(iter(editions))
    own = source.folder.parent
    up = "" if source.language == default else "../"
    alternates = [
        {"name": name, "lang": language, "link": f"{up}{'' if language == default else f'{language}/'}{HERE}"}
        for language, name in editions.items()
    ]
    return {
        "site_name": NAME,
        "site_description": DESCRIPTION,
        "copyright": FOOTER,
        "docs_dir": str(source.folder),
        "site_dir": str(own.parent / f"html-{source.language}"),
        "use_directory_urls": False,
        "strict": True,
        "nav": source.nav,
        "theme": {
            "name": "material",
            "custom_dir": str(own.parent / "overrides"),
            "language": source.language,
            "font": False,
            "favicon": "assets/mark.svg",
            "logo": "assets/mark.svg",
            "features": ["navigation.tabs", "navigation.prune", "navigation.top", "search.highlight"],
            "palette": [
                _palette("(prefers-color-scheme)", None, "brightness-auto", switches["auto"]),
                _palette("(prefers-color-scheme: light)", "default", "weather-sunny", switches["light"]),
                _palette("(prefers-color-scheme: dark)", "slate", "weather-night", switches["dark"]),
            ],
        },
        "plugins": [{"search": {"lang": "en", "separator": _WORD_ENDS, "pipeline": ["stemmer"]}}, "offline"],
        "markdown_extensions": [
            "admonition",
            "tables",
            {"toc": {"permalink": False}},
            {"pymdownx.highlight": {"use_pygments": True}},
            "pymdownx.superfences",
        ],
        "extra_css": ["assets/servicebook.css"],
        "extra_javascript": ["assets/tables.js"],
        "extra": {
            "generator": False,
            "polyfills": ["assets/iframe-worker.js"],
            **({"alternate": alternates} if len(editions) > 1 else {}),
        },
        "validation": {"nav": {"omitted_files": "ignore"}, "links": {"unrecognized_links": "ignore"}},
    }


def _palette(media: str, scheme: str | None, icon: str, name: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"media": media, "toggle": {"icon": f"material/{icon}", "name": references(name)}}
    return entry | (
        {"scheme": scheme, "primary": "custom", "accent": "custom"}
        if scheme
        else {"primary": "custom", "accent": "custom"}
    )


class Build:
    """A running build of one language; several may run side by side."""

    def __init__(self, settings: Mapping[str, Any], workshop: Path, epoch: int) -> None:
        self.site = Path(settings["site_dir"])
        path = workshop / f"mkdocs.{settings['theme']['language']}.yml"
        path.write_text(
            yaml.safe_dump(dict(settings), allow_unicode=True, sort_keys=False), encoding="utf-8", newline="\n"
        )
        shutil.copytree(shipped("site") / "overrides", workshop / "overrides", dirs_exist_ok=True)
        environment = os.environ | {
            "SOURCE_DATE_EPOCH": str(epoch),
            "NO_MKDOCS_2_WARNING": "true",
            "PYTHONHASHSEED": "0",
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--config-file", str(path)]
        self._process = subprocess.Popen(
            command,
            cwd=workshop,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self) -> Path:
        """The folder of the built site. Raises `Problem` with what the builder said."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            lines = [line.strip() for line in said.splitlines() if line.strip()]
            raise Problem(
                f"MkDocs could not build the site: {' '.join(lines[-3:])}",
                "See the lines above; the site as it was is untouched.",
                exit_code=3,
            )
        return self.site

    def stop(self) -> None:
        """Ends the build where another one failed; nothing where it is over."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()
