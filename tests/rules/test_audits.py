"""Audits, certificates and nonconformities, where the examples on the rules' pages do not reach."""

import pytest

from building import CONFIGURATION, Book
from servicebook.finding import Finding
from servicebook.tree import open_tree
from servicebook.validation import validate

AS_OF = "2026-06-30"
AUDIT = """\
id: {id}
schema_version: 1
title: Audit
type: {type}
scope: The web shop.
criteria: ISO/IEC 20000-1.
clauses:
  - "8"
services:
  - SVC-shop
auditors:
  - role: {auditor}
    person: {person}
    independence: Has no part in it.
held:
  from: {held}
  to: {held}
"""
SERVICE = """\
id: SVC-shop
schema_version: 1
title: Shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
"""
ROLE = """\
id: ROL-shop-lead
schema_version: 1
title: Shop lead
role: shop-lead
responsibilities: The shop.
authority: The shop.
holders:
  - person: P-7k2m
    from: 2024-01-01
    to: 2026-01-31
"""
CERTIFICATE = """\
id: {id}
schema_version: 1
title: Certificate
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The web shop.
issued_on: {first}
valid_from: {first}
valid_to: {last}
"""
PROGRAMME = """\
id: AUP-2026
schema_version: 1
title: Internal audits
cycle:
  from: 2026-01-01
  to: 2026-12-31
criteria: ISO/IEC 20000-1.
risk_basis: Changes first.
previous_results: None.
changes_considered: None.
owner:
  role: it-manager
planned:
  - clauses: [{clauses}]
    month: {month}
    lead:
      role: finance-controller
approved:
  by:
    role: managing-director
  on: 2026-01-12
"""
NONCONFORMITY = """\
id: {id}
schema_version: 1
title: Something
source: staff
clause: "{clause}"
owner:
  role: it-manager
effectiveness:
  criterion: It does not come back.
  due: 2026-03-31
{checked}timeline:
{timeline}"""


def found(book: Book, rule: str) -> list[Finding]:
    report = validate(open_tree(book.root), cached=False, as_of=AS_OF)
    assert [finding for finding in report.findings if finding.rule in ("schema", "yaml-syntax")] == []
    return [finding for finding in report.findings if finding.rule == rule]


def write_audit(
    book: Book, held: str, type_: str = "internal", auditor: str = "controller", person: str = "P-4h8b"
) -> None:
    name = f"AUD-{type_}-{held}"
    text = AUDIT.format(id=name, type=type_, held=held, auditor=auditor, person=person)
    book.write(f"records/audits/{name}.yaml", text)


def write_certificate(book: Book, name: str, first: str, last: str, rest: str = "") -> None:
    book.write(f"records/certificates/{name}.yaml", CERTIFICATE.format(id=name, first=first, last=last) + rest)


def write_nonconformity(book: Book, name: str, *events: str, clause: str = "8.5.1", effective: str = "") -> None:
    """Each event is its time and its name."""
    checked = "".join(
        f"  {line}\n"
        for line in ("checked_by: {role: controller}", "checked_on: 2026-03-20", f"effective: {effective}")
        if effective
    )
    timeline = "".join(
        f"  - at: {at}\n    event: {event}\n" for at, _, event in (text.partition(" ") for text in events)
    )
    text = NONCONFORMITY.format(id=name, clause=clause, checked=checked, timeline=timeline)
    book.write(f"records/nonconformities/{name}.yaml", text)


class TestInternalAudit:
    @pytest.mark.parametrize(("held", "count"), [("2025-06-29", 1), ("2025-06-30", 0), ("2026-07-01", 1)])
    def test_is_due_a_year_after_the_last_that_was_held(self, book: Book, held: str, count: int) -> None:
        write_audit(book, "2025-03-01")
        write_audit(book, held)
        assert len(found(book, "internal-audit-overdue")) == count

    def test_one_by_the_certification_body_does_not_count(self, book: Book) -> None:
        write_audit(book, "2025-03-01")
        write_audit(book, "2026-03-01", "surveillance")
        assert len(found(book, "internal-audit-overdue")) == 1

    @pytest.mark.parametrize(
        ("scope", "count"),
        [
            ('profile = "full"\nsince = 2025-01-01', 1),
            ('profile = "full"\nsince = 2025-12-01', 0),
            ('profile = "starter"\nsince = 2025-01-01', 0),
            ('profile = "full"', 0),
        ],
    )
    def test_the_first_is_due_a_year_after_the_system_began(self, book: Book, scope: str, count: int) -> None:
        book.write("servicebook.toml", f"{CONFIGURATION}\n[scope]\n{scope}\n")
        findings = found(book, "internal-audit-overdue")
        assert [finding.path for finding in findings] == ["servicebook.toml"] * count


class TestAuditor:
    @pytest.mark.parametrize(
        ("role", "person", "held", "count"),
        [
            ("shop-lead", "P-4h8b", "2026-06-01", 1),  # the role owns it
            ("controller", "P-7k2m", "2026-01-31", 1),  # the person held the role on that day
            ("controller", "P-7k2m", "2026-02-01", 0),
            ("controller", "P-4h8b", "2026-01-31", 0),
        ],
    )
    def test_owns_no_service_that_is_audited(self, book: Book, role: str, person: str, held: str, count: int) -> None:
        book.write("records/services/SVC-shop.yaml", SERVICE)
        book.write("records/roles/ROL-shop-lead.yaml", ROLE)
        write_audit(book, held, auditor=role, person=person)
        assert len(found(book, "auditor-audits-own-work")) == count

    def test_two_persons_of_one_role_are_two(self, book: Book) -> None:
        write_audit(book, "2026-06-01")
        path = book.root / "records/audits/AUD-internal-2026-06-01.yaml"
        text = path.read_text()
        path.write_text(f"{text}audited:\n  - role: controller\n    person: P-5t3n\n")
        assert found(book, "auditor-audits-own-work") == []
        path.write_text(f"{text}audited:\n  - role: controller\n")
        assert len(found(book, "auditor-audits-own-work")) == 1


class TestProgramme:
    @pytest.mark.parametrize(
        ("clauses", "missing"),
        [
            ('"4", "5", "6", "7", "8", "9", "10"', []),
            ('"4", "5", "6", "7", "8", "9.1", "9.2", "9.3", "9.4", "10"', []),
            ('"4", "5", "6", "7", "8", "9.1", "9.2", "9.4", "10"', ["9.3"]),
            ('"4", "5", "6", "7", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7.1", "9", "10"', ["8.7.2", "8.7.3"]),
            ('"5", "6", "7", "8", "9"', ["4.1", "4.2", "4.3", "4.4", "10.1", "10.2"]),
        ],
    )
    def test_covers_every_clause_once(self, book: Book, clauses: str, missing: list[str]) -> None:
        book.write("records/audit-programmes/AUP-2026.yaml", PROGRAMME.format(clauses=clauses, month="2026-10"))
        messages = [finding.message for finding in found(book, "audit-cycle-leaves-clause-out")]
        assert messages == ([f"AUP-2026 plans no audit of {', '.join(missing)}."] if missing else [])

    def test_names_the_first_of_many_clauses(self, book: Book) -> None:
        book.write("records/audit-programmes/AUP-2026.yaml", PROGRAMME.format(clauses='"8", "9"', month="2026-10"))
        (finding,) = found(book, "audit-cycle-leaves-clause-out")
        assert ("4.1" in finding.message, "10.2" in finding.message, " more." in finding.message) == (True, False, True)

    def test_asks_for_no_clause_that_is_not_in_view(self, book: Book) -> None:
        book.write("servicebook.toml", f'{CONFIGURATION}\n[scope.excluded]\n"8.4" = "Another team does it."\n')
        text = PROGRAMME.format(
            clauses='"4", "5", "6", "7", "8.1", "8.2", "8.3", "8.5", "8.6", "8.7", "9", "10"', month="2026-10"
        )
        book.write("records/audit-programmes/AUP-2026.yaml", text)
        assert found(book, "audit-cycle-leaves-clause-out") == []

    @pytest.mark.parametrize(("month", "count"), [("2026-04", 1), ("2026-05", 0), ("2024-01", 0), ("2199-12", 0)])
    def test_names_the_audit_a_month_later(self, book: Book, month: str, count: int) -> None:
        text = PROGRAMME.format(clauses='"8"', month=month)
        book.write("records/audit-programmes/AUP-2026.yaml", text)
        assert len(found(book, "planned-audit-not-held")) == count


class TestCertificate:
    @pytest.mark.parametrize(
        ("last", "rules"),
        [
            ("2026-06-29", ["certificate-expired"]),
            ("2026-06-30", ["certificate-ends-soon"]),
            ("2026-10-28", ["certificate-ends-soon"]),
            ("2026-10-29", []),
        ],
    )
    def test_ends(self, book: Book, last: str, rules: list[str]) -> None:
        write_certificate(book, "CRT-1", "2025-06-30", last)
        names = ("certificate-expired", "certificate-ends-soon")
        assert [name for name in names if found(book, name)] == rules

    @pytest.mark.parametrize("rest", ["withdrawn_on: 2026-05-01\n", "withdrawn_on: 2026-06-30\n"])
    def test_that_was_withdrawn_is_history(self, book: Book, rest: str) -> None:
        write_certificate(book, "CRT-1", "2023-06-30", "2026-06-29", rest)
        assert found(book, "certificate-expired") == []

    def test_that_was_withdrawn_takes_no_place(self, book: Book) -> None:
        write_certificate(book, "CRT-1", "2023-06-30", "2026-06-29")
        write_certificate(book, "CRT-2", "2026-06-30", "2029-06-29", "withdrawn_on: 2026-06-30\n")
        assert len(found(book, "certificate-expired")) == 1

    @pytest.mark.parametrize(
        ("first", "last", "asked"),
        [
            ("2025-07-04", "2028-07-03", 2),
            ("2025-07-04", "2028-07-04", 2),
            ("2025-07-04", "2026-07-03", 0),
            ("2025-07-04", "2026-12-31", 1),
        ],
    )
    def test_of_some_years_has_a_surveillance_audit_in_between(
        self, book: Book, first: str, last: str, asked: int
    ) -> None:
        write_certificate(book, "CRT-1", first, last)
        messages = [finding.message for finding in found(book, "certificate-year-without-surveillance")]
        assert messages == ([f"CRT-1 names 0 of {asked} surveillance audits."] if asked else [])


class TestNonconformity:
    @pytest.mark.parametrize(
        ("events", "rule"),
        [
            (
                ("2026-01-05T10:00:00Z raised", "2026-02-05T10:00:00Z action-taken"),
                "nonconformity-effectiveness-overdue",
            ),
            (
                (
                    "2026-01-05T10:00:00Z raised",
                    "2026-02-05T10:00:00Z action-taken",
                    "2026-03-05T10:00:00Z closed",
                ),
                "nonconformity-closed-without-effectiveness",
            ),
        ],
    )
    def test_open_or_closed_one_rule_asks_for_the_check(self, book: Book, events: tuple[str, ...], rule: str) -> None:
        write_nonconformity(book, "NC-20260105-aaaa", *events)
        names = ("nonconformity-effectiveness-overdue", "nonconformity-closed-without-effectiveness")
        assert [name for name in names if found(book, name)] == [rule]

    def test_closed_though_it_did_not_work(self, book: Book) -> None:
        closed = ("2026-01-05T10:00:00Z raised", "2026-02-05T10:00:00Z corrected", "2026-03-05T10:00:00Z closed")
        write_nonconformity(book, "NC-20260105-aaaa", *closed, effective="false")
        (finding,) = found(book, "nonconformity-closed-without-effectiveness")
        assert "did not work" in finding.message
        write_nonconformity(book, "NC-20260105-aaaa", *closed, "2026-03-06T10:00:00Z reopened", effective="false")
        assert found(book, "nonconformity-closed-without-effectiveness") == []

    @pytest.mark.parametrize(
        ("clause", "effective", "raised", "count"),
        [
            ("8.5.1", "true", "2026-04-01T10:00:00Z", 1),
            ("8.5.1", "false", "2026-04-01T10:00:00Z", 0),
            ("8.5.2", "true", "2026-04-01T10:00:00Z", 0),
            ("8.5.1", "true", "2026-02-01T10:00:00Z", 0),  # the first was still open
            ("8.5.1", "true", "2027-04-01T10:00:00Z", 0),  # more than a year later
        ],
    )
    def test_against_the_same_clause_again(
        self, book: Book, clause: str, effective: str, raised: str, count: int
    ) -> None:
        closed = ("2026-01-05T10:00:00Z raised", "2026-02-05T10:00:00Z corrected", "2026-03-20T10:00:00Z closed")
        write_nonconformity(book, "NC-20260105-aaaa", *closed, effective=effective)
        write_nonconformity(book, "NC-20260401-bbbb", f"{raised} raised", clause=clause)
        findings = found(book, "similar-nonconformity-again")
        assert [finding.path for finding in findings] == ["records/nonconformities/NC-20260401-bbbb.yaml"] * count
