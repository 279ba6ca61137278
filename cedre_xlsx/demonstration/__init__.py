"""Invented people and structures: what `demo`, the examples and the tests of real size show."""
