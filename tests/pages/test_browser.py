"""The pages in a real browser, opened from files: nothing runs, nothing is asked for, everything works."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.made import HOSTILE

FIXED = (
    "index.html",
    "metrics/index.html",
    "metrics/hostile.html",
    "metrics/incidents-opened.html",
    "rules/index.html",
    "reading.html",
    "built-from.html",
)

TOUCH = """
document.querySelectorAll('.sb-page a, .sb-page [tabindex]').forEach((one) => {
  one.focus()
  one.dispatchEvent(new Event('mouseover', { bubbles: true }))
})
"""
BAR = (
    "[getComputedStyle(document.body).backgroundColor, "
    "getComputedStyle(document.querySelector('.sb-chart svg [fill*=\"--sb-bar\"]')).fill]"
)
UNNAMED = (
    "[...document.querySelectorAll('.sb-page svg')]"
    ".filter(one => !one.getAttribute('aria-label') && one.getAttribute('aria-hidden') !== 'true').length"
)


@pytest.fixture
def watched(browser) -> Iterator:
    """A page of the browser, with what it ran, asked for and complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.asked = []
    page.complaints = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: page.complaints.append(f"dialog {dialog.message}"))
    yield page
    context.close()


def opened(page, path: Path) -> None:
    page.goto(path.as_uri(), wait_until="load")


def quiet(page) -> None:
    assert page.evaluate("window.hit === undefined"), page.url
    assert not [url for url in page.asked if not url.startswith(("file:", "data:"))]
    assert not page.complaints, page.url


def hostile_pages(site: Path, ids: dict[str, list[str]]) -> list[Path]:
    # Every page is parsed by another test; a browser opens a fourth of the texts of each kind, in turn.
    records = [
        site / "records" / folder / f"{record_id}.html"
        for place, (folder, found) in enumerate(ids.items())
        for record_id in found[place % 4 :: 4]
    ]
    registers = [site / "records" / folder / "index.html" for folder in ids]
    fixed = [site / name for name in FIXED]
    chinese = [site / "zh" / path.relative_to(site) for path in [*fixed, *registers, *records[:: len(HOSTILE) // 4]]]
    return [*fixed, *registers, *records, *chinese]


def test_nothing_in_a_record_runs_on_any_page(watched, hostile):
    _, site, ids = hostile
    for path in hostile_pages(site, ids):
        opened(watched, path)
        watched.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        watched.evaluate(TOUCH)
        quiet(watched)


def search(page, text: str) -> list[str]:
    page.click("[data-md-component=search-query]")
    page.keyboard.type(text)
    page.wait_for_selector(".md-search-result__item a")
    return [item.inner_text() for item in page.query_selector_all(".md-search-result__item")]


def test_searching_hostile_records_runs_nothing(watched, hostile):
    opened(watched, hostile[1] / "index.html")
    found = search(watched, "onerror")
    assert any("<img src=x onerror=window.hit=1>" in text for text in found)
    watched.hover(".md-search-result__item a")
    quiet(watched)


def test_search_works_from_a_folder_and_leads_to_the_record(watched, plain):
    opened(watched, plain[1] / "records" / "slas" / "index.html")
    assert any("Payment page times out" in text for text in search(watched, "payment times"))
    watched.click(".md-search-result__item a[href*='INC-20251128-k7q2']")
    watched.wait_for_url("**/INC-20251128-k7q2.html*")
    quiet(watched)


def test_the_language_switch_leads_to_the_same_page_and_back(watched, plain):
    page = plain[1] / "records" / "incidents" / "INC-20251128-k7q2.html"
    opened(watched, page)
    chinese = watched.get_attribute(".md-select__link[hreflang=zh]", "href")
    watched.goto(watched.evaluate("href => new URL(href, location).href", chinese))
    assert watched.url.endswith("/zh/records/incidents/INC-20251128-k7q2.html")
    assert "时间线" in watched.inner_text(".sb-page")
    assert watched.evaluate("document.documentElement.lang") == "zh"
    english = watched.get_attribute(".md-select__link[hreflang=en]", "href")
    assert watched.evaluate("href => new URL(href, location).href", english) == page.as_uri()


def test_a_register_is_sorted_and_filtered(watched, hostile):
    opened(watched, hostile[1] / "records" / "incidents" / "index.html")
    rows = "document.querySelectorAll('table[data-sb-table] tbody tr:not([hidden])')"
    every = watched.evaluate(f"{rows}.length")
    watched.fill(".sb-filter input", "payment times")
    assert watched.evaluate(f"{rows}.length") == 1
    assert watched.inner_text(".sb-filter output") == f"1 of {every}"
    watched.fill(".sb-filter input", "")
    watched.click("th[data-sort] button")
    first = watched.evaluate(f"[...{rows}].map(row => row.cells[0].textContent.trim())")
    assert first == sorted(first, key=str.casefold)
    assert watched.get_attribute("th[data-sort]", "aria-sort") == "ascending"
    watched.click("th[data-sort] button")
    assert watched.get_attribute("th[data-sort]", "aria-sort") == "descending"
    quiet(watched)


def test_without_javascript_every_row_is_there(browser, hostile):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, hostile[1] / "records" / "incidents" / "index.html")
    assert page.locator("table.sb-table--register tbody tr").count() == len(hostile[2]["incidents"]) + 1
    context.close()


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_no_page_is_wider_than_a_phone(browser, which, request):
    site = request.getfixturevalue(which)[1]
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for name in (
        "index.html",
        "records/incidents/index.html",
        *sorted(path.relative_to(site).as_posix() for path in site.glob("records/*/*-*1*.html"))[::8],
    ):
        opened(page, site / name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    context.close()


def test_charts_and_states_follow_the_dark(browser, plain):
    colours = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        opened(page, plain[1] / "metrics" / "incidents-opened.html")
        colours.append(page.evaluate(BAR))
        context.close()
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]


def test_every_image_has_words_and_every_table_headings(watched, plain):
    for name in (
        "index.html",
        "records/incidents/INC-20251128-k7q2.html",
        "records/calendars/CAL-office-hours.html",
        "metrics/incidents-opened.html",
    ):
        opened(watched, plain[1] / name)
        assert not watched.evaluate(UNNAMED), name
        assert not watched.evaluate("[...document.querySelectorAll('.sb-page th')].filter(one => !one.scope).length"), (
            name
        )
        levels = watched.evaluate(
            "[...document.querySelectorAll('.sb-page :is(h1, h2, h3)')].map(one => Number(one.tagName[1]))"
        )
        assert (levels[0], levels.count(1)) == (1, 1), name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (name, levels)
