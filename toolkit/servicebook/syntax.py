"""What the YAML scanner objects to, said to the person who wrote the file.

libyaml names tokens of its own grammar (“did not find expected key”). Each of its objections has a
plain sentence here, with the character or the escape that it stumbled over, and a hint what to do.
"""

import re
from typing import Final

from servicebook.finding import quote

_QUOTATION_MARKS: Final = "Put the whole text in quotation marks."
_INDENTATION: Final = "Fields of one level begin in the same column; indent with spaces."
_BRACKETS: Final = (
    "Separate items by commas and close every bracket; text with brackets or commas goes in quotation marks."
)
_ESCAPES: Final = "Write \\\\ for a backslash, or use single quotation marks, in which a backslash is only a backslash."
_ANYTHING: Final = "Check the indentation and the quotation marks on this line and the one before."
DIRECTIVE: Final = ("A YAML directive (%…) is not part of the record dialect.", "Remove the line that begins with %.")
_TAG: Final = (
    "A YAML tag (!…) is not part of the record dialect.",
    "Remove the tag; text that begins with ! goes in quotation marks.",
)

_BY_CONTEXT: Final = {
    "while scanning an anchor": ("Text cannot begin with &.", _QUOTATION_MARKS),
    "while scanning an alias": ("Text cannot begin with *.", _QUOTATION_MARKS),
    "while scanning a directive": DIRECTIVE,
    "while scanning a %YAML directive": DIRECTIVE,
    "while scanning a %TAG directive": DIRECTIVE,
    "while scanning a tag": _TAG,
    "while parsing a tag": _TAG,
    "while scanning a block scalar": (
        "After | or > the line ends, and the text below is indented with spaces.",
        "Begin the text on the next line; text that begins with | or > goes in quotation marks.",
    ),
}
_BY_PROBLEM: Final = {
    "found unexpected end of stream": (
        "A quotation mark is opened here and not closed.",
        'Close it, and write a quotation mark within as \\".',
    ),
    "found unexpected document indicator": (
        "A quotation mark is opened here and not closed.",
        'Close it, and write a quotation mark within as \\".',
    ),
    "could not find expected ':'": (
        "This is not a field: a colon and a space are missing.",
        "Write “name: value”, or indent the line if it continues the text above.",
    ),
    "mapping values are not allowed in this context": (
        "A colon stands where no field can begin.",
        "Text that contains “: ” goes in quotation marks; a field goes on its own line.",
    ),
    "mapping keys are not allowed in this context": (
        "A question mark stands where no field can begin.",
        _QUOTATION_MARKS,
    ),
    "block sequence entries are not allowed in this context": (
        "A dash stands where no list can begin.",
        "Begin the list on a line of its own; text that begins with “- ” goes in quotation marks.",
    ),
    "did not find expected '-' indicator": (
        "The indentation fits neither the list above nor the field that it belongs to.",
        _INDENTATION,
    ),
    "did not find expected key": (
        "The indentation fits no field above, or text stands after a closed quotation mark.",
        _INDENTATION,
    ),
    "did not find expected ',' or ']'": ("A bracket [ is not closed, or a comma is missing.", _BRACKETS),
    "did not find expected ',' or '}'": ("A bracket { is not closed, or a comma is missing.", _BRACKETS),
    "did not find expected node content": ("A value is missing here.", _BRACKETS),
    "did not find expected <document start>": (
        "Text stands after the end of the record.",
        "Remove what comes after it, or indent it so that it belongs to a field.",
    ),
    "found unexpected ':'": ("Between brackets a colon needs a space after it.", _QUOTATION_MARKS),
    "did not find expected '!'": _TAG,
    "did not find expected tag URI": _TAG,
    "did not find URI escaped octet": _TAG,
    "found undefined tag handle": _TAG,
    "found duplicate %YAML directive": DIRECTIVE,
    "found duplicate %TAG directive": DIRECTIVE,
    "found incompatible YAML document": DIRECTIVE,
}
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,8}")


def explain(context: str, problem: str, rest: str) -> tuple[str, str]:
    """Sentence and hint for an objection. `rest` is what stands on the line from the place it names."""
    if problem == "found character that cannot start any token":
        if rest.startswith("\t"):
            return "A tab stands where spaces belong.", "Indent with spaces."
        return f"Text cannot begin with {quote(rest[:1])}.", _QUOTATION_MARKS
    if "tab character" in problem:
        return "A tab stands where spaces belong.", "Indent with spaces."
    if problem == "found unknown escape character":
        return f"{quote(rest[:2])} is not an escape that YAML knows.", _ESCAPES
    if problem == "did not find expected hexdecimal number":
        return "An escape such as \\x41 or \\u00e9 lacks digits.", _ESCAPES
    if problem == "found invalid Unicode character escape code" and (digits := _HEXADECIMAL.match(rest)):
        return f"The escape {digits.group().upper()} is no character.", "Write the character itself; the file is UTF-8."
    return _BY_PROBLEM.get(problem) or _BY_CONTEXT.get(context) or (f"This is not YAML: {quote(problem)}.", _ANYTHING)


def opened_and_not_closed(problem: str) -> bool:
    """Whether the place to show is where the text began: it is found only at the end of the file."""
    return problem in ("found unexpected end of stream", "found unexpected document indicator")
