"""Record text in every place that is not an autoescaping template."""

import html
import json

import pytest

from servicebook.pages.inert import prose, references, script_json, visible

HOSTILE = [
    "<script>hit()</script>",
    "![x](x){onerror=hit()}",
    "{#__config}",
    "[[x]] {{ 7*7 }} --8<-- 'x'",
    "[x](javascript:hit)",
    "a & b \"c\" 'd' `e`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_references_leave_nothing_for_markdown_and_keep_the_text(text):
    made = references(text)
    assert not set(made) & set("<>[](){}!*_`'\"|~^$%\\/-:.=+")
    assert html.unescape(made) == text


def test_references_keep_letters_of_every_language():
    assert references("Größe 订单") == "Größe 订单"


def test_what_cannot_be_seen_is_written_as_its_code_point():
    assert visible("a\u202eb\x1b[31m\u200bc") == "a⟨U+202E⟩b⟨U+001B⟩[31m⟨U+200B⟩c"
    assert visible("two\nlines\tand a tab") == "two\nlines\tand a tab"


def test_json_cannot_end_a_script():
    made = script_json({"text": "</script><!--\u2028"})
    assert "<" not in made
    assert "\u2028" not in made
    assert json.loads(made) == {"text": "</script><!--\u2028"}


LONG = "This line is as long as an editor makes it before it goes on with the next one,"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{LONG}\nwhich is here.\n", f"{LONG} which is here."),
        (f"{LONG}\n\nA new paragraph.", f"{LONG}\n\nA new paragraph."),
        (f"{LONG}\n- an item\n- another", f"{LONG}\n- an item\n- another"),
        (f"{LONG}\n2. an item", f"{LONG}\n2. an item"),
        ("short\nlines\nstay", "short\nlines\nstay"),
        ("甲" * 40 + "\n乙", "甲" * 40 + "乙"),
        (f"{LONG}\nshort\n{LONG}", f"{LONG} short\n{LONG}"),
        ("", ""),
    ],
)
def test_prose_has_the_breaks_that_its_writer_meant(text, shown):
    assert prose(text) == shown
