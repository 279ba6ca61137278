"""`Fiche individuelle`: exemple n°4 as printed on paper, live for the person chosen in its list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method import form_words as words
from cedre_xlsx.schema.lists import LINES_NAME, PEOPLE_NAME, TEXT_COLUMNS
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, LISTS_SHEET, PEOPLE, PERSON_FORM_SHEET
from cedre_xlsx.workbook.styles import DATE_FORMAT, MUTED, Style
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.form_chain import (
    FIRST_COLUMN,
    Helper,
    Hits,
    draw_hits,
    draw_in_date_order,
    draw_latest_pathway,
)
from cedre_xlsx.workbook.template.form_live import (
    CUT,
    Live,
    agreed,
    civility,
    cut,
    field_of,
    trim,
    trimmed,
    written_date,
)
from cedre_xlsx.workbook.template.form_look import (
    CHOSEN,
    FORM_HINT,
    FORM_TITLE,
    HEADING,
    LABEL,
    NOTICE,
    PANEL,
    VALUE,
    add_list,
    dotted,
    draw_choice,
    outline,
    protect,
    put,
)
from cedre_xlsx.workbook.template.form_notes import put_note
from cedre_xlsx.workbook.template.lists_sheet import FIRST_ROW as CHAIN_ROW
from cedre_xlsx.workbook.template.page import set_page
from cedre_xlsx.workbook.template.person_table import LAST, RANGE_ROW, draw_table
from cedre_xlsx.workbook.template.settings_layout import setting_cell

#: How many follow-up lines the form can show, and engagements its succession.
LINES = 60
STEPS = 12
_BEFORE = CUT.strip()  # in the place of the engagements before them
#: The cells that the person is chosen in, and the line that the page begins with.
CHOICE_CELL = "F2"
START_CELL = "F3"
_NOTE_ROW = RANGE_ROW + 1
_HEIGHTS = {
    1: 18, 2: 24, 3: 15, 4: 4, 5: 16, 6: 16, 7: 16, 8: 4, 9: 15, 10: 44, 11: 24, 12: 10, 13: 26,
    RANGE_ROW: 12, _NOTE_ROW: 11,
}  # fmt: skip
_REQUEST_LIMIT = 480  # characters in its box
_HINT = "Choisissez une personne dans la case crème ; videz-la pour une fiche vierge."


def draw_person_form(book: Book, filling: Filling) -> None:
    """Draw the sheet, for the person of the filling ("" for a blank form)."""
    sheet = book.sheet(PERSON_FORM_SHEET)
    found = _find(book, filling)
    _draw_choice(book, sheet, filling)
    _define_ranks(book, found.count)
    request = _draw_head(book, sheet, filling, found)
    _draw_steps(book, sheet, found.steps)
    rows, total = filling.of(FOLLOW_UP.table), found.hits.count
    is_cut = draw_table(book, sheet, rows, found.lines, found.start, found.count, total)
    put(book, sheet, f"A12:{LAST}12", _notice(found, _any_cut(found, request, is_cut)), NOTICE)
    note = f"A{_NOTE_ROW}:{LAST}{_NOTE_ROW}"
    put_note(book, sheet, note, filling, words.PATHWAY_NOTE, found.title)
    _set_view(sheet)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the hidden columns find for the person chosen; `pathway` is a row of Personnes, `title`
    the Civilité there, `count` how many `lines` there are to show, `start` the rank of the first
    one on the page.
    """

    typed: Live
    pathway: Live
    title: Live
    hits: Hits
    lines: tuple[Live, ...]
    count: Live
    start: Live
    steps: Live


def _find(book: Book, filling: Filling) -> _Found:
    choice = Live(f"'{PERSON_FORM_SHEET}'!${CHOICE_CELL[0]}${CHOICE_CELL[1:]}", filling.person)
    search = Helper(book, FIRST_COLUMN, "Fiche : personne")
    typed = search.put(2, trimmed(choice))
    people, lines = filling.of(PEOPLE.table), filling.of(FOLLOW_UP.table)
    pathway = draw_latest_pathway(book, FIRST_COLUMN + 1, "Fiche : parcours", people, typed)
    known = isinstance(pathway.value, int)
    formula = f'IF(ISNUMBER({pathway.formula}),{typed.formula},"")'
    name = search.put(3, Live(formula, typed.value if known else ""))
    hits = draw_hits(book, FIRST_COLUMN + 4, "Fiche : Suivi", FOLLOW_UP, lines, name, LINES)
    ordered = draw_in_date_order(book, FIRST_COLUMN + 5, "Fiche", FOLLOW_UP, "dated", lines, hits)
    n = hits.count
    count = search.put(4, Live(f"MIN({n.formula},{LINES})", min(_int(n), LINES)))
    place = f"'{PERSON_FORM_SHEET}'!${START_CELL[0]}${START_CELL[1:]}"
    asked = f"IFERROR(INT(VALUE({place})),1)"
    begun = f"IF(AND({asked}>1,{asked}<={count.formula}),{asked},1)"
    start = search.put(5, Live(begun, 1))
    title = search.put(6, civility(field_of(PEOPLE, people, pathway, "title")))
    steps = _draw_succession(book, filling, name)
    return _Found(typed, pathway, title, hits, ordered, count, start, steps)


def _draw_succession(book: Book, filling: Filling, name: Live) -> Live:
    """The person's engagements in one text, grown line by line: "CP (…) → D (…)"."""
    rows = filling.of(ENGAGEMENTS.table)
    first = FIRST_COLUMN + 11
    hits = draw_hits(book, first, "Fiche : Engagements", ENGAGEMENTS, rows, name, STEPS)
    ordered = draw_in_date_order(
        book, first + 1, "Fiche : engagement", ENGAGEMENTS, "agreed", rows, hits
    )
    texts, parts = (
        Helper(book, first + shift, f"Fiche : {title}")
        for shift, title in ((6, "succession"), (7, "étape"))
    )
    grown = Live(
        f'IF({hits.count.formula}>{STEPS},"{_BEFORE}","")',
        _BEFORE if _int(hits.count) > STEPS else "",
    )
    for row, place in enumerate(ordered, start=CHAIN_ROW):
        code = field_of(ENGAGEMENTS, rows, place, "type")
        day = field_of(ENGAGEMENTS, rows, place, "agreed", written_date)
        grown = texts.put(row, _joined(grown, parts.put(row, _step(code, day))))
    return grown


def _step(code: Live, day: Live) -> Live:
    dated = f'IF({day.formula}="",""," ("&{day.formula}&")")'
    formula = f'IF({code.formula}="","",{code.formula}&{dated})'
    value = f"{code.value} ({day.value})" if day.value else f"{code.value}"
    return Live(formula, value if code.value else "")


def _joined(before: Live, step: Live) -> Live:
    b, s = before.formula, step.formula
    formula = f'IF({s}="",{b},IF({b}="",{s},{b}&" → "&{s}))'
    parts = [str(part.value) for part in (before, step) if part.value]
    return Live(formula, " → ".join(parts))


def _int(live: Live) -> int:
    return live.value if isinstance(live.value, int) else 0


def _draw_choice(book: Book, sheet: Worksheet, filling: Filling) -> None:
    put(book, sheet, f"A1:{LAST}1", _HINT, FORM_HINT)
    put(book, sheet, "A2:D2", "FICHE INDIVIDUELLE DE SUIVI", FORM_TITLE)
    structure = setting_cell("structure")
    name = Live(f'IF({structure}="","",{structure})', filling.settings.structure)
    put(book, sheet, "A3:D3", name, Style(color=MUTED, vertical="center", wrap=False))
    put(book, sheet, "E2", "Personne :", replace(LABEL, horizontal="right", indent=1))
    draw_choice(
        book, sheet, f"{CHOICE_CELL}:{LAST}2", filling.person, PEOPLE_NAME,
        title="Personne",
        prompt="Choisir dans la liste : la fiche se remplit. Vider la case pour une fiche vierge.",
        error="Choisissez un nom de la liste. Une personne nouvelle s'ajoute d'abord dans la "
        "feuille Personnes.",
    )  # fmt: skip
    _draw_start(book, sheet)


def _draw_start(book: Book, sheet: Worksheet) -> None:
    """The cell that says which line the page begins with: empty, the first."""
    label = replace(LABEL, bold=False, size=8, horizontal="right", indent=1)
    put(book, sheet, "E3", "À partir de la ligne :", label)
    cells = f"{START_CELL}:{LAST}3"
    put(book, sheet, cells, None, replace(CHOSEN, size=9))
    outline(sheet, cells)
    add_list(
        sheet, START_CELL, LINES_NAME,
        title="À partir de la ligne",
        prompt="La fiche tient sur une page. Pour imprimer la suite, choisir ici le numéro de la "
        "ligne qu'elle annonce en bas.",
        error=f"Choisissez un nombre entier, de 1 à {LINES}.",
    )  # fmt: skip


def _define_ranks(book: Book, count: Live) -> None:
    """The list of the lines that a page may begin with."""
    ranks = Helper(book, TEXT_COLUMNS.stop - 1, "Fiche : numéro")
    for number in range(1, LINES + 1):
        ranks.put(CHAIN_ROW + number - 1, Live(f"ROW()-{CHAIN_ROW - 1}", number))
    column = f"{LISTS_SHEET}!${ranks.letter}:${ranks.letter}"
    last = f"INDEX({column},{CHAIN_ROW - 1}+MAX(1,{count.formula}))"
    book.name(LINES_NAME, f"{ranks.at(CHAIN_ROW)}:{last}")


#: Row by row: label and field at the left, label and field at the right.
_HEAD = (
    ("Nom :", "last_name", "Date du pré-accueil :", "pre_reception"),
    ("Prénom :", "first_name", "Date de l'entretien individuel (accueil) :", "interview"),
    ("Accompagnateur :", "advisor", "Date d'inscription :", "registered"),
)


def _draw_head(book: Book, sheet: Worksheet, filling: Filling, found: _Found) -> Live:
    """Who it is; gives the text of the request as it is shown."""
    rows, row = filling.of(PEOPLE.table), found.pathway
    for number, (left, left_field, right, right_field) in enumerate(_HEAD, start=5):
        shown = field_of(PEOPLE, rows, row, left_field)
        if left_field == "last_name":
            shown = _named(found.title, shown, field_of(PEOPLE, rows, row, "birth_year"))
        put(book, sheet, f"A{number}", left, LABEL)
        put(book, sheet, f"B{number}", shown, replace(VALUE, bold=number < 7))
        put(book, sheet, f"C{number}:E{number}", right, replace(LABEL, horizontal="right"))
        dated = field_of(PEOPLE, rows, row, right_field)
        put(book, sheet, f"F{number}:{LAST}{number}", dated,
            replace(VALUE, number_format=DATE_FORMAT))  # fmt: skip
        dotted(sheet, f"B{number}")
        dotted(sheet, f"F{number}:{LAST}{number}")
    header = PEOPLE.columns["request"].header
    put(book, sheet, f"A9:{LAST}9", f"{header} :", HEADING)
    request = field_of(PEOPLE, rows, row, "request", lambda cell: cut(cell, _REQUEST_LIMIT, 145))
    put(book, sheet, f"A10:{LAST}10", request, PANEL)
    outline(sheet, f"A9:{LAST}10")
    return Live("$A$10", request.value)


def _named(title: Live, name: Live, born: Live) -> Live:
    """Civility, name, and the year of birth: the guide's age would be false the year after."""
    t, b = title.formula, born.formula
    said = agreed(title, words.BORN)
    formula = f'TRIM({t}&" "&{name.formula})&IF(ISNUMBER({b})," – "&{said.formula}&" en "&{b},"")'
    value = trim(f"{title.value} {name.value}")
    if isinstance(born.value, int):
        value += f" – {said.value} en {born.value}"
    return Live(formula, value)


def _draw_steps(book: Book, sheet: Worksheet, steps: Live) -> None:
    put(book, sheet, "A11", "Engagements :", LABEL)
    put(book, sheet, f"B11:{LAST}11", steps, replace(VALUE, bold=True))


def _any_cut(found: _Found, request: Live, on_page: Live) -> Live:
    """1 where a text that is shown is cut, else 0."""
    r, s = request.formula, found.steps.formula
    end, start = f'RIGHT({r},{len(CUT)})="{CUT}"', f'LEFT({s},{len(_BEFORE)})="{_BEFORE}"'
    is_cut = str(request.value).endswith(CUT) or str(found.steps.value).startswith(_BEFORE)
    formula = f"IF(OR({end},{start},{on_page.formula}=1),1,0)"
    return Live(formula, int(is_cut or on_page.value == 1))


def _notice(found: _Found, is_cut: Live) -> Live:
    """What the form cannot show: nothing is left out in silence."""
    typed, count, c = found.typed, found.hits.count, is_cut.formula
    more = f"({count.formula}-{LINES})"
    left_out = f'IF({more}=1,"{_ONE_MORE}",{more}&"{_MORE}")&IF({c}=1,"{_CUT_TOO}","")'
    formula = (
        f'IF({typed.formula}="","",IF(NOT(ISNUMBER({found.pathway.formula})),'
        f'"« "&{typed.formula}&"{_UNKNOWN}",'
        f'IF({count.formula}>{LINES},{left_out},IF({c}=1,"{_TOO_LONG}",""))))'
    )
    left = _int(count) - LINES
    value = ""
    if typed.value and not isinstance(found.pathway.value, int):
        value = f"« {typed.value}{_UNKNOWN}"
    elif typed.value and left > 0:
        value = (_ONE_MORE if left == 1 else f"{left}{_MORE}") + (_CUT_TOO if is_cut.value else "")
    elif typed.value and is_cut.value:
        value = _TOO_LONG
    return Live(formula, value)


_UNKNOWN = " » n'est pas dans la feuille Personnes : choisissez un nom de la liste."
_PDF = " ; la fiche en PDF montre toutes les lignes (commande cedre-xlsx print)."
_ONE_MORE = "1 ligne plus haut dans Suivi n'est pas montrée ici" + _PDF
_MORE = " lignes plus haut dans Suivi ne sont pas montrées ici" + _PDF

_CUT_TOO = " Un texte est coupé […]."
_TOO_LONG = "Un texte est coupé […] : la fiche en PDF le montre entier (cedre-xlsx print)."


def _set_view(sheet: Worksheet) -> None:
    for number, points in _HEIGHTS.items():
        sheet.row_dimensions[number].height = points
    sheet.freeze_panes = "A4"
    sheet.sheet_view.showGridLines = False
    set_page(sheet, landscape=True, pages_tall=1)
    sheet.print_area = f"A2:{LAST}{_NOTE_ROW}"
    protect(sheet)
