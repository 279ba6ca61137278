"""Years of a team's work on one workbook, played week by week.

`python -m tests.yearly.years --help` says how.
"""
