"""RESULTS.md: one section a benchmark, each with the machine that it was measured on."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import Contender, say

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "bench" / "RESULTS.md"
HEADING = """\
# What was measured

Written by `python -m bench` and by nothing else. Compare within one table only: each was taken in one
run, every contender once in every round. Seconds are medians of whole processes, start-up included.
The largest process is what the kernel reports at its end, never less than the benchmark's own 17 MB;
all processes together were watched in a run of their own, shared pages counted once.
"""
ORDER = ("Validation", "Readers of YAML", "Start-up", "Publishing", "Metrics")


def write(title: str, parts: Sequence[str], versions: dict[str, str], load: float) -> None:
    """Put a section in the place of the one with the same title; the others stay."""
    sections = _sections(FILE.read_text("utf-8")) if FILE.exists() else {}
    sections[title] = "\n\n".join([f"## {title}", machine(versions, load), *parts]) + "\n"
    FILE.write_text("\n".join([HEADING, *(sections[name] for name in ORDER if name in sections)]), "utf-8")
    say(f"wrote {FILE.relative_to(ROOT)}: {title}")


def machine(versions: dict[str, str], load: float) -> str:
    """Where, when and what: a paragraph."""
    measured = f"Measured {datetime.now(UTC):%Y-%m-%d} at commit {_commit()}, load {load:.2f} when it began"
    hardware = f"{os.cpu_count()} cores of {_processor()}, {_memory()} GB"
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"{measured}. {hardware}; {_system()}, Linux {platform.release()}; {named}."


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    lines.insert(1, "| --- |" + " ---: |" * (len(head) - 1))
    return "\n".join(lines)


def timings(contenders: Sequence[Contender]) -> str:
    """The usual table of a race."""
    head = ("", "seconds", "fastest", "CPU seconds", "largest process MB", "all processes MB", "rounds")
    rows = [
        (
            one.name,
            seconds(one.median("wall")),
            seconds(min(run.wall for run in one.runs)),
            seconds(one.median("cpu")),
            f"{one.median('largest_mb'):.0f}",
            "–" if one.tree_mb is None else f"{one.tree_mb:.0f}",
            str(len(one.runs)),
        )
        for one in contenders
    ]
    return table(head, rows)


def seconds(value: float) -> str:
    """Three significant digits or so."""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.rstrip("\n") + "\n" for part in parts}


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--", "toolkit", "schemas", "bench", ":!bench/RESULTS.md")
    return git("rev-parse", "--short=12", "HEAD") + (" with uncommitted changes" if changed else "")


def _processor() -> str:
    try:
        names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.0f}"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
