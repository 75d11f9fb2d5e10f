"""A slow and obvious oracle of the SLA clock, minute by minute. It shares no code with the clock.

Its instants are whole minutes, numbered from an origin, and everything that is true for a time is a set of
minutes: those in which the calendar is open, in which the record waits, in which a pause stops the clock. A rule
is then a line of set algebra, and what was counted is the number of minutes left over.

`minutes.py` has the sets, `hours.py` lays calendars out, `story.py` follows a timeline, `pauses.py` says which
minutes of it are stopped and `news.py` how long there was none, `agreed.py` finds what was agreed, `released.py`
whether it binds, `clocks.py` which clocks ran, and `judge.py` gives the verdict on each. `books.py` and `tales.py`
make random books and records, `cases.py` puts them to the clock and the oracle alike.

Only the zones are the same objects as the clock's: those of the machine may be of another release.
"""
