"""Documents for property tests: YAML in every style, good or bad, and real records with something altered."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hostile.reference import reference

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
WILD = st.one_of(
    st.sampled_from(list(" \n\t:#-?,[]{}&*!|>'\"%@`\\/<=~.0123456789abexntruefalsNO_+é支💾\r\x85\u2028\ufeff\x00\x1b")),
    st.characters(codec="utf-8"),
)
TAME = st.sampled_from(list(" -.,:#'|>[{0123456789abexntruefalsNO_+é支💾\u3000\xa0"))
ESCAPES = [r"\n", r"\t", r"\\", r"\"", r"\/", r"\x41", r"\u00e9", r"\U0001F4BE", r"\_", r"\ ", "\\\n  "]
BAD_ESCAPES = [r"\0", r"\e", r"\N", r"\ud83d", r"\q", r"\x4"]


def mostly(good: st.SearchStrategy[str], bad: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Now and then something bad, so seldom that most documents hold none."""
    return st.integers(0, 39).flatmap(lambda number: bad if number == 39 else good)


def _stands(text: str, template: str) -> bool:
    """Whether the reference reads the text where the template has it, and every field name there is text."""
    if text[:1] in "&*!":
        return False
    try:
        value = reference(template.replace("…", text).encode())
    except Exception:  # noqa: BLE001 (the reference raises a dozen kinds)
        return False
    return isinstance(value, dict) and all(isinstance(name, str) for name in value)


PLAIN = mostly(st.sampled_from([text for text in TRICKY if _stands(text, "a: …\n")]), st.sampled_from(TRICKY))
FLOW_PLAIN = mostly(
    st.sampled_from([text for text in TRICKY if _stands(text, "a: […, {b: …}]\n")]), st.sampled_from(TRICKY)
)
FOLDED = mostly(st.sampled_from([text for text in TRICKY if _stands(text, "a: b\n  …\n")]), st.sampled_from(TRICKY))
NAMES = [*"abcdefgh", *(text for text in TRICKY if _stands(text, "…: 1\n"))]
SPACE = mostly(st.sampled_from([" ", " ", "  ", "    "]), st.sampled_from(["", "\t"]))
END = mostly(
    st.sampled_from(["\n", "\n", "\n", "\n", "\n\n", " \n", " # c\n", "\n# c: d\n", "\n   \n"]),
    st.sampled_from(["#\n", "\t\n"]),
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
    head = draw(
        mostly(
            st.sampled_from(["", "", "", "# c\n", "---\n", "\ufeff", "\n\n", "--- # c\n"]), st.just("%YAML 1.2\n---\n")
        )
    )
    tail = draw(mostly(st.sampled_from(["", "", "", "...\n", "# c", "\n\n", "... # c\n"]), st.just("---\n")))
    text = head + draw(block_mapping(0, 3)) + tail
    if draw(st.integers(0, 4)) == 4:
        text = text.replace("\n", "\r\n")
    if draw(st.integers(0, 9)) == 9:
        text = text.rstrip("\n")
    return text.encode("utf-8", "surrogatepass")


@st.composite
def block_mapping(draw: st.DrawFn, indent: int, depth: int) -> str:
    lines = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)):
        key = draw(mostly(st.sampled_from([name, name, f'"{name}"', f"'{name}'"]), quoted()))
        colon = draw(st.sampled_from([":", ":", ":", ":", " :", "?"]))
        lead, colon = ("? ", "\n" + " " * indent + ":") if colon == "?" else ("", colon)
        lines.append(" " * indent + lead + key + colon + draw(value(indent, depth)))
    return "".join(lines)


@st.composite
def value(draw: st.DrawFn, indent: int, depth: int) -> str:
    """What follows a colon or a dash, with its line end."""
    style = draw(
        st.sampled_from(["scalar", "scalar", "nothing", "block text", "mapping", "sequence", "flow", "folded"])
    )
    space = draw(SPACE)
    if style == "nothing":
        return draw(END)
    if style == "block text":
        return space + draw(block_text(indent))
    if style == "mapping" and depth:
        return draw(END) + draw(block_mapping(indent + draw(st.integers(1, 3)), depth - 1))
    if style == "sequence" and depth:
        return draw(END) + draw(block_sequence(indent + draw(st.integers(1, 3)), depth - 1))
    if style == "flow" and depth:
        return space + draw(flow(min(depth, 2))) + draw(END)
    if style == "folded":
        more = "\n" * draw(st.integers(1, 3)) + " " * (indent + draw(st.integers(1, 3)))
        return space + draw(st.sampled_from(["a", "a b", "支付", "1", "no"])) + more + draw(FOLDED) + draw(END)
    return space + draw(st.one_of(PLAIN, quoted())) + draw(END)


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
    sign = mostly(st.sampled_from(["", "", "", "-", "+"]), st.sampled_from(["0", "1", "3", "2-", "+1", "99", "#"]))
    header = draw(st.sampled_from("|>")) + draw(sign) + draw(st.sampled_from(["\n", "\n", " \n", " # c\n"]))
    deeper = indent + draw(st.integers(1, 3))
    line = st.tuples(st.integers(0, 3), st.one_of(st.sampled_from(TRICKY), st.text(TAME, max_size=12)))
    body = ""
    for number, (more, text) in enumerate(draw(st.lists(line, max_size=4))):
        text = text.replace("\n", " ")
        body += " " * (deeper + (more if number else 0)) + text + "\n" if text.strip(" ") else "\n"
    return header + body + draw(st.sampled_from(["", "", "", " " * indent + "# c\n", "\n"]))


@st.composite
def flow(draw: st.DrawFn, depth: int) -> str:
    mapping = draw(st.booleans())
    scalar = st.one_of(FLOW_PLAIN, quoted())
    items = []
    for name in draw(st.lists(st.sampled_from("abcdef"), max_size=3, unique=True)):
        item = draw(flow(depth - 1)) if depth > 1 and draw(st.booleans()) else draw(scalar)
        if mapping or draw(st.integers(0, 5)) == 5:
            item = draw(st.sampled_from([name, f'"{name}"'])) + draw(st.sampled_from([": ", ": ", " : "])) + item
        items.append(draw(flow_space()) + item + draw(flow_space()))
    body = ",".join(items) + draw(mostly(st.sampled_from(["", " "]), st.just(",")))
    return "{" + body + "}" if mapping else "[" + body + "]"


def flow_space() -> st.SearchStrategy[str]:
    return mostly(
        st.sampled_from(["", "", " ", "  ", "\n          ", " # c\n          "]), st.sampled_from(["\t", "\n", ","])
    )


def quoted() -> st.SearchStrategy[str]:
    """Single or double quotation marks, with escapes and line breaks within."""
    text = mostly(st.text(TAME, max_size=8), st.text(WILD, max_size=8))
    broken = st.tuples(text, st.sampled_from(["", "", "", "\n   ", " \n\n   "]), text).map("".join)
    single = broken.map(lambda text: "'" + text.replace("'", "''") + "'")
    plain = st.text(TAME, max_size=5).map(lambda text: text.replace("\\", "").replace('"', ""))
    escape = mostly(st.sampled_from(ESCAPES), st.sampled_from(BAD_ESCAPES))
    double = st.lists(st.one_of(plain, escape), max_size=4).map(lambda parts: '"' + "".join(parts) + '"')
    return st.one_of(st.sampled_from(TRICKY).map(lambda text: "'" + text.replace("'", "''") + "'"), single, double)


@st.composite
def everyday_documents(draw: st.DrawFn) -> bytes:
    """Lines as `new` writes them, a field or an item each; now and then the indentation or a value is otherwise."""
    return draw(mostly(everyday_mapping(0, 3), everyday_mapping(1, 2))).encode("utf-8", "surrogatepass")


@st.composite
def everyday_mapping(draw: st.DrawFn, indent: int, depth: int) -> str:
    lines = []
    margin = " " * indent
    for name in draw(
        st.lists(st.sampled_from(["a", "b", "c", "d-e", "_f", "no", "Y", "x1"]), min_size=1, max_size=4, unique=True)
    ):
        name = draw(mostly(st.just(name), st.sampled_from(["a", "true", "null", "9a", "é", "a b", '"a"', "<<", "-"])))
        lines.append(margin + name + ":" + draw(everyday_value(indent, depth)))
        lines.append(
            draw(st.sampled_from(["", "", "", "", "# c\n", margin + "# c\n", margin + "   # c\n", "\n", margin + "\n"]))
        )
        margin = " " * draw(mostly(st.just(indent), st.integers(0, indent + 2))) if lines else margin
    return "".join(lines)


@st.composite
def everyday_value(draw: st.DrawFn, indent: int, depth: int) -> str:
    style = draw(st.sampled_from(["scalar", "scalar", "scalar", "nothing", "mapping", "list", "list", "literal"]))
    if style == "mapping" and depth:
        return "\n" + draw(everyday_mapping(indent + draw(st.sampled_from([2, 2, 2, 1, 4])), depth - 1))
    if style == "list" and depth:
        column = indent + draw(st.sampled_from([2, 2, 0, 0, 1]))
        lines = ["\n"]
        for _ in range(draw(st.integers(1, 3))):
            if draw(st.booleans()):
                lines.append(" " * column + "- " + draw(everyday_mapping(column + 2, depth - 1)).lstrip(" "))
            else:
                lines.append(" " * column + "-" + draw(everyday_value(column, 0)))
        return "".join(lines)
    if style == "literal":
        column = " " * (indent + draw(mostly(st.just(2), st.integers(0, 4))))
        texts = draw(st.lists(st.one_of(st.sampled_from(TRICKY), st.text(TAME, max_size=8)), max_size=4))
        return " |\n" + "".join(column + text.replace("\n", "") + "\n" if text else "\n" for text in texts)
    if style == "nothing":
        return draw(mostly(st.just("\n"), st.just(" \n")))
    held = st.one_of(
        PLAIN, PLAIN, quoted(), st.text(TAME, min_size=1, max_size=6), st.sampled_from(["[]", "{}", "x  y", "1 2"])
    )
    return " " + draw(held) + draw(mostly(st.just("\n"), st.sampled_from([" \n", " # c\n", "\n  x\n"])))


@st.composite
def records_altered(draw: st.DrawFn) -> bytes:
    """A real record, shortened, with bytes changed, put in or taken out, and lines doubled, moved or indented."""
    lines = draw(st.sampled_from(RECORDS)).split(b"\n")
    start = 0 if draw(st.integers(0, 3)) else draw(st.integers(0, max(0, len(lines) - 5)))
    lines = lines[start : start + draw(st.integers(5, 60))]
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
