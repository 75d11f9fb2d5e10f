"""Whether two who did something were one."""

from servicebook.part import Part


def same(one: Part, other: Part) -> bool:
    """Whether two doers are the same person; or of the same role while either names no person.

    In the latter case nobody can tell them apart from the record, so a rule takes them for one.
    """
    first, second = one.text("person"), other.text("person")
    if first is not None and second is not None:
        return first == second
    role = one.text("role")
    return role is not None and role == other.text("role")
