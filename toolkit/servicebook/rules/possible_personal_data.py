"""A text seems to hold an e-mail address, a telephone number, or another number of a person.

The book is kept for years, copied by everybody who clones it, and published. A person is named in it by an id whose
name stands in `people.yaml`, which is not published; a reporter is a role. Looked for are addresses and telephone
numbers with a country code, bank accounts (IBAN), payment cards, and mobile and identity numbers of China, each
by its check digits where it has some. Addresses that belong to nobody (`example.org`, `servicedesk@…`) and fields
that the schema marks as personal are left alone. The message does not repeat what was found.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
description: Call back on +31 20 794 60 18 before noon.
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
description: Call the reporter back before noon, the number is in the contact list.
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
```
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._text import Line, texts

REGARDLESS = True

_NOBODY: Final = re.compile(
    r"(?i:(?:no-?reply|do-?not-?reply|info|support|help|help-?desk|service-?desk|contact|postmaster|security|privacy"
    r"|office|sales|hello|abuse|admin|git|billing|press)@.*|.*[@.](?:example(?:\.(?:com|net|org))?|invalid|test|localhost))"
)
_TEN_DIGITS: Final = b"0" * 10
_CARD: Final = b"0000-0000-0000"
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")


def _is_address(text: str) -> bool:
    return _NOBODY.fullmatch(text) is None


def _is_phone(text: str) -> bool:
    return 9 <= sum(map(str.isdigit, text)) <= 15


def _is_card(text: str) -> bool:
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_account(text: str) -> bool:
    plain = text.replace(" ", "").upper()
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_identity_number(text: str) -> bool:
    """An identity number of China: region, date of birth, serial number, and a check digit that may be X."""
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(text[:17]))
    return born.year >= 1880 and "10X98765432"[weighed % 11] == text[17].upper()


_ALONE: Final = r"(?<![0-9A-Za-z.+-]){}(?![0-9A-Za-z])"
_LOOK: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    ("an e-mail address", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", _is_address),
    ("a telephone number", r"(?<![0-9A-Za-z:.])\+[1-9][0-9]{0,2}(?:[ ().-]{0,3}[0-9]){6,12}(?![0-9:])", _is_phone),
    ("an identity number", _ALONE.format("[1-9][0-9]{16}[0-9Xx]"), _is_identity_number),
    ("the number of a bank account (IBAN)", _ALONE.format("[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]){11,30}"), _is_account),
    ("the number of a payment card", _ALONE.format("[2-6](?:[ -]?[0-9]){12,18}"), _is_card),
    ("a mobile telephone number", _ALONE.format("1[3-9][0-9](?:[ -]?[0-9]{4}){2}"), lambda _: True),
)
_PERSONAL: Final = [(what, re.compile(pattern), holds) for what, pattern, holds in _LOOK]


def check_record(record: Record) -> Iterator[Finding]:
    source = record.source()
    if not _suspicious(source):
        return
    personal = (at for at in texts(record.data) if record.kind.property(at[0]).get("x-personal"))
    allowed = [value for _, value in personal]
    for number, text in enumerate(source.decode("utf-8-sig", "replace").split("\n"), 1):
        for what, pattern, holds in _PERSONAL:
            found = [match for match in pattern.finditer(text) if holds(match.group())]
            match = next((one for one in found if not any(one.group() in value for value in allowed)), None)
            if match is not None:
                yield Line(number, text).finding(
                    record,
                    match.start(),
                    f"This looks like {what}.",
                    "Write the role, or the person's id (P-…): names and numbers belong in people.yaml.",
                )
                break


def _suspicious(source: bytes) -> bool:
    """Whether a closer look is worth its time: an @, a + before digits, or ten digits in a row."""
    shape = source.translate(_DIGITS, b" ().")
    if b"@" in source or _TEN_DIGITS in shape or _CARD in shape:
        return True
    return b"+000" in shape or b"+0-0" in shape or b"+00-0" in shape  # an offset from UTC has a colon after two digits
