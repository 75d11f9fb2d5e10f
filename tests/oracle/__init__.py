"""A slow and obvious oracle of the SLA clock, minute by minute. It shares no code with the clock.

Its instants are whole minutes, numbered from an origin, and everything that is true for a time is a set of
minutes: those in which the calendar is open, in which the record waits, in which a pause stops the clock. A rule
is then a line of set algebra, and what was counted is the number of minutes left over.

`minutes.py` has the sets, `hours.py` lays calendars out, `story.py` follows a timeline, `pauses.py` says which
minutes of it are stopped, `agreed.py` finds what was agreed, `judge.py` gives the verdicts and `news.py` those on
the time without news.

Only the zones are the same objects as the clock's: those of the machine may be of another release.
"""
