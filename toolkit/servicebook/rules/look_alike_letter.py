r"""A word mixes Latin letters with Cyrillic or Greek ones that look like them.

The Cyrillic а and the Latin a are drawn alike and are two letters. A name with one such letter reads as another
name and is found by no search for it; that is how a false address is made to look like the right one. A letter that
nobody takes for a Latin one, as in µs or Ω, is no such case.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: "P\u0430yment page"
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

## Right

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Payment page
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

import re
import unicodedata
from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._text import texts

REGARDLESS = True

_ALIKE = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u03f2\u03f3"
_ALIKE += "\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
_ALIKE += "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04ae\u04af\u04bb\u0501\u051b\u051d"
_LETTER = re.compile(f"[{_ALIKE}]")
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]+")
_GREEK_OR_CYRILLIC = re.compile(b"[\xcd-\xd4]")  # the first bytes of their letters in UTF-8
_LATIN = re.compile("[A-Za-z]")


def check_record(record: Record) -> Iterator[Finding]:
    source = record.source()
    if b"\\" not in source and (source.isascii() or _GREEK_OR_CYRILLIC.search(source) is None):
        return
    for pointer, text in texts(record.data):
        if text.isascii() or _LETTER.search(text) is None:
            continue
        for word in _WORD.findall(text):
            letter = _LETTER.search(word)
            if letter is not None and _LATIN.search(word) is not None:
                name = f"U+{ord(letter.group()):04X} ({unicodedata.name(letter.group()).lower()})"
                yield record.finding(
                    pointer,
                    f"The word {quote(word)} mixes scripts: one of its letters is {name}.",
                    "Type the word again in one script.",
                )
