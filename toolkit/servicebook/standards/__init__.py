"""Standards: one TOML file is one standard, and says for each clause what a book has to show for it.

`read_standards` reads those that come with the tool and those of a book's own `standards/`; `coverage` says how a
book stands to each clause. Coverage counts records that their schema accepts; whether they are right is for
rules to judge.
"""

from servicebook.standards.answer import Answer, Reason, State
from servicebook.standards.coverage import ClauseState, clauses_in_view, coverage, since
from servicebook.standards.fitting import newest
from servicebook.standards.standard import HOME, Clause, Evidence, Selection, Span, Standard, within
from servicebook.standards.step import Step
from servicebook.standards.toml import choose, read_standards

__all__ = [
    "HOME", "Answer", "Clause", "ClauseState", "Evidence", "Reason", "Selection", "Span", "Standard", "State", "Step",
    "choose", "clauses_in_view", "coverage", "newest", "read_standards", "since", "within",
]  # fmt: skip
