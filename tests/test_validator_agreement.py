"""The compiled validator and jsonschema agree: the same records refused, at the same places, by the same keywords.

Shown for every record and example, for alterations of them, for a table of what each keyword means, and for the
official test suite where a copy is at hand.
"""

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hostile.effort import examples
from hostile.judges import faults, reference_validator
from servicebook.kinds import DIALECT, Kind, read_kinds
from servicebook.source import load
from servicebook.tree import WorkingTree

ROOT = Path(__file__).parent.parent
KINDS = read_kinds(WorkingTree(ROOT))
PARTS_SCHEMA = next(iter(KINDS.values())).parts
REFERENCES = {name: reference_validator(kind) for name, kind in KINDS.items()}
RECORDS = [
    (KINDS.by_folder[path.relative_to(ROOT / "records").parts[0]], path.stem, load(path.read_bytes()))
    for path in sorted((ROOT / "records").rglob("*.yaml"))
]
EXAMPLES = [(kind, "example", copy.deepcopy(example)) for kind in KINDS.values() for example in kind.schema["examples"]]
TABLE = YAML(typ="safe", pure=True).load((Path(__file__).parent / "hostile" / "keywords.yaml").read_text("utf-8"))
SUITE = os.environ.get("SERVICEBOOK_JSON_SCHEMA_SUITE")


def assert_agreement(kind: Kind, reference: Any, data: Any) -> None:
    expected = faults(reference, data)
    assert faults(kind.validator, data) == expected
    assert kind.validator.is_valid(data) == (not expected)


def kind_of(schema: Any) -> Kind:
    """A kind with any schema, for the validators alone."""
    schema = schema if isinstance(schema, dict) else {"allOf": [schema]}
    return Kind("case", "case.schema.json", {"$schema": DIALECT, **schema}, PARTS_SCHEMA)


@pytest.mark.parametrize(("kind", "name", "data"), RECORDS + EXAMPLES, ids=lambda value: getattr(value, "name", None))
def test_every_record_and_example_is_valid_to_both(kind: Kind, name: str, data: dict[str, Any]) -> None:
    assert faults(REFERENCES[kind.name], data) == set()
    assert kind.validator.is_valid(data)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: json.dumps(row["schema"], ensure_ascii=False)[:60])
def test_what_each_keyword_means(row: dict[str, Any]) -> None:
    kind = kind_of(row["schema"])
    reference = reference_validator(kind)
    for instance in row["takes"]:
        assert kind.validator.is_valid(instance), f"{instance!r} is refused"
        assert reference.is_valid(instance), f"{instance!r} is refused by the reference"
    for instance in row["refuses"]:
        assert not kind.validator.is_valid(instance), f"{instance!r} is taken"
        assert not reference.is_valid(instance), f"{instance!r} is taken by the reference"


def test_the_table_has_a_row_for_every_keyword_of_the_schemas() -> None:
    used = {
        keyword for path in (ROOT / "schemas").glob("*.json") for keyword in keywords(json.loads(path.read_bytes()))
    }
    tried = {keyword for row in TABLE for keyword in keywords(row["schema"])}
    without_effect = {"$schema", "$id", "title", "description", "examples", "$defs"}
    assert {keyword for keyword in used if not keyword.startswith("x-")} - tried - without_effect == set()


def test_every_format_of_the_schemas_is_checked() -> None:
    """A validator that does not know a format says nothing: each must refuse something, by both."""
    used = {value for path in (ROOT / "schemas").glob("*.json") for value in formats(json.loads(path.read_bytes()))}
    assert used
    for name in used:
        kind = kind_of({"format": name})
        assert not kind.validator.is_valid("\0 no such thing"), name
        assert not reference_validator(kind).is_valid("\0 no such thing"), name


@pytest.mark.parametrize("name", ["date-time", "date", "duration", "uri", "email"])
def test_every_format_that_a_repository_may_use_is_checked(name: str) -> None:
    assert not kind_of({"format": name}).validator.is_valid("\0 no such thing")


def keywords(schema: Any) -> set[str]:
    """The keywords in a schema and everything below it that is a schema."""
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for keyword in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        for inner in schema.get(keyword, {}).values():
            found |= keywords(inner)
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for inner in schema.get(keyword, []):
            found |= keywords(inner)
    for keyword in ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not", "contains"):
        found |= keywords(schema.get(keyword))
    return found


def formats(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        here = {schema["format"]} if isinstance(schema.get("format"), str) else set()
        return here.union(*(formats(inner) for inner in schema.values()))
    return set().union(*(formats(inner) for inner in schema)) if isinstance(schema, list) else set()


ODD = st.sampled_from(
    [
        *(
            None,
            True,
            False,
            0,
            1,
            -1,
            1.0,
            1.5,
            -0.0,
            10**16 - 1,
            [],
            {},
            [[]],
            [{}],
            {"a": 1},
            ["A1", "A1"],
            [1, True],
        ),
        *("", " ", "x", "\n", "no", "high", "opened", "paused", "A1", "D1", "4h", "4h\n", "24:00", "25:00", "en", "EN"),
        *("2026-02-30", "2026-03-04", "2026-03-04\n", "2026-03-04T09:15:00", "2026-03-04T09:15:00Z"),
        *("２026-03-04T09:15:00Z", "2026-02-30T09:15:00Z", "2016-12-31T23:59:60Z", "2026-03-04T09:15:00+24:00"),
        *("INC-1", "INC-1\n", "-a", "a" * 64, "a" * 65, "支付", "💾" * 201),
    ]
)
NAMES = st.sampled_from(["x_a", "x_", "x_A", "x_a\n", "id", "code", "note", "impact", "extra", "", "é", "x_１"])


@st.composite
def altered(draw: st.DrawFn) -> tuple[Kind, Any]:
    """A record or example with up to four values changed, removed, doubled, moved or put in."""
    kind, _, original = draw(st.sampled_from(RECORDS + EXAMPLES))
    data: Any = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 4))):
        holders = list(containers(data))
        holder = draw(st.sampled_from(holders))
        places: list[Any] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        change = draw(st.sampled_from(["set", "set", "text", "remove", "put", "double", "copy"]))
        if change == "put" or not places:
            put(holder, draw(NAMES), copy.deepcopy(draw(ODD)))
            continue
        place = draw(st.sampled_from(places))
        if change == "set":
            holder[place] = copy.deepcopy(draw(ODD))
        elif change == "text" and isinstance(holder[place], str):
            at = draw(st.integers(0, len(holder[place])))
            holder[place] = (
                holder[place][:at] + draw(st.sampled_from(["\n", "-", "0", " ", "é", "x", "９"])) + holder[place][at:]
            )
        elif change == "remove":
            del holder[place]
        elif change == "double":
            put(holder, draw(NAMES), copy.deepcopy(holder[place]))
        else:
            holder[place] = copy.deepcopy(draw(st.sampled_from(holders)))
    return kind, data


def containers(data: Any) -> Any:
    if isinstance(data, dict | list):
        yield data
        for inner in data.values() if isinstance(data, dict) else data:
            yield from containers(inner)


def put(holder: Any, name: str, value: Any) -> None:
    if isinstance(holder, dict):
        holder[name] = value
    else:
        holder.append(value)


@examples(1500)
@given(altered())
def test_altered_records_are_judged_alike(pair: tuple[Kind, Any]) -> None:
    kind, data = pair
    assert_agreement(kind, REFERENCES[kind.name], data)


def test_a_field_without_a_name_is_refused_alike() -> None:
    kind = KINDS["configuration-item"]
    data = copy.deepcopy(kind.schema["examples"][0])
    data["attributes"][""] = 1
    assert faults(kind.validator, data) == {(("attributes",), "propertyNames"), (("attributes",), "type")}
    assert_agreement(kind, REFERENCES[kind.name], data)


@pytest.mark.skipif(SUITE is None, reason="SERVICEBOOK_JSON_SCHEMA_SUITE names no copy of the official test suite")
def test_the_official_suite_as_far_as_our_keywords_go() -> None:
    """Both give the suite's own verdict on every case whose schema is made of keywords that the schemas here use."""
    ours = {
        keyword for path in (ROOT / "schemas").glob("*.json") for keyword in keywords(json.loads(path.read_bytes()))
    }
    tried = 0
    folder = Path(str(SUITE)) / "tests" / "draft2020-12"
    for path in [
        *sorted(folder.glob("*.json")),
        folder / "optional/format/date.json",
        folder / "optional/format/date-time.json",
    ]:
        for case in json.loads(path.read_bytes()):
            schema = case["schema"]
            used = keywords(schema)
            text = json.dumps(schema)
            if not used <= ours or "http" in text.replace(DIALECT, "") or '"$id"' in text or "\\\\p{" in text:
                continue
            if path.name == "format.json":
                continue  # the suite asks that formats are not checked by default; here they are
            kind = kind_of(schema)
            reference = reference_validator(kind)
            for test in case["tests"]:
                where = f"{path.name}: {case['description']}: {test['description']}"
                assert kind.validator.is_valid(test["data"]) == test["valid"], where
                assert reference.is_valid(test["data"]) == test["valid"], f"reference: {where}"
                tried += 1
    print(f"{tried} cases of the official suite")
    assert tried > 300
