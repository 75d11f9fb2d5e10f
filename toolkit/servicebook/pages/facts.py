"""The page of the fact tables: what stands in each row and column that metrics are counted from."""

from markupsafe import Markup

from servicebook.facts import Facts
from servicebook.pages import address
from servicebook.pages.edition import Edition


def body(edition: Edition, facts: Facts) -> Markup:
    """Every table with its columns. They are described in English, as the rules are."""
    tables = [(table, table.description.split("\n\n")) for table in facts.tables.values()]
    return edition.render("facts.html", address.FACTS, tables=tables)
