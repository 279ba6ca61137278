"""Pairs of histories of one workbook, merged; `python -m tests.merges --count 200` plays many."""
