"""Which bytes are text that may stand in a record, told before any parser sees them."""

import re
from typing import Final

LARGEST: Final = 1024 * 1024

Objection = tuple[int, int, str, str]
"""Line and column from 1, sentence, hint."""

_PLAIN_ASCII: Final = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])
# Not text: controls, unpaired surrogates, non-characters. Line breaks that YAML 1.1 and 1.2 read
# differently. Marks that turn the reading direction, with which a line can show what it does not say.
# The byte order mark, which some readers drop and others keep (one may begin a file).
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_REMOVE: Final = "Remove it; it cannot be seen, or it makes text read otherwise than it is."
_LONE_RETURN: Final = re.compile(rb"\r(?!\n)")
_CONFLICT: Final = re.compile(rb"^(?:<{7} |\|{7} |={7}\r?$|>{7} )", re.MULTILINE)


def objection(data: bytes) -> Objection | None:
    """What forbids these bytes to be a record, or None."""
    if len(data) > LARGEST:
        hint = "Keep records small; attach large material elsewhere and name it here."
        return (1, 1, f"The file is larger than {LARGEST // 1024} KiB.", hint)
    if data.translate(None, _PLAIN_ASCII) and (found := _in_characters(data)):
        return found
    if b"\r" in data and (lone := _LONE_RETURN.search(data)):
        return (*_place(data, lone.start()), "A carriage return stands alone.", "Save the file with LF line ends.")
    if data.startswith(b"version https://git-lfs"):
        hint = "Keep records in git itself: take *.yaml out of the LFS lines of .gitattributes."
        return (1, 1, "This is a Git LFS pointer, not a record.", hint)
    if (b"<<<<<<< " in data or b"=======" in data or b">>>>>>> " in data) and (mark := _CONFLICT.search(data)):
        hint = "Choose one side and remove the lines <<<<<<<, ======= and >>>>>>>."
        return (*_place(data, mark.start()), "An unresolved merge conflict stands here.", hint)
    return None


def objection_to_escape(text: str) -> tuple[str, str] | None:
    """Sentence and hint, where text in double quotation marks spells a character that may not stand in a record."""
    bad = _FORBIDDEN.search(text)
    return (f"The escape for U+{ord(bad.group()):04X} may not stand in a record.", _REMOVE) if bad else None


def _in_characters(data: bytes) -> Objection | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.object` is what was decoded: the mark that may begin a file is no part of it
        place = _place(error.object, error.start)
        return (*place, f"Byte {error.object[error.start]:#04x} is not UTF-8 text.", "Save the file as UTF-8.")
    if bad := _FORBIDDEN.search(text):
        before = text[: bad.start()]
        column = len(before) - before.rfind("\n")
        message = f"The character U+{ord(bad.group()):04X} may not stand in a record."
        return (before.count("\n") + 1, column, message, _REMOVE)
    return None


def _place(data: bytes, index: int) -> tuple[int, int]:
    """Line and column in characters of a byte, all before it being text or nearly."""
    start = data.rfind(b"\n", 0, index) + 1
    return data.count(b"\n", 0, index) + 1, len(data[start:index].decode("utf-8-sig", "replace")) + 1
