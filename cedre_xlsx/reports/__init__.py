"""What `refresh` makes: pure tables first, their sheets second.

The sheets are imported when they are asked for: they bring openpyxl, which `check` goes without.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cedre_xlsx.schema.findings import Finding
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.generated import Ageing, GeneratedSheet
    from cedre_xlsx.workbook.since import Since


def generated_sheets(
    records: Records,
    findings: Sequence[Finding],
    on: date,
    workbook_name: str,
    version: str,
    since: Since | None = None,
) -> tuple[GeneratedSheet, ...]:
    """The sheets of a refresh at that date, in the order of their tabs, the statistics aside.

    `since` says what changed since the last meeting. Anonymous lines are in none of them.
    """
    from cedre_xlsx.reports.control_sheet import control_sheet
    from cedre_xlsx.reports.meeting_sheet import meeting_sheet
    from cedre_xlsx.reports.periods_sheet import periods_sheet
    from cedre_xlsx.reports.synthesis import synthesis
    from cedre_xlsx.reports.synthesis_sheet import drawn_synthesis

    records = records.living
    table = synthesis(records, on)
    origin = {"workbook": workbook_name, "version": version}
    return (
        drawn_synthesis(table, records, on, **origin),
        meeting_sheet(records, findings, on, **origin, known=table.became, since=since),
        periods_sheet(records, on, **origin),
        control_sheet(records, findings, on, **origin, corrected=table.corrected),
    )


def ageing(records: Records, on: date, workbook_name: str, version: str) -> Ageing:
    """When what is kept at the bottom of these sheets leaves them, and the sheet it goes to."""
    from cedre_xlsx.reports.old_notes_sheet import old_notes_sheet
    from cedre_xlsx.workbook.generated import Ageing

    home = old_notes_sheet(on, workbook=workbook_name, version=version)
    return Ageing(home, records.settings.kept_months)


def empty_sheets() -> tuple[GeneratedSheet, ...]:
    """These sheets in a new workbook: headings, what fills them, no row."""
    from cedre_xlsx.reports.control_sheet import empty_control_sheet
    from cedre_xlsx.reports.meeting_sheet import empty_meeting_sheet
    from cedre_xlsx.reports.periods_sheet import empty_periods_sheet
    from cedre_xlsx.reports.synthesis_sheet import empty_synthesis_sheet

    return (
        empty_synthesis_sheet(),
        empty_meeting_sheet(),
        empty_periods_sheet(),
        empty_control_sheet(),
    )
