"""The verbs of the command line as functions that return values: no printing, no exit.

Faults in the data are findings in the result; `CedreError` says that the work cannot be done.
Each verb is loaded when first used: what one needs is not paid for by the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cedre_xlsx.api.collection import without_collection

if TYPE_CHECKING:
    from cedre_xlsx.api.accepting import Accepted, accept
    from cedre_xlsx.api.checking import check, rule, rules
    from cedre_xlsx.api.choosing import MergeApplied, merge_apply
    from cedre_xlsx.api.choosing_fields import (
        FormBox,
        FormChoices,
        FormCorrespondence,
        form_choices,
        form_correspondence,
        keep_correspondence,
    )
    from cedre_xlsx.api.comparing import Compared, compare
    from cedre_xlsx.api.consolidating import Consolidated, consolidate
    from cedre_xlsx.api.corresponding import (
        ColumnChoice,
        TableChoices,
        TableCorrection,
        correspondence,
        sheets_of,
        table_choices,
    )
    from cedre_xlsx.api.counting import WhoCounts, YearFigures, stats
    from cedre_xlsx.api.demonstrating import Demonstration, demo
    from cedre_xlsx.api.explaining import RuleDoc, rule_doc, rule_docs
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
    from cedre_xlsx.api.looking import (
        Countable,
        Lying,
        PutInto,
        countable_in,
        put_into,
        workbooks_in,
    )
    from cedre_xlsx.api.making import NewWorkbook, find_new, free_path, new, workbook_bytes
    from cedre_xlsx.api.merging import Merged, merge
    from cedre_xlsx.api.migrating import Migrated, apply_migration, find_migration, migrate
    from cedre_xlsx.api.naming_choices import Choices, Referenced, choices, people, references
    from cedre_xlsx.api.notifying import Notices, print_notices
    from cedre_xlsx.api.noting import Noted
    from cedre_xlsx.api.overviewing import YearShown, overview
    from cedre_xlsx.api.pouring import Minutes, minutes
    from cedre_xlsx.api.previewing import (
        ImportPreview,
        ShownCell,
        ShownLine,
        import_preview,
        replacing_cells,
        write_preview,
    )
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
    from cedre_xlsx.api.starting_year import YearStarted, name_of_new, start_year
    from cedre_xlsx.api.telling_settings import SettingsTold, settings
    from cedre_xlsx.api.undoing import (
        as_shown,
        digest,
        remove_folder,
        remove_made,
        remove_unfinished,
        undo,
    )
    from cedre_xlsx.api.upgrading import Upgraded, upgrade
    from cedre_xlsx.api.watching import State, Watched, watch
    from cedre_xlsx.files.new_files import folder_made, telling_new
    from cedre_xlsx.reports.findings.groups import FindingGroups, finding_groups, finding_key
    from cedre_xlsx.reports.findings.report import Report
    from cedre_xlsx.reports.statistics.overview_charts import ShownChart, ShownGroup
    from cedre_xlsx.rules.rule import Rule
    from cedre_xlsx.workbook.repair.model import Repair

_MODULES = {
    "Accepted": "cedre_xlsx.api.accepting",
    "Anonymisation": "cedre_xlsx.api.retaining",
    "Anonymised": "cedre_xlsx.api.retaining",
    "Choices": "cedre_xlsx.api.naming_choices",
    "ColumnChoice": "cedre_xlsx.api.corresponding",
    "Compared": "cedre_xlsx.api.comparing",
    "Consolidated": "cedre_xlsx.api.consolidating",
    "Countable": "cedre_xlsx.api.looking",
    "Demonstration": "cedre_xlsx.api.demonstrating",
    "Dossier": "cedre_xlsx.api.giving_access",
    "DossierWritten": "cedre_xlsx.api.giving_access",
    "Fill": "cedre_xlsx.api.filling",
    "Filled": "cedre_xlsx.api.filling",
    "FindingGroups": "cedre_xlsx.reports.findings.groups",
    "Fixed": "cedre_xlsx.api.fixing",
    "FormBox": "cedre_xlsx.api.choosing_fields",
    "FormChoices": "cedre_xlsx.api.choosing_fields",
    "FormCorrespondence": "cedre_xlsx.api.choosing_fields",
    "HandedOver": "cedre_xlsx.api.handing",
    "Import": "cedre_xlsx.api.importing",
    "ImportPreview": "cedre_xlsx.api.previewing",
    "Imported": "cedre_xlsx.api.importing",
    "Learned": "cedre_xlsx.api.form_maps",
    "Lying": "cedre_xlsx.api.looking",
    "MergeApplied": "cedre_xlsx.api.choosing",
    "Merged": "cedre_xlsx.api.merging",
    "Migrated": "cedre_xlsx.api.migrating",
    "Minutes": "cedre_xlsx.api.pouring",
    "NewWorkbook": "cedre_xlsx.api.making",
    "Noted": "cedre_xlsx.api.noting",
    "Notices": "cedre_xlsx.api.notifying",
    "Printed": "cedre_xlsx.api.printing",
    "Pseudonymised": "cedre_xlsx.api.pseudonymising",
    "PutInto": "cedre_xlsx.api.looking",
    "Referenced": "cedre_xlsx.api.naming_choices",
    "ReferentSheets": "cedre_xlsx.api.handing",
    "Refreshed": "cedre_xlsx.api.refreshing",
    "Repair": "cedre_xlsx.workbook.repair.model",
    "Repairs": "cedre_xlsx.api.fixing",
    "Report": "cedre_xlsx.reports.findings.report",
    "RetentionFound": "cedre_xlsx.api.retaining",
    "Rule": "cedre_xlsx.rules.rule",
    "RuleDoc": "cedre_xlsx.api.explaining",
    "SettingsTold": "cedre_xlsx.api.telling_settings",
    "Shared": "cedre_xlsx.api.sharing",
    "Shortcuts": "cedre_xlsx.api.launching",
    "ShownCell": "cedre_xlsx.api.previewing",
    "ShownChart": "cedre_xlsx.reports.statistics.overview_charts",
    "ShownGroup": "cedre_xlsx.reports.statistics.overview_charts",
    "ShownLine": "cedre_xlsx.api.previewing",
    "State": "cedre_xlsx.api.watching",
    "TableChoices": "cedre_xlsx.api.corresponding",
    "TableCorrection": "cedre_xlsx.api.corresponding",
    "Upgraded": "cedre_xlsx.api.upgrading",
    "Watched": "cedre_xlsx.api.watching",
    "WhoCounts": "cedre_xlsx.api.counting",
    "YearFigures": "cedre_xlsx.api.counting",
    "YearShown": "cedre_xlsx.api.overviewing",
    "YearStarted": "cedre_xlsx.api.starting_year",
    "accept": "cedre_xlsx.api.accepting",
    "apply_anonymisation": "cedre_xlsx.api.retaining",
    "apply_dossier": "cedre_xlsx.api.giving_access",
    "apply_fill": "cedre_xlsx.api.filling",
    "apply_import": "cedre_xlsx.api.importing",
    "apply_migration": "cedre_xlsx.api.migrating",
    "apply_referent": "cedre_xlsx.api.handing",
    "apply_repairs": "cedre_xlsx.api.fixing",
    "as_shown": "cedre_xlsx.api.undoing",
    "check": "cedre_xlsx.api.checking",
    "choices": "cedre_xlsx.api.naming_choices",
    "compare": "cedre_xlsx.api.comparing",
    "consolidate": "cedre_xlsx.api.consolidating",
    "correspondence": "cedre_xlsx.api.corresponding",
    "countable_in": "cedre_xlsx.api.looking",
    "demo": "cedre_xlsx.api.demonstrating",
    "digest": "cedre_xlsx.api.undoing",
    "dossier": "cedre_xlsx.api.giving_access",
    "fill": "cedre_xlsx.api.filling",
    "find_anonymisation": "cedre_xlsx.api.retaining",
    "find_dossier": "cedre_xlsx.api.giving_access",
    "find_fill": "cedre_xlsx.api.filling",
    "find_import": "cedre_xlsx.api.importing",
    "find_migration": "cedre_xlsx.api.migrating",
    "find_new": "cedre_xlsx.api.making",
    "find_referent": "cedre_xlsx.api.handing",
    "find_repairs": "cedre_xlsx.api.fixing",
    "find_retention": "cedre_xlsx.api.retaining",
    "finding_groups": "cedre_xlsx.reports.findings.groups",
    "finding_key": "cedre_xlsx.reports.findings.groups",
    "fix": "cedre_xlsx.api.fixing",
    "folder_made": "cedre_xlsx.files.new_files",
    "form_choices": "cedre_xlsx.api.choosing_fields",
    "form_correspondence": "cedre_xlsx.api.choosing_fields",
    "free_path": "cedre_xlsx.api.making",
    "import_preview": "cedre_xlsx.api.previewing",
    "import_tables": "cedre_xlsx.api.importing",
    "keep_correspondence": "cedre_xlsx.api.choosing_fields",
    "learn_form": "cedre_xlsx.api.form_maps",
    "merge": "cedre_xlsx.api.merging",
    "merge_apply": "cedre_xlsx.api.choosing",
    "migrate": "cedre_xlsx.api.migrating",
    "minutes": "cedre_xlsx.api.pouring",
    "name_of_new": "cedre_xlsx.api.starting_year",
    "new": "cedre_xlsx.api.making",
    "overview": "cedre_xlsx.api.overviewing",
    "passwords": "cedre_xlsx.api.protecting",
    "people": "cedre_xlsx.api.naming_choices",
    "print_forms": "cedre_xlsx.api.printing",
    "print_notices": "cedre_xlsx.api.notifying",
    "pseudonymise": "cedre_xlsx.api.pseudonymising",
    "put_into": "cedre_xlsx.api.looking",
    "references": "cedre_xlsx.api.naming_choices",
    "refresh": "cedre_xlsx.api.refreshing",
    "remove_folder": "cedre_xlsx.api.undoing",
    "remove_made": "cedre_xlsx.api.undoing",
    "remove_unfinished": "cedre_xlsx.api.undoing",
    "replacing_cells": "cedre_xlsx.api.previewing",
    "rule": "cedre_xlsx.api.checking",
    "rule_doc": "cedre_xlsx.api.explaining",
    "rule_docs": "cedre_xlsx.api.explaining",
    "rules": "cedre_xlsx.api.checking",
    "settings": "cedre_xlsx.api.telling_settings",
    "share": "cedre_xlsx.api.sharing",
    "sheets_of": "cedre_xlsx.api.corresponding",
    "shortcuts": "cedre_xlsx.api.launching",
    "start_year": "cedre_xlsx.api.starting_year",
    "stats": "cedre_xlsx.api.counting",
    "table_choices": "cedre_xlsx.api.corresponding",
    "telling_new": "cedre_xlsx.files.new_files",
    "undo": "cedre_xlsx.api.undoing",
    "upgrade": "cedre_xlsx.api.upgrading",
    "watch": "cedre_xlsx.api.watching",
    "workbook_bytes": "cedre_xlsx.api.making",
    "workbooks_in": "cedre_xlsx.api.looking",
    "write_preview": "cedre_xlsx.api.previewing",
}

__all__ = [
    "Accepted",
    "Anonymisation",
    "Anonymised",
    "Choices",
    "ColumnChoice",
    "Compared",
    "Consolidated",
    "Countable",
    "Demonstration",
    "Dossier",
    "DossierWritten",
    "Fill",
    "Filled",
    "FindingGroups",
    "Fixed",
    "FormBox",
    "FormChoices",
    "FormCorrespondence",
    "HandedOver",
    "Import",
    "ImportPreview",
    "Imported",
    "Learned",
    "Lying",
    "MergeApplied",
    "Merged",
    "Migrated",
    "Minutes",
    "NewWorkbook",
    "Noted",
    "Notices",
    "Printed",
    "Pseudonymised",
    "PutInto",
    "Referenced",
    "ReferentSheets",
    "Refreshed",
    "Repair",
    "Repairs",
    "Report",
    "RetentionFound",
    "Rule",
    "RuleDoc",
    "SettingsTold",
    "Shared",
    "Shortcuts",
    "ShownCell",
    "ShownChart",
    "ShownGroup",
    "ShownLine",
    "State",
    "TableChoices",
    "TableCorrection",
    "Upgraded",
    "Watched",
    "WhoCounts",
    "YearFigures",
    "YearShown",
    "YearStarted",
    "accept",
    "apply_anonymisation",
    "apply_dossier",
    "apply_fill",
    "apply_import",
    "apply_migration",
    "apply_referent",
    "apply_repairs",
    "as_shown",
    "check",
    "choices",
    "compare",
    "consolidate",
    "correspondence",
    "countable_in",
    "demo",
    "digest",
    "dossier",
    "fill",
    "find_anonymisation",
    "find_dossier",
    "find_fill",
    "find_import",
    "find_migration",
    "find_new",
    "find_referent",
    "find_repairs",
    "find_retention",
    "finding_groups",
    "finding_key",
    "fix",
    "folder_made",
    "form_choices",
    "form_correspondence",
    "free_path",
    "import_preview",
    "import_tables",
    "keep_correspondence",
    "learn_form",
    "merge",
    "merge_apply",
    "migrate",
    "minutes",
    "name_of_new",
    "new",
    "overview",
    "passwords",
    "people",
    "print_forms",
    "print_notices",
    "pseudonymise",
    "put_into",
    "references",
    "refresh",
    "remove_folder",
    "remove_made",
    "remove_unfinished",
    "replacing_cells",
    "rule",
    "rule_doc",
    "rule_docs",
    "rules",
    "settings",
    "share",
    "sheets_of",
    "shortcuts",
    "start_year",
    "stats",
    "table_choices",
    "telling_new",
    "undo",
    "upgrade",
    "watch",
    "workbook_bytes",
    "workbooks_in",
    "write_preview",
]


@without_collection
def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
