"""CEDRE follow-up of insertion pathways in an Excel workbook.

`check`, `refresh`, `new`, `stats`, `print_forms`, `shortcuts`, `watch`, `rule` and `demo` are the
verbs of the command line, returning values; `cedre_xlsx.rules.RULES` is the list of the rules.
They are loaded when first used: importing the package is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cedre_xlsx._version import __version__

if TYPE_CHECKING:
    from cedre_xlsx.api import check, demo, new, print_forms, refresh, rule, shortcuts, stats, watch
    from cedre_xlsx.schema.errors import CedreError

__all__ = [
    "CedreError",
    "__version__",
    "check",
    "demo",
    "new",
    "print_forms",
    "refresh",
    "rule",
    "shortcuts",
    "stats",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name == "CedreError":
        from cedre_xlsx.schema.errors import CedreError

        return CedreError
    if name in __all__:
        from cedre_xlsx import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
