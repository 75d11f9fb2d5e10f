"""A record seems to hold a password, a key or a token.

What is committed to git stays in its history, and the site shows it to everybody who reads the book. A secret that
stood in a record is no secret any more: removing the line does not help, only changing the secret does. Where
the value is no secret but an example, say so in a comment that suppresses this rule. The message never repeats the
value, since a report is read by many.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
description: |
  The till could not log in to the payment gateway. For the test we used
  password: Wilg3npion!2025
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
description: |
  The till could not log in to the payment gateway. For the test we used
  the password of the test account, which lies in the safe under "gateway".
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
```
"""

import re
from collections.abc import Iterator
from typing import Final

from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._text import line_of, places

REGARDLESS = True

_LONG: Final = b"a" * 18  # one more than our longest common names have, such as confirmed_by_user
_LETTERS: Final = bytes(97 if re.match(rb"[0-9A-Za-z_+/]", bytes([byte])) else 32 for byte in range(256))

_VALUE: Final = r"[\"']?(?: *[:=：] *| +is:? +|(?:是|为) *)[\"']?"
_KEY: Final = rf"(?i:(?:api|access|account|secret)[ _-]?key|(?:access|api|auth)[ _-]?token){_VALUE}"
_PASSWORD: Final = rf"(?i:pass(?:word|wd)|pwd(?= *=)|secret|密码|口令|密钥){_VALUE}(?P<password>[^\s\"'，。；<>]{{6,}})"

# What it is, to be read after “This looks like”; what its line has in any case, in small letters; how it looks.
_SECRETS: Final = [
    (what, [clue.encode() for clue in clues], re.compile(pattern))
    for what, clues, pattern in (
        ("a private key", ["-----begin"], r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
        ("an access key of Amazon Web Services", [], r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
        ("an access key of Alibaba Cloud", [], r"\bLTAI[0-9A-Za-z]{16,26}\b"),
        ("an access key of Tencent Cloud", [], r"\bAKID[0-9A-Za-z]{32}\b"),
        ("a key of Google Cloud", [], r"\bAIza[0-9A-Za-z_-]{35}"),
        ("a token of GitHub", [], r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{40,})"),
        ("a token of GitLab", ["glpat-"], r"\bglpat-[0-9A-Za-z_-]{20,}"),
        ("a token of Slack", [], r"\bxox[abeoprs]-(?:[0-9A-Za-z]+-)*[0-9A-Za-z]{20,}"),
        ("the address of a Slack hook", [], r"hooks\.slack\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]{20,}"),
        ("a key of Stripe", [], r"\b[rs]k_live_[0-9A-Za-z]{20,}"),
        ("a key of a language model's provider", [], r"(?<![0-9A-Za-z-])sk-(?:[a-z0-9]+-)*[0-9A-Za-z_]{32,}"),
        (
            "a signed token (JWT)",
            [],
            r"\beyJ[0-9A-Za-z_]{17,}[0-9A-Za-z_-]*\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}",
        ),
        ("a token that logs in", [], r"(?i:\bauthorization: *(?:basic|bearer) +)[0-9A-Za-z+/_]{20,}"),
        ("a key or token", [], rf"{_KEY}(?P<key>[0-9A-Za-z+/_]{{20,}})"),
        (
            "an address with a password in it",
            ["@"],
            r"\b[a-z][a-z0-9+.-]*://[^\s/:@\"'<>]+:(?![$<{*%])[^\s/@\"'<>]{3,}@",
        ),
        ("a password", ["passw", "secret", "=", "密码", "口令", "密钥"], _PASSWORD),
    )
]
_BY_CLUE: Final = {
    clue: [(what, pattern) for what, clues, pattern in _SECRETS if clue in (clues or [_LONG])]
    for clue in sorted({_LONG, *(clue for _, clues, _ in _SECRETS for clue in clues)})
}
_ASCII_CLUES: Final = [clue for clue in _BY_CLUE if clue.isascii() and clue not in (_LONG, b"=")]
_OTHER_CLUES: Final = [clue for clue in _BY_CLUE if not clue.isascii()]

_NO_SECRET: Final = re.compile(r"[$%{*<(\[]|[A-Z]{1,5}[-_]|[a-z]+://|(.)\1+$")
"""What stands for a secret rather than being one: ${VARIABLE}, an id, an address, asterisks."""


def check_record(record: Record) -> Iterator[Finding]:
    source = record.source()
    told: set[int] = set()
    for clue, place in _clues(source):
        line = line_of(source, place)
        for what, pattern in _BY_CLUE[clue] if line.number not in told else ():
            match = pattern.search(line.text)
            if match is not None and _is_secret(match):
                told.add(line.number)
                yield line.finding(
                    record,
                    match.start(),
                    f"This looks like {what}.",
                    "Change it wherever it is used, and write here where it is kept instead.",
                )
                break


def _clues(source: bytes) -> list[tuple[bytes, int]]:
    """What is worth a closer look, and where: words that go before a secret, and runs of letters and digits."""
    shape, lower = source.translate(_LETTERS), source.lower()
    clues = [clue for clue in _ASCII_CLUES if clue in lower]
    if source.count(b"=") > 1:  # one is in the line that tells an editor the schema
        clues.append(b"=")
    if not source.isascii():
        clues += [clue for clue in _OTHER_CLUES if clue in lower]
    if _LONG not in shape and not clues:
        return []
    runs = [(_LONG, place) for place in places(shape, _LONG)]
    return runs + [(clue, place) for clue in clues for place in places(lower, clue)]


def _is_secret(match: re.Match[str]) -> bool:
    """Whether what follows the word “password” can be one: “reset”, “expired” and “see-the-safe” cannot."""
    if match.lastgroup is None:
        return True
    value = match[match.lastgroup].rstrip(".,;:!?)")
    if len(value) < 6 or _NO_SECRET.match(value):
        return False
    letters = any(character.isalpha() for character in value)
    return letters and any(character.isdigit() or character in "!#$%&*+=?@^~|" for character in value)
