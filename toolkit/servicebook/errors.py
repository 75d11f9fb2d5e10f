"""What went wrong in a way that the user can put right."""


class Problem(Exception):
    """A misuse or an obstacle, told in one plain sentence.

    `message` says what is wrong and quotes the offending value; `hint` says what to do about it.
    `exit_code` is 2 (misuse) unless the caller means otherwise.
    """

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
