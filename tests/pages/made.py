"""Books for tests of the pages: the schemas' own examples, and the same with hostile text in every field."""

import json
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from building import CHECKOUT, Book
from servicebook.kinds import SUFFIX, shipped_schemas

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


def schemas() -> dict[str, dict[str, Any]]:
    texts = {name: text for name, text in shipped_schemas().items() if name.endswith(SUFFIX)}
    return {name.removesuffix(SUFFIX): json.loads(text) for name, text in texts.items()}


def write_examples(book: Book) -> None:
    """One record of each kind, as its schema shows it; and the service that they name."""
    for schema in schemas().values():
        write(book, schema["x-folder"], schema["examples"][0])


def write_hostile(book: Book) -> dict[str, list[str]]:
    """For each kind and each hostile text a record that has it in every free text; the ids by folder."""
    parts = json.loads((CHECKOUT / "schemas" / "parts.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for schema in schemas().values():
        for number, text in enumerate(HOSTILE):
            record = _with(text, schema, schema["examples"][0], schema, parts)
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
        out = {
            name: _with(text, schema.get("properties", {}).get(name, {}), inner, root, parts)
            for name, inner in value.items()
        }
        for name, inner in schema.get("properties", {}).items():
            if name not in out and _free(_resolved(inner, root, parts)[0]):
                out[name] = text
        return out
    if isinstance(value, list):
        return [_with(text, schema.get("items", {}), item, root, parts) for item in value]
    return text if isinstance(value, str) and _free(schema) else value


def _resolved(schema: Any, root: Any, parts: Any) -> tuple[Any, Any]:
    while "$ref" in schema:
        base, _, pointer = schema["$ref"].partition("#/")
        root = parts if base else root
        there = reduce(getitem, pointer.split("/"), root)
        schema = {**there, **{name: value for name, value in schema.items() if name != "$ref"}}
    return schema, root


def _free(schema: Any) -> bool:
    return schema.get("type") == "string" and not {"pattern", "enum", "const", "format", "x-link"} & schema.keys()
