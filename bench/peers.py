"""The tools that servicebook is measured against, installed in their newest release under `build/bench`.

Each lives in an environment of its own, so that none loads what another brought along.
"""

import json
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import environment, say
from bench.results import ROOT

BUILD = ROOT / "build" / "bench"
NODE_PACKAGES = ("ajv-cli@5", "ajv-formats@3")


@dataclass(frozen=True)
class Tool:
    """A validator: its name in the tables and its version, and how it is asked to check records."""

    name: str
    version: str
    start: tuple[str, ...]
    everything: str = ""  # what stands for all incidents: a folder or a pattern; empty: each file by its name
    before_each: tuple[str, ...] = ()

    def command(self, schema: Path, repository: Path, files: list[str] | None = None) -> list[str]:
        """Check all incidents of the repository, in whose folder it is to be run, or only `files`."""
        if files is None:
            files = [self.everything] if self.everything else incident_files(repository)
        begin = [part.replace("SCHEMA", str(schema)) for part in self.start]
        return begin + [part for file in files for part in (*self.before_each, file)]


def incident_files(repository: Path) -> list[str]:
    """Paths relative to the repository, sorted."""
    return sorted(str(file.relative_to(repository)) for file in repository.glob("records/incidents/**/*.yaml"))


def environment_of(name: str, *packages: str) -> Path:
    """A Python environment with these packages; returns its folder of programs."""
    folder = BUILD / f"venv-{name}"
    programs = folder / ("Scripts" if platform.system() == "Windows" else "bin")
    if not (folder / "complete").exists():
        say(f"installing {', '.join(packages)}")
        _quietly([sys.executable, "-m", "venv", "--clear", str(folder)])
        _quietly([str(programs / "python"), "-m", "pip", "install", "--quiet", *packages])
        (folder / "complete").touch()
    return programs


def servicebook(given: Path | None = None, extra: str = "") -> Path:
    """The program as a user would have it: this checkout, built and installed, byte code and all; or a `given` one."""
    if given is not None:
        return given.resolve()
    what = f"{ROOT}[{extra}]" if extra else str(ROOT)
    try:
        programs = environment_of(f"servicebook-{extra}" if extra else "servicebook", what)
        again = ("-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", str(ROOT))
        _quietly([str(programs / "python"), *again])
    except subprocess.CalledProcessError:
        raise SystemExit("This checkout cannot be installed: pip says why above.") from None
    return programs / "servicebook"


def validators() -> list[Tool]:
    """All that could be installed; the others are named on standard error."""
    found = []
    for install in (check_jsonschema, ajv, sourcemeta):
        try:
            found.append(install())
        except (OSError, subprocess.CalledProcessError) as error:
            say(f"left out: {install.__name__} ({error})")
    return found


def check_jsonschema() -> Tool:
    """The validator of pre-commit and of many CI pipelines: Python, jsonschema, ruamel.yaml."""
    programs = environment_of("check-jsonschema", "check-jsonschema")
    start = (str(programs / "check-jsonschema"), "--schemafile", "SCHEMA")
    return Tool("check-jsonschema", version(programs, "check-jsonschema"), start)


def ajv() -> Tool:
    """JavaScript; the schema is compiled to code. Started without npx, which would only cost time."""
    folder = BUILD / "node"
    if not (folder / "complete").exists():
        npm = shutil.which("npm")
        if npm is None:
            raise FileNotFoundError("npm is not on this machine")
        say(f"installing {', '.join(NODE_PACKAGES)}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        _quietly([npm, "install", "--silent", "--no-audit", "--no-fund", *NODE_PACKAGES], folder)
        (folder / "complete").touch()
    modules = folder / "node_modules"
    start = (
        *(shutil.which("node") or "node", str(modules / "ajv-cli" / "dist" / "index.js"), "validate"),
        *("--spec=draft2020", "--strict=false", "-c", str(modules / "ajv-formats" / "dist" / "index.js")),
        *("-s", "SCHEMA"),
    )
    versions = [json.loads((modules / name / "package.json").read_text())["version"] for name in ("ajv-cli", "ajv")]
    return Tool("ajv-cli", f"{versions[0]} (ajv {versions[1]})", start, "records/incidents/**/*.yaml", ("-d",))


def sourcemeta() -> Tool:
    """C++; the binary is started without the Python wrapper that the package puts before it."""
    programs = environment_of("sourcemeta", "sourcemeta-jsonschema")
    machine = {"AMD64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    pattern = f"lib/python*/site-packages/sourcemeta_jsonschema/jsonschema-{platform.system().lower()}-{machine}"
    binary = next(programs.parent.glob(pattern), programs / "jsonschema")
    start = (str(binary), "validate", "SCHEMA", "--fast", "--format-assertion", "--extension", ".yaml")
    return Tool("sourcemeta jsonschema", version(programs, "sourcemeta-jsonschema"), start, "records/incidents")


def bundled_schema() -> Path:
    """The incident schema in one file, for tools that each have another way to be told of a second one."""
    schema = json.loads((ROOT / "schemas" / "incident.schema.json").read_text("utf-8"))
    parts = json.loads((ROOT / "schemas" / "parts.json").read_text("utf-8"))["$defs"]
    shared = {f"part-{name}": _referring(part, "#/$defs/", "#/$defs/part-") for name, part in parts.items()}
    schema = _referring(schema, "parts.json#/$defs/", "#/$defs/part-")
    schema["$defs"] = schema.get("$defs", {}) | shared
    target = BUILD / "incident.bundled.schema.json"
    target.write_text(json.dumps(schema, ensure_ascii=False, indent=1), "utf-8")
    return target


def version(programs: Path, package: str) -> str:
    """What `pip` says is installed there."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.check_output([str(programs / "python"), "-c", code], text=True, env=environment()).strip()


def _referring(part: Any, old: str, new: str) -> Any:
    """A copy of the schema in which every `$ref` that begins with `old` begins with `new`."""
    match part:
        case dict():
            return {
                key: new + value.removeprefix(old)
                if key == "$ref" and isinstance(value, str) and value.startswith(old)
                else _referring(value, old, new)
                for key, value in part.items()
            }
        case list():
            return [_referring(item, old, new) for item in part]
        case _:
            return part


def _quietly(command: list[str], folder: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode:
        say(done.stdout[-2000:] + done.stderr[-2000:])
        done.check_returncode()
