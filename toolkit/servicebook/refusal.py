"""Why bytes are no record, and where."""

Pointer = tuple[str | int, ...]
"""The way to a value of a record: names of fields and numbers of items."""


class Refused(Exception):
    """The bytes are not a record in the strict dialect. `line` and `column` count from 1."""

    def __init__(self, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint


class Unavailable(Refused):
    """The bytes themselves are not to be had, so nothing is known of the record: another try may end otherwise."""
