"""Benchmarks against the best tools of the field, run by hand: `python -m bench`. Never part of the tests."""
