"""servicebook.toml: what it may say, and the sentence for what it may not."""

from datetime import date

import pytest

from building import Book
from servicebook.config import Config, read_config
from servicebook.errors import Problem
from servicebook.tree import open_tree


def config(book: Book, text: str) -> Config:
    book.write("servicebook.toml", text)
    return read_config(open_tree(book.root))


def test_scope_and_rules(book: Book) -> None:
    found = config(
        book,
        """
[scope]
profile = "standard"
services = ["SVC-shop"]
clauses = ["8", "9"]
since = 2026-01-22
[scope.excluded]
"8.4.1" = "The parent firm keeps the budget."
[rules]
service-without-sla = "warning"
dangling-link = { severity = "off", reason = "Moving house." }
""",
    )
    assert (found.profile, found.services, found.clauses) == ("standard", ("SVC-shop",), ("8", "9"))
    assert found.since == date(2026, 1, 22)
    assert found.excluded == {"8.4.1": "The parent firm keeps the budget."}
    assert found.rules["dangling-link"] == ("off", "Moving house.")
    assert found.rules["service-without-sla"] == ("warning", "")


def test_a_profile_holds_the_smaller_ones() -> None:
    standard = Config(profile="standard")
    assert [standard.has_in_view(name) for name in ("starter", "standard", "full")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 5000, "nested too deeply"),
        ("[scopes]\n", "unknown table “scopes”"),
        ('[scope]\nprofil = "full"\n', "unknown setting “profil” in [scope]"),
        ('[scope]\nprofile = "huge"\n', "profile is “huge”"),
        ('[scope]\nservices = "SVC-shop"\n', "services is “SVC-shop”, not a list"),
        ('[scope]\nsince = "spring"\n', "since is “spring”, not a date"),
        ('[scope]\nexcluded = ["8.4.1"]\n', "[scope.excluded]"),
        ('[scope.excluded]\n"8.4.1" = ""\n', "[scope.excluded]"),
        ('[rules]\ndangling-link = "mild"\n', "is set to “mild”"),
        ("[rules]\ndangling-link = 1\n", "is set to “1”"),
        ('[rules]\ndangling-link = "off"\n', "switched off without a reason"),
        ('[rules]\ndangling-link = { severity = "off", reason = " " }\n', "switched off without a reason"),
        ('[rules]\ndangling-link = { severity = "off", why = "x" }\n', "is set to"),
    ],
)
def test_what_it_may_not_say(book: Book, text: str, message: str) -> None:
    with pytest.raises(Problem) as told:
        config(book, text)
    assert message in str(told.value)
    assert told.value.hint
