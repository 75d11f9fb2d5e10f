"""Fields of a status page's JSON: texts, instants, lists of components; what else stands there is refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from servicebook.finding import quote
from servicebook.importers._texts import clean
from servicebook.importers._times import NotATime, Times

TIMES: Final = Times("iso", None)


class Unusable(Exception):
    """An entry that cannot be used: the sort of reason, and the detail."""

    def __init__(self, sort: str, detail: str = "") -> None:
        super().__init__(sort)
        self.sort = sort
        self.detail = detail


def text_of(raw: Mapping[str, Any], name: str) -> str:
    """A field's text; "" for none. Raises Unusable."""
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unusable(f"{name} is no text", quote(str(value)))
    return clean(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).strip()


def time_of(raw: Mapping[str, Any], name: str) -> datetime | None:
    """A field's instant; None for none. Raises Unusable."""
    text = text_of(raw, name)
    if not text:
        return None
    try:
        return TIMES.read(text)
    except NotATime as error:
        raise Unusable(f"{name} cannot be read", str(error)) from None


def objects_of(raw: Mapping[str, Any], name: str) -> list[Any]:
    """A field's list of components: names or objects, of affected components objects. Raises Unusable."""
    value = raw.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, (dict, str)) for one in value):
        raise Unusable(f"{name} cannot be read", "a list of components is due")
    if name == "affected_components" and not all(isinstance(one, dict) for one in value):
        raise Unusable(f"{name} cannot be read", "a list of components with their status is due")
    return value
