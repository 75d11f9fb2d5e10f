"""Output formats of findings: one file each, with `lines(report)` that yields lines of text.

No line begins with record text: what a record holds cannot pass for a message or a command.
"""
