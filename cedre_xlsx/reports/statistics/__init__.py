"""The year's figures: each with its definition, its numerator, its denominator, its unknowns.

pandas counts; so this package is imported only by what counts. What is published is chosen in
`public`, which is imported only to publish: it brings a solver.
"""

from cedre_xlsx.reports.statistics.compute import compute, years_covered
from cedre_xlsx.reports.statistics.docs import render_statistics_doc
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.sheet import yearly_sheets
from cedre_xlsx.reports.statistics.values import Behind, CountedLine, Indicator

__all__ = [
    "Behind",
    "CountedLine",
    "Indicator",
    "Statistics",
    "compute",
    "render_statistics_doc",
    "yearly_sheets",
    "years_covered",
]
