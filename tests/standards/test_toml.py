"""A standard of a book's own: what may stand in it, and the sentence for everything else."""

import pytest

from servicebook.errors import Problem
from servicebook.standards import choose, read_standards
from servicebook.tree import WorkingTree
from standards.holding import HEAD, asks, clause, put, states

ONE = 'kind = "service"'


def read(book):
    return read_standards(WorkingTree(book.root))


def test_a_books_own_standard_stands_beside_the_shipped_ones(book):
    asks(book, clause("A.5.1", ONE))
    assert list(read(book)) == ["iso20000-1-2018", "itil-4", "ours"]
    put(book, "service", "SVC-a", depends_on=None)
    assert states(book)["A.5.1"].state == "met"
    assert not any(standard.replaces for standard in read(book).values())


def test_a_books_own_file_takes_the_place_of_a_shipped_one_and_says_where_it_stands(book):
    book.write("standards/iso20000-1-2018.toml", HEAD + clause("8.6.1", ONE) + clause("10.2", ONE))
    asks(book, clause("a", more='clauses = ["10.2"]'), head=f'{HEAD}rests_on = "iso20000-1-2018"\n')
    book.write("standards/itil-4.toml", HEAD + clause("1", ONE))
    found = read(book)
    assert found["iso20000-1-2018"].path == "standards/iso20000-1-2018.toml"
    assert list(found["iso20000-1-2018"].clauses) == ["8.6.1", "10.2"]
    assert all(standard.replaces for standard in found.values())


def test_other_files_in_the_folder_are_nobodys_business(book):
    book.write("standards/README.md", "Ours.\n")
    book.write("standards/old/ours.toml", "[")
    assert "ours" not in read(book)


def test_an_unknown_standard_has_a_suggestion(book):
    with pytest.raises(Problem) as raised:
        choose(read(book), "iso20000-1")
    assert raised.value.hint == "Did you mean iso20000-1-2018?"


def test_text_in_a_language_that_is_missing_is_english(book):
    asks(book, clause("1", ONE))
    found = read(book)["ours"]
    assert found.title("zh") == "Ours"
    assert found.clauses["1"].evidence[0].says("zh") == "What is asked"


AMISS = {
    "no TOML": ("[[clause", "is not TOML"),
    "no head": (clause("1", ONE), "has no version"),
    "no clause": (HEAD, "has no clause"),
    "clauses no list": (f"{HEAD}clause = 1\n", "clause is “1”"),
    "unknown at the top": (f"{HEAD}author = 1\n" + clause("1", ONE), "has an unknown entry “author”"),
    "version no number": (HEAD.replace("1\n", '"1"\n') + clause("1", ONE), "version is “1”"),
    "title not by language": (HEAD.replace("title.en", "title") + clause("1", ONE), "title is “Ours”"),
    "no English": (HEAD.replace("title.en", "title.zh") + clause("1", ONE), "title is “{'zh': 'Ours'}”"),
    "number amiss": (HEAD + clause("../up", ONE), "number is “../up”"),
    "number taken": (HEAD + clause("a", ONE) + clause("A", ONE), "number is “A”"),
    "the name of the overview": (HEAD + clause("Index", ONE), "number is “Index”"),
    "asks for nothing": (HEAD + clause("1"), "clause 1 asks for nothing"),
    "unknown in an entry": (
        HEAD + clause("1", f"{ONE}\nkinds = 1"),
        "clause 1, evidence 1 has an unknown entry “kinds”",
    ),
    "no kind": (HEAD + clause("1", ONE, "minimum = 2"), "clause 1, evidence 2 has no kind"),
    "interval": (HEAD + clause("1", f'{ONE}\nevery = "weekly"'), "clause 1, evidence 1: every is “weekly”"),
    "profile": (HEAD + clause("1", f'{ONE}\nprofile = "big"'), "profile is “big”"),
    "minimum": (HEAD + clause("1", f"{ONE}\nminimum = 0"), "minimum is “0”"),
    "true is no number": (HEAD + clause("1", f"{ONE}\nminimum = true"), "minimum is “True”"),
    "path": (HEAD + clause("1", f'{ONE}\ndate = "a..b"'), "“a..b” is no path"),
    "fields no list": (HEAD + clause("1", f'{ONE}\nfields = "a"'), "fields is “a”"),
    "where no table": (HEAD + clause("1", f'{ONE}\nwhere = "a"'), "where is “a”"),
    "where a number": (HEAD + clause("1", f"{ONE}\nwhere = {{ a = 1 }}"), "evidence 1, where: a is “1”"),
    "where an empty list": (HEAD + clause("1", f"{ONE}\nwhere = {{ a = [] }}"), "where: a is “[]”"),
    "an item without a list": (
        HEAD + clause("1", f"{ONE}\nitems = [{{ where = {{ a = true }} }}]"),
        "items 1 has no at",
    ),
    "an item that asks for nothing": (HEAD + clause("1", f'{ONE}\nitems = [{{ at = "a" }}]'), "items 1 has no where"),
    "a day that is none": (HEAD + clause("1", f"{ONE}\ndate = [true]"), "date is “[True]”"),
    "another source with an interval": (
        HEAD + clause("1", f'{ONE}\nor = [{{ kind = "sla", every = "year" }}]'),
        "or 1 has an unknown entry “every”",
    ),
    "a way that is no list": (HEAD + clause("1", f'{ONE}\nvia = "sla"'), "via is “sla”"),
    "each without kind": (HEAD + clause("1", f"{ONE}\neach = {{}}"), "evidence 1, each has no kind"),
    "span without days": (HEAD + clause("1", f"{ONE}\nin_force = {{}}"), "in_force has neither from nor to"),
    "clauses of nothing": (HEAD + clause("1", more='clauses = ["2"]'), "clause 1: clauses is “['2']”"),
    "rests on nothing": (f'{HEAD}rests_on = "x"\n' + clause("1", ONE), "rests_on is “x”"),
    "rests on itself": (f'{HEAD}rests_on = "ours"\n' + clause("1", ONE), "rests_on is “ours”"),
    "rests on what rests": (f'{HEAD}rests_on = "itil-4"\n' + clause("1", ONE), "rests_on is “itil-4”"),
    "a forged line": (HEAD + clause("1", f'{ONE}\n"a\\nb" = 1'), r"unknown entry “a\\nb”"),
}


@pytest.mark.parametrize(("text", "said"), AMISS.values(), ids=AMISS)
def test_whatever_is_amiss_is_told_in_a_sentence(book, text, said):
    book.write("standards/ours.toml", text)
    with pytest.raises(Problem) as raised:
        read(book)
    assert raised.value.message.startswith("standards/ours.toml")
    assert said.replace("\\\\", "\\") in raised.value.message
    assert raised.value.message.endswith(".")
    assert raised.value.hint


@pytest.mark.parametrize("text", [b"\xff", b'a = "' + b"x" * (1024 * 1024), b"a = " + b"[" * 100_000])
def test_bytes_that_are_no_standard(book, text):
    book.write("standards/ours.toml", text)
    with pytest.raises(Problem, match=r"standards/ours\.toml"):
        read(book)


def test_names_that_cannot_be_a_folder_of_the_site(book):
    book.write("standards/Über uns.toml", HEAD + clause("1", ONE))
    with pytest.raises(Problem, match="cannot name a standard"):
        read(book)


def test_a_link_in_the_place_of_a_file_is_not_followed(book):
    book.write("elsewhere.toml", HEAD + clause("1", ONE))
    (book.root / "standards").mkdir()
    (book.root / "standards" / "ours.toml").symlink_to("../elsewhere.toml")
    with pytest.raises(Problem, match=r"standards/ours.toml cannot be read: it is a symbolic link"):
        read(book)
