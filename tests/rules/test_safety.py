"""What has no place in a book: secrets, numbers of people, what cannot be seen, what looks like something else."""

import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicebook.errors import Problem
from servicebook.finding import Finding
from servicebook.kind import Kind
from servicebook.layout import text_of
from servicebook.record import Record
from servicebook.rules import (
    invisible_character,
    look_alike_id,
    look_alike_letter,
    possible_personal_data,
    possible_secret,
)
from servicebook.source import Refused, load
from servicebook.tree import WorkingTree

Check = Callable[[Record], Iterator[Finding]]
RULES = {
    "possible-secret": possible_secret.check_record,
    "possible-personal-data": possible_personal_data.check_record,
    "invisible-character": invisible_character.check_record,
    "look-alike-letter": look_alike_letter.check_record,
}
SCHEMA = {"properties": {"contact": {"x-personal": True}, "note": {}}}


def found(check: Check, source: str) -> list[Finding]:
    """What a rule says of a record with these bytes."""
    data = source.encode()
    kind = Kind("thing", "", SCHEMA, {})
    return list(check(Record(WorkingTree(Path()), "r.yaml", kind, "THG-1", data=load(data), source=data)))


def block(text: str) -> str:
    """A record of a few lines with a text in it that needs no quotation marks."""
    lines = "".join(f"  {line}\n" for line in text.split("\n"))
    return f"# yaml-language-server: $schema=../../schemas/thing.schema.json\nid: THG-1\nnote: |\n{lines}end: true\n"


LETTERS = string.ascii_letters + string.digits


def run(length: int, seed: int = 7) -> str:
    """Letters and digits without a pattern that a rule could rely on; made here, so that no scanner finds them."""
    return "".join(LETTERS[(seed * place * place + 11 * place + 3) % 62] for place in range(length))


SECRETS = {
    "a private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "an access key of Amazon Web Services": "AKIA" + "Q3EGRJX7LZVDMW2B",
    "an access key of Alibaba Cloud": "LTAI" + run(20),
    "an access key of Tencent Cloud": "AKID" + run(32),
    "a key of Google Cloud": "AIza" + run(20) + "-" + run(14),
    "a token of GitHub": "ghp_" + run(36),
    "a token of GitLab": "glpat-" + run(9) + "-" + run(10),
    "a token of Slack": "xoxb-" + "123456789012-" + run(24),
    "the address of a Slack hook": "hooks.slack.com/services/" + "T0ABCDEF/B0ABCDEF/" + run(24),
    "a key of Stripe": "sk_live_" + run(24),
    "a key of a language model's provider": "sk-" + "proj-" + run(40),
    "a signed token (JWT)": f"eyJ{run(20)}.eyJ{run(20)}.{run(20)}",
    "a token that logs in": "Authorization: Bearer " + run(32),
    "a key or token": "api_key = " + run(32),
    "an address with a password in it": "postgres://shop:" + "Tr0ub4dor@db.internal/orders",
}
PASSWORDS = [
    "password: Wilg3npion!", "Password=hunter2x", "PASSWORD: S3cret77", "the password is blue4horse!", "Pwd=ab12cd;",
    '{"client_secret": "q9w8e7r6"}', "密码：Abc12345", "数据库口令是 wz2025xk",
]  # fmt: skip
HARMLESS = [
    "password: reset by the user", "The password is expired.", "Password: ******", "password: ${SHOP_PASSWORD}",
    "password: INC-20251128-k7q2", "secret: see https://vault.example/2025", "a secret to nobody in 2025",
    "We passed 12 of 14 tests.", "密码已重置，见 INC-20251128-k7q2", "sk-risk-assessment-of-the-services-in-the-shop",
    "sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea", "see https://shop.example:8443/a@b",
]  # fmt: skip


@pytest.mark.parametrize(("what", "secret"), SECRETS.items(), ids=SECRETS)
def test_every_planted_secret_is_found(what: str, secret: str) -> None:
    (finding,) = found(possible_secret.check_record, block(f"Two lines.\nLog in with {secret} then."))
    assert finding.message == f"This looks like {what}."
    assert finding.line == 5
    assert secret not in finding.message + finding.hint


@pytest.mark.parametrize("text", PASSWORDS)
def test_passwords(text: str) -> None:
    (finding,) = found(possible_secret.check_record, block(text))
    assert finding.message == "This looks like a password."


@pytest.mark.parametrize("text", HARMLESS)
def test_no_secret(text: str) -> None:
    assert found(possible_secret.check_record, block(text)) == []


def test_a_secret_in_a_comment_and_in_a_field_of_ones_own() -> None:
    source = f"# token: {SECRETS['a token of GitHub']}\nid: THG-1\nx_password: Wilg3npion!\n"
    assert [finding.line for finding in found(possible_secret.check_record, source)] == [1, 3]


PERSONAL = {
    "an e-mail address": "j.jansen" + "@wilgenpion-shops.nl",
    "a telephone number": "+31 20 794 60 18",
    "an identity number": "11010519491231002X",
    "the number of a bank account (IBAN)": "GB82 WEST 1234 5698 7654 32",
    "the number of a payment card": "4111 1111 1111 1111",
    "a mobile telephone number": "13800138000",
}
NOBODYS = [
    "servicedesk@wilgenpion-shops.nl", "anna@example.org", "bob@mail.example", "2025-11-28T09:02:00+01:00",
    "at +1:30 the queue had 12 345 678 orders", "order 1234567890123456", "11010519491331002X", "110105194912310021",
    "GB82 WEST 1234 5698 7654 33", "0000 0000 0000 0000", "3f13800138000a", "INC-20251128-1234", "@alice asked",
]  # fmt: skip


@pytest.mark.parametrize(("what", "number"), PERSONAL.items(), ids=PERSONAL)
def test_every_planted_number_of_a_person_is_found(what: str, number: str) -> None:
    (finding,) = found(possible_personal_data.check_record, block(f"Call\nback: {number}, before noon."))
    assert finding.message == f"This looks like {what}."
    assert (finding.line, finding.column) == (5, 9)
    assert number not in finding.message + finding.hint


@pytest.mark.parametrize("text", NOBODYS)
def test_no_personal_data(text: str) -> None:
    assert found(possible_personal_data.check_record, block(text)) == []


def test_a_field_that_is_marked_as_personal_is_left_alone() -> None:
    number = PERSONAL["a telephone number"]
    assert found(possible_personal_data.check_record, f'id: THG-1\ncontact: "{number}"\n') == []
    assert len(found(possible_personal_data.check_record, f'id: THG-1\nnote: "{number}"\n')) == 1


@pytest.mark.parametrize(
    "code", [0xAD, 0x61C, 0x200B, 0x200C, 0x200E, 0x2060, 0x2800, 0x3164, 0xFE0F, 0xE0041, 0xE0100]
)
@pytest.mark.parametrize("written", [False, True], ids=["itself", "as an escape"])
def test_what_cannot_be_seen(code: int, written: bool) -> None:
    character = f"\\U{code:08X}" if written else chr(code)
    (finding,) = found(invisible_character.check_record, f'id: THG-1\nnote: "shop {character}x"\n')
    assert f"U+{code:04X}" in finding.message
    assert finding.message.isprintable()
    assert (finding.line, finding.column) == ((2, 1) if written else (2, 13))


@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "❤\ufe0f", "1\ufe0f⃣", "می\u200cخواهم", "שלום\u200e (a)", "葛\U000e0100"]
)
def test_what_a_script_needs(text: str) -> None:
    assert found(invisible_character.check_record, block(text)) == []


def test_a_hidden_comment_is_seen_too() -> None:
    assert len(found(invisible_character.check_record, "# a\u200bb\nid: THG-1\n")) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P\u0430yment page", 1),
        ("\u0410pple and \u0415uro", 2),
        ("\\u0420ay", 1),
        ("Оплата payment", 0),
        ("5 μs, 3 Ω, β-version, Δt", 0),
        ("支付 Payment 页面", 0),
        ("Ελλάδα", 0),
    ],
)
def test_letters_that_look_alike(text: str, words: int) -> None:
    assert len(found(look_alike_letter.check_record, f'id: THG-1\nnote: "{text}"\n')) == words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("SVC-till-l", "SVC-till-1", True),
        ("SVC-till-I", "SVC-till-1", True),
        ("SVC-O1", "SVC-0l", True),
        ("SVC-modern", "SVC-modem", True),
        ("SVC-vvest", "SVC-west", True),
        ("SVC-till-1", "SVC-till-2", False),
        ("INC-20251128-k7q2", "INC-20251128-k7q3", False),
    ],
)
def test_ids_that_look_alike(one: str, other: str, alike: bool) -> None:
    first, second = look_alike_id.as_drawn([one, other])
    assert (first == second) is alike


def test_no_id_none_alike() -> None:
    assert look_alike_id.as_drawn([]) == []


values = st.recursive(
    st.text(max_size=40) | st.sampled_from([*SECRETS.values(), *PASSWORDS, *PERSONAL.values()]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(["note", "contact", "x_a"]), values, max_size=3))
def test_no_detector_fails_on_any_text(data: dict[str, Any]) -> None:

    try:
        source = text_of({"id": "THG-1", **data}).decode()
        load(source.encode())
    except (Problem, Refused):
        return  # no record holds such a text
    for check in RULES.values():
        for finding in found(check, source):
            assert finding.message.isprintable()
            assert 1 <= finding.line <= source.count("\n")
            assert finding.column >= 1
