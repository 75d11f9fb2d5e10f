"""Validation side by side: servicebook, check-jsonschema, ajv-cli, Sourcemeta's CLI and `git status`.

    python -m bench.validate [--incidents 10000] [--changed 50] [--rounds 5] [--slow-rounds 3] [--quick]

All on the same files and the same schema (bundled into one file for the peers; servicebook reads the
book's own). The peers check the incidents alone; servicebook checks the whole book and all its rules.
"""

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench import faults, generate, peers, results
from bench.measure import Contender, environment, race, run, say

CACHE = ".git/servicebook"
OUTPUT = peers.BUILD / "output.txt"


class Corpus:
    """The repository that is validated, and the states that a run may find it in."""

    def __init__(self, repository: Path, validate: Sequence[str], changed: int) -> None:
        self.repository = repository
        self.validate = validate
        files = peers.incident_files(repository)
        self.changed = files[:: max(1, len(files) // changed)][:changed]
        self.times_changed = 0

    def cold(self) -> None:
        """As checked out, and nothing remembered."""
        self.settle()
        shutil.rmtree(self.repository / CACHE, ignore_errors=True)

    def warm(self) -> None:
        """As checked out, and validated before."""
        self.settle()
        subprocess.run(self.validate, cwd=self.repository, env=environment(), check=True, capture_output=True)

    def settle(self) -> None:
        """As checked out; git has looked at every file since, so that it need not look again."""
        for arguments in (("checkout", "--quiet", "--", "."), ("status", "--short")):
            subprocess.run(["git", *arguments], cwd=self.repository, check=True, capture_output=True)

    def edited(self) -> None:
        """Validated before; since then some files were given contents that nobody has seen."""
        self.warm()
        self.times_changed += 1
        for file in self.changed:
            with (self.repository / file).open("a", encoding="utf-8") as record:
                record.write(f"x_measured: {self.times_changed}\n")


def contenders(corpus: Corpus, schema: Path, tools: list[peers.Tool], options: argparse.Namespace) -> list[Contender]:
    """Everything that is timed, in the order of a round."""
    here, ours, some = corpus.repository, list(corpus.validate), corpus.changed
    every = [Contender("servicebook, cold", ours, here, corpus.cold, options.rounds)]
    for tool in tools:
        rounds = options.slow_rounds if tool.name == "check-jsonschema" else options.rounds
        every.append(Contender(f"{tool.name}, all", tool.command(schema, here), here, corpus.settle, rounds))
    every.append(Contender("git status", ["git", "status", "--porcelain"], here, corpus.settle, 3 * options.rounds))
    every.append(Contender("servicebook, nothing changed", ours, here, corpus.warm, 3 * options.rounds))
    every.append(Contender(f"servicebook, {len(some)} changed", ours, here, corpus.edited, options.rounds))
    for tool in tools:
        command = tool.command(schema, here, some)
        every.append(
            Contender(f"{tool.name}, on those {len(some)} alone", command, here, corpus.edited, options.rounds)
        )
    return every


def comparison(timed: list[Contender], changed: int) -> str:
    """What was required, and what came out: ratios of medians, the extremes of single rounds in brackets."""
    by_name = {one.name: one for one in timed}
    rows = []

    def ratio(what: str, peer: str, own: str, required: str, measure: str = "wall") -> None:
        if peer in by_name and own in by_name:
            theirs, ours = by_name[peer], by_name[own]
            pairs = [getattr(a, measure) / getattr(b, measure) for a, b in zip(theirs.runs, ours.runs, strict=False)]
            value = theirs.median(measure) / ours.median(measure)
            rows.append((what, required, f"{value:.2f} ({min(pairs):.2f}–{max(pairs):.2f})"))

    cold, warm, some = "servicebook, cold", "servicebook, nothing changed", f"servicebook, {changed} changed"
    ratio("all, cold: check-jsonschema ÷ servicebook", "check-jsonschema, all", cold, "≥ 60")
    ratio("all, cold: ajv-cli ÷ servicebook", "ajv-cli, all", cold, "≥ 1")
    ratio("all, cold: Sourcemeta ÷ servicebook", "sourcemeta jsonschema, all", cold, "≥ 1")
    peer = by_name.get("sourcemeta jsonschema, all")
    if peer and peer.tree_mb and (own := by_name[cold].tree_mb):
        rows.append(("memory of all processes: Sourcemeta ÷ servicebook", "≥ 5", f"{peer.tree_mb / own:.2f}"))
    ratio("memory of the largest process: Sourcemeta ÷ servicebook", peer.name if peer else "", cold, "", "largest_mb")
    ratio("nothing changed: servicebook ÷ git status", warm, "git status", "≤ 3")
    alone = f"check-jsonschema, on those {changed} alone"
    ratio(f"{changed} changed: check-jsonschema on those alone ÷ servicebook on all", alone, some, "≥ 3")
    return results.table(("", "required", "measured"), rows)


def blindness(answers: dict[str, dict[str, str]]) -> str:
    """Which tool finds what, as a table."""
    names = list(next(iter(answers.values())))
    rows = [(fault, *(found[name] for name in names)) for fault, found in answers.items()]
    return results.table(("one record in which…", *names), rows)


def everyone_reads_all(timed: list[Contender], corpus: Corpus) -> None:
    """With one broken record in the middle of the corpus, no tool that was asked for all may call it clean."""
    files = peers.incident_files(corpus.repository)
    victim = corpus.repository / files[len(files) // 2]
    for one in timed:
        if one.name.endswith((", all", ", cold")):
            one.prepare()
            victim.write_text(victim.read_text("utf-8").replace("\nimpact: ", "\nimpact: un"), "utf-8")
            done = run(one.command, one.folder, OUTPUT)
            if done.exit_code == 0 or victim.stem not in done.output:
                raise SystemExit(f"{one.name} did not find the broken record {victim.name}:\n{done.output[-2000:]}")
            say(f"{one.name} finds the broken record, in {done.wall:.2f} s")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure validation against other tools.")
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--changed", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow-rounds", type=int, default=3, help="rounds of check-jsonschema, which takes a minute")
    parser.add_argument("--quick", action="store_true", help="300 incidents, 3 rounds, printed and not written")
    parser.add_argument("--servicebook", type=Path, help="measure this program, and do not install the checkout")
    options = parser.parse_args()
    if options.quick:
        options.incidents, options.rounds, options.slow_rounds = 300, 3, 2
    return options


def main() -> None:
    """Install, prove that all look, time them, write the tables."""
    options = arguments()
    load = os.getloadavg()[0]
    program = peers.servicebook(options.servicebook)
    tools = peers.validators()
    schema = peers.bundled_schema()
    ours = (str(program), "validate")
    small, large = peers.BUILD / "book-small", peers.BUILD / f"book-{options.incidents}"
    for repository, count, commits in ((small, 20, 5), (large, options.incidents, options.incidents // 10 + 1)):
        shutil.rmtree(repository, ignore_errors=True)
        generate.repository(repository, count, commits)
    looking: dict[str, faults.Command] = {"servicebook": lambda _: ours}
    looking |= {tool.name: partial(tool.command, schema) for tool in tools}
    answers = faults.found_by(looking, small, OUTPUT)
    corpus = Corpus(large, ours, options.changed)
    timed = contenders(corpus, schema, tools, options)
    time.sleep(1.1)  # git trusts no file that is as young as its index
    everyone_reads_all(timed, corpus)
    race(timed, OUTPUT)
    corpus.settle()
    parts = [
        f"{options.incidents} incidents, {lines_of(large)}.",
        comparison(timed, options.changed),
        results.timings(timed),
        blindness(answers),
    ]
    versions = {tool.name: tool.version for tool in tools}
    if options.quick:
        print("\n\n".join(parts))
    else:
        results.write("Validation", parts, versions, load)


def lines_of(repository: Path) -> str:
    """How long the records are."""
    texts = [(repository / file).read_bytes() for file in peers.incident_files(repository)]
    lines = sorted(text.count(b"\n") for text in texts)
    size = sum(len(text) for text in texts)
    low, middle, high = (lines[int(len(lines) * part)] for part in (0.05, 0.5, 0.95))
    return f"{middle} lines each (nine in ten: {low} to {high}), {size / 1e6:.1f} MB in all"


if __name__ == "__main__":
    main()
