"""`new` on a terminal: a real one, with somebody who answers."""

import os
import pty
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from building import CHECKOUT, Book
from servicebook.cli import run


@pytest.fixture
def firm(tmp_path: Path) -> Book:
    book = Book.__new__(Book)
    book.root = tmp_path / "firm"
    assert run(["init", str(book.root), "--zone", "Europe/Berlin"]) == 0
    book.git("init", "--quiet", "--initial-branch=main")
    book.commit("A service book")
    return book


def talk(book: Book, arguments: list[str], answers: Iterator[str]) -> tuple[int, str]:
    """The exit code of a command and what the terminal shows; each prompt gets the next answer, None hangs up."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(book.root)
        os.environ["PYTHONPATH"] = str(CHECKOUT / "toolkit")
        os.execv(sys.executable, [sys.executable, "-m", "servicebook", *arguments])
    shown = ""
    asked = 0
    while select.select([terminal], [], [], 30)[0]:
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:  # the other end is closed
            break
        while shown[asked:].rstrip(" ").endswith(("]:", ">:")):
            asked = len(shown)
            os.write(terminal, next(answers).encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.replace("\r\n", "\n")


def test_it_asks_for_what_is_required_and_no_more(firm: Book) -> None:
    answers = iter(["Printer on fire\n", "hihg\n", "2\n", "low\n"])
    code, shown = talk(firm, ["new", "incident", "--at", "2026-03-04T09:15:00+01:00"], answers)
    assert code == 0, shown
    assert list(answers) == []
    assert "Title\n> [Untitled incident]: Printer on fire\n" in shown
    assert "   1  high\n   2  medium\n   3  low\n" in shown
    assert "“hihg” is none of them. Did you mean high?\n" in shown
    path = firm.root / shown.splitlines()[-1]
    text = path.read_text("utf-8")
    assert "title: Printer on fire\n" in text
    assert "impact: medium\n" in text
    assert "urgency: low\n" in text
    assert "# What happened, in order of time.\ntimeline:\n" in text
    assert "# It may also have: service, " in text


def test_known_records_are_offered_by_number_and_what_cannot_stand_is_asked_again(firm: Book) -> None:
    answers = iter(["\n", "\n", "SVC-exmple\n", "1\n", "yesterday\n", "2026-03-04T09:15:00+01:00\n"])
    code, shown = talk(firm, ["new", "outage"], answers)
    assert code == 0, shown
    assert "   1  SVC-example  An example service\n" in shown
    assert "“SVC-exmple” is none of them. Did you mean SVC-example?" in shown
    assert "“yesterday” cannot stand here." in shown
    assert 'from: "2026-03-04T09:15:00+01:00"\n' in (firm.root / shown.splitlines()[-1]).read_text("utf-8")


def test_a_list_is_asked_as_text_with_commas(firm: Book) -> None:
    def answers() -> Iterator[str]:
        yield from [
            "Audit of the service desk\n",
            "\n",
            "1\n",
            "The service desk\n",
            "ISO/IEC 20000-1\n",
            "8.6, nine\n",
        ]
        yield "8.6, 9.2\n"
        while True:
            yield "\n"

    code, shown = talk(firm, ["new", "audit"], answers())
    assert code == 0, shown
    assert "With commas > [" in shown
    assert "“8.6, nine” cannot stand here." in shown
    text = (firm.root / shown.splitlines()[-1]).read_text("utf-8")
    lines = text.partition("\nclauses:\n")[2].splitlines()
    assert [line for line in lines if "#" not in line][:2] == ['  - "8.6"', '  - "9.2"']


def test_a_title_without_latin_letters_needs_an_id(firm: Book) -> None:
    answers = iter(["在线商店\n", "\n", "SVC-shop\n", "\n", "\n", "\n"])
    code, shown = talk(firm, ["new", "service"], answers)
    assert code == 0, shown
    assert "An answer is needed." in shown
    assert "title: 在线商店\n" in (firm.root / "records/services/SVC-shop.yaml").read_text("utf-8")


def test_who_leaves_leaves_nothing(firm: Book) -> None:
    code, shown = talk(firm, ["new", "incident"], iter(["A title\n", "\x04"]))
    assert code == 130, shown
    assert firm.git("status", "--porcelain") == ""
