"""Commands: one file each, with `command`, a click command. Heavy imports stand inside the function.

`servicebook --help` loads every one of these modules, so what they import at the top is paid for there.
"""
