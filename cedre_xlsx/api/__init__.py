"""The verbs of the command line as functions that return values: no printing, no exit.

Faults in the data are findings in the result; `CedreError` says that the work cannot be done.
Each verb is loaded when first used: what one needs is not paid for by the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cedre_xlsx.api.checking import check, rule, rules
    from cedre_xlsx.api.counting import stats
    from cedre_xlsx.api.demonstrating import Demonstration, demo
    from cedre_xlsx.api.launching import Shortcuts, shortcuts
    from cedre_xlsx.api.making import new, workbook_bytes
    from cedre_xlsx.api.printing import Printed, print_forms
    from cedre_xlsx.api.refreshing import Refreshed, refresh
    from cedre_xlsx.api.watching import Watched, watch
    from cedre_xlsx.reports.findings.report import Report

_MODULES = {
    "Demonstration": "cedre_xlsx.api.demonstrating",
    "Printed": "cedre_xlsx.api.printing",
    "Refreshed": "cedre_xlsx.api.refreshing",
    "Report": "cedre_xlsx.reports.findings.report",
    "Shortcuts": "cedre_xlsx.api.launching",
    "Watched": "cedre_xlsx.api.watching",
    "check": "cedre_xlsx.api.checking",
    "demo": "cedre_xlsx.api.demonstrating",
    "new": "cedre_xlsx.api.making",
    "print_forms": "cedre_xlsx.api.printing",
    "refresh": "cedre_xlsx.api.refreshing",
    "rule": "cedre_xlsx.api.checking",
    "rules": "cedre_xlsx.api.checking",
    "shortcuts": "cedre_xlsx.api.launching",
    "stats": "cedre_xlsx.api.counting",
    "watch": "cedre_xlsx.api.watching",
    "workbook_bytes": "cedre_xlsx.api.making",
}

__all__ = [
    "Demonstration",
    "Printed",
    "Refreshed",
    "Report",
    "Shortcuts",
    "Watched",
    "check",
    "demo",
    "new",
    "print_forms",
    "refresh",
    "rule",
    "rules",
    "shortcuts",
    "stats",
    "watch",
    "workbook_bytes",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
