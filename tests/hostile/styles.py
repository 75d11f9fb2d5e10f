"""Documents for property tests: YAML in every style, good or bad, and real records with something altered."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

RECORDS = [path.read_bytes() for path in sorted((Path(__file__).parent.parent.parent / "records").rglob("*.yaml"))]

TRICKY = (
    *(
        "",
        "~",
        "null",
        "true",
        "False",
        "no",
        "on",
        "y",
        "Yes",
        "=",
        "<<",
        "-",
        "--",
        "?",
        ":",
        ".",
        "..",
        "...",
        "---",
    ),
    *(
        "0",
        "-0",
        "+1",
        "010",
        "0o17",
        "0o8",
        "0x1F",
        "0xg",
        "0b1",
        "1_000",
        "1e3",
        "1E-3",
        ".5",
        "5.",
        ".5e1",
        "+.5e-1",
    ),
    *("-0.0", "1e400", "1e-400", "9999999999999999", "12345678901234567", ".inf", "-.INF", ".nan", "inf", "NaN"),
    *("12:30:45", "1:30", "2024-02-30", "2026-03-04T09:15:00+01:00", "2026-03-04 09:15:00", "0001-01-01"),
    *(
        "a b",
        "a: b",
        "a:b",
        "a #b",
        "a#b",
        "-a",
        "- a",
        "?a",
        ":a",
        "!a",
        "&a",
        "*a",
        "@a",
        "`a",
        "%a",
        "|",
        ">",
        "'",
        '"',
    ),
    *("[", "]", "{", "}", ",", "a,b", "a]", "[a", "{a", "支付", "é", "💾", "a\tb", "\\", "\\n", "it's", "http://x/y#z"),
)
CHARACTERS = st.one_of(
    st.sampled_from(list(" \n\t:#-?,[]{}&*!|>'\"%@`\\/<=~.0123456789abexntruefalsNO_+é支💾\r\x85\u2028\ufeff\x00\x1b")),
    st.characters(codec="utf-8"),
)
SPACES = st.sampled_from(["", " ", " ", " ", "  ", "\t", "   "])
ENDS = st.sampled_from(["\n", "\n", "\n", "\n", "\n\n", " \n", " # c\n", "\n# c: d\n", "\n   \n", "#\n", "\t\n"])
TEXT = st.text(CHARACTERS, max_size=12)
ESCAPES = st.sampled_from(
    [
        r"\n",
        r"\t",
        r"\\",
        r"\"",
        r"\/",
        r"\x41",
        r"\u00e9",
        r"\U0001F4BE",
        r"\_",
        r"\ ",
        r"\0",
        r"\e",
        r"\N",
        r"\ud83d",
        "\\\n  ",
    ]
)


def values() -> st.SearchStrategy[dict[str, Any]]:
    """Records as data. Field names are words: ruamel.yaml writes others so that nobody reads them (`{?a: 1}`)."""
    letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co"])
    # ruamel.yaml leaves `.5e1` without quotation marks, which the dialect refuses
    tricky = st.sampled_from([text for text in TRICKY if text != ".5e1"])
    text = st.one_of(tricky, st.text(letters, max_size=30), st.text("a b\n#:-'\"\t", max_size=20))
    name = st.one_of(
        st.from_regex("[a-z][a-z_]{0,12}", fullmatch=True), st.sampled_from(["no", "null", "12", "1e3", "名"])
    )
    number = st.one_of(
        st.integers(-(10**16) + 1, 10**16 - 1),
        st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda value: round(value, 6)),
    )
    leaf = st.one_of(text, number, st.booleans(), st.none())
    node = st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(name, inner, max_size=4), max_leaves=15
    )
    return st.dictionaries(name, node, min_size=1, max_size=6)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A mapping in any mixture of styles, now and then broken; line feeds, or returns and line feeds."""
    head = draw(st.sampled_from(["", "", "", "", "# c\n", "---\n", "\ufeff", "\n\n", "--- # c\n", "%YAML 1.2\n---\n"]))
    tail = draw(st.sampled_from(["", "", "", "", "...\n", "# c", "\n\n", "---\n", "... # c\n"]))
    text = head + draw(block_mapping(0, 3)) + tail
    if draw(st.integers(0, 4)) == 0:
        text = text.replace("\n", "\r\n")
    if draw(st.integers(0, 9)) == 0:
        text = text.rstrip("\n")
    return text.encode("utf-8", "surrogatepass")


@st.composite
def block_mapping(draw: st.DrawFn, indent: int, depth: int) -> str:
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        key = draw(
            st.one_of(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), quoted(), st.sampled_from(TRICKY))
        )
        lead = draw(st.sampled_from(["", "", "", "", "", "? "]))
        colon = draw(st.sampled_from([":", ":", ":", ":", " :"])) if not lead else "\n" + " " * indent + ":"
        lines.append(" " * indent + lead + key + colon + draw(value(indent, depth)))
    return "".join(lines)


@st.composite
def value(draw: st.DrawFn, indent: int, depth: int) -> str:
    """What follows a colon or a dash, with its line end."""
    style = draw(st.sampled_from(["scalar", "scalar", "block text", "mapping", "sequence", "flow", "folded plain"]))
    space = draw(SPACES)
    if style == "block text":
        return space + draw(block_text(indent))
    if style == "mapping" and depth:
        return draw(ENDS) + draw(block_mapping(indent + draw(st.integers(1, 3)), depth - 1))
    if style == "sequence" and depth:
        return draw(ENDS) + draw(block_sequence(indent + draw(st.integers(0, 2)), depth - 1))
    if style == "flow" and depth:
        return space + draw(flow(depth)) + draw(ENDS)
    if style == "folded plain":
        more = "\n" * draw(st.integers(1, 3)) + " " * (indent + draw(st.integers(0, 3)))
        return space + draw(st.sampled_from(TRICKY)) + more + draw(st.sampled_from(TRICKY)) + draw(ENDS)
    return space + draw(scalar()) + draw(ENDS)


@st.composite
def block_sequence(draw: st.DrawFn, indent: int, depth: int) -> str:
    items = []
    for _ in range(draw(st.integers(1, 3))):
        if depth and draw(st.booleans()):
            nested = draw(st.one_of(block_mapping(indent + 2, depth - 1), block_sequence(indent + 2, depth - 1)))
            items.append(" " * indent + "- " + nested.lstrip(" "))
        else:
            items.append(" " * indent + "-" + draw(value(indent, depth)))
    return "".join(items)


@st.composite
def block_text(draw: st.DrawFn, indent: int) -> str:
    """A literal or folded text with any header, lines more or less indented, blank lines and comments after it."""
    header = draw(st.sampled_from("|>")) + draw(st.sampled_from(["", "", "", "-", "+", "1", "2", "2-", "+3", "0"]))
    deeper = indent + draw(st.integers(1, 3))
    lines = draw(st.lists(st.tuples(st.integers(0, 3), st.one_of(st.sampled_from(TRICKY), TEXT)), max_size=4))
    body = "".join((" " * (deeper + more) + text + "\n") if text else "\n" for more, text in lines)
    return header + draw(ENDS) + body


@st.composite
def flow(draw: st.DrawFn, depth: int) -> str:
    items = []
    mapping = draw(st.booleans())
    for _ in range(draw(st.integers(0, 3))):
        item = draw(flow(depth - 1)) if depth > 1 and draw(st.booleans()) else draw(scalar())
        if mapping or draw(st.integers(0, 5)) == 0:
            item = (
                draw(st.one_of(st.sampled_from("abcd"), scalar()))
                + draw(st.sampled_from([":", ": ", ": ", " : "]))
                + item
            )
        items.append(draw(flow_space()) + item + draw(flow_space()))
    body = ",".join(items) + draw(st.sampled_from(["", "", "", ",", " "]))
    return "{" + body + "}" if mapping else "[" + body + "]"


def flow_space() -> st.SearchStrategy[str]:
    return st.sampled_from(["", "", " ", "  ", "\n ", "\n    ", " # c\n ", "\t"])


def scalar() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(TRICKY), quoted(), TEXT)


def quoted() -> st.SearchStrategy[str]:
    """Single or double quotation marks, with escapes and line breaks within."""
    single = st.text(CHARACTERS, max_size=10).map(lambda text: "'" + text.replace("'", "''") + "'")
    plain = st.text(CHARACTERS, max_size=4).map(lambda text: text.replace("\\", "").replace('"', ""))
    double = st.lists(st.one_of(plain, ESCAPES), max_size=4).map(lambda parts: '"' + "".join(parts) + '"')
    return st.one_of(st.sampled_from(TRICKY).map(lambda text: "'" + text.replace("'", "''") + "'"), single, double)


@st.composite
def everyday_documents(draw: st.DrawFn) -> bytes:
    """Lines as `new` writes them, a field or an item each, with indentation and values that are now and then not so."""
    plain = st.one_of(st.sampled_from(TRICKY), st.text("ab1 :#-'\"|.é\u3000\xa0²", min_size=1, max_size=8))
    held = st.one_of(
        plain, plain, quoted(), st.sampled_from(["|", "|", "|-", ">", "[]", "{}", "[ ]", "a b", "x  y", "1 2"])
    )
    field = st.tuples(
        st.sampled_from(["a", "b", "c", "d-e", "_f", "no", "true", "null", "9a", "é", "a b"]), st.just(":")
    )
    line = st.tuples(
        st.sampled_from([0, 0, 0, 2, 2, 2, 4, 4, 1, 3, 6]).map(lambda indent: " " * indent),
        st.sampled_from(["", "", "", "", "- ", "- ", "-", "- - "]),
        st.one_of(field.map("".join), field.map("".join), field.map("".join), st.just("")),
        st.one_of(st.just(""), held.map(lambda text: " " + text), held.map(lambda text: " " + text)),
        st.sampled_from(["", "", "", "", "", "", " ", " # c", "\n", "\n# c", "\n  # c", "\n    # c", "\n  "]),
    ).map(lambda parts: parts[0] + parts[1] + (parts[2] + parts[3]).lstrip(" ") + parts[4])
    text = "\n".join(draw(st.lists(line, min_size=1, max_size=9))) + draw(
        st.sampled_from(["\n", "\n", "\n", "", "\n\n"])
    )
    return text.encode("utf-8", "surrogatepass")


@st.composite
def records_altered(draw: st.DrawFn) -> bytes:
    """A real record, shortened, with bytes changed, put in or taken out, and lines doubled, moved or indented."""
    lines = draw(st.sampled_from(RECORDS)).split(b"\n")
    start = draw(st.integers(0, max(0, len(lines) - 5)))
    lines = lines[start : start + draw(st.integers(5, 40))]
    for _ in range(draw(st.integers(0, 2))):
        here, there = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["double", "move", "indent", "outdent", "drop", "join"]))
        if change == "double":
            lines.insert(there, lines[here])
        elif change == "move":
            lines.insert(there, lines.pop(here))
        elif change == "indent":
            lines[here] = b" " * draw(st.integers(1, 3)) + lines[here]
        elif change == "outdent":
            lines[here] = lines[here].removeprefix(b" ")
        elif change == "join" and here + 1 < len(lines):
            lines[here : here + 2] = [lines[here] + b" " + lines[here + 1].lstrip()]
        elif change == "drop" and len(lines) > 1:
            del lines[here]
    data = bytearray(b"\n".join(lines))
    signs = st.one_of(st.sampled_from([*b" \n\t:#-?,[]{}&*!|>'\"%@`\\<=~.0\r\x00\xff"]), st.integers(0, 255))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        change = draw(st.sampled_from(["set", "put", "take", "flip"]))
        if change == "put":
            data.insert(at, draw(signs))
        elif change == "take":
            del data[at : at + 1]
        elif data and change == "set":
            data[at] = draw(signs)
        elif data:
            data[at] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)
