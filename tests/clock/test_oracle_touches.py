"""That the random cases of `test_oracle.py` matter: whatever is agreed otherwise changes answers on some of them."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from oracle.agreed import Agreed
from oracle.books import books
from oracle.cases import cases_on, kind_of
from oracle.clocks import answers

BOOKS, CASES = 50, 12


def rule(name, word):
    def otherwise(version):
        if "targets" in version:
            version.setdefault("clock_rules", {})[name] = word

    return otherwise


def stops(change):
    def otherwise(version):
        for entry in version.get("clock_stops", []):
            change(entry)

    return otherwise


def targets(change):
    def otherwise(version):
        for target in version.get("targets", []):
            change(target)

    return otherwise


OTHERWISE = {
    **{f"reopening {word}": rule("reopening", word) for word in ("resume", "restart", "new")},
    **{f"priority change {word}": rule("priority_change", word) for word in ("retain-pauses", "retain", "restart")},
    **{f"on the limit {word}": rule("exactly_on_limit", word) for word in ("met", "breached")},
    **{f"still open {word}": rule("still_open", word) for word in ("at-limit", "at-stop")},
    "no code stops": lambda version: version.pop("clock_stops", None),
    "no evidence is asked": stops(lambda entry: entry.pop("evidence", None)),
    "evidence is asked": stops(lambda entry: entry.update(evidence=True)),
    "no maximum": stops(lambda entry: entry.pop("maximum", None)),
    "a maximum": stops(lambda entry: entry.update(maximum="15m")),
    "all from opened": targets(lambda target: [target.pop(word, None) for word in ("from", "assigned_to")]),
    "whoever has it": targets(lambda target: target.pop("assigned_to", None)),
    "all until resolved": targets(lambda target: target.pop("until", None)),
    "all elapsed": targets(lambda target: target.update(time="elapsed")),
    "all working": targets(lambda target: target.update(time="working")),
    "whatever priority": targets(lambda target: target.pop("priority", None)),
    "no exceptions": lambda version: version.pop("exceptions", None),
    "no end of a version": lambda version: version.pop("valid_to", None),
    "always open": lambda version: version.update(
        {"weekly": [{"days": ["mon"], "hours": [{"from": "00:00", "to": "24:00"}]}]} if "weekly" in version else {}
    ),
    "another zone": lambda version: version.update({"zone": "Pacific/Kiritimati"} if "zone" in version else {}),
}


@pytest.fixture(scope="module")
def put():
    """Books, each with cases on it and what the oracle says of them."""
    found = []

    @given(books("Europe/Amsterdam"))
    @settings(
        max_examples=BOOKS, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def gather(drawn):
        agreed, cases = cases_on(drawn, Random(len(found)), CASES)
        found.append((drawn, agreed.origin, cases, said(agreed, cases)))

    gather()
    return found


def said(agreed, cases):
    return [answers(agreed, case.record, kind_of(case.record), case.as_of) for case in cases]


@pytest.mark.parametrize("word", OTHERWISE)
def test_what_is_agreed_otherwise_changes_answers(put, word):
    changed = 0
    for drawn, origin, cases, before in put:
        records = deepcopy(drawn["records"])
        for record in records:
            for version in record["versions"]:
                OTHERWISE[word](version)
        after = said(Agreed(records, drawn["zone"], origin), cases)
        changed += sum(one != other for one, other in zip(before, after, strict=True))
    assert changed > 0
