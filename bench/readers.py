"""Readers of YAML side by side in one process. Run by `bench.parse`, inside an environment that has them.

Prints JSON: for each reader that is installed, its microseconds a record round by round, whether it gives
the same data as `servicebook.source.load`, and what it makes of texts that are easily read wrongly.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from typing import Any

Reader = Callable[[bytes], Any]

# None of them can hang or kill a reader: those that can are in the hostile corpus of the tests.
TRICKY = {
    "`no`": b"a: no\n",
    "`010`": b"a: 010\n",
    "`12:30:45`": b"a: 12:30:45\n",
    "`2024-02-28`": b"a: 2024-02-28\n",
    "a field twice": b"a: 1\na: 2\n",
    "two documents": b"a: 1\n---\na: 2\n",
    "after a NUL": b"a: 1\n# \x00\nb: 2\n",
    "an alias": b"a: &x [1]\nb: *x\n",
}


def readers() -> dict[str, tuple[str, Reader]]:
    """Name in the table → version, reader. What is not installed is left out."""
    makers: dict[str, tuple[str, Callable[[], Reader]]] = {
        "servicebook.source": ("servicebook", _servicebook),
        "PyYAML, CSafeLoader": ("PyYAML", lambda: _pyyaml("CSafeLoader")),
        "PyYAML, SafeLoader": ("PyYAML", lambda: _pyyaml("SafeLoader")),
        "ruamel.yaml, safe, pure": ("ruamel.yaml", lambda: _ruamel("safe")),
        "ruamel.yaml, round trip": ("ruamel.yaml", lambda: _ruamel("rt")),
        "ryaml (Rust)": ("ryaml", lambda: _of_text("ryaml", "loads")),
        "py-yaml12 (Rust)": ("py-yaml12", lambda: _of_text("yaml12", "parse_yaml")),
        "yaml-rs (Rust)": ("yaml-rs", _yaml_rs),
        "rapidyaml (C++) to JSON": ("rapidyaml", _rapidyaml),
    }
    found: dict[str, tuple[str, Reader]] = {}
    for name, (package, make) in makers.items():
        try:
            found[name] = (version(package), make())
        except (ImportError, PackageNotFoundError, AttributeError) as error:
            sys.stderr.write(f"left out: {name} ({error})\n")
    return found


def _servicebook() -> Reader:
    reader: Reader = import_module("servicebook.source").load
    return reader


def _pyyaml(loader: str) -> Reader:
    yaml = import_module("yaml")
    chosen = getattr(yaml, loader)
    return lambda data: yaml.load(data, Loader=chosen)


def _ruamel(kind: str) -> Reader:
    yaml = import_module("ruamel.yaml").YAML(typ=kind, pure=True)
    return lambda data: yaml.load(BytesIO(data))


def _of_text(module: str, function: str) -> Reader:
    read = getattr(import_module(module), function)
    return lambda data: read(data.decode("utf-8"))


def _yaml_rs() -> Reader:
    loads = import_module("yaml_rs").loads  # it makes dates of quoted text, unless told otherwise
    return lambda data: loads(data.decode("utf-8"), parse_datetime=False)


def _rapidyaml() -> Reader:
    ryml = import_module("ryml")
    return lambda data: json.loads(ryml.emit_json(ryml.parse_in_arena(data)))


def measure(records: list[bytes], rounds: int, share_of_slow: float) -> dict[str, Any]:
    """Round-robin over the readers; one that needs more than a millisecond a record reads a share of them."""
    chosen = readers()
    expected = [chosen["servicebook.source"][1](record) for record in records]
    slow: dict[str, bool] = {}
    answers: dict[str, Any] = {}
    for name, (installed, read) in chosen.items():
        begin = time.perf_counter()
        same = all(read(record) == right for record, right in zip(records[:50], expected, strict=False))
        slow[name] = time.perf_counter() - begin > 0.05
        tricky = {what: _told(read, text) for what, text in TRICKY.items()}
        answers[name] = {"version": installed, "same": same, "tricky": tricky, "microseconds": []}
    gc.disable()
    for _ in range(rounds):
        for name, (_, read) in chosen.items():
            sample = records[: int(len(records) * share_of_slow)] if slow[name] else records
            begin = time.perf_counter()
            for record in sample:
                read(record)
            answers[name]["microseconds"].append((time.perf_counter() - begin) / len(sample) * 1e6)
            gc.collect()
    return answers


def _told(read: Reader, text: bytes) -> str:
    """What the reader makes of it, in a few characters."""
    try:
        value = read(text)
    except Exception:  # noqa: BLE001 - each library has its own, and any of them is a refusal
        return "refused"
    if len(value) == 1 and text.count(b"\n") == 1:
        (only,) = value.values()
        return f"`{only!r}`" if isinstance(only, (str, int, float, bool)) else type(only).__name__
    return "read"


if __name__ == "__main__":
    folder, count, number = sys.argv[1:]
    files = sorted(Path(folder).glob("records/incidents/**/*.yaml"))
    step = max(1, len(files) // int(count))
    texts = [file.read_bytes() for file in files[::step]]
    print(json.dumps(measure(texts, int(number), 0.2)))
