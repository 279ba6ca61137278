"""CEDRE follow-up of insertion pathways in an Excel workbook.

The verbs of the command line, returning values: `new`, `migrate`, `import_tables`, `check`,
`compare`, `merge`, `refresh`, `minutes`, `stats`, `share`, `consolidate`, `print_forms`, `fill`,
`fix`, `find_retention`, `start_year`, `upgrade`, `rule`, `demo`, `shortcuts`, `watch`. `rules` is
the package of the checks: `rules.RULES` is their list.
What the verbs return is in `cedre_xlsx.api`.

Everything is loaded when first used: importing the package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cedre_xlsx._version import __version__

if TYPE_CHECKING:
    from cedre_xlsx import api, rules
    from cedre_xlsx.api import (
        check,
        compare,
        consolidate,
        demo,
        dossier,
        fill,
        find_retention,
        fix,
        import_tables,
        merge,
        migrate,
        minutes,
        new,
        print_forms,
        pseudonymise,
        refresh,
        rule,
        share,
        shortcuts,
        start_year,
        stats,
        upgrade,
        watch,
    )
    from cedre_xlsx.schema.errors import CedreError

__all__ = [
    "CedreError",
    "__version__",
    "api",
    "check",
    "compare",
    "consolidate",
    "demo",
    "dossier",
    "fill",
    "find_retention",
    "fix",
    "import_tables",
    "merge",
    "migrate",
    "minutes",
    "new",
    "print_forms",
    "pseudonymise",
    "refresh",
    "rule",
    "rules",
    "share",
    "shortcuts",
    "start_year",
    "stats",
    "upgrade",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name in ("api", "rules"):
        return import_module(f"cedre_xlsx.{name}")
    if name == "CedreError":
        from cedre_xlsx.schema.errors import CedreError

        return CedreError
    if name in __all__:
        return getattr(import_module("cedre_xlsx.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
