"""Questions on a terminal. They go to the error stream, so that the output is the path alone."""

from typing import Any

import click

from servicebook.authoring.drafting import id_from_title
from servicebook.authoring.questions import Question, objection, questions, understood
from servicebook.authoring.settings import Setting
from servicebook.book import Book
from servicebook.finding import inert_line
from servicebook.kinds import Kind

MOST_OFFERED = 20


def ask(book: Book, kind: Kind, data: dict[str, Any], record_id: str | None) -> list[Setting]:
    """What a person answers to each question of a draft; an empty answer takes the default. `data` gets the answers."""
    click.echo(f"A new record of the kind {kind.name}. Enter takes what stands in brackets.", err=True)
    given = []
    for question in questions(book, kind, data):
        given.append(_answer(kind, data, question))
        if question.pointer == ("title",) and kind.named and record_id is None:
            given.append(_id(kind, data, str(data["title"])))
    return given


def _answer(kind: Kind, data: dict[str, Any], question: Question) -> Setting:
    click.echo(f"\n{question.title}" + (f": {question.about}" if question.about else ""), err=True)
    for number, (value, name) in enumerate(question.choices[:MOST_OFFERED], 1):
        click.echo(f"  {number:2}  {value}" + (f"  {name}" if name else ""), err=True)
    if len(question.choices) > MOST_OFFERED:
        click.echo(f"      and {len(question.choices) - MOST_OFFERED} more: servicebook list shows them", err=True)
    one, several = ("Number or name", "Numbers or names, with commas") if question.choices else (">", "With commas >")
    prompt = several if question.many else one
    while True:
        answer = click.prompt(prompt, default=question.default, show_default=bool(question.default), err=True)
        try:
            values = understood(question, inert_line(str(answer)))
            said = objection(kind, data, question, values)
        except ValueError as error:
            said = str(error)
        if not said:
            return question.setting(values)
        click.echo(said, err=True)


def _id(kind: Kind, data: dict[str, Any], title: str) -> Setting:
    about = "Links name the record by it, and the file is named like it."
    return _answer(kind, data, Question(("id",), "Id", about, id_from_title(kind, title)))
