"""The standards that come with the tool: complete, in both languages, and about fields that the kinds have."""

import pytest

from building import CHECKOUT
from servicebook.config import LANGUAGES
from servicebook.kinds import ITEMS, read_kinds
from servicebook.rules import read_rules
from servicebook.standards import HOME, read_standards
from servicebook.tree import WorkingTree

NUMBERS = [
    "4", "4.1", "4.2", "4.3", "4.4", "5", "5.1", "5.2", "5.2.1", "5.2.2", "5.3", "6", "6.1", "6.2", "6.2.1", "6.2.2",
    "6.3", "7", "7.1", "7.2", "7.3", "7.4", "7.5", "7.5.1", "7.5.2", "7.5.3", "7.5.4", "7.6", "8", "8.1", "8.2",
    "8.2.1", "8.2.2", "8.2.3", "8.2.4", "8.2.5", "8.2.6", "8.3", "8.3.1", "8.3.2", "8.3.3", "8.3.4", "8.4", "8.4.1",
    "8.4.2", "8.4.3", "8.5", "8.5.1", "8.5.2", "8.5.3", "8.6", "8.6.1", "8.6.2", "8.6.3", "8.7", "8.7.1", "8.7.2",
    "8.7.3", "9", "9.1", "9.2", "9.3", "9.4", "10", "10.1", "10.2",
]  # fmt: skip

TREE = WorkingTree(CHECKOUT)
KINDS = read_kinds(TREE)
SHIPPED = {name: found for name, found in read_standards(TREE).items() if not found.path.startswith("standards/")}
ENTRIES = [
    pytest.param(entry, id=f"{name}-{clause.number}-{place}")
    for name, standard in SHIPPED.items()
    for clause in standard.clauses.values()
    for place, entry in enumerate(clause.evidence, 1)
]


def test_every_clause_of_iso_20000_1_is_there_and_no_other():
    assert list(SHIPPED[HOME].clauses) == NUMBERS


def test_every_clause_with_nothing_below_it_asks_for_evidence():
    for clause in SHIPPED[HOME].clauses.values():
        assert bool(clause.below) != bool(clause.evidence), clause.number


def test_a_second_standard_is_one_file_that_rests_on_the_clauses():
    practices = SHIPPED["itil-4"]
    assert practices.rests_on is SHIPPED[HOME]
    assert len(practices.clauses) >= 25
    named = {number for clause in practices.clauses.values() for number in clause.clauses}
    assert named <= set(NUMBERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", SHIPPED.values(), ids=SHIPPED)
def test_every_text_is_there_in_both_languages(standard, language):
    texts = [standard._title, standard._about, standard._notice]
    for clause in standard.clauses.values():
        texts += [clause._title, clause._asks, *(entry._says for entry in clause.evidence)]
    assert all(text.get(language, "").strip() for text in texts)


@pytest.mark.parametrize("standard", SHIPPED.values(), ids=SHIPPED)
def test_the_notice_says_that_no_licensed_copy_was_at_hand(standard):
    assert "licensed cop" in standard.notice()


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_kind_and_field_that_is_named_exists(entry):
    for chosen in (*(source.records for source in entry.sources), entry.each, entry.when):
        if chosen is None:
            continue
        for path in chosen.fields:
            assert field(chosen.kind, path), path
        for path, options in chosen.where.items():
            found = field(chosen.kind, path)
            for option in options:
                assert option in found["enum"] if isinstance(option, str) else found["type"] == "boolean", option
        for item in chosen.items:
            for path, options in item.where.items():
                found = field(chosen.kind, (*item.at, *path))
                for option in options:
                    assert option in found["enum"] if isinstance(option, str) else found["type"] == "boolean", option
        if chosen.in_force is not None:
            for name in filter(None, (chosen.in_force.begins, chosen.in_force.ends)):
                assert field(chosen.kind, (*chosen.in_force.at, name))["format"] == "date"
    for source in entry.sources:
        for path in source.dates:
            assert field(source.records.kind, path)["format"] in ("date", "date-time")


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_is_asked_for_at_intervals_has_a_day(entry):
    for source in entry.sources:
        assert entry.every is None or source.dates or not KINDS[source.records.kind].named


@pytest.mark.parametrize("entry", [one for one in ENTRIES if one.values[0].each is not None])
def test_what_is_asked_for_each_record_is_the_record_or_can_be_linked_with_it(entry):
    one, other = KINDS[entry.records.kind], KINDS[entry.each.kind]
    links = [(one, other), (other, one)]
    assert one is other or any(target.name in link.kinds for source, target in links for link in source.links)


def test_kinds_and_rules_name_clauses_that_there_are():
    named = {clause for kind in KINDS.values() for clause in kind.clauses}
    named |= {clause for rule in read_rules().values() for clause in getattr(rule.module, "CLAUSES", ())}
    assert named <= set(NUMBERS)


def field(kind, path):
    """The schema of a field; lists on the way are looked into. {} where there is none."""
    schema = KINDS[kind].schema
    for step in path:
        schema = inner(KINDS[kind], schema)
        if step not in schema.get("properties", {}):
            return {}
        schema = KINDS[kind].child(schema, step)
    return inner(KINDS[kind], schema)


def inner(kind, schema):
    schema = kind.resolve(schema)
    while schema.get("type") == "array":
        schema = kind.child(schema, ITEMS)
    return schema
