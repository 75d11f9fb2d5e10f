"""What `init` writes: a book that validates and publishes at once, in the words that a small firm starts with.

Every file of this folder but this one is copied; $name and $zone stand for what the user gives.
"""
