"""`Accueil`: what a newcomer needs to know, on one page."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.styles import (
    CHOICE,
    INK,
    LATE,
    LATE_FILL,
    MUTED,
    SOFT,
    SOON_FILL,
    TITLE,
    Style,
)
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.cells import write, write_link
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.heights import row_height
from cedre_xlsx.workbook.template.page import set_page
from cedre_xlsx.workbook.template.settings_layout import setting_cell

_MARGIN, _LABEL, _MIDDLE, _REST = 2.0, 24.0, 26.0, 52.0  # widths of A to D, in characters
_TEXT_WIDTH = _MIDDLE + _REST
_SIZE = 10.0  # points: this sheet is read, not filled
_SECTION = Style(bold=True, size=11, color=INK, fill=SOFT, vertical="center", wrap=False)
_TEXT = Style(size=_SIZE, vertical="center", indent=1)
_LINK = Style(size=_SIZE, underline=True, color="FF2F5597", vertical="center", wrap=False)
_COMMAND = replace(_TEXT, bold=True, color=INK, wrap=False, indent=0)
_ROW = 18.0  # points
_MADE = "refaite par « refresh » : "

_PURPOSE = (
    "Ce classeur suit les parcours d'insertion selon la démarche CEDRE : ce qui a été promis à "
    "chaque personne, pour quand, ce qui a été fait, et ce qui vient ensuite. Toute l'équipe y "
    "retrouve la même trace. Il fonctionne seul dans Excel ou LibreOffice, sans macro."
)
_STEPS = (
    (t.SETTINGS_SHEET, "Écrivez le nom de la structure, les accompagnateurs et vos délais."),
    (t.PEOPLE.sheet, "Ajoutez une ligne par personne. La colonne Personne se remplit seule."),
    (t.FOLLOW_UP.sheet, "Notez chaque action, sur la ligne qui suit la dernière : qui, quand, "
     "quoi, pour quand. Les listes déroulantes vous guident."),
    (t.ENGAGEMENTS.sheet, "Notez chaque engagement pris ensemble ; choisissez sa référence dans "
     "la feuille Convention pour l'imprimer et la signer."),
    (t.MEETING_SHEET, "Avant la réunion d'équipe, lancez « check » puis « refresh » (ci-dessous). "
     "Ouvrez Réunion : tapez-y les décisions ; les remarques, dans Synthèse."),
)  # fmt: skip
_SHEETS = (
    (t.PEOPLE.sheet, "qui est accompagné, depuis quand, par qui, jusqu'à quand"),
    (t.FOLLOW_UP.sheet, "les actions proposées et menées, datées (exemple n°4)"),
    (t.ENGAGEMENTS.sheet, "les engagements réciproques (fiche n°19)"),
    (t.MISSIONS.sheet, "les missions de travail et leurs heures"),
    (t.BARRIERS.sheet, "les freins à l'emploi, et qui aide à les lever"),
    (t.SCREENING_SHEET, "trouver le type d'engagement qui convient (fiches n°14 et 15)"),
    (t.PERSON_FORM_SHEET, "la fiche papier d'une personne, à choisir dans sa liste"),
    (t.CONVENTION_SHEET, "la convention à signer, remplie ou vierge"),
    (t.SYNTHESIS.sheet, _MADE + "tous les parcours en cours (exemple n°5)"),
    (t.MEETING_SHEET, _MADE + "l'ordre du jour, par accompagnateur"),
    (t.PERIODS_SHEET, _MADE + "les mois travaillés et non travaillés"),
    (t.CONTROL.sheet, _MADE + "ce qui manque, tarde ou se contredit"),
    (t.SETTINGS_SHEET, "les choix de la structure : délais, codes, gravités, questions"),
)
#: The sheets that are not there yet, or are not to be opened: named without a link.
_OTHERS = (
    (f"{t.STATISTICS_SHEET} AAAA", "faite par « refresh --year » : les chiffres d'une année"),
    (f"{t.WHO_SHEET} AAAA", "avec elle : qui est compté dans chaque chiffre ; ne pas diffuser"),
    (t.OLD_NOTES.sheet, "faite quand il le faut : les notes dont la ligne n'existe plus"),
    (t.LISTS_SHEET, "cachée : ce que proposent les listes déroulantes ; ne rien y changer"),
)
_COLOURS = (
    ("En-tête foncé", Style(bold=True, color="FFFFFFFF", fill=INK), "à remplir toujours"),
    ("Rouge", Style(bold=True, color=LATE, fill=LATE_FILL), "échéance dépassée"),
    (
        "Jaune",
        Style(fill=SOON_FILL),
        "échéance proche (délai « Bientôt » de Paramètres), ou statut à préciser",
    ),
    ("Gris", Style(color=MUTED), "terminé, sorti ou en pause"),
    (
        "Crème",
        Style(fill=CHOICE),
        "à choisir ou à écrire : Paramètres, formulaires, feuilles refaites",
    ),
)
_COMMANDS = (
    ("cedre-xlsx check classeur.xlsx", "ce qui manque ou tarde, avec la cellule ; n'écrit rien"),
    ("cedre-xlsx refresh classeur.xlsx", "refait les feuilles ci-dessus ; vos notes restent"),
    ("cedre-xlsx print classeur.xlsx --due -o impressions", "les conventions à revoir, en PDF"),
    ("cedre-xlsx --help", "tout le reste ; à lancer dans un terminal, classeur fermé"),
)
_PRIVACY = (
    "Écrivez des faits utiles, comme si la personne allait les lire : elle peut le demander. Ni "
    "numéro de sécurité sociale, ni compte bancaire, ni détail médical ou pénal.",
    "Gardez le fichier dans un dossier protégé ; retirez les personnes deux ans après le dernier "
    "contact. Rien ne quitte votre ordinateur.",
)


def draw_home(book: Book, filling: Filling) -> None:
    """Draw the sheet that opens first."""
    sheet = book.sheet(t.HOME_SHEET)
    for letter, width in zip("ABCD", (_MARGIN, _LABEL, _MIDDLE, _REST), strict=True):
        sheet.column_dimensions[letter].width = width
    row = _draw_head(book, sheet, filling.settings.structure)
    row = _draw_steps(sheet, row)
    row = _draw_sheets(sheet, row)
    row = _draw_colours(sheet, row)
    row = _draw_commands(sheet, row)
    row = _draw_privacy(sheet, row)
    _draw_version(sheet, row)
    sheet.sheet_view.showGridLines = False
    set_page(sheet, landscape=False, pages_tall=1)


def _draw_head(book: Book, sheet: Worksheet, structure: str) -> int:
    write(sheet, "B1", "Suivi des parcours d'insertion", replace(TITLE, size=18))
    cell = setting_cell("structure")
    write(sheet, "B2", None, Style(bold=True, size=12, color=MUTED, vertical="center", wrap=False))
    unnamed = "Le nom de la structure se tape dans Paramètres."
    book.formula(sheet, "B2", f'=IF({cell}="","{unnamed}",{cell})', structure or unnamed)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 20
    _write_wide(sheet, "B", 3, _PURPOSE, _LABEL + _TEXT_WIDTH)
    return 5


def _draw_steps(sheet: Worksheet, row: int) -> int:
    row = _draw_section(sheet, row, "En cinq étapes")
    for number, (target, text) in enumerate(_STEPS, start=1):
        write_link(sheet, f"B{row}", f"{number}. {target}", target, "A1", _LINK)
        _write_wide(sheet, "C", row, text, _TEXT_WIDTH)
        row += 1
    return row + 1


def _draw_sheets(sheet: Worksheet, row: int) -> int:
    row = _draw_section(sheet, row, "Les feuilles")
    for target, text in _SHEETS:
        write_link(sheet, f"B{row}", target, target, "A1", _LINK)
        _write_wide(sheet, "C", row, text, _TEXT_WIDTH)
        row += 1
    for name, text in _OTHERS:
        write(sheet, f"B{row}", name, replace(_LINK, underline=False, color=MUTED))
        _write_wide(sheet, "C", row, text, _TEXT_WIDTH)
        row += 1
    return row + 1


def _draw_colours(sheet: Worksheet, row: int) -> int:
    row = _draw_section(sheet, row, "Les couleurs")
    for label, style, text in _COLOURS:
        write(
            sheet,
            f"B{row}",
            label,
            replace(style, size=_SIZE, border="thin", horizontal="center", vertical="center"),
        )
        _write_wide(sheet, "C", row, text, _TEXT_WIDTH)
        row += 1
    return row + 1


def _draw_commands(sheet: Worksheet, row: int) -> int:
    row = _draw_section(sheet, row, "Les commandes")
    for command, text in _COMMANDS:
        sheet.merge_cells(f"B{row}:C{row}")
        write(sheet, f"B{row}", command, _COMMAND)
        write(sheet, f"D{row}", text, _TEXT)
        sheet.row_dimensions[row].height = _height(text, _REST)
        row += 1
    return row + 1


def _draw_privacy(sheet: Worksheet, row: int) -> int:
    row = _draw_section(sheet, row, "Les données personnelles")
    for text in _PRIVACY:
        _write_wide(sheet, "B", row, text, _LABEL + _TEXT_WIDTH)
        row += 1
    return row + 1


def _draw_version(sheet: Worksheet, row: int) -> None:
    muted = Style(color=MUTED, vertical="center", wrap=False)
    write(sheet, f"B{row}", t.TEMPLATE_VERSION_LABEL, muted)
    write(sheet, f"C{row}", t.TEMPLATE_VERSION, muted)


def _draw_section(sheet: Worksheet, row: int, title: str) -> int:
    for letter in "BCD":
        write(sheet, f"{letter}{row}", title if letter == "B" else None, _SECTION)
    sheet.row_dimensions[row].height = 18
    return row + 1


def _write_wide(sheet: Worksheet, first: str, row: int, text: str, width: float) -> None:
    """A text over the columns from `first` to the last one, as tall as it needs."""
    sheet.merge_cells(f"{first}{row}:D{row}")
    write(sheet, f"{first}{row}", text, replace(_TEXT, indent=0 if first == "B" else 1))
    sheet.row_dimensions[row].height = _height(text, width)


def _height(text: str, width: float) -> float:
    """Row heights are counted for texts of 9 points; these are a little larger."""
    return max(_ROW, row_height([(text, width * 9 / _SIZE)]) * _SIZE / 9)
