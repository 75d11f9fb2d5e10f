"""jsonschema as the reference validator of a kind, with the formats and patterns that the dialect means.

Two things of Python are replaced, because no other validator does them: `$` matches before a final line feed, and
`[0-9]` is written where `\\d` would take the digits of every script. Formats are checked by the functions below,
each by its RFC and the standard library alone.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from servicebook.kinds import PARTS, SUFFIX, Kind

FORMATS = FormatChecker(formats=())
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
_DURATION = re.compile(
    r"P(?=.)([0-9]+W|([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?)"
)  # a designator may be left out; RFC 3339 appendix A asks that none in between is


@FORMATS.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """RFC 3339 full-date."""
    return not isinstance(value, str) or bool(
        re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and date.fromisoformat(value)
    )


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    """RFC 3339 date-time; a leap second only where one can be, at 23:59:60 UTC."""
    if not isinstance(value, str):
        return True
    match = _TIME.fullmatch(value)
    if match is None:
        return False
    date.fromisoformat(match[1])
    if match[4] != "60":
        return True
    offset = match[6]
    minutes = 0 if offset in "Zz" else int(offset[1:3]) * 60 + int(offset[4:6])
    local = datetime(2000, 1, 2, int(match[2]), int(match[3]))  # noqa: DTZ001 (only the time of day counts)
    utc = local - timedelta(minutes=-minutes if offset[0] == "-" else minutes)
    return (utc.hour, utc.minute) == (23, 59)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), re.ASCII)


def _matches(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and not _pattern(pattern).search(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, properties: Mapping[str, Any], value: Any, _: Any) -> Iterator[ValidationError]:
    for pattern, schema in properties.items() if isinstance(value, dict) else ():
        for name, inner in value.items():
            if _pattern(pattern).search(name):
                yield from validator.descend(inner, schema, path=name, schema_path=pattern)


def _additional(validator: Any, allowed: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    if not isinstance(value, dict):
        return
    patterns = [_pattern(pattern) for pattern in schema.get("patternProperties", {})]
    for name in value:
        if name not in schema.get("properties", {}) and not any(pattern.search(name) for pattern in patterns):
            if allowed is False:
                yield ValidationError(f"{name!r} is not allowed")
            else:
                yield from validator.descend(value[name], allowed, path=name)


_Validator = validators.extend(
    Draft202012Validator,
    {"pattern": _matches, "patternProperties": _pattern_properties, "additionalProperties": _additional},
)


def reference_validator(kind: Kind) -> Any:
    """jsonschema's validator for a kind: formats on, nothing fetched."""
    registry: Registry[Any] = Registry().with_resource(PARTS, DRAFT202012.create_resource(kind.parts))
    return _Validator({**kind.schema, "$id": kind.name + SUFFIX}, registry=registry, format_checker=FORMATS)


def faults(validator: Any, data: Any) -> set[tuple[tuple[str | int, ...], str]]:
    """Where a record fails and by which keyword, by either validator; a field too many is told of its parent.

    The compiled validator leaves a field without a name out of its places, so it is left out of the other's too.
    """
    found = set()
    for error in validator.iter_errors(data):
        if isinstance(error, ValidationError):
            path = tuple(step for step in error.absolute_path if step != "")
            keyword = str(error.validator)
            if "propertyNames" in error.absolute_schema_path:  # it tells of the keyword below, which has no place
                keyword = "propertyNames"
            if keyword == "dependentRequired":  # to the other it is a required field like any
                keyword = "required"
        else:
            path, keyword = tuple(error.instance_path), error.kind.name
        found.add((path, keyword))
    return found
