"""A book measured with the tables that an earlier run kept gives what it gives without them, whatever has changed."""

import json
import random
import shutil
import subprocess
import sys
from contextlib import closing, nullcontext
from datetime import datetime, timedelta

import pytest

from building import Book
from memory import TREE, calendar, incident, matrix, sla, targets
from servicebook import facts
from servicebook.book import read_book
from servicebook.metrics import Period, Targets, measure, read_metrics
from servicebook.metrics.kept import look_at
from servicebook.tree import WorkingTree, open_tree

START = datetime.fromisoformat("2026-03-02T08:00:00+00:00")
TOOL = "this tool"
METRICS = read_metrics(TREE)
LATER = "2027-01-01T00:00:00Z"
EVENTS = ["responded", "paused waiting-for-customer", "resumed", "resolved", "reopened", "closed"]


def put(book: Book, folder: str, data: dict) -> None:
    data = {"schema_version": 2 if folder == "slas" else 1, "title": data["id"], **data}
    book.write(f"records/{folder}/{data['id']}.yaml", json.dumps(data))


def agree(book: Book, percent: int) -> None:
    terms = targets("response P3 30m elapsed", "resolution P3 8h working")
    terms["targets"][1]["attainment"] = percent
    put(book, "slas", sla(terms))


def happen(book: Book, chance: random.Random, number: int) -> None:
    """Write an incident, over another or as a new one."""
    moment = START + timedelta(hours=chance.randrange(0, 24 * 40))
    lines = [f"{moment.isoformat()} opened"]
    for event in chance.sample(EVENTS, k=chance.randrange(0, 6)):
        moment += timedelta(minutes=chance.choice([10, 300, 3000]))
        lines.append(f"{moment.isoformat()} {event}")
    put(book, "incidents", incident(*lines, record_id=f"INC-20260302-a{number:03}"))


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path / "book")
    put(made, "calendars", calendar())
    put(made, "priority-matrices", matrix())
    service = {"id": "SVC-shop", "owner": "shop-manager", "criticality": "important", "live_from": "2026-01-01"}
    put(made, "services", service | {"availability_target": 99})
    agree(made, 90)
    for number in range(6):
        happen(made, random.Random(number), number)
    made.commit("A book", at="2026-05-01T12:00:00Z")
    return made


class Counting(WorkingTree):
    """A working tree that knows which records were read from it."""

    def read(self, path: str) -> bytes:
        self.reads = [*getattr(self, "reads", []), path]
        return super().read(path)


def records_read(book: Book, asked: str | None = LATER, tool: str | None = TOOL) -> set[str]:
    """The folders of the records that a run reads."""
    tree = Counting(book.root)
    look_at(tree, asked, tool)
    return {path.split("/")[1] for path in tree.reads if path.startswith("records/")}


TARGETS_ONLY = {"services", "slas"}


def sets(book: Book) -> list[str]:
    """The names of what is kept."""
    return sorted(path.name for path in (book.root / ".git/servicebook/tables").iterdir())


def opened(book: Book, revision: str | None = None):
    """The tree of a book, which closes what it opened."""
    tree = open_tree(book.root, revision)
    return closing(tree) if revision else nullcontext(tree)


def figures(book: Book, asked: str | None, revision: str | None = None) -> list:
    with opened(book, revision) as tree:
        view = look_at(tree, asked, TOOL)
    outline = view.outline
    known = outline.as_of, outline.latest, outline.later, outline.unusable
    return [*known, *measured(view.engine, view.targets)]


def figures_anew(book: Book, asked: str | None, revision: str | None = None) -> list:
    """The plain way, which is what all else must equal."""
    with opened(book, revision) as tree:
        found = read_book(tree)
        as_of = datetime.fromisoformat(asked) if asked else facts.default_as_of(found)
        made = facts.compute(found, as_of)
    latest = facts.latest_event(found, until=as_of) or as_of
    return [as_of, latest, facts.events_after(found, as_of), made.unusable, *measured(made, Targets(found))]


def measured(source, targets: Targets) -> list:
    """The figures of some metrics, one for each sort of table."""
    return [
        measure(source, METRICS[name], Period.parse("2026-03", START.tzinfo), by, previous=1, targets=targets)
        for name, by in [("time-to-restore", ["service", "priority"]), ("sla-resolution-attainment", ["priority"]),
                         ("sla-targets-held", []), ("availability", ["service"]), ("backlog", [])]
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_made_anew(book, seed):
    chance = random.Random(seed)
    for _ in range(5):
        if chance.random() < 0.6:
            happen(book, chance, chance.randrange(0, 9))
        if chance.random() < 0.3:
            agree(book, chance.choice([50, 80, 95]))
        if chance.random() < 0.2:
            book.write("records/incidents/broken.yaml", chance.choice(["id: [", "title: Nothing more\n"]))
        if chance.random() < 0.4:
            book.commit("Some of it", at="2026-05-02T12:00:00Z")
        asked = chance.choice([None, "2026-03-20T00:00:00+00:00", "2026-12-31T00:00:00+00:00"])
        revision = chance.choice([None, None, "HEAD"])
        for _ in range(2):
            assert figures(book, asked, revision) == figures_anew(book, asked, revision)


def test_what_has_not_changed_is_not_read(book):
    assert "incidents" in records_read(book)
    assert records_read(book) == TARGETS_ONLY
    (before,) = sets(book)
    happen(book, random.Random(77), 3)
    book.commit("News", at="2026-05-02T12:00:00Z")
    assert "incidents" in records_read(book)
    assert records_read(book) == TARGETS_ONLY
    assert len(sets(book)) == 1
    assert sets(book) != [before]


def test_one_instant_is_kept_the_latest(book):
    records_read(book)
    (before,) = sets(book)
    look_at(open_tree(book.root), "2026-03-20T00:00:00Z", TOOL)
    (after,) = sets(book)
    assert before != after


def test_another_tool_and_another_history_begin_anew_and_without_a_tool_nothing_is_kept(book):
    assert "incidents" in records_read(book, tool=None)
    assert not (book.root / ".git/servicebook").exists()
    records_read(book)
    (before,) = sets(book)
    records_read(book, tool="another tool")
    assert sets(book) != [before]
    records_read(book)
    assert sets(book) == [before]
    book.commit("Nothing new", at="2026-05-02T12:00:00Z")  # the instant follows from it, and how often dates moved
    records_read(book)
    assert sets(book) != [before]


def kept(book: Book):
    return book.root / ".git/servicebook/tables" / sets(book)[0]


def remove(folder):
    (folder / "timer.parquet").unlink()


def cut_off(folder):
    with (folder / "timer.parquet").open("r+b") as file:
        file.truncate(100)


def turn_a_bit(folder):
    content = bytearray((folder / "timer.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "timer.parquet").write_bytes(content)


def without_manifest(folder):
    (folder / "facts.json").unlink()


def another_table(folder):
    shutil.copy(folder / "incident.parquet", folder / "timer.parquet")


def foreign(text):
    return lambda folder: (folder / "facts.json").write_text(text)


def naming_a_record_that_is_gone(folder):
    manifest = json.loads((folder / "facts.json").read_text())
    manifest["outline"]["promising"] = ["records/slas/SLA-gone.yaml"]
    (folder / "facts.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    "damage",
    [remove, cut_off, turn_a_bit, without_manifest, another_table, naming_a_record_that_is_gone, shutil.rmtree,
     foreign(""), foreign("[]"), foreign("{}"), foreign('{"outline": {"as_of": 1}, "tables": 1}')],
)  # fmt: skip
def test_what_is_damaged_is_made_anew(book, damage):
    expected = figures(book, LATER)
    damage(kept(book))
    assert figures(book, LATER) == expected
    assert records_read(book) == TARGETS_ONLY
    assert len(sets(book)) == 1


def test_what_a_stopped_run_left_goes_with_the_next_set(book):
    unfinished = book.root / ".git/servicebook/tables/tmp-unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "timer.parquet").write_bytes(b"PAR1")
    records_read(book)
    assert records_read(book) == TARGETS_ONLY
    assert len(sets(book)) == 1


@pytest.mark.parametrize("place", [".git/servicebook", ".git/servicebook/tables"])
def test_where_nothing_can_be_written_figures_come_all_the_same(book, place):
    expected = figures(book, LATER)
    shutil.rmtree(book.root / ".git/servicebook")
    (book.root / place).parent.mkdir(exist_ok=True)
    (book.root / place).write_text("a file where the folder would be")
    assert figures(book, LATER) == figures(book, LATER) == expected


def test_a_file_at_which_git_does_not_look_is_looked_at(book):
    path = "records/incidents/INC-20260302-a000.yaml"
    book.git("update-index", "--assume-unchanged", path)
    figures(book, LATER)
    put(book, "incidents", incident("2026-03-03T08:00:00Z opened", record_id="INC-20260302-a000"))
    assert figures(book, LATER) == figures_anew(book, LATER)


def test_outside_a_repository_nothing_is_kept(book):
    expected = figures(book, LATER)
    shutil.rmtree(book.root / ".git")
    assert figures(book, LATER) == expected
    assert not (book.root / ".git").exists()


def test_runs_side_by_side_do_not_disturb_each_other(book):
    command = [sys.executable, "-m", "servicebook", "metrics", "--period", "2026-03", "--format", "json", "--as-of"]
    alone = {day: book.run(*command[3:], day, "--no-cache").stdout for day in ("2026-03-20", "2026-04-20")}
    assert not (book.root / ".git/servicebook").exists()
    running = [
        (day, subprocess.Popen([*command, day], cwd=book.root, stdout=subprocess.PIPE, text=True, encoding="utf-8"))
        for day in [*alone, *alone]
    ]
    for day, process in running:
        assert process.communicate()[0] == alone[day]
        assert process.returncode == 0
    assert book.run(*command[3:], "2026-03-20").stdout == alone["2026-03-20"]
    assert len(sets(book)) == 1
