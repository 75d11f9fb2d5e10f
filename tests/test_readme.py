"""The five minutes of README.md, followed literally: every command is run, and prints what is shown."""

import os
import re
import subprocess
import sys
from pathlib import Path

from building import AUTHOR, CHECKOUT, FIRST_COMMIT
from documents import Command, steps

# An upgrade of the time-zone data must not need a new README.
TZDATA = re.compile(r"(?<=time-zone data )[\d.]+\d")


def test_the_tour_prints_what_the_readme_shows(tmp_path: Path) -> None:
    environment = os.environ | AUTHOR | {"GIT_AUTHOR_DATE": FIRST_COMMIT, "GIT_COMMITTER_DATE": FIRST_COMMIT}
    environment["PYTHONPATH"] = str(CHECKOUT / "toolkit")
    # Under its own name, whether or not the environment of the tests has it on the path.
    servicebook = f'servicebook() {{ "{sys.executable}" -m servicebook "$@"; }}\n'
    here = tmp_path
    for step in steps(CHECKOUT / "README.md"):
        if not isinstance(step, Command):
            path, text = step
            assert (here / path).is_file(), f"{path} is edited, so it must be there"
            (here / path).write_text(text, encoding="utf-8")
        elif step.line.startswith("cd "):
            here /= step.line.removeprefix("cd ")
        else:
            done = subprocess.run(
                ["/bin/sh", "-c", servicebook + step.line],
                cwd=here,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
            )
            assert plain(done.stdout) == plain(step.output), step.line


def plain(output: str) -> str:
    """The output as far as a document shows it: without spaces at line ends and blank lines at its end."""
    return TZDATA.sub("…", "\n".join(line.rstrip() for line in output.rstrip().splitlines()))
