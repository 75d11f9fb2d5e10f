"""Trends and foresight: what changed, what is to be expected, what may go wrong next, and what keeps coming back.

Everything here is a function of the book, the instant and the versions of the tools, and says what it cannot say.
"""
