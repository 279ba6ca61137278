"""The verbs of the command line as functions that return values: no printing, no exit.

Faults in the data are findings in the result; `CedreError` says that the work cannot be done.
Each verb is loaded when first used: what one needs is not paid for by the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cedre_xlsx.api.checking import check, rule, rules
    from cedre_xlsx.api.choosing import MergeApplied, merge_apply
    from cedre_xlsx.api.comparing import Compared, compare
    from cedre_xlsx.api.consolidating import Consolidated, consolidate
    from cedre_xlsx.api.counting import WhoCounts, YearFigures, stats
    from cedre_xlsx.api.demonstrating import Demonstration, demo
    from cedre_xlsx.api.filling import Fill, Filled, apply_fill, fill, find_fill
    from cedre_xlsx.api.fixing import Fixed, Repairs, apply_repairs, find_repairs, fix
    from cedre_xlsx.api.form_maps import Learned, learn_form
    from cedre_xlsx.api.giving_access import (
        Dossier,
        DossierWritten,
        apply_dossier,
        dossier,
        find_dossier,
    )
    from cedre_xlsx.api.handing import HandedOver, ReferentSheets, apply_referent, find_referent
    from cedre_xlsx.api.importing import (
        Import,
        Imported,
        apply_import,
        find_import,
        import_tables,
    )
    from cedre_xlsx.api.launching import Shortcuts, shortcuts
    from cedre_xlsx.api.looking import Lying, PutInto, put_into, workbooks_in
    from cedre_xlsx.api.making import new, workbook_bytes
    from cedre_xlsx.api.merging import Merged, merge
    from cedre_xlsx.api.migrating import Migrated, apply_migration, find_migration, migrate
    from cedre_xlsx.api.naming_choices import Choices, Referenced, choices, references
    from cedre_xlsx.api.naming_people import people
    from cedre_xlsx.api.notifying import Notices, print_notices
    from cedre_xlsx.api.noting import Noted
    from cedre_xlsx.api.pouring import Minutes, minutes
    from cedre_xlsx.api.printing import Printed, print_forms
    from cedre_xlsx.api.protecting import passwords
    from cedre_xlsx.api.pseudonymising import Pseudonymised, pseudonymise
    from cedre_xlsx.api.refreshing import Refreshed, refresh
    from cedre_xlsx.api.retaining import (
        Anonymisation,
        Anonymised,
        RetentionFound,
        apply_anonymisation,
        find_anonymisation,
        find_retention,
    )
    from cedre_xlsx.api.sharing import Shared, share
    from cedre_xlsx.api.starting_year import YearStarted, start_year
    from cedre_xlsx.api.undoing import digest, remove_made, undo
    from cedre_xlsx.api.upgrading import Upgraded, upgrade
    from cedre_xlsx.api.watching import State, Watched, watch
    from cedre_xlsx.reports.findings.report import Report
    from cedre_xlsx.rules.rule import Rule

_MODULES = {
    "Anonymisation": "cedre_xlsx.api.retaining",
    "Anonymised": "cedre_xlsx.api.retaining",
    "Choices": "cedre_xlsx.api.naming_choices",
    "Compared": "cedre_xlsx.api.comparing",
    "Consolidated": "cedre_xlsx.api.consolidating",
    "Demonstration": "cedre_xlsx.api.demonstrating",
    "Dossier": "cedre_xlsx.api.giving_access",
    "DossierWritten": "cedre_xlsx.api.giving_access",
    "Fill": "cedre_xlsx.api.filling",
    "Filled": "cedre_xlsx.api.filling",
    "Fixed": "cedre_xlsx.api.fixing",
    "HandedOver": "cedre_xlsx.api.handing",
    "Import": "cedre_xlsx.api.importing",
    "Imported": "cedre_xlsx.api.importing",
    "Learned": "cedre_xlsx.api.form_maps",
    "Lying": "cedre_xlsx.api.looking",
    "MergeApplied": "cedre_xlsx.api.choosing",
    "Merged": "cedre_xlsx.api.merging",
    "Migrated": "cedre_xlsx.api.migrating",
    "Minutes": "cedre_xlsx.api.pouring",
    "Noted": "cedre_xlsx.api.noting",
    "Notices": "cedre_xlsx.api.notifying",
    "Printed": "cedre_xlsx.api.printing",
    "Pseudonymised": "cedre_xlsx.api.pseudonymising",
    "PutInto": "cedre_xlsx.api.looking",
    "Referenced": "cedre_xlsx.api.naming_choices",
    "ReferentSheets": "cedre_xlsx.api.handing",
    "Refreshed": "cedre_xlsx.api.refreshing",
    "Repairs": "cedre_xlsx.api.fixing",
    "Report": "cedre_xlsx.reports.findings.report",
    "RetentionFound": "cedre_xlsx.api.retaining",
    "Rule": "cedre_xlsx.rules.rule",
    "Shared": "cedre_xlsx.api.sharing",
    "Shortcuts": "cedre_xlsx.api.launching",
    "State": "cedre_xlsx.api.watching",
    "Upgraded": "cedre_xlsx.api.upgrading",
    "Watched": "cedre_xlsx.api.watching",
    "WhoCounts": "cedre_xlsx.api.counting",
    "YearFigures": "cedre_xlsx.api.counting",
    "YearStarted": "cedre_xlsx.api.starting_year",
    "apply_anonymisation": "cedre_xlsx.api.retaining",
    "apply_dossier": "cedre_xlsx.api.giving_access",
    "apply_fill": "cedre_xlsx.api.filling",
    "apply_import": "cedre_xlsx.api.importing",
    "apply_migration": "cedre_xlsx.api.migrating",
    "apply_referent": "cedre_xlsx.api.handing",
    "apply_repairs": "cedre_xlsx.api.fixing",
    "check": "cedre_xlsx.api.checking",
    "choices": "cedre_xlsx.api.naming_choices",
    "compare": "cedre_xlsx.api.comparing",
    "consolidate": "cedre_xlsx.api.consolidating",
    "demo": "cedre_xlsx.api.demonstrating",
    "digest": "cedre_xlsx.api.undoing",
    "dossier": "cedre_xlsx.api.giving_access",
    "fill": "cedre_xlsx.api.filling",
    "find_anonymisation": "cedre_xlsx.api.retaining",
    "find_dossier": "cedre_xlsx.api.giving_access",
    "find_fill": "cedre_xlsx.api.filling",
    "find_import": "cedre_xlsx.api.importing",
    "find_migration": "cedre_xlsx.api.migrating",
    "find_referent": "cedre_xlsx.api.handing",
    "find_repairs": "cedre_xlsx.api.fixing",
    "find_retention": "cedre_xlsx.api.retaining",
    "fix": "cedre_xlsx.api.fixing",
    "import_tables": "cedre_xlsx.api.importing",
    "learn_form": "cedre_xlsx.api.form_maps",
    "merge": "cedre_xlsx.api.merging",
    "merge_apply": "cedre_xlsx.api.choosing",
    "migrate": "cedre_xlsx.api.migrating",
    "minutes": "cedre_xlsx.api.pouring",
    "new": "cedre_xlsx.api.making",
    "passwords": "cedre_xlsx.api.protecting",
    "people": "cedre_xlsx.api.naming_people",
    "print_forms": "cedre_xlsx.api.printing",
    "print_notices": "cedre_xlsx.api.notifying",
    "pseudonymise": "cedre_xlsx.api.pseudonymising",
    "put_into": "cedre_xlsx.api.looking",
    "references": "cedre_xlsx.api.naming_choices",
    "refresh": "cedre_xlsx.api.refreshing",
    "remove_made": "cedre_xlsx.api.undoing",
    "rule": "cedre_xlsx.api.checking",
    "rules": "cedre_xlsx.api.checking",
    "share": "cedre_xlsx.api.sharing",
    "shortcuts": "cedre_xlsx.api.launching",
    "start_year": "cedre_xlsx.api.starting_year",
    "stats": "cedre_xlsx.api.counting",
    "undo": "cedre_xlsx.api.undoing",
    "upgrade": "cedre_xlsx.api.upgrading",
    "watch": "cedre_xlsx.api.watching",
    "workbook_bytes": "cedre_xlsx.api.making",
    "workbooks_in": "cedre_xlsx.api.looking",
}

__all__ = [
    "Anonymisation",
    "Anonymised",
    "Choices",
    "Compared",
    "Consolidated",
    "Demonstration",
    "Dossier",
    "DossierWritten",
    "Fill",
    "Filled",
    "Fixed",
    "HandedOver",
    "Import",
    "Imported",
    "Learned",
    "Lying",
    "MergeApplied",
    "Merged",
    "Migrated",
    "Minutes",
    "Noted",
    "Notices",
    "Printed",
    "Pseudonymised",
    "PutInto",
    "Referenced",
    "ReferentSheets",
    "Refreshed",
    "Repairs",
    "Report",
    "RetentionFound",
    "Rule",
    "Shared",
    "Shortcuts",
    "State",
    "Upgraded",
    "Watched",
    "WhoCounts",
    "YearFigures",
    "YearStarted",
    "apply_anonymisation",
    "apply_dossier",
    "apply_fill",
    "apply_import",
    "apply_migration",
    "apply_referent",
    "apply_repairs",
    "check",
    "choices",
    "compare",
    "consolidate",
    "demo",
    "digest",
    "dossier",
    "fill",
    "find_anonymisation",
    "find_dossier",
    "find_fill",
    "find_import",
    "find_migration",
    "find_referent",
    "find_repairs",
    "find_retention",
    "fix",
    "import_tables",
    "learn_form",
    "merge",
    "merge_apply",
    "migrate",
    "minutes",
    "new",
    "passwords",
    "people",
    "print_forms",
    "print_notices",
    "pseudonymise",
    "put_into",
    "references",
    "refresh",
    "remove_made",
    "rule",
    "rules",
    "share",
    "shortcuts",
    "start_year",
    "stats",
    "undo",
    "upgrade",
    "watch",
    "workbook_bytes",
    "workbooks_in",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
