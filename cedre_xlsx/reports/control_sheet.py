"""The sheet `Contrôle`: what is missing, late or inconsistent, and what the team accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from cedre_xlsx.reports.control import Control, control
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, SheetOrigin
from cedre_xlsx.reports.tables import headings, kept_rows, styles_of, table_rows
from cedre_xlsx.schema.findings import Finding, Severity
from cedre_xlsx.schema.generated_sheets import CONTROL_KIND
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.styles import (
    BODY_CENTER,
    BODY_DATE,
    BODY_LINK,
    LATE,
    LATE_FILL,
    MUTED,
    SOON_FILL,
    TEXT,
    Style,
)

_KEPT_TITLE = (
    "Justifications conservées, dont le constat n'est plus là. "
    "Effacer une justification ici l'enlève à la prochaine actualisation."
)
_LOOKS = {
    Severity.ERROR.value: Style(border="thin"),
    Severity.WARNING.value: Style(border="thin"),
    Severity.INFO.value: Style(border="thin", color=TEXT),
    "waived": Style(border="thin", color=MUTED, italic=True),
}
_COLUMNS = {
    "code": BODY_CENTER,
    "severity": BODY_CENTER,
    "person": Style(border="thin", bold=True),
    "cell": BODY_LINK,
    "since": BODY_DATE,
    "until": BODY_DATE,
}


def control_sheet(
    records: Records,
    findings: Sequence[Finding],
    on: date,
    *,
    workbook: str,
    version: str,
    corrected: Mapping[str, str] | None = None,
) -> GeneratedSheet:
    """The findings at that date, ready to be written; `corrected` as `Synthesis` has it."""
    table = control(records, findings, on, corrected or {})
    return _sheet(table, _counts(findings), SheetOrigin(workbook, on, version))


def empty_control_sheet() -> GeneratedSheet:
    """The sheet of a new workbook: headings, no row."""
    return _sheet(None, "", SheetOrigin())


def _sheet(table: Control | None, legend: str, origin: SheetOrigin) -> GeneratedSheet:
    frame = Frame(
        title=CONTROL.title,
        hint=CONTROL.hint,
        legend=legend,
        origin=origin,
        headings=headings(CONTROL),
        frozen_columns=3,
        hidden=1,
    )
    rows = table_rows(CONTROL, table.lines, table.carried) if table else []
    carried = table.carried if table else None
    return GeneratedSheet(
        mark=CONTROL_KIND.mark,
        title=CONTROL.sheet,
        draw=lambda sheet, last_row: frame.draw(sheet),
        first_row=FIRST_ROW,
        styles=_styles(),
        rows=rows,
        table=CONTROL,
        footer=kept_rows(CONTROL, _KEPT_TITLE, carried.kept if carried else ()),
        notes=carried.notes if carried else (),
        places=carried.places if carried else {},
    )


def _styles() -> dict[str, tuple[Style, ...]]:
    styles = styles_of(CONTROL, _LOOKS, _COLUMNS, ("justification", "until"))
    severity = list(CONTROL.columns).index("severity")
    inks = {
        Severity.ERROR.value: Style(
            border="thin", horizontal="center", bold=True, color=LATE, fill=LATE_FILL
        ),
        Severity.WARNING.value: Style(
            border="thin", horizontal="center", bold=True, fill=SOON_FILL
        ),
    }
    for look, ink in inks.items():
        row = styles[look]
        styles[look] = (*row[:severity], ink, *row[severity + 1 :])
    return styles


def _counts(findings: Sequence[Finding]) -> str:
    """One line that counts the findings, as `check` does."""
    open_ones = Counter(finding.severity for finding in findings if finding.waived is None)
    accepted = sum(finding.waived is not None for finding in findings)
    parts = [
        _counted(open_ones[Severity.ERROR], "erreur"),
        _counted(open_ones[Severity.WARNING], "avertissement"),
        _counted(open_ones[Severity.INFO], "information"),
        _counted(accepted, "constat accepté", "constats acceptés"),
    ]
    return ", ".join(part for part in parts if part) or "Rien à signaler."


def _counted(count: int, singular: str, plural: str = "") -> str:
    if not count:
        return ""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"
