"""Each state that a clause can be in, on small books."""

from datetime import date

import pytest

from servicebook.errors import Problem
from servicebook.registry import PACKAGE
from standards.holding import HEAD, TODAY, asks, clause, example, ids, put, review, scoped, states

YEARLY = 'kind = "review"\ndate = "held_on"\nevery = "year"'
EACH = 'each = { kind = "service", in_force = { from = "live_from", to = "retired_on" } }'
RUNNING = "since = 2020-01-01"


def state(book, number="1"):
    found = states(book)[number]
    return found.state, found.day


def test_met_until_a_year_after_the_newest(book):
    asks(book, clause("1", YEARLY))
    review(book, "2025-02-01")
    newest = review(book, "2026-02-28")
    assert state(book) == ("met", date(2027, 2, 28))
    assert ids(states(book)["1"]) == [newest]


def test_stale_since_a_year_after_the_newest(book):
    asks(book, clause("1", YEARLY))
    scoped(book, RUNNING)
    old = review(book, "2025-06-29")
    assert state(book) == ("stale", date(2026, 6, 29))
    assert ids(states(book)["1"]) == [old]
    review(book, "2025-06-30")
    assert state(book) == ("met", TODAY)


def test_missing_with_the_command_that_writes_it(book):
    asks(book, clause("1", f'{YEARLY}\nwhere = {{ type = ["service-review", "management-review"] }}'))
    scoped(book, RUNNING)
    assert state(book) == ("missing", None)
    assert str(states(book)["1"].step) == "servicebook new review --set type=service-review"


def test_not_due_before_the_system_is_a_year_old(book):
    asks(book, clause("1", YEARLY))
    scoped(book, "since = 2026-01-15")
    assert state(book) == ("not-due", date(2027, 1, 15))
    assert states(book, today=date(2027, 1, 16))["1"].state == "missing"


def test_what_has_no_interval_is_due_at_once(book):
    asks(book, clause("1", 'kind = "service"'))
    scoped(book, "since = 2026-06-30")
    assert state(book) == ("missing", None)


def test_without_since_the_earliest_day_in_an_id_counts_and_an_empty_book_begins_today(book):
    asks(book, clause("1", f'{YEARLY}\nwhere = {{ type = "management-review" }}'))
    assert state(book) == ("not-due", date(2027, 6, 30))
    review(book, "2026-03-01")
    assert state(book) == ("not-due", date(2027, 3, 1))
    review(book, "2025-03-01")
    assert state(book) == ("missing", None)


def test_out_of_scope_by_profile_with_the_reason(book):
    asks(book, clause("1", 'kind = "budget"'), clause("2", 'profile = "standard"\nkind = "service"'))
    for number in ("1", "2"):
        found = states(book)[number]
        assert (found.state, found.reason) == ("out-of-scope", ("profile", "starter"))
    scoped(book, 'profile = "full"\nsince = 2020-01-01')
    assert {found.state for found in states(book).values()} == {"missing"}


def test_a_kind_with_records_is_in_view_whatever_the_profile(book):
    asks(book, clause("1", 'kind = "budget"'))
    put(book, "budget", "BUD-2026", services=None)
    assert state(book) == ("met", None)


def test_clauses_left_out_in_the_configuration(book):
    scoped(book, 'clauses = ["8.6", "9.3"]\nexcluded = { "8.6.2" = "The shops ask by telephone." }')
    found = states(book, "iso20000-1-2018")
    assert (found["8.6.2"].state, found["8.6.2"].reason) == (
        "out-of-scope",
        ("excluded", "The shops ask by telephone."),
    )
    assert (found["9.4"].state, found["9.4"].reason) == ("out-of-scope", ("clauses", "8.6, 9.3"))
    assert found["8.6.1"].state == found["8"].state == found["8.6"].state == "missing"
    assert states(book, "itil-4")["service-request-management"].state == "out-of-scope"


def test_asked_only_where_there_is_a_case(book):
    case = 'kind = "incident"\nfields = ["resolution"]\nwhen = { kind = "incident", fields = ["major"] }'
    asks(book, clause("1", case), clause("2", case, 'kind = "service"'))
    put(book, "service", "SVC-shop")
    put(book, "incident", "INC-20260101-aaaa", service="SVC-shop")
    found = states(book)
    assert (found["1"].state, found["1"].reason) == ("not-due", ("no-case", "incident"))
    assert (found["2"].state, found["2"].reason) == ("met", None)
    major = {"criteria": "All shops stand still.", "manager": {"role": "it-manager"}}
    put(book, "incident", "INC-20260102-aaaa", service="SVC-shop", major=major)
    assert state(book)[0] == "missing"


def test_the_worst_entry_decides_and_days_are_the_earliest(book):
    asks(book, clause("1", YEARLY, f"{YEARLY.replace('year', 'quarter')}"))
    scoped(book, RUNNING)
    review(book, "2026-05-01")
    assert state(book) == ("met", date(2026, 8, 1))
    asks(book, clause("1", YEARLY, f"{YEARLY.replace('year', 'month')}"))
    assert state(book) == ("stale", date(2026, 6, 1))
    asks(book, clause("1", YEARLY, f"{YEARLY.replace('year', 'month')}", 'kind = "calendar"'))
    assert state(book) == ("missing", None)


def test_a_clause_stands_as_those_below_it(book):
    scoped(book, RUNNING)
    asks(book, clause("1"), clause("1.1", YEARLY), clause("1.2"), clause("1.2.1", 'kind = "service"'))
    held = review(book, "2026-05-01")
    found = states(book)
    assert [found[number].state for number in ("1", "1.1", "1.2", "1.2.1")] == ["missing", "met", "missing", "missing"]
    assert ids(found["1"]) == [held]
    assert str(found["1"].step) == "servicebook new service"


def test_an_agreement_counts_from_its_first_day_to_its_last(book):
    asks(book, clause("1", 'kind = "sla"\nin_force = { at = "versions", from = "valid_from", to = "valid_to" }'))
    scoped(book, RUNNING)
    put(book, "sla", "SLA-shop", versions=[_version(1, "2026-07-01")])
    assert state(book)[0] == "missing"
    put(book, "sla", "SLA-shop", versions=[_version(1, "2025-01-01", "2026-06-29")])
    assert state(book) == ("stale", date(2026, 6, 29))
    assert str(states(book)["1"].step) == "Fill in versions in records/slas/SLA-shop.yaml."
    put(book, "sla", "SLA-shop", versions=[_version(1, "2025-01-01", "2026-06-29"), _version(2, "2026-06-30")])
    assert state(book) == ("met", None)


def test_one_for_each_service_that_is_live(book):
    asks(book, clause("1", f"{YEARLY}\n{EACH}"))
    scoped(book, RUNNING)
    put(book, "service", "SVC-a", live_from="2020-01-01", depends_on=None)
    put(book, "service", "SVC-b", live_from="2020-01-01", depends_on=None)
    put(book, "service", "SVC-old", live_from="2020-01-01", retired_on="2026-01-01", depends_on=None)
    put(book, "service", "SVC-planned", live_from="2026-12-01", depends_on=None)
    review(book, "2026-05-01", services=["SVC-a"])
    found = states(book)["1"]
    assert found.state == "missing"
    assert [record.id for record in found.answers[0].without] == ["SVC-b"]
    wanted = "servicebook new review --set services.0=SVC-b"
    assert str(found.step) == wanted
    review(book, "2026-05-02", services=["SVC-b"])
    assert state(book) == ("met", date(2027, 5, 1))


def test_a_service_that_began_late_is_due_late(book):
    asks(book, clause("1", f"{YEARLY}\n{EACH}"))
    scoped(book, RUNNING)
    put(book, "service", "SVC-a", live_from="2026-03-01", depends_on=None)
    assert state(book) == ("not-due", date(2027, 3, 1))


def test_each_record_may_have_to_show_it_itself(book):
    asks(book, clause("1", f'kind = "service"\nfields = ["requirements"]\n{EACH}'))
    scoped(book, RUNNING)
    put(book, "service", "SVC-a", live_from="2020-01-01", requirements=[{"id": "R1", "text": "Open day and night."}])
    put(book, "service", "SVC-b", live_from="2020-01-01", requirements=None)
    found = states(book)["1"]
    assert (found.state, str(found.step)) == ("missing", "Fill in requirements in records/services/SVC-b.yaml.")


def test_services_out_of_scope_neither_ask_nor_count(book):
    asks(book, clause("1", f"{YEARLY}\n{EACH}"), clause("2", YEARLY))
    scoped(book, f'{RUNNING}\nservices = ["SVC-a"]')
    put(book, "service", "SVC-a", live_from="2020-01-01", depends_on=None)
    put(book, "service", "SVC-b", live_from="2020-01-01", depends_on=None)
    review(book, "2026-05-01", services=["SVC-b"])
    assert state(book, "2")[0] == "missing"
    review(book, "2026-05-02", services=["SVC-a", "SVC-b"])
    assert state(book, "1")[0] == state(book, "2")[0] == "met"


def test_several_are_asked_for(book):
    asks(book, clause("1", f"{YEARLY}\nminimum = 2"))
    scoped(book, RUNNING)
    review(book, "2026-05-01")
    assert state(book)[0] == "missing"
    review(book, "2025-05-01")
    assert state(book) == ("stale", date(2026, 5, 1))
    review(book, "2025-12-01")
    assert state(book) == ("met", date(2026, 12, 1))


def test_a_record_that_its_schema_refuses_never_counts(book):
    asks(book, clause("1", YEARLY))
    scoped(book, RUNNING)
    review(book, "2026-05-01", chair=7)
    assert state(book)[0] == "missing"


def test_what_is_not_held_yet_does_not_count(book):
    asks(book, clause("1", YEARLY))
    scoped(book, RUNNING)
    review(book, "2026-07-01")
    assert state(book)[0] == "missing"


def test_the_newest_of_several_days_and_instants_on_the_clocks_of_the_organisation(book):
    asks(book, clause("1", 'kind = "incident"\ndate = "timeline.at"\nevery = "month"'))
    timeline = [{"at": "2026-05-01T12:00:00Z", "event": "opened"}, {"at": "2026-06-14T22:30:00Z", "event": "note"}]
    put(book, "service", "SVC-a", depends_on=None)
    put(book, "incident", "INC-20260501-aaaa", service="SVC-a", timeline=timeline, resolution=None)
    assert state(book) == ("met", date(2026, 7, 15))


def test_an_empty_list_is_not_filled_in(book):
    asks(book, clause("1", 'kind = "review"\nfields = ["decisions"]'))
    scoped(book, RUNNING)
    record = review(book, "2026-05-01", decisions=[])
    found = states(book)["1"]
    assert (found.state, str(found.step)) == ("missing", f"Fill in decisions in records/reviews/{record}.yaml.")


def test_a_list_that_goes_on_is_added_to_and_what_was_held_is_held_again(book):
    asks(
        book,
        clause("1", 'kind = "supplier"\ndate = "reviews.on"\nevery = "year"'),
        clause("2", 'kind = "improvement"\ndate = "results.on"\nevery = "year"'),
        clause("3", 'kind = "audit"\ndate = "held.to"\nevery = "year"'),
    )
    scoped(book, RUNNING)
    seen = {"on": "2024-05-01", "by": {"role": "it-manager"}, "summary": "As agreed.", "met": True}
    put(book, "supplier", "SUP-a", reviews=[seen])
    result = {"on": "2024-05-01", "measure": "Incidents a month", "value": 3, "met": True}
    put(book, "improvement", "IMP-20240101-aaaa", results=[result])
    put(book, "audit", "AUD-20240101-aaaa", held={"from": "2024-01-01", "to": "2024-01-02"})
    found = states(book)
    assert {one.state for one in found.values()} == {"stale"}
    assert [str(one.step) for one in found.values()] == [
        "Fill in reviews.on in records/suppliers/SUP-a.yaml.",
        "Fill in results.on in records/improvements/IMP-20240101-aaaa.yaml.",
        "servicebook new audit",
    ]


def test_of_two_sources_either_counts_and_an_ended_supplier_asks_for_nothing(book):
    asks(
        book,
        clause(
            "1",
            """kind = "supplier"
date = "reviews.on"
every = "year"
or = [{ kind = "review", where = { type = "supplier-review" }, date = "held_on" }]
each = { kind = "supplier", in_force = { to = "ended_on" } }""",
        ),
    )
    scoped(book, RUNNING)
    put(book, "supplier", "SUP-a")
    put(book, "supplier", "SUP-old", ended_on="2026-01-01")
    found = states(book)["1"]
    assert (found.state, [one.id for one in found.answers[0].without]) == ("missing", ["SUP-a"])
    review(book, "2026-05-01", type="supplier-review", supplier="SUP-a")
    assert state(book) == ("met", date(2027, 5, 1))
    put(book, "supplier", "SUP-old", ended_on="2026-06-30")
    assert state(book)[0] == "missing"


def test_a_review_of_the_customer_is_one_of_each_service_unless_it_names_services(book):
    asks(book, clause("1", f'{YEARLY}\n{EACH}\nvia = ["sla", "customer"]'))
    scoped(book, RUNNING)
    put(book, "service", "SVC-a", live_from="2020-01-01", depends_on=None)
    put(book, "service", "SVC-b", live_from="2020-01-01", depends_on=None)
    put(book, "customer", "CUS-shops", services=["SVC-a", "SVC-b"])
    review(book, "2026-05-01", services=["SVC-b"], customer="CUS-shops")
    assert [one.id for one in states(book)["1"].answers[0].without] == ["SVC-a"]
    review(book, "2026-05-02", customer="CUS-shops")
    assert state(book) == ("met", date(2027, 5, 2))


def test_an_input_that_was_expressly_not_considered_does_not_count(book):
    entry = f"""{YEARLY}
items = [{{ at = "inputs", where = {{ topic = "risks", considered = true }} }}]"""
    asks(book, clause("1", entry))
    scoped(book, RUNNING)
    put_off = {"topic": "risks", "considered": False, "summary": "Put off to the autumn."}
    review(book, "2026-05-01", inputs=[put_off, {"topic": "policy", "considered": True, "summary": "As it is."}])
    assert state(book)[0] == "missing"
    review(book, "2026-05-02", inputs=[put_off | {"considered": True}])
    assert state(book)[0] == "met"


def test_a_change_that_was_rejected_is_no_proof_of_change_management(book):
    scoped(book, f'profile = "standard"\n{RUNNING}')
    by = {"by": {"role": "it-manager"}, "at": "2026-05-01T10:00:00+02:00"}
    full = {
        "assessment": {"risk": "low", "impact": "Nothing else depends on it."},
        "plan": {"backout": "The old one again."},
    }
    for decision, counts in (("rejected", False), ("approved", True)):
        put(book, "change", "CHG-20260501-aaaa", services=None, approvals=[by | {"decision": decision}], **full)
        shown = states(book, "iso20000-1-2018")["8.5.1"].answers[1]
        assert bool(shown.records) is counts


def test_what_is_still_as_it_was_made_does_not_count(book):
    asks(book, clause("1", 'kind = "customer"'))
    scoped(book, RUNNING)
    book.write("records/customers/CUS-shops.yaml", example("customer", "CUS-shops"))
    found = states(book)["1"]
    assert (found.state, [one.id for one in found.as_made]) == ("missing", ["CUS-shops"])
    assert "still as it was made" in str(found.step)
    put(book, "customer", "CUS-shops", services=None)
    assert state(book)[0] == "met"


def test_an_example_of_a_new_book_does_not_count_before_it_is_written(book):
    asks(book, clause("1", 'kind = "risk"'))
    made = (PACKAGE / "starter/full/records/risks/RSK-example.yaml").read_text(encoding="utf-8")
    book.write("records/risks/RSK-example.yaml", made.replace("$since", "2026-01-01"))
    assert "statement" in str(states(book)["1"].step)


def test_a_practice_stands_as_the_clauses_it_rests_on(book):
    head = f'{HEAD}rests_on = "iso20000-1-2018"\n'
    asks(book, clause("reviewing", more='clauses = ["8.2.1", "8.2.2"]'), head=head)
    scoped(book, RUNNING)
    assert state(book, "reviewing")[0] == "missing"
    put(book, "service", "SVC-a", live_from="2020-01-01", depends_on=None)
    assert state(book, "reviewing")[0] == "met"
    assert ids(states(book)["reviewing"]) == ["SVC-a"]


def test_a_kind_that_the_book_does_not_have_is_told(book):
    asks(book, clause("1", 'kind = "wish"'))
    with pytest.raises(Problem, match=r"standards/ours.toml: clause 1 asks for “wish”, which is no kind"):
        states(book)


def _version(number: int, begins: str, ends: str | None = None) -> dict[str, object]:
    version = {
        "version": number,
        "valid_from": begins,
        "agreed_on": begins,
        "agreed_by": {"provider": "it-manager", "customer": "shop-operations-lead"},
        "calendar": "CAL-office",
        "matrix": "MTX-standard",
        "targets": [{"measure": "response", "priority": "P1", "limit": "1h", "time": "working", "attainment": 90}],
    }
    return version if ends is None else version | {"valid_to": ends}
