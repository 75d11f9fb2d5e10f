"""What the files around the code promise: no address of an index, no path of a machine, forms that stay true."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from building import CHECKOUT
from servicebook import registry

# Spelled in two halves, so that this file does not hold what it looks for.
INDEX_HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com"]
MACHINE_PATH = re.compile(r"(?<![\w.$}*])/(?:ro" + r"ot|wo" + r"rk|op" + r"t|ho" + r"me/\w+|Us" + r"ers/\w+)/\w")
WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))


def tracked_texts() -> list[tuple[str, str]]:
    """Every tracked file that is text, with its path."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout, so nobody can say which files belong to it")
    texts = []
    for path in filter(None, done.stdout.split("\0")):
        file = CHECKOUT / path
        if file.is_file():
            data = file.read_bytes()
            if b"\0" not in data:
                texts.append((path, data.decode("utf-8", "replace")))
    return texts


def test_no_file_names_a_package_index() -> None:
    found = [(path, host) for path, text in tracked_texts() for host in INDEX_HOSTS if host in text]
    assert found == []


def test_no_file_names_a_path_of_a_machine() -> None:
    found = [(path, match.group()) for path, text in tracked_texts() for match in MACHINE_PATH.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["site", "dev", "lock"])
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    lock = (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in lock.splitlines() if line and not line.startswith("#")]
    assert lines
    assert [line for line in lines if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


@pytest.mark.parametrize("name", ["site", "dev"])
def test_the_lock_is_no_older_than_what_it_locks(name: str) -> None:
    """After a change of dependencies: make lock."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["project"]["optional-dependencies"][name]
    lock = (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock, re.MULTILINE))
    for requirement in map(Requirement, wanted):
        if requirement.name != project["project"]["name"]:
            assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_pinned_and_hold_no_right_by_default(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    uses = re.findall(r"uses: (.+)", text)
    assert uses
    assert [line for line in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[0-9.]+", line)] == []
    content = YAML(typ="safe").load(text)
    assert content["permissions"] == {}
    assert set(content["on"]) <= {"pull_request", "push"}
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_editors_know_the_schema_of_every_kind() -> None:
    """An editor that reads .vscode/settings.json completes and checks a record as validate does."""
    schemas = {}
    for path in sorted((CHECKOUT / "schemas").glob("*.schema.json")):
        folder = json.loads(path.read_text(encoding="utf-8"))["x-folder"]
        schemas[f"./schemas/{path.name}"] = [f"records/{folder}/**/*.yaml"]
    settings = json.loads((CHECKOUT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == schemas


def test_every_module_is_short_enough_to_be_read() -> None:
    modules = (CHECKOUT / "toolkit").rglob("*.py")
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_every_guarded_path_exists() -> None:
    lines = (CHECKOUT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    paths = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert [path for path in paths if path != "*" and not (CHECKOUT / path.strip("/")).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_links_between_the_documents_lead_somewhere(name: str) -> None:
    document = (CHECKOUT / name).read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", document)]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (CHECKOUT / target).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_documents_name_only_commands_that_exist(name: str) -> None:
    document = (CHECKOUT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^\$ |`)servicebook ([a-z]+)", document, re.MULTILINE))
    assert sorted(named - set(registry.module_names("commands"))) == []


def test_the_changelog_names_every_command() -> None:
    document = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in registry.module_names("commands") if f"`{name}" not in document] == []
