"""A record does not have the form that its kind's schema defines.

The schema of a kind says which fields there are, which must be there and what they may hold. A record
that differs cannot be measured or compared. Each difference is reported at its line; the fields of a
team's own begin with `x_`.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: very
live_from: 2024-01-01
```

## Right

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

from collections.abc import Iterator
from typing import Any

from servicebook.finding import Finding, inert_line, quote
from servicebook.record import Record
from servicebook.rules.naive_time import is_naive
from servicebook.rules.record_of_another_version import is_of_another_version
from servicebook.source import Pointer

REGARDLESS = True
SUPPRESSIBLE = False

MOST = 20  # more findings on one record help nobody

_TYPES = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "object": "a mapping of fields", "array": "a list", "null": "empty",
}  # fmt: skip


def check_record(record: Record) -> Iterator[Finding]:
    if record.valid or is_of_another_version(record):
        return
    seen: set[Pointer] = set()
    left = False
    for error in record.kind.validator.iter_errors(record.data):
        pointer = tuple(error.instance_path)
        if is_naive(error):
            left = True
            continue  # the rule naive-time says it better
        for place, message, hint in _sentences(record, pointer, error):
            if place in seen:
                continue  # one place, one finding: a bad date fails its pattern and its format
            seen.add(place)
            yield record.finding(place, message, hint)
            if len(seen) == MOST:
                return
    if not seen and not left:  # what is refused is missing from every number, so it never goes unsaid
        yield record.finding((), "The record does not have the form of its kind.", "See servicebook kinds.")


def _sentences(record: Record, pointer: Pointer, error: Any) -> Iterator[tuple[Pointer, str, str]]:
    """(where, message, hint) of one error of the validator; several for several unknown fields."""
    from difflib import get_close_matches

    kind, schema = error.kind, record.kind.property(pointer)
    name, value = str(pointer[-1]) if pointer else "The record", error.instance
    if pointer and isinstance(pointer[-1], int):
        name = f"Item {pointer[-1] + 1} of {pointer[-2]}" if len(pointer) > 1 else f"Item {pointer[-1] + 1}"
    match kind.name:
        case "required":
            missing = inert_line(str(kind.property))
            yield (
                (*pointer, kind.property),
                f"{inert_line(name)} has no field {missing}.",
                _describe(record.kind.child(schema, kind.property), f"Add {missing}."),
            )
        case "additionalProperties":
            known = list(schema.get("properties", {}))
            for unexpected in kind.unexpected:
                near = get_close_matches(unexpected, known, 1)
                own = "" if pointer or record.kind.source == "overlay" else " Fields of your own begin with x_."
                hint = f"Did you mean {near[0]}?" if near else f"Fields here: {', '.join(known)}.{own}"
                yield (*pointer, unexpected), f"The field {quote(unexpected)} is unknown here.", hint
        case "enum":
            options = [str(option) for option in kind.options]
            near = get_close_matches(str(value), options, 1)
            yield (
                pointer,
                f"{inert_line(name)} is {quote(value)}, which is none of {', '.join(options)}.",
                f"Did you mean {near[0]}?" if near else "Choose one of them.",
            )
        case "type":
            wanted = schema.get("type", "another type")
            wanted = " or ".join(_TYPES.get(t, t) for t in ([wanted] if isinstance(wanted, str) else wanted))
            hint = (
                "Put it in quotation marks."
                if wanted == "text" and isinstance(value, int | float)
                else _describe(schema, f"Write {wanted}.")
            )
            shown = (
                "empty"
                if value is None
                else "a mapping"
                if isinstance(value, dict)
                else "a list"
                if isinstance(value, list)
                else quote(value)
            )
            yield pointer, f"{inert_line(name)} is {shown}, not {wanted}.", hint
        case "format":
            yield (
                pointer,
                f"{inert_line(name)} is {quote(value)}, and there is no such {kind.format.replace('-', ' and ')}.",
                "Correct it.",
            )
        case "pattern":
            yield (
                pointer,
                f"{inert_line(name)} is {quote(value)}, which does not have the form it must have.",
                _describe(schema, f"The form is {inert_line(kind.pattern)}."),
            )
        case "const":
            yield (
                pointer,
                f"{inert_line(name)} is {quote(value)}; it must be {quote(kind.expected_value)}.",
                "Correct the value.",
            )
        case "uniqueItems":
            yield pointer, f"{inert_line(name)} names something twice.", "Remove the repetition."
        case "minLength" | "minItems" | "minProperties":
            short = f"is shorter than {kind.limit}" if value else "is empty"
            yield pointer, f"{inert_line(name)} {short}.", _describe(schema, "Fill it in, or leave the field out.")
        case "maxLength" | "maxItems" | "maxProperties":
            yield pointer, f"{inert_line(name)} is longer than {kind.limit}.", "Shorten it."
        case _:
            yield (
                pointer,
                f"{inert_line(name)}: {inert_line(error.message[:160])}.",
                _describe(schema, "See servicebook kinds."),
            )


def _describe(schema: Any, otherwise: str) -> str:
    return str(schema.get("description") or otherwise)
