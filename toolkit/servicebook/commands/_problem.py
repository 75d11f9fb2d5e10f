"""A problem record about a group of recurring incidents, written like any new record."""

from pathlib import Path

import click

from servicebook.authoring.drafting import drafts
from servicebook.authoring.settings import Setting
from servicebook.commands._drafts import show_new
from servicebook.errors import Problem
from servicebook.facts import Facts
from servicebook.foresight.recurrence import Recurring, as_problem
from servicebook.tree import open_tree
from servicebook.validation.judging import book_to_write_in, judge_draft
from servicebook.writing import create, sweep


def write_problem(root: Path, facts: Facts, groups: list[Recurring], number: int) -> int:
    """Writes the record about a group, by its number, opened at the instant of the facts; prints its path.

    The exit code: 1 where it would not be valid, and then nothing is written. Raises `Problem`.
    """
    if not 1 <= number <= len(groups):
        have = f"There are {len(groups)}" if len(groups) != 1 else "There is 1"
        raise Problem(f"There is no group {number}.", f"{have}; servicebook foresight recurrence lists them.")
    sweep(root)
    book = book_to_write_in(open_tree(root))
    settings = [Setting(tuple(path.split(".")), text) for path, text in as_problem(groups[number - 1], book, facts)]
    made = next(drafts(book, book.kinds.named("problem"), settings, facts.as_of, facts.zone))
    report = judge_draft(book, made.path, made.text)
    if show_new(report):
        return 1
    create(root, made.path, made.text)
    click.echo(made.path)
    return 0
