"""The words of the pages: every language has all of them, no template has one, none is left over."""

import json
import re
from datetime import UTC, datetime

import pytest

from servicebook.clock import zone
from servicebook.commands._measures_table import HEADINGS
from servicebook.metrics import GROUPS
from servicebook.pages.words import LABELS, Words, labels, languages
from servicebook.registry import shipped

PAGES = LABELS.parent
SPELLED_OUT = re.compile(r"""["']([a-z]+\.[a-z0-9_-]+)["']""")
MADE = re.compile(r"""["']([a-z]+\.(?:[a-z-]*-)?)["'] ~|f"([a-z]+\.(?:[a-z-]*-)?)\{""")


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [*PAGES.rglob("*.py"), *PAGES.rglob("*.html")])


def test_every_language_has_the_same_labels_with_the_same_parts():
    english = {
        name: sorted(re.findall(r"\{\w+\}", text)) for name, text in labels("en").items() if not name.endswith("-one")
    }
    for language in languages():
        other = {
            name: sorted(re.findall(r"\{\w+\}", text))
            for name, text in labels(language).items()
            if not name.endswith("-one") and not name.startswith("reason.")
        }
        assert other == english, language


def test_every_label_is_used():
    text = sources()
    made = tuple(found[0] or found[1] for found in MADE.findall(text))
    spelled = set(SPELLED_OUT.findall(text))
    left = [
        name
        for name in labels("en")
        if name not in spelled
        and name.removesuffix("-one") not in spelled
        and not name.startswith(made)
        and not name.startswith(("unit.", "clock."))
    ]
    assert not left


def test_groups_of_metrics_have_the_same_names_on_a_terminal():
    english = labels("en")
    assert set(HEADINGS) == {*GROUPS, ""}
    for group, heading in HEADINGS.items():
        assert english[f"subject.{group or 'other'}"] == heading


def test_no_template_holds_a_word_of_the_interface():
    for path in sorted((PAGES / "templates").glob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>", " ", text))
        assert words in ([], ["git", "checkout", "servicebook", "publish", "as", "of"]), path.name


@pytest.fixture
def words() -> Words:
    return Words("en", zone("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (3661, "1 h 1 min"),
        (360_000, "100 h"),
        (-90, "−2 min"),
        (3_600_000, "1,000 h"),
    ],
)
def test_spans(words, seconds, shown):
    assert words.span(seconds) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(12438, "12,438"), (93.25, "93.2"), (100.0, "100"), (48.04, "48"), (0, "0"), (1000.0, "1,000")]
)
def test_numbers(words, value, shown):
    assert words.number(value) == shown


def test_an_instant_stands_on_the_organisations_clocks_with_its_offset(words):
    made = words.instant(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert (
        made
        == '<time datetime="2026-03-29T03:30:00+02:00">2026-03-29 03:30 <span class="sb-offset">+02:00</span></time>'
    )


def test_parts_of_a_label_are_escaped(words):
    assert words("record.event-by", role="<b>") == "by &lt;b&gt;"


def test_one_and_many(words):
    assert words.count("register.count", 1) == "1 record"
    assert words.count("register.count", 1200) == "1,200 records"


def test_every_enumeration_of_the_schemas_has_chinese_labels():
    """What the pages show of a record is in the page's language, as far as the schema and not its writer chose it."""

    def enumerations(node):
        if isinstance(node, dict):
            if "enum" in node:
                yield node
            for inner in node.values():
                yield from enumerations(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from enumerations(inner)

    for path in sorted(shipped("schemas").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        for part in (schema.get("properties", {}), schema.get("$defs", {})):
            for node in enumerations(part):
                assert set(node.get("x-labels", {}).get("zh", {})) == set(node["enum"]), (path.name, node["enum"])
