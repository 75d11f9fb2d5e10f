"""Other validators take our schemas as they are, and give the same verdict on every record.

ajv is what editors and most tools of the JavaScript world check with, Sourcemeta's CLI is written in C++, and
servicebook's own validator in Rust: three families that share no code.
"""

import json
import platform
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from building import CHECKOUT
from servicebook.kinds import Kind
from servicebook.source import load
from variants import KINDS, NAMES, example, variants

SCHEMAS = CHECKOUT / "schemas"
SYSTEMS = {"Linux": "linux", "Darwin": "darwin"}
MACHINES = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
VERDICT = re.compile(r"^(ok|fail): .* \(entry #([0-9]+)\)$", re.MULTILINE)


def corpus(kind: Kind) -> list[Any]:
    """The example, every variant of it, and the records of this book's own."""
    own = (CHECKOUT / "records" / kind.folder).rglob("*.yaml")
    return [example(kind), *(variant.data for variant in variants(kind)), *(load(p.read_bytes()) for p in sorted(own))]


@pytest.fixture(scope="module")
def records() -> dict[str, list[Any]]:
    return {name: corpus(kind) for name, kind in KINDS.items()}


@pytest.fixture(scope="module")
def ajv(peers: Path, records: dict[str, list[Any]]) -> dict[str, Any]:
    """What ajv says of each kind: `complaints` of strict mode, and `verdicts`."""
    kinds = {name: {"schema": dict(kind.schema), "records": records[name]} for name, kind in KINDS.items()}
    asked = json.dumps({"parts": dict(KINDS["incident"].parts), "kinds": kinds})
    script = Path(__file__).with_name("ajv.cjs")
    done = subprocess.run(["node", script, peers], input=asked, capture_output=True, text=True, check=True)
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def sourcemeta(peers: Path) -> Path:
    """The program of Sourcemeta's CLI for this machine."""
    program = f"jsonschema-{SYSTEMS.get(platform.system())}-{MACHINES.get(platform.machine())}"
    path = peers / "@sourcemeta/jsonschema/build/github-releases" / program
    if not path.exists():
        pytest.skip(f"Sourcemeta's CLI has no {program}")
    return path


def test_the_metaschema_takes_every_schema(sourcemeta: Path) -> None:
    files = [SCHEMAS / "parts.json", *sorted(SCHEMAS.glob("*.schema.json"))]
    done = subprocess.run([sourcemeta, "metaschema", *files, "--verbose"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count("ok: ") == len(files)


@pytest.mark.parametrize("name", NAMES)
def test_strict_mode_of_ajv_has_nothing_to_say(name: str, ajv: dict[str, Any]) -> None:
    assert ajv[name]["complaints"] == []


@pytest.mark.parametrize("name", NAMES)
def test_ajv_agrees_record_by_record(name: str, ajv: dict[str, Any], records: dict[str, list[Any]]) -> None:
    assert differing(name, records[name], ajv[name]["verdicts"]) == []


@pytest.mark.parametrize("name", NAMES)
def test_sourcemeta_agrees_record_by_record(
    name: str, sourcemeta: Path, records: dict[str, list[Any]], tmp_path: Path
) -> None:
    schema, parts, lines = (tmp_path / part for part in ("kind.json", "parts.json", "records.jsonl"))
    schema.write_text(json.dumps(dict(KINDS[name].schema)), encoding="utf-8")
    parts.write_text(json.dumps(dict(KINDS[name].parts)), encoding="utf-8")
    lines.write_text("".join(json.dumps(record) + "\n" for record in records[name]), encoding="utf-8")
    options = ("--resolve", parts, "--format-assertion", "--continue", "--fast", "--verbose")
    done = subprocess.run([sourcemeta, "validate", schema, lines, *options], capture_output=True, text=True)
    told = {int(number): word == "ok" for word, number in VERDICT.findall(done.stderr)}
    assert sorted(told) == list(range(1, len(records[name]) + 1)), done.stderr[-2000:]
    assert differing(name, records[name], [told[number] for number in sorted(told)]) == []


def test_the_corpus_has_both_sorts_of_every_kind(records: dict[str, list[Any]]) -> None:
    for name, kind in KINDS.items():
        verdicts = [kind.validator.is_valid(record) for record in records[name]]
        assert verdicts.count(True) >= 2, name
        assert verdicts.count(False) >= 10, name


def differing(name: str, judged: list[Any], verdicts: list[bool]) -> list[str]:
    """The records on which servicebook says otherwise."""
    assert len(verdicts) == len(judged)
    pairs = zip(judged, verdicts, strict=True)
    return [json.dumps(record)[:2000] for record, verdict in pairs if KINDS[name].validator.is_valid(record) != verdict]
