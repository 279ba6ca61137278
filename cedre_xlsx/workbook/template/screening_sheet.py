"""`Repérage`: which type fits, from a few answers; and the grid of fiche outil n°15."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method.screening import NOTHING_SAID, QUESTIONS, Level
from cedre_xlsx.method.types import TYPES, EngagementType
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import SCREENING_SHEET, SETTINGS_SHEET, TYPE_TABLE
from cedre_xlsx.workbook.styles import (
    BODY,
    CHOICE,
    DONE_FILL,
    HEADER,
    HINT,
    INK,
    MUTED,
    SOON_FILL,
    TITLE,
    Style,
)
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.form_live import Live, text
from cedre_xlsx.workbook.template.form_look import add_list, outline, protect, put
from cedre_xlsx.workbook.template.form_screening import (
    TypeColumns,
    advice_formula,
    against_formula,
    draw_chosen,
    draw_table,
    level_formula,
    supports_formula,
)
from cedre_xlsx.workbook.template.heights import row_height
from cedre_xlsx.workbook.template.page import set_margins
from cedre_xlsx.workbook.template.settings_layout import FIRST_ROW as TYPES_ROW
from cedre_xlsx.workbook.template.settings_layout import block_of

#: The grid's columns: heading as fiche n°15 prints it, width in characters.
_GRID = (
    ("Code", 8.0),
    ("Engagements", 24.0),
    ("Priorité centrée sur le rapport à l'emploi", 14.0),
    ("Priorité centrée sur des éléments périphériques à l'emploi (1)", 19.0),
    ("Échéance utile de l'action (2)", 13.0),
    ("Référence à un projet professionnel", 23.0),
    ("Capacité à assurer immédiatement une mission de travail", 14.0),
    ("Utilisation de la mise en situation de travail", 29.0),
    ("Suite envisageable", 29.0),
)
_WIDTHS = tuple(width for _, width in _GRID)
_LAST = column_letter(len(_GRID))
_SCALE = 80  # %: the grid fits the width of an A4 page

#: The first question, and where its answer is chosen.
QUESTION_ROW = 5
ANSWER_COLUMN = "F"
_RESULT_HEADING = QUESTION_ROW + len(QUESTIONS) + 2
#: The first type's answer, in TYPES order below.
RESULT_ROW = _RESULT_HEADING + 1
LEVEL_COLUMN, SUPPORTS_COLUMN, AGAINST_COLUMN = "C", "D", "G"
ADVICE_CELL = f"A{RESULT_ROW + len(TYPES)}"
_GRID_TITLE = RESULT_ROW + len(TYPES) + 2
_GRID_ROW = _GRID_TITLE + 2
_BRIEF_ROW = _GRID_ROW + len(TYPES) + 2
_NOTES_ROW = _BRIEF_ROW + len(TYPES) + 1

_SECTION = Style(bold=True, size=11, color=INK, vertical="center", wrap=False)
_QUESTION = Style(bold=True, color=INK, border="thin", vertical="center", indent=1)
_ANSWER = Style(
    bold=True, fill=CHOICE, border="thin", horizontal="center", vertical="center", locked=False
)
_HELP = Style(italic=True, color=MUTED, border="thin", vertical="center", indent=1)
_CELL = replace(BODY, vertical="center", indent=1)
_CENTRED = replace(_CELL, horizontal="center", indent=0)
_NAME = replace(_CELL, bold=True)
_LEVEL = replace(_CENTRED, bold=True)
_ADVICE = Style(bold=True, color=INK, vertical="center", wrap=False)
_NOTES = (
    "(1) Ce qui freine ou bloque le retour à l'emploi : logement, santé, ressources, famille, "
    "mobilité, discrimination.",
    "(2) Courte : moins de trois mois. Moyenne : de trois mois à deux ans. Longue : plus de deux "
    "ans.",
    "Le type se détermine d'après l'objectif principal et la priorité de la personne en ce moment, "
    "jamais d'après ce que fait la structure. En cas de doute, lui demander.",
    "Le même type peut être repris ; un Coup de pouce peut suivre n'importe quel type, quand un "
    "parcours risque de se rompre.",
)


def draw_screening(book: Book, filling: Filling) -> None:
    """Draw the sheet, its questions unanswered."""
    sheet = book.sheet(SCREENING_SHEET)
    for index, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[column_letter(index)].width = width
    put(book, sheet, f"A1:{_LAST}1", "Repérage de l'engagement à proposer (fiches n°14 et 15)",
        TITLE)  # fmt: skip
    put(book, sheet, f"A2:{_LAST}2", "Un appui au dialogue, avec la personne et en équipe : "
        "répondez dans les cases crème, videz-les pour recommencer. Rien n'est enregistré.",
        HINT)  # fmt: skip
    sheet.row_dimensions[1].height = 24
    _draw_questions(book, sheet)
    _draw_results(book, sheet, filling.settings)
    _draw_grid(book, sheet, filling.settings)
    _draw_notes(book, sheet, filling.settings)
    _set_view(sheet)


def _draw_questions(book: Book, sheet: Worksheet) -> None:
    put(book, sheet, f"A{QUESTION_ROW - 1}", "Les questions", _SECTION)
    sheet.row_dimensions[QUESTION_ROW - 1].height = 22
    for row, question in enumerate(QUESTIONS, start=QUESTION_ROW):
        _put_wide(book, sheet, f"A{row}:E{row}", f"{row - QUESTION_ROW + 1}. {question.text}",
                  _QUESTION)  # fmt: skip
        _put_wide(book, sheet, f"{ANSWER_COLUMN}{row}:G{row}", None, _ANSWER)
        _put_wide(book, sheet, f"H{row}:{_LAST}{row}", question.help, _HELP)
        add_list(
            sheet, f"{ANSWER_COLUMN}{row}", question.list_name, title="Réponse",
            prompt="Choisir dans la liste, ou laisser vide si l'on ne sait pas.",
            error="Choisissez une réponse de la liste, ou videz la case.",
        )  # fmt: skip
        sheet.row_dimensions[row].height = 30


def _put_wide(book: Book, sheet: Worksheet, cells: str, content: str | Live | None,
              style: Style) -> None:  # fmt: skip
    put(book, sheet, cells, content, style)
    outline(sheet, cells, soft=True)


def _draw_results(book: Book, sheet: Worksheet, settings: Settings) -> None:
    """Beside each type, whether it fits and why."""
    columns = draw_table(book)
    answers = [
        f"'{SCREENING_SHEET}'!${ANSWER_COLUMN}${row}"
        for row in range(QUESTION_ROW, QUESTION_ROW + len(QUESTIONS))
    ]
    chosen = draw_chosen(book, answers)
    for cells, heading in (
        ("A", "Code"), ("B", "Engagements"), ("C", "Convient ?"), ("D:F", "Pour"),
        (f"G:{_LAST}", "À discuter, ou contre"),
    ):  # fmt: skip
        _put_wide(book, sheet, _in_row(cells, _RESULT_HEADING), heading, HEADER)
    sheet.row_dimensions[_RESULT_HEADING].height = 20
    for row, (kind, its) in enumerate(zip(TYPES, columns, strict=True), start=RESULT_ROW):
        _draw_result(book, sheet, row, _code(settings, kind), kind, its, chosen)
    first, last = f"${LEVEL_COLUMN}${RESULT_ROW}", f"${LEVEL_COLUMN}${RESULT_ROW + len(TYPES) - 1}"
    _colour_levels(sheet, f"{first}:{last}".replace("$", ""))
    advice = Live(advice_formula(f"{first}:{last}", chosen), NOTHING_SAID)
    put(book, sheet, _in_row(f"A:{_LAST}", RESULT_ROW + len(TYPES)), advice, _ADVICE)
    sheet.row_dimensions[RESULT_ROW + len(TYPES)].height = 24


def _draw_result(
    book: Book, sheet: Worksheet, row: int, code: Live, kind: EngagementType,
    columns: TypeColumns, chosen: tuple[str, ...],
) -> None:  # fmt: skip
    put(book, sheet, f"A{row}", code, replace(_CENTRED, bold=True))
    put(book, sheet, f"B{row}", kind.name, _NAME)
    put(book, sheet, f"{LEVEL_COLUMN}{row}", Live(level_formula(columns, chosen), ""), _LEVEL)
    for cells, formula in (
        (f"{SUPPORTS_COLUMN}:F", supports_formula(columns, chosen)),
        (f"{AGAINST_COLUMN}:{_LAST}", against_formula(columns, chosen)),
    ):
        _put_wide(book, sheet, _in_row(cells, row), Live(formula, ""), _CELL)
    sheet.row_dimensions[row].height = 38


def _in_row(columns: str, row: int) -> str:
    return ":".join(f"{letter}{row}" for letter in columns.split(":"))


def _code(settings: Settings, kind: EngagementType) -> Live:
    """The code that the team has given to the type; the method's where its name is not found."""
    block = block_of(TYPE_TABLE)
    codes, names = (
        f"'{SETTINGS_SHEET}'!${letter}${TYPES_ROW}:${letter}${TYPES_ROW + 99}"
        for letter in (block.letter("code"), block.letter("name"))
    )
    name = text(kind.name).formula
    known = next((one.code for one in settings.types if one.name == kind.name), kind.code)
    return Live(f'IFERROR(INDEX({codes},MATCH({name},{names},0))&"","{kind.code}")', known)


def _colour_levels(sheet: Worksheet, cells: str) -> None:
    first = cells.partition(":")[0]
    for level, fill, color in (
        (Level.FITS, DONE_FILL, ""), (Level.DISCUSS, SOON_FILL, ""), (Level.NO, "", MUTED),
    ):  # fmt: skip
        look = DifferentialStyle(
            font=Font(color=color) if color else None,
            fill=PatternFill("solid", start_color=fill, end_color=fill) if fill else None,
        )
        rule = Rule(type="expression", formula=[f'${first[0]}{first[1:]}="{level}"'], dxf=look)
        sheet.conditional_formatting.add(cells, rule)


def _draw_grid(book: Book, sheet: Worksheet, settings: Settings) -> None:
    put(book, sheet, f"A{_GRID_TITLE}", "Indicateurs de repérage de l'engagement à proposer "
        "(fiche n°15)", _SECTION)  # fmt: skip
    sheet.row_dimensions[_GRID_TITLE].height = 20
    for index, (heading, _) in enumerate(_GRID, start=1):
        put(book, sheet, f"{column_letter(index)}{_GRID_ROW - 1}", heading, HEADER)
    sheet.row_dimensions[_GRID_ROW - 1].height = 56
    for row, kind in enumerate(TYPES, start=_GRID_ROW):
        cells = _grid_line(kind)
        put(book, sheet, f"A{row}", _code(settings, kind), replace(_CENTRED, bold=True))
        for index, content in enumerate(cells, start=2):
            style = _NAME if index == 2 else _CENTRED if index in (3, 4, 5, 7) else _CELL
            put(book, sheet, f"{column_letter(index)}{row}", content, style)
        room = ((one, width - 2) for one, width in zip(cells, _WIDTHS[1:], strict=True))
        sheet.row_dimensions[row].height = row_height(room) + 6


def _draw_notes(book: Book, sheet: Worksheet, settings: Settings) -> None:
    """What each type is for, and how to read the grid."""
    put(book, sheet, f"A{_BRIEF_ROW - 1}", "Les six types en bref (fiche n°14)", _SECTION)
    sheet.row_dimensions[_BRIEF_ROW - 1].height = 20
    for row, kind in enumerate(TYPES, start=_BRIEF_ROW):
        put(book, sheet, f"A{row}", _code(settings, kind), replace(_CENTRED, bold=True))
        put(book, sheet, f"B{row}", kind.name, _NAME)
        _put_wide(book, sheet, f"C{row}:{_LAST}{row}", kind.summary, _CELL)
        sheet.row_dimensions[row].height = 28
    for row, note in enumerate(_NOTES, start=_NOTES_ROW):
        put(book, sheet, f"A{row}:{_LAST}{row}", note, Style(color=MUTED, vertical="center"))
        sheet.row_dimensions[row].height = 15


def _grid_line(kind: EngagementType) -> tuple[str, ...]:
    """A type's cells, its code aside."""
    peripheral = _yes(kind.peripheral_priority)
    if kind.peripheral_note:
        peripheral += f", {kind.peripheral_note}"
    return (
        kind.name, _yes(kind.employment_priority), peripheral, kind.deadline_label.capitalize(),
        kind.project, _yes(kind.immediate_mission), kind.use_of_missions, kind.next_step,
    )  # fmt: skip


def _yes(value: bool) -> str:
    return "Oui" if value else "Non"


def _set_view(sheet: Worksheet) -> None:
    """Two pages: the questions with their answers, then the grid."""
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = "A3"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.scale = _SCALE  # a page fitted to its width ignores the break
    set_margins(sheet)
    sheet.row_breaks.append(Break(id=_GRID_TITLE - 1))
    sheet.print_area = f"A1:{_LAST}{_NOTES_ROW + len(_NOTES) - 1}"
    protect(sheet)
