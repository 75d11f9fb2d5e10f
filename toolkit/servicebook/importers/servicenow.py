"""Incidents from ServiceNow: an event log (a row for each update) or a list (a row for each ticket).

A log is told by its rows: some ticket has several. Its timeline is derived from the differences between
rows (`_standing` has the definitions); the final times that such exports repeat on every row are kept as
claims of the source and are no history. A list has its own times for opened, resolved and closed, and no
others (`_tickets`). Rows are in order of time, then of sys_mod_count, wherever they stand in the files.

A ticket is taken whole or not at all: where one of its rows cannot be used, all are rejected, so that the
mended rows give the same record as a whole export would have.
"""

from collections.abc import Callable
from pathlib import Path

from servicebook.importers._landing import Landing
from servicebook.importers._ledger import MARKS, Ledger, rejects_text, write_rejects
from servicebook.importers._servicenow_columns import SYSTEM
from servicebook.importers._servicenow_export import Choices, Export, account_for_columns, is_log, times_of
from servicebook.importers._servicenow_tickets import Reader
from servicebook.importers._shelf import Refusal
from servicebook.importers._tickets import Ticket
from servicebook.kinds import Kinds
from servicebook.tree import Tree
from servicebook.writing import flush_all

__all__ = ["Choices", "import_files"]


def _silent(_: str) -> None:
    """Tell nobody how far it is."""


def import_files(
    tree: Tree, kinds: Kinds, files: tuple[Path, ...], choices: Choices, progress: Callable[[str], None] = _silent
) -> Ledger:
    """Take the tickets of the files into the book; what became of each row. Raises Problem, before anything is
    written, for files or choices that do not go together.
    """
    progress("reading")
    export = Export(files)
    ledger = Ledger(SYSTEM)
    times = times_of(export, choices)
    log = is_log(export, choices)
    ledger.facts = {
        "Form": "log, a row for each update" if log else "list, a row for each ticket",
        "Times": times.order + (f" in {times.zone.key}" if times.zone else " with offset"),
    }
    ledger.columns = account_for_columns(export, choices)
    if "short_description" not in export.columns:
        ledger.facts["Titles"] = "category and subcategory, for there is no short description"
    landing = Landing(tree, kinds, SYSTEM, times.write, log=log, dry=choices.dry_run)
    if choices.service:
        landing.require(choices.service, "service")
    reader = Reader(export, choices, times, ledger, log=log)
    tickets = reader.read()
    for done, number in enumerate(sorted(tickets)):
        if done % 500 == 0:
            progress(f"{done} of {len(tickets)} tickets")
        _land(reader.finish(number), landing, ledger, reader)
    if not choices.dry_run:
        flush_all()
    if ledger.rejected and not choices.dry_run:
        place = choices.rejects or Path(f"{files[0].name}.rejects.csv")
        wanted = ((number, row) for number, _, row in export.rows() if number in ledger.rejected)
        own = [name for name in export.columns.values() if name not in MARKS]
        ledger.rejects_file = str(write_rejects(place, rejects_text(ledger, own, wanted, "log" if log else "list")))
    return ledger


def _land(ticket: Ticket, landing: Landing, ledger: Ledger, reader: Reader) -> None:
    rows = [update.row for update in ticket.updates]
    try:
        done, new = landing.land(ticket)
    except Refusal as refusal:
        for row in rows:
            reader.reject(row, refusal.sort, refusal.detail)
        return
    setattr(ledger, done, getattr(ledger, done) + 1)
    ledger.imported += len(new)
    ledger.merged += len(rows) - len(new)
