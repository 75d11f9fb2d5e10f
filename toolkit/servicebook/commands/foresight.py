"""servicebook foresight."""

import click

from servicebook.commands._shared import at_option, book_root, print_rows
from servicebook.commands.trends import AS_OF
from servicebook.errors import Problem

PARTS = ("risk", "forecast", "recurrence")


@click.command
@click.argument("part", required=False, type=click.Choice(PARTS))
@click.option("--draft", "number", type=int, metavar="N", help="Write a problem record about group N of recurrence.")
@at_option
@click.option("--as-of", "instant", metavar="TIME", help=AS_OF)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(
    ctx: click.Context, part: str | None, number: int | None, revision: str | None, instant: str | None, form: str
) -> int:
    """Say what may go wrong next, what is to be expected, and what keeps coming back.

    risk: open records whose clocks run, and how many similar ones went past the limit from there.
    forecast: how many incidents and requests the first month not over may bring, and how wrong such forecasts were.
    recurrence: incidents alike in wording that no problem explains; --draft N writes the problem record.

    None of them knows a cause. Without a part, all three.
    """
    import json

    from servicebook.commands import _foresight
    from servicebook.commands._looking import about, facts_of, heading
    from servicebook.foresight.forecast import forecasts
    from servicebook.foresight.recurrence import recurring
    from servicebook.foresight.risk import risks
    from servicebook.metrics import measure, read_metrics

    if number is not None and (part != "recurrence" or revision is not None):
        raise Problem("--draft goes with recurrence, and with the book as it lies here.", "Leave out --at.")
    root = book_root(ctx)
    book, facts = facts_of(root, revision, instant)
    parts = (part,) if part else PARTS
    groups = recurring(book, facts) if "recurrence" in parts else []
    if number is not None:
        from servicebook.commands._problem import write_problem

        return write_problem(root, facts, groups, number)
    dangers = risks(facts) if "risk" in parts else []
    expected = (
        forecasts(facts, read_metrics(book.tree), lambda metric, period, by: measure(facts, metric, period, by))
        if "forecast" in parts
        else {}
    )
    if form == "json":
        found = {
            "risk": [_foresight.risk_content(risk) for risk in dangers],
            "forecast": [_foresight.forecast_content(name, found) for name, found in expected.items()],
            "recurrence": [_foresight.recurrence_content(place, group) for place, group in enumerate(groups, 1)],
        }
        content = {"format": "servicebook.foresight/1", **about(book, facts), **{name: found[name] for name in parts}}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    click.echo(heading(book, facts))
    if "risk" in parts:
        _table("Clocks that run", _foresight.RISK_HEADER, [_foresight.risk_row(risk) for risk in dangers])
    if "forecast" in parts:
        _text(_foresight.forecast_title(expected), _foresight.forecast_lines(expected))
    if "recurrence" in parts:
        rows = [_foresight.recurrence_row(place, group) for place, group in enumerate(groups, 1)]
        _table("Incidents alike that no problem explains", _foresight.RECURRENCE_HEADER, rows)
    return 0


def _table(title: str, header: list[str], rows: list[list[str]]) -> None:
    if not rows:
        _text(title, [])
        return
    click.echo(f"{title}:")
    print_rows(header, rows, "table", "foresight")
    click.echo()


def _text(title: str, lines: list[str]) -> None:
    click.echo(f"{title}: none\n" if not lines else "\n".join([f"{title}:", *lines, ""]))
