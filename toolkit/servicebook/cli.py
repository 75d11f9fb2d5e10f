"""The command line: gathers the commands, and turns problems into messages and exit codes.

0 clean, 1 findings, 2 misuse, 3 the tool failed.
"""

import os
import sys
from pathlib import Path

import click

from servicebook import __version__, registry
from servicebook.errors import Problem
from servicebook.finding import inert_line

ORDER = (
    "init", "new", "list", "show", "import", "claims", "validate", "coverage", "metrics", "trends", "foresight",
    "facts", "report", "explain", "publish", "serve", "kinds", "rules",
)  # fmt: skip


class Commands(click.Group):
    """The commands of the folder commands/, each loaded when it is asked for; in the order of a day's work."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        names = registry.module_names("commands")
        return sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The command of that name; misuse with a suggestion where there is none."""
        if cmd_name not in registry.module_names("commands"):
            from difflib import get_close_matches

            near = get_close_matches(cmd_name, self.list_commands(ctx), 1)
            ctx.fail(f"There is no command “{cmd_name}”." + (f" Did you mean {near[0]}?" if near else ""))
        command: click.Command = registry.module("commands", cmd_name).command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="servicebook", prog_name="servicebook")
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The book's folder, if not this one or one above it.",
)
@click.pass_context
def cli(ctx: click.Context, directory: Path | None) -> None:
    """A git repository as the service book of an IT organisation.

    Incidents, agreements and minutes are YAML files, changed by pull request. servicebook checks them,
    measures them, and publishes a site on which every number can be traced to its records.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if directory is not None and not directory.is_dir():
        raise Problem(f"There is no folder {directory}.", "Name the folder that holds records/ and servicebook.toml.")
    ctx.obj = directory


def main() -> None:
    """The entry point `servicebook`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    try:
        code = cli.main(arguments, prog_name="servicebook", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except Problem as problem:
        click.echo(f"servicebook: {inert_line(problem.message)}", err=True)
        if problem.hint:
            click.echo(f"    → {inert_line(problem.hint)}", err=True)
        return problem.exit_code
    except click.ClickException as misuse:
        misuse.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except Exception:  # noqa: BLE001 — whatever it is, the user gets a report and not a bare traceback
        click.echo(_report(arguments), err=True)
        return 3


def _report(arguments: list[str]) -> str:
    import platform
    import traceback

    return "\n".join((
        "servicebook failed. This is a defect of the tool, not of your records. Please report it with these lines:",
        f"  servicebook {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"  arguments: {arguments}",
        traceback.format_exc(),
    ))  # fmt: skip
