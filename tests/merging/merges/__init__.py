"""Pairs of histories of one workbook, merged.

`python -m tests.merging.merges --count 200` plays many.
"""
