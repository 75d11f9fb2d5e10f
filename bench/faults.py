"""One good incident, broken in one way after another: what each tool finds.

A tool that is fast because it does not look is no peer: the faults in `EVERYONE_FINDS` must be found by
each before anything is timed.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.measure import run
from bench.peers import incident_files

Command = Callable[[Path], Sequence[str]]
FIRST_TIME = r'at: "[^"T]+'


def _without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1, flags=re.MULTILINE)


def _with(pattern: str, instead: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, instead, text, count=1, flags=re.MULTILINE)


EVERYONE_FINDS: dict[str, Callable[[str], str]] = {
    "a required field is missing": _without(r"^impact: .*\n"),
    "a field that the schema does not know": lambda text: text + "colour: blue\n",
    "a value that is not in the list": _with(r"^impact: .*$", "impact: enormous"),
    "a pause without its code": _without(r"^    code: .*\n"),
    "a time on the 30th of February": _with(FIRST_TIME, 'at: "2025-02-30'),
    "a time in month 13": _with(FIRST_TIME, 'at: "2025-13-01'),
    "a time without offset": _with(r'(at: "[^"+]+)\+[^"]+', r"\1"),
}
SOME_FIND: dict[str, Callable[[str], str]] = {
    "the id ends in a line break": _with(r"^id: (.*)$", r'id: "\1\\n"'),
    "a field stands there twice": lambda text: text + "urgency: low\n",
    "a second document follows": lambda text: text + "---\nid: another\n",
    "a NUL byte, and more after it": lambda text: text + "# \x00\ncolour: blue\n",
    "a byte that is not UTF-8": lambda text: text + "# \udcff\n",
    "it links to a record that does not exist": lambda text: text + "links:\n  - type: related\n    to: INC-none\n",
    "its events are out of order": _with(r'(.*)at: "20[0-9]{2}(?=[^"]*"\n    event: resolved)', r'\1at: "2020'),
    "it is closed before it is resolved": _with(r"event: responded", "event: closed"),
    "it is resolved, and nobody wrote how": _without(r"^resolution:\n(  .*\n)+"),
    "its id is not its file's name": _with(r"^id: .*$", "id: INC-20200101-aaaa"),
}


FOUND, STOPPED, MISSED = "found", "stops, names no file", "–"


def found_by(tools: dict[str, Command], repository: Path, output: Path) -> dict[str, dict[str, str]]:
    """Fault → tool → what the tool made of it. The repository is left as it was."""
    for name, command in tools.items():
        clean = run(command(repository), repository, output)
        if clean.exit_code != 0:
            raise SystemExit(f"{name} finds fault with records that are in order:\n{clean.output[-2000:]}")
    victim = repository / _whole(repository)
    good = victim.read_text("utf-8")
    answers: dict[str, dict[str, str]] = {}
    for fault, broken in (EVERYONE_FINDS | SOME_FIND).items():
        text = broken(good)
        if text == good:
            raise SystemExit(f"the record cannot be broken like this: {fault}")
        victim.write_text(text, "utf-8", errors="surrogateescape")
        answers[fault] = {name: _answer(victim, command, repository, output) for name, command in tools.items()}
    victim.write_text(good, "utf-8")
    for fault in EVERYONE_FINDS:
        if blind := [name for name, answer in answers[fault].items() if answer != FOUND]:
            raise SystemExit(f"not found by {', '.join(blind)}: {fault}")
    return answers


def _whole(repository: Path) -> str:
    """An incident that was paused and resolved and that links to nothing."""
    for file in incident_files(repository):
        text = (repository / file).read_text("utf-8")
        if "event: paused" in text and "\nresolution:" in text and "\nlinks:" not in text:
            return file
    raise SystemExit("no incident that was paused and resolved: take another seed")


def _answer(victim: Path, command: Command, repository: Path, output: Path) -> str:
    done = run(command(repository), repository, output)
    if done.exit_code == 0:
        return MISSED
    return FOUND if victim.stem in done.output else STOPPED
