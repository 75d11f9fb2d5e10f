"""Publishing a large book: time, memory of all processes, pages, bytes; and whether it is the same twice.

    python -m bench.publish [--tickets FILE…] [--incidents 10000] [--rounds 2] [--quick]

With an event log of ServiceNow (by default the one beside the project, if it is there) the book is what
`import servicenow` makes of it; otherwise it is generated.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench import generate, peers, results
from bench.measure import Contender, environment, race, run, say
from bench.validate import CACHE

TICKETS = sorted((results.ROOT.parent / "shared" / "data" / "servicenow").glob("incident_event_log*.csv.gz"))
OUTPUT = peers.BUILD / "output.txt"
GENERATED_UNTIL, IMPORTED_UNTIL = "2026-07-01T00:00:00Z", "2017-06-01T00:00:00Z"
REQUIRED_SECONDS, REQUIRED_MB = 120, 4096


def imported(repository: Path, program: Path, tickets: Sequence[Path]) -> float:
    """A book of real tickets, committed; returns the seconds that the import took."""
    generate.repository(repository, 0, 3)
    options = ("--zone", "UTC", "--dates", "dmy", "--service", "SVC-order-system")
    files = [str(file.resolve()) for file in tickets]
    rejects = str(peers.BUILD / "rejects.csv")
    done = run([str(program), "import", "servicenow", *files, *options, "--rejects", rejects], repository, OUTPUT)
    if done.exit_code:
        raise SystemExit(f"The tickets could not be imported:\n{done.output[-2000:]}")
    moment = "2017-06-01T00:00:00+0000"
    who = {"NAME": "Service desk", "EMAIL": "service-desk@example.org", "DATE": moment}
    by = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in who.items()}
    for arguments in (("add", "--all", "records"), ("commit", "--quiet", "--message", "Tickets imported")):
        subprocess.run(
            ["git", *arguments], cwd=repository, env=environment() | generate.NO_CONFIGURATION | by, check=True
        )
    return done.wall


def contenders(repository: Path, program: Path, until: str, rounds: int) -> list[Contender]:
    """From nothing, and once more with nothing changed."""
    command = [str(program), "publish", "--as-of", until]

    def from_nothing() -> None:
        shutil.rmtree(repository / "build", ignore_errors=True)
        shutil.rmtree(repository / CACHE, ignore_errors=True)

    return [
        Contender("publish, from nothing", command, repository, from_nothing, rounds),
        Contender("publish, nothing changed", command, repository, rounds=rounds),
    ]


def content(site: Path) -> tuple[int, int, str]:
    """Pages, bytes of all files, and a digest of every name and every byte."""
    digest, pages, size = hashlib.sha256(), 0, 0
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        data = file.read_bytes()
        name = str(file.relative_to(site)).encode("utf-8", "surrogateescape")
        digest.update(b"%d:%b%d:%b" % (len(name), name, len(data), data))
        pages += file.suffix == ".html"
        size += len(data)
    return pages, size, digest.hexdigest()


def published_twice(one: Contender, site: Path) -> tuple[int, int, bool]:
    """Pages, bytes, and whether two runs from nothing gave the same bytes."""
    answers = []
    for _ in range(2):
        one.prepare()
        done = run(one.command, one.folder, OUTPUT)
        if done.exit_code:
            raise SystemExit(f"The book could not be published:\n{done.output[-2000:]}")
        answers.append(content(site))
    pages, size, digest = answers[0]
    return pages, size, digest == answers[1][2]


def main() -> None:
    """Install, make the book, publish, write."""
    parser = argparse.ArgumentParser(description="Measure publishing a large book.")
    parser.add_argument("--tickets", type=Path, nargs="*", default=TICKETS, help="event logs to import")
    parser.add_argument("--incidents", type=int, default=10_000, help="how many to generate where there are no tickets")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument(
        "--quick", action="store_true", help="200 generated incidents, 1 round, printed and not written"
    )
    parser.add_argument("--servicebook", type=Path, help="measure this program, and do not install the checkout")
    options = parser.parse_args()
    if options.quick:
        options.tickets, options.incidents, options.rounds = [], 200, 1
    load = os.getloadavg()[0]
    program = peers.servicebook(options.servicebook, "site")
    repository = peers.BUILD / "book-published"
    shutil.rmtree(repository, ignore_errors=True)
    if options.tickets:
        seconds = imported(repository, program, options.tickets)
        until, origin = IMPORTED_UNTIL, f"real tickets, imported in {seconds:.1f} s"
    else:
        generate.repository(repository, options.incidents, options.incidents // 10 + 1)
        until, origin = GENERATED_UNTIL, "generated"
    count = len(peers.incident_files(repository))
    timed = contenders(repository, program, until, options.rounds)
    pages, size, same = published_twice(timed[0], repository / "build" / "site")
    say(f"{pages} pages, {size / 1e6:.1f} MB, the same twice: {same}")
    race(timed, OUTPUT)
    memory = timed[0].tree_mb
    required = [
        ("seconds, from nothing", f"≤ {REQUIRED_SECONDS}", f"{timed[0].median('wall'):.1f}"),
        ("MB of all processes", f"≤ {REQUIRED_MB}", "–" if memory is None else f"{memory:.0f}"),
        ("two runs from nothing are byte-identical", "yes", "yes" if same else "no"),
    ]
    parts = [
        f"{count} incidents ({origin}); {pages} pages, {size / 1e6:.1f} MB.",
        results.table(("", "required", "measured"), required),
        results.timings(timed),
    ]
    if options.quick:
        print("\n\n".join(parts))
    else:
        versions = {name: peers.version(program.parent, name) for name in ("mkdocs", "mkdocs-material")}
        results.write("Publishing", parts, versions, load)


if __name__ == "__main__":
    main()
