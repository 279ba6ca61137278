"""The sheet `Périodes`: months worked and not worked, to be seen at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.method.text import name_key
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, Heading, SheetOrigin, colour_when
from cedre_xlsx.reports.periods import MONTHS, Month, PeriodLine, Periods, periods
from cedre_xlsx.schema.generated_sheets import PERIODS_KIND
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import PERIODS_SHEET
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import GeneratedSheet, SheetRow, Value
from cedre_xlsx.workbook.styles import INK, LATE, LATE_FILL, MUTED, SOFT, Style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HINT = (
    "Cette feuille est refaite par la commande « cedre-xlsx refresh » : ne rien y taper. "
    "Heures des missions salariées (MAD et autres METS), réparties sur leurs jours, des personnes "
    "de la file active ; en bas, celles des autres, que Statistiques compte aussi."
)
_LEGEND = (
    "Bleu : mois travaillé, plus foncé à partir de {middle} h puis de {full} h     "
    "–  : mois sans travail     gris : pas encore de parcours     "
    "rouge : sans travail depuis plus de {days} jours"
)
_MIDDLE, _FULL = 35, 100  # hours a month: a week of work, and more than a half-time
_MONTH_NAMES = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_WORKED = ("FFDCE6F5", "FFA9C2E6", "FF5B84C4")
_NO_PATHWAY = "FFEDEDED"
_FIRST_MONTH = 3  # 1-based column, after the name and the advisor
_HOURS = '[<0.05]"–";[<9.95]0.0;#,##0'

_CENTER = Style(border="thin", horizontal="center", vertical="center", number_format=_HOURS)
_DAYS = Style(border="thin", horizontal="center", vertical="center")
_IDLE = replace(_DAYS, color=LATE, fill=LATE_FILL, bold=True)
_PERSON = Style(border="thin", bold=True, vertical="center")
_ADVISOR = Style(border="thin", vertical="center")
_TOTAL = Style(
    border="thin", bold=True, horizontal="center", vertical="center", number_format=_HOURS
)
_SUM_LABEL = Style(border="thin", bold=True, color=INK, fill=SOFT, vertical="center")
_SUM = Style(
    border="thin",
    bold=True,
    color=INK,
    fill=SOFT,
    horizontal="center",
    vertical="center",
    number_format="#,##0",
)


def periods_sheet(records: Records, on: date, *, workbook: str, version: str) -> GeneratedSheet:
    """The last twelve months at that date, ready to be written."""
    table = periods(records, on)
    return _sheet(table, SheetOrigin(workbook, on, version), records.settings)


def empty_periods_sheet() -> GeneratedSheet:
    """The sheet of a new workbook: headings, no row."""
    return _sheet(Periods((), ()), SheetOrigin(), Settings())


def _sheet(table: Periods, origin: SheetOrigin, settings: Settings) -> GeneratedSheet:
    frame = Frame(
        title=PERIODS_KIND.title,
        hint=_HINT,
        legend=_LEGEND.format(middle=_MIDDLE, full=_FULL, days=settings.work_days),
        origin=origin,
        headings=_headings(table.months),
        frozen_columns=1,
    )
    count = len(table.months) or MONTHS
    return GeneratedSheet(
        mark=PERIODS_KIND.mark,
        title=PERIODS_SHEET,
        draw=partial(_draw, frame, count, len(table.lines)),
        first_row=FIRST_ROW,
        styles={
            "person": (_PERSON, _ADVISOR, *(_CENTER,) * count, _TOTAL, _DAYS),
            "idle": (_PERSON, _ADVISOR, *(_CENTER,) * count, _TOTAL, _IDLE),
            "nobody": (Style(italic=True, color=MUTED, wrap=False),),
            "sum": (_SUM_LABEL, _SUM_LABEL, *(_SUM,) * (count + 1)),
        },
        rows=[_row(line) for line in table.lines] or _nobody(origin),
        footer=_sums(table),
    )


def _headings(months: Sequence[Month]) -> tuple[Heading, ...]:
    names = [f"{_MONTH_NAMES[m.month - 1]} {m.year}" for m in months]
    names = names or [f"mois {index}" for index in range(1, MONTHS + 1)]
    return (
        Heading("Personne", 26),
        Heading("Accompagnateur", 20),
        *(Heading(name, 7.5) for name in names),
        Heading("Total", 8),
        Heading("Jours depuis la dernière mission", 16),
    )


def _row(line: PeriodLine) -> SheetRow:
    hours = (None if value is None else round(value, 2) for value in line.hours)
    idle: Value = "jamais" if line.idle_days is None else line.idle_days
    if line.paused:
        idle = f"{idle} (en pause)"
    values = (line.person, line.advisor or None, *hours, round(line.total, 2), idle)
    look = "idle" if line.long_idle else "person"
    return SheetRow(look, values, 18, digest(name_key(line.person)))


def _nobody(origin: SheetOrigin) -> list[SheetRow]:
    if origin.on is None:
        return []
    return [SheetRow("nobody", ("Personne n'est dans la file active à cette date.",), 18)]


def _sums(table: Periods) -> tuple[SheetRow, ...]:
    """People and hours of the lines above, then what the statistics count besides."""
    if not table.lines:
        return ()
    at_work = sum(line.total > 0 for line in table.lines)
    sums = (
        SheetRow(
            "sum", ("Personnes au travail", None, *table.people_at_work, at_work), 18, "personnes"
        ),
        _hours("Heures", table.hours, "heures"),
    )
    if not any(table.others):
        return sums
    every = tuple(map(sum, zip(table.hours, table.others, strict=True)))
    return (
        *sums,
        _hours("Personnes sorties, autres noms", table.others, "autres"),
        _hours("Heures, comme Statistiques", every, "toutes"),
    )


def _hours(label: str, hours: Sequence[float], identity: str) -> SheetRow:
    values = (label, None, *(round(value, 2) for value in hours), round(sum(hours), 2))
    return SheetRow("sum", values, 18, identity)


def _draw(frame: Frame, months: int, people: int, sheet: Worksheet, last_row: int) -> None:
    frame.draw(sheet)
    if not people:
        return
    first, last = column_letter(_FIRST_MONTH), column_letter(_FIRST_MONTH + months - 1)
    cells = f"{first}{FIRST_ROW}:{last}{last_row}"
    top = f"{first}{FIRST_ROW}"
    colour_when(sheet, cells, f"ISBLANK({top})", fill=_NO_PATHWAY)
    for least, fill in zip((_FULL, _MIDDLE, 0.05), reversed(_WORKED), strict=True):
        ink = "FFFFFFFF" if least == _FULL else ""
        colour_when(sheet, cells, f"{top}>={least}", fill=fill, color=ink)
