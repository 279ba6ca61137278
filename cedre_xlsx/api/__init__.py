"""The verbs of the command line as functions that return values: no printing, no exit.

Faults in the data are findings in the result; `CedreError` says that the work cannot be done.
"""

from cedre_xlsx.api.checking import check, rule, rules
from cedre_xlsx.api.counting import stats
from cedre_xlsx.api.demonstrating import Demonstration, demo
from cedre_xlsx.api.making import new, workbook_bytes
from cedre_xlsx.api.printing import Printed, print_forms
from cedre_xlsx.api.refreshing import Refreshed, refresh
from cedre_xlsx.reports.findings.report import Report

__all__ = [
    "Demonstration",
    "Printed",
    "Refreshed",
    "Report",
    "check",
    "demo",
    "new",
    "print_forms",
    "refresh",
    "rule",
    "rules",
    "stats",
    "workbook_bytes",
]
