"""Forms of others, made for the tests: a look-alike of the State's workbook, and a team's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from openpyxl import Workbook
from openpyxl.styles import Border, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

SHEET, LISTS = "Bilan SIAE Appui DSP", "Menus déroulants"
HEAD = {
    2: "Nom de l'association intermédiaire :",
    3: "N° de SIRET :",
    4: "Nom & Prénom du salarié en association intermédiaire : ",
    5: "Date de naissance : ",
    6: "Numéro de PASS IAE : ",
    7: "Durée du parcours déjà réalisé : ",
    8: "Date de fin du PASS actuel :",
}
#: The first line of each need, as the form has them from row 12 on, two rows each.
NEEDS = (
    "Besoin de développer sa maîtrise des savoirs de base (lire, écrire)",
    "Besoin de soutien afin d'occuper un poste de travail avec autonomie",
    "Besoin de soutien pour préparer son projet professionnel (métier…) ",
    "Besoin de soutien pour trouver un emploi (CV, démarches) ",
    "Besoin de résoudre une problématiques de logement (absence…)",
    "Besoin de soutien pour recourir aux droits ( RSA..)",
    "Besoin de soutien dans les procédures administratives",
    "Besoin de soutien pour faciliter sa  mobilité (transport…)",
    "Besoin de soutien pour faire face à des difficultés financières",
    "Besoin de soutien pour accéder aux droits, aux soins et à la santé ",
    "Situation de handicap : besoin de compensation* (++ = premier frein) ",
    "Situation de handicap : besoin de rétablissement ** (++ = premier frein) ",
    "Difficultés judiciaires",
    "Contraintes personnelles & familiales (aidant…)",
)
BLANK_DATE = "..../…/ 2023"
PLANNED = (
    "Sans objet / problématique résolue", "Accomp personnalisé", "Formation", "Ateliers",
    "Immersion", "Prestations internes", "Prestations externes", "PMSMP",
)  # fmt: skip
_LISTS = (
    ('"(++),(+),(-),(--)"', " ".join(f"C{row}" for row in range(38, 10, -2))),
    ('"Accomp personnalisé,Formation,Ateliers,Immersion,Prestations internes,Prestations externes'
     ',"', "D12:D39"),
    ('"Moins de 1an , 1 an , 2 ans , Plus de 3 ans "', "C7:E7"),
    (f'"{" , ".join(f"{n} mois" for n in range(1, 13))} "', "C54"),
)  # fmt: skip
_X14 = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
    f"<xm:f>'{LISTS}'!$E$2:$E$9</xm:f></x14:formula1><xm:sqref>E12:E39</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)
_BOX = Border(*(Side("thin") for _ in range(4)))


@cache
def prolongation() -> bytes:
    """The State's workbook as facts tell it: merged pairs, plain lists and those of Excel 2010."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for row, label in HEAD.items():
        sheet[f"B{row}"] = label
        sheet[f"C{row}"].border = _BOX
        sheet.merge_cells(f"C{row}:E{row}")
    sheet["C8"] = BLANK_DATE
    for number, label in enumerate(NEEDS):
        row = 12 + 2 * number
        sheet[f"B{row}"] = label
        for letters in "BC":
            sheet.merge_cells(f"{letters}{row}:{letters}{row + 1}")
        for cell in (f"C{row}", f"D{row}", f"D{row + 1}", f"E{row}", f"E{row + 1}"):
            sheet[cell].border = _BOX
    sheet["B54"] = "L'association Intermédiaire demande la prolongation\nDurée souhaitée "
    sheet["C54"].border = _BOX
    for merged in ("B54:B55", "C54:C55"):
        sheet.merge_cells(merged)
    for formula, cells in _LISTS:
        sheet.add_data_validation(DataValidation("list", formula, sqref=cells))
    menus = workbook.create_sheet(LISTS)
    for row, value in enumerate(PLANNED, start=2):
        menus[f"E{row}"] = value
    return _with_parts(_saved(workbook), {"xl/worksheets/sheet1.xml": ("</worksheet>", _X14)})


@cache
def team_form() -> bytes:
    """A form of a partner: labels beside and above their boxes, one box named, one computed."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Fiche"
    sheet["B1"] = "FICHE DE LIAISON"
    for cell, label, box in (
        ("B3", "Nom du bénéficiaire :", "C3"),
        ("B4", "Prénom :", "C4"),
        ("B5", "Date de naissance :", "C5"),
        ("B6", "Date d'entrée", "C6"),
        ("B7", "Structure", "C7"),
        ("B8", "Couleur préférée :", "C8"),
        ("E3", "Référent", "E4"),
    ):
        sheet[cell], sheet[box].border = label, _BOX
    sheet["F3"] = "Visa"
    sheet["C6"].number_format = "dd/mm/yyyy"
    sheet["C10"] = '=C3&" "&C4'
    for cell in ("C3", "C4"):
        sheet[cell].protection = Protection(locked=False)
    workbook.defined_names["LeReferent"] = DefinedName("LeReferent", attr_text="Fiche!$E$4")
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _with_parts(data: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """The package with a text replaced in some of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                was, becomes = changes[name]
                content = content.replace(was.encode(), becomes.encode())
            new.writestr(name, content)
    return made.getvalue()


def small_form(
    texts: Mapping[str, object],
    framed: str = "",
    *,
    formats: Mapping[str, str] | None = None,
    title: str = "Fiche",
    hidden: str = "",
    merged: str = "",
) -> bytes:
    """A form of one sheet: its texts by cell, the cells that are framed ("B1 B3:D4"), formats of
    some, an area that is merged; `hidden` is a second sheet that is not shown, with a box of its
    own.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for cell, value in texts.items():
        sheet[cell] = value
    for cells in framed.split():
        for row in sheet[f"{cells}:{cells}" if ":" not in cells else cells]:
            for one in row:
                one.border = _BOX
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    if ":" in merged:
        sheet.merge_cells(merged)
    if hidden:
        other = workbook.create_sheet(hidden)
        other.sheet_state = "hidden"
        other["A1"], other["B1"].border = "Nom", _BOX
    return _saved(workbook)
