"""Plain data as YAML in the layout that a person would write: block style, text quoted only where it must be.

Written for the benchmarks alone, so that the corpus is the same whatever version of the tool is measured.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

# Letters first, nothing that YAML or a YAML 1.1 reader could take for something else than this text.
PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff ,.;()%/-]*[A-Za-z0-9\u4e00-\u9fff.%)]")
NOT_TEXT = {"yes", "no", "on", "off", "true", "false", "null"}


def document(data: dict[str, Any], first_line: str) -> str:
    """The whole file; `first_line` is a comment without its `# `."""
    return "\n".join([f"# {first_line}", *_mapping(data, "")]) + "\n"


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        match value:
            case dict():
                yield f"{indent}{key}:"
                yield from _mapping(value, indent + "  ")
            case list():
                yield f"{indent}{key}:"
                for item in value:
                    first, *rest = _mapping(item, indent + "    ") if isinstance(item, dict) else [_scalar(item)]
                    yield f"{indent}  - {first.lstrip()}"
                    yield from rest
            case str() if value.endswith("\n"):
                yield f"{indent}{key}: |"
                yield from (f"{indent}  {line}" for line in value.splitlines())
            case _:
                yield f"{indent}{key}: {_scalar(value)}"


def _scalar(value: str | int | float | bool) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if PLAIN.fullmatch(value) and value.lower() not in NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)
