"""The platform's export of applications, in the shape in which its library writes it.

A sheet without a dimension, whose texts stand in their cells, days as decimal numbers of a styled
cell, and cells that are written though they are empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.schema.records import column_letter

OURS = "AI des Trois Rivières"
#: Every heading of today, in order; whether it holds days.
HEADINGS: dict[str, bool] = {
    "Civilité candidat": False, "Nom candidat": False, "Prénom candidat": False,
    "Email candidat": False, "Téléphone candidat": False, "Date de naissance candidat": True,
    "Ville candidat": False, "Département candidat": False, "Nom structure employeur": False,
    "Type employeur": False, "Métiers": False, "Source de la candidature": False,
    "Nom organisation prescripteur": False, "Nom utilisateur prescripteur": False,
    "Date de la candidature": True, "Statut de la candidature": False,
    "Dates de début d’embauche": True, "Dates de fin d’embauche": True, "Motifs de refus": False,
    "Éligibilité IAE validée": False, "Eligible au contrôle": False, "Numéro PASS IAE": False,
    "Début PASS IAE": True, "Fin PASS IAE": True, "Statut PASS IAE": False,
}  # fmt: skip
OLDER = ("Eligible au contrôle", "Statut PASS IAE")
_EPOCH = date(1899, 12, 30)


def application(last: str, first: str, born: date | None, **said: Any) -> dict[str, Any]:
    """One application of someone, accepted where nothing else is said."""
    mail = f"{first}.{last}@exemple.invalid".lower()
    given = {
        "Civilité candidat": "MME", "Nom candidat": last, "Prénom candidat": first,
        "Email candidat": mail, "Téléphone candidat": "0100000000",
        "Date de naissance candidat": born, "Ville candidat": "Valbruyère",
        "Département candidat": "29100", "Nom structure employeur": OURS, "Type employeur": "AI",
        "Métiers": "Agent d'entretien", "Source de la candidature": "Prescripteur habilité",
        "Nom organisation prescripteur": "Mission locale du Lac",
        "Nom utilisateur prescripteur": "Ida Terrier", "Date de la candidature": date(2026, 1, 12),
        "Statut de la candidature": "Candidature acceptée", "Éligibilité IAE validée": "oui",
        "Eligible au contrôle": "non", "Statut PASS IAE": "Valide",
    }  # fmt: skip
    return given | said


#: Six lines of four people: twice one, hired; one whose PASS ends; one to be studied; one masked.
LINES: tuple[dict[str, Any], ...] = (
    application(
        "BRUYÈRE", "Jeanne", date(1985, 3, 4),
        **{"Statut de la candidature": "Candidature déclinée", "Numéro PASS IAE": "999992612345",
           "Début PASS IAE": date(2026, 2, 2), "Fin PASS IAE": date(2028, 2, 1)},
    ),
    application(
        "BRUYÈRE", "Jeanne", date(1985, 3, 4),
        **{"Dates de début d’embauche": date(2026, 2, 2), "Numéro PASS IAE": "999992612345",
           "Dates de fin d’embauche": date(2026, 12, 31), "Début PASS IAE": date(2026, 2, 2),
           "Fin PASS IAE": date(2028, 2, 1)},
    ),
    application(
        "LE ROUVRE", "Anatole", date(1968, 11, 30),
        **{"Civilité candidat": "M", "Dates de début d’embauche": date(2025, 9, 15),
           "Numéro PASS IAE": "999992534567", "Début PASS IAE": date(2024, 11, 1),
           "Fin PASS IAE": date(2026, 11, 1), "Source de la candidature": "Orienteur",
           "Nom organisation prescripteur": "CCAS de Kerfleur"},
    ),
    application(
        "D'AUBÉPINE", "Léo", date(2001, 7, 14),
        **{"Statut de la candidature": "Candidature à l'étude",
           "Source de la candidature": "Candidature spontanée",
           "Nom organisation prescripteur": ""},
    ),
    application(
        "T…", "A…", None,
        **{"Email candidat": "", "Téléphone candidat": "", "Ville candidat": "",
           "Département candidat": "", "Statut de la candidature": "Nouvelle candidature"},
    ),
    application(
        "=SOMME", "Aya", date(1990, 1, 1),
        **{"Statut de la candidature": "Embauche annulée", "Numéro PASS IAE": "999992698765",
           "Début PASS IAE": date(2026, 6, 8), "Fin PASS IAE": date(2028, 6, 7)},
    ),
)  # fmt: skip
#: What of these lines must be nowhere in a workbook.
FORBIDDEN = (
    "exemple.invalid", "0100000000", "29100", "Valbruyère", "Ida Terrier", "1985-03-04",
    "04/03/1985", "31110",
)  # fmt: skip


def platform_export(
    path: Path, lines: Sequence[Mapping[str, Any]] = LINES, *, older: bool = False
) -> Path:
    """The file that the platform gives; `older` is that of before: days as texts, fewer columns."""
    headings = [one for one in HEADINGS if not (older and one in OLDER)]
    rows = [[(one, False) for one in headings]]
    rows += [
        [(_value(line.get(one), older=older), HEADINGS[one] and not older) for one in headings]
        for line in lines
    ]
    body = "".join(
        f'<row r="{number}">{"".join(_cell(number, rank, *cell) for rank, cell in enumerate(row))}'
        "</row>"
        for number, row in enumerate(rows, 1)
    )
    last = column_letter(len(headings))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData>{body}</sheetData><autoFilter ref="A1:{last}2"/></worksheet>'
    )
    with ZipFile(BytesIO(_template())) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            is_sheet = info.filename == "xl/worksheets/sheet1.xml"
            new.writestr(info.filename, sheet.encode() if is_sheet else old.read(info))
    return path


def _template() -> bytes:
    """The parts around the sheet, with a style of days, by the library that the platform uses."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Sheet"
    sheet["A1"] = date(2026, 1, 1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _value(value: Any, *, older: bool) -> Any:
    return f"{value:%d/%m/%Y}" if older and isinstance(value, date) else value


def _cell(number: int, rank: int, value: Any, is_day: bool) -> str:
    address = f"{column_letter(rank + 1)}{number}"
    if is_day:
        days = float((value - _EPOCH).days) if value else ""
        return (
            f'<c r="{address}" s="1" t="n"><v>{days}</v></c>'
            if value
            else (f'<c r="{address}" s="1" t="n"><v/></c>')
        )
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(value or "")}</t></is></c>'
