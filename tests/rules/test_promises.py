"""What the pages of rules promise beyond their examples: each exception, each limit in days, each second way out.

A case in `promises*.yaml` begins with the files of one of a rule's examples, changes words in them or adds files, and
says how many findings the rule then has, and what the first of them says.
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from building import CONFIGURATION, Book
from servicebook.rules import named
from servicebook.tree import open_tree
from servicebook.validation import validate

AS_OF = "2026-06-30"
CASES = [case for path in sorted(Path(__file__).parent.glob("promises*.yaml")) for case in YAML(typ="safe").load(path)]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['when']}" for case in CASES])
def test_a_rule_keeps_what_its_page_promises(book: Book, case: dict[str, Any]) -> None:
    rule = named(case["rule"])
    book.write("servicebook.toml", CONFIGURATION + case.get("configuration", ""))
    for path, text in case.get("files", {}).items():
        book.write(path, text)
    for path, text in rule.examples(case["example"]):
        changed = text
        for old, new in case.get("change", {}).items():
            changed = changed.replace(old, new)
        book.write(path, changed)
    whole = "".join(text for _, text in rule.examples(case["example"]))
    assert all(old in whole for old in case.get("change", {})), "a case changes what is there"
    report = validate(open_tree(book.root), cached=False, as_of=AS_OF)
    assert [f.message for f in report.findings if f.rule == "schema"] == []
    messages = [finding.message for finding in report.findings if finding.rule == rule.name]
    assert len(messages) == case["found"]
    assert case.get("says", "") in "".join(messages[:1])
