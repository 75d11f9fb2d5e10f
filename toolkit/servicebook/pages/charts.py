"""Charts: Vega-Lite specifications, drawn to SVG when the site is built and set into the page.

Colours are CSS variables, so that a chart follows the page into the dark. Sizes, margins and labels are laid
down here rather than measured, so that the fonts of a machine do not change a byte. Below each chart stand its
figures as a table.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from servicebook.pages.inert import visible

WIDTH, HEIGHT = 560, 220
MARGIN = {"left": 44, "right": 8, "top": 30, "bottom": 40}
COLOURS = ("var(--sb-bar)", "var(--sb-bar-2)", "var(--sb-closed)")
SHAPES = ("circle", "square", "diamond")
DASHES = ([1, 0], [5, 3], [2, 2])
MOST_MONTHS = 18

_MONTH, _YEAR = "slice(datum.value, 5)", "slice(datum.value, 0, 4)"
_MONTH_LABEL = f"{_MONTH} == '01' || datum.index == 0 ? [{_MONTH}, {_YEAR}] : {_MONTH}"
_SIZE = re.compile(r'<svg [^>]*?viewBox="[^"]*"[^>]*>')


@dataclass(frozen=True)
class Series:
    """One row of figures: a value or None for each month."""

    title: str
    values: Sequence[float | int | None]


@dataclass(frozen=True)
class Chart:
    """A drawn chart with its figures. `title` says what is drawn, `columns` and `rows` are the table below it."""

    title: str
    svg: Markup
    columns: list[str]
    rows: list[list[str]]


def bars(months: Sequence[str], series: Sequence[Series], title: str, *, stacked: bool = False) -> Markup:
    """Bars for each month, side by side, or one on the other where they are parts of a whole."""
    encoding = {"x": _months(months), "y": _scale(None, 1), "color": _colour(series)}
    if not stacked:
        encoding["xOffset"] = {"field": "series", "sort": [one.title for one in series]}
    width = {"band": 0.9} if len(series) > 1 and not stacked else {"band": 0.6}
    return _draw(months, series, title, [{"mark": {"type": "bar", "width": width}, "encoding": encoding}])


def lines(
    months: Sequence[str], series: Sequence[Series], name: str, *, top: float | None = None, agreed: float | None = None
) -> Markup:
    """A line with points for each series, each with its own dash and shape; `agreed` draws a level to hold."""
    titles = [one.title for one in series]
    encoding = {"x": _months(months), "y": _scale(top), "color": _colour(series)}
    shape: dict[str, Any] = {
        "field": "series",
        "sort": titles,
        "scale": {"domain": titles, "range": list(SHAPES[: len(titles)])},
    }
    if len(series) < 2:
        shape["legend"] = None
    layers: list[dict[str, Any]] = [
        _only(title, {"type": "line", "strokeWidth": 1.8, "strokeDash": dash}, encoding)
        for title, dash in zip(titles, DASHES, strict=False)
    ]
    layers.append(
        {"mark": {"type": "point", "filled": True, "size": 34, "opacity": 1}, "encoding": encoding | {"shape": shape}}
    )
    if agreed is not None:
        layers.insert(
            0,
            {
                "mark": {"type": "rule", "color": "var(--sb-ink)", "strokeDash": [2, 3], "strokeWidth": 1},
                "encoding": {"y": {"datum": agreed}},
            },
        )
    return _draw(months, series, name, layers)


def control(
    points: Mapping[str, float | int], centre: float, limits: tuple[Sequence[float], Sequence[float]],
    marked: Container[str], name: str,
) -> Markup:  # fmt: skip
    """A control chart: points in order of their months, the centre, the lower and upper limit at each, rings where
    a rule fired."""
    months, (low, high) = list(points), limits
    series = [
        Series("value", list(points.values())),
        Series("centre", [centre] * len(months)),
        Series("low", low),
        Series("high", high),
        Series("marked", [value if month in marked else None for month, value in points.items()]),
    ]
    line = {"x": _months(months), "y": _scale(None)}
    ring = {"type": "point", "shape": "circle", "size": 190, "strokeWidth": 2, "color": "var(--sb-breached)"}
    dashed = {"type": "line", "interpolate": "step", "color": "var(--sb-quiet)", "strokeWidth": 1.2}
    layers: list[dict[str, Any]] = [
        _only("low", dashed | {"strokeDash": [4, 3]}, line),
        _only("high", dashed | {"strokeDash": [4, 3]}, line),
        _only("centre", dashed, line),
        _only("value", {"type": "line", "strokeWidth": 1.8, "color": COLOURS[0]}, line),
        _only("value", {"type": "point", "filled": True, "size": 34, "opacity": 1, "color": COLOURS[0]}, line),
        _only("marked", ring, line),
    ]
    return _draw(months, series, name, layers)


def expected(
    history: Mapping[str, float | int], month: str, value: float, ranges: Sequence[tuple[float, float]], name: str
) -> Markup:
    """Bars of the months there were, then what is expected of `month`: a point, and ranges from narrow to wide."""
    months = [*history, month]
    series = [Series("value", [*history.values(), None]), Series("expected", [None] * len(history) + [value])]
    place = {"x": _months(months), "y": _scale(None, 1)}
    layers = [_only("value", {"type": "bar", "width": {"band": 0.6}, "color": COLOURS[0]}, place)]
    for (low, high), thick in zip(ranges, (7, 2), strict=True):
        bounds = {"month": month, "value": low, "high": high}
        mark = {"type": "rule", "color": COLOURS[1], "strokeWidth": thick}
        layers.append({"data": {"values": [bounds]}, "mark": mark, "encoding": place | {"y2": {"field": "high"}}})
    dot = {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": "var(--sb-ink)"}
    return _draw(months, series, name, [*layers, _only("expected", dot, place)])


def _only(series: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    """A layer that draws one of the series."""
    return {"transform": [{"filter": {"field": "series", "equal": series}}], "mark": mark, "encoding": encoding}


def _draw(months: Sequence[str], series: Sequence[Series], title: str, layers: list[dict[str, Any]]) -> Markup:
    import vl_convert  # half a second: only whoever publishes pays for it

    values = [
        {"month": month, "series": one.title, "value": value}
        for one in series
        for month, value in zip(months, one.values, strict=True)
        if value is not None
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH - MARGIN["left"] - MARGIN["right"],
        "height": HEIGHT - MARGIN["top"] - MARGIN["bottom"],
        "padding": MARGIN,
        "autosize": "none",
        "background": None,
        "data": {"values": values},
        "layer": layers,
        "config": {
            "view": {"stroke": None},
            "font": "sans-serif",
            "axis": {
                "labelColor": "var(--sb-quiet)",
                "gridColor": "var(--sb-grid)",
                "domainColor": "var(--sb-line)",
                "tickColor": "var(--sb-line)",
                "labelFontSize": 13,
                "labelOverlap": False,
                "title": None,
                "ticks": False,
                "labelPadding": 6,
                "domain": False,
            },
            "legend": {
                "orient": "none",
                "direction": "horizontal",
                "legendX": 0,
                "legendY": -27,
                "title": None,
                "labelColor": "var(--sb-quiet)",
                "labelFontSize": 13,
                "columnPadding": 90,
                "labelLimit": 0,
            },
        },
    }
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    name, size = escape(visible(title)), f"0 0 {WIDTH} {HEIGHT}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img" aria-label="{name}">'
    drawn = _SIZE.sub(lambda _: head, svg, count=1)
    return Markup(drawn)  # noqa: S704 — Vega escapes the texts that it draws


def _months(months: Sequence[str]) -> dict[str, Any]:
    return {
        "field": "month",
        "type": "ordinal",
        "scale": {"domain": list(months), "paddingInner": 0.25, "paddingOuter": 0.1},
        "axis": {"labelExpr": _MONTH_LABEL, "labelAngle": 0, "grid": False},
    }


def _scale(top: float | None, least: float = 0) -> dict[str, Any]:
    scale = {"zero": True, "nice": True} if top is None else {"domain": [0, top]}
    axis = {"tickCount": 4, "tickMinStep": least, "format": ",~f"}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def _colour(series: Sequence[Series]) -> dict[str, Any]:
    titles = [one.title for one in series]
    legend = {} if len(series) > 1 else {"legend": None}
    return {
        "field": "series",
        "type": "nominal",
        "sort": titles,
        "scale": {"domain": titles, "range": list(COLOURS[: len(titles)])},
        **legend,
    }
