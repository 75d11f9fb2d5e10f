"""Books for tests of the pages: the schemas' own examples, and the same with hostile text in every field."""

import json
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from building import Book
from servicebook.kinds import PARTS, SUFFIX, shipped_schemas

Place = tuple[str, ...]
_HOLDERS = ("object", "array")

HIT = "window.hit=1"
HOSTILE = [
    f"<script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"![x](x){{onerror={HIT}}} {{#__config}} {{.md-search onclick={HIT}}}",
    f"[x](javascript:{HIT}) <javascript:{HIT}>",
    f"\"><svg onload={HIT}> ' autofocus onfocus={HIT} x='",
    f"</script><script>{HIT}</script></title><script>{HIT}</script>",
    "--8<-- '/etc/passwd' [[SVC-online-shop]] {{ 7*7 }} {% raw %} SERVICEBOOK-BODY SERVICEBOOK-HERE",
    f"</pre></details></table><iframe srcdoc='<script>parent.{HIT}</script>'>",
    f"&lt;img src=x onerror={HIT}&gt; <!-- ]]> <![CDATA[",
    "```\n~~~\n# heading\n=====\n\n    code <b>",
]
"""What a record may say, were it to be believed."""


FURTHER: dict[str, Any] = {
    "attachments": [{"path": "documents/a.txt", "sha256": 64 * "0", "title": ""}],
    "attachment": {"path": "documents/a.txt", "sha256": 64 * "0", "title": ""},
    "attributes": {"place": ""},
    "references": [{"system": "other", "type": "incident", "number": ""}],
    "security": {"type": "integrity", "impact": ""},
    "design": {"requirements": "", "acceptance_criteria": [""], "outcome": ""},
    "survey": {
        "population": 10,
        "sampled": 5,
        "responses": 2,
        "score": 4.5,
        "sample_rule": "",
        "question": "",
        "scale": "",
        "analysis": "",
    },
    "figures": [
        {
            "measure": "",
            "metric": "",
            "aggregate": "",
            "by": {"category": "", "book": ""},
            "period": {"from": "2026-01-01", "to": "2026-01-31"},
            "as_of": "2026-02-05T00:00:00Z",
            "value": 1,
            "unit": "",
        }
    ],
    "by": {"category": "", "book": ""},
    "categories": [""],
    "request_types": [""],
    "clock_stops": [{"code": "waiting-for-customer", "meaning": ""}],
}
"""By name, what the examples of the schemas leave out though it holds free text."""


def schemas() -> dict[str, dict[str, Any]]:
    texts = {name: text for name, text in shipped_schemas().items() if name.endswith(SUFFIX)}
    return {name.removesuffix(SUFFIX): json.loads(text) for name, text in texts.items()}


def write_examples(book: Book) -> None:
    """One record of each kind, as its schema shows it; and the service that they name."""
    for schema in schemas().values():
        write(book, schema["x-folder"], schema["examples"][0])


def filled(text: str, schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """The record that a schema shows, with `text` in every free text that there can be."""
    return dict(_with(text, schema, schema["examples"][0], schema, parts))


def parts_schema() -> dict[str, Any]:
    return dict(json.loads(shipped_schemas()[PARTS]))


def write_hostile(book: Book) -> dict[str, list[str]]:
    """For each kind and each hostile text a record that has it in every free text; the ids by folder."""
    parts = parts_schema()
    found: dict[str, list[str]] = {}
    for schema in schemas().values():
        for number, text in enumerate(HOSTILE):
            record = filled(text, schema, parts)
            record["id"] = f"{schema['x-prefix']}-20260101-h0{number:02}"
            record["x_own"] = {text[:60]: text}
            found.setdefault(schema["x-folder"], []).append(record["id"])
            write(book, schema["x-folder"], record)
    return found


def write(book: Book, folder: str, record: dict[str, Any]) -> Path:
    """A record; JSON is YAML too."""
    return book.write(f"records/{folder}/{record['id']}.yaml", json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _with(text: str, schema: Any, value: Any, root: Any, parts: Any) -> Any:
    """The value with `text` in each property that may hold any text, also in those that it leaves out."""
    schema, root = _resolved(schema, root, parts)
    if isinstance(value, dict):
        others = schema["additionalProperties"] if isinstance(schema.get("additionalProperties"), dict) else {}
        out = {
            name: _with(text, schema.get("properties", {}).get(name, others), inner, root, parts)
            for name, inner in value.items()
        }
        for name, inner in schema.get("properties", {}).items():
            if name not in out and name in FURTHER and _resolved(inner, root, parts)[0].get("type") in _HOLDERS:
                out[name] = _with(text, inner, FURTHER[name], root, parts)
            elif name not in out and _free(_resolved(inner, root, parts)[0]):
                out[name] = text
        return out
    if isinstance(value, list):
        return [_with(text, schema.get("items", {}), item, root, parts) for item in value]
    return text if isinstance(value, str) and _free(schema) else value


def free_texts(schema: Any, root: Any, parts: Any, place: Place = ()) -> Iterator[Place]:
    """The places of a schema that may hold any text: names, `*` for an item, `?` for a field of any name."""
    schema, root = _resolved(schema, root, parts)
    if _free(schema):
        yield place
    below = {**schema.get("properties", {}), "*": schema.get("items"), "?": schema.get("additionalProperties")}
    for name, inner in below.items():
        if isinstance(inner, dict):
            yield from free_texts(inner, root, parts, (*place, name))


def places_of(text: str, value: Any, place: Place = ()) -> Iterator[Place]:
    """Where a record has the text, `*` for each item of a list."""
    inner = value.items() if isinstance(value, dict) else (("*", item) for item in value)
    for name, below in inner:
        if isinstance(below, dict | list):
            yield from places_of(text, below, (*place, name))
        elif below == text:
            yield (*place, name)


def _resolved(schema: Any, root: Any, parts: Any) -> tuple[Any, Any]:
    while "$ref" in schema:
        base, _, pointer = schema["$ref"].partition("#/")
        root = parts if base else root
        there = reduce(getitem, pointer.split("/"), root)
        schema = {**there, **{name: value for name, value in schema.items() if name != "$ref"}}
    return schema, root


def _free(schema: Any) -> bool:
    return schema.get("type") == "string" and not {"pattern", "enum", "const", "format", "x-link"} & schema.keys()
