"""`Fiche individuelle`: exemple n°4 as printed on paper, live for the person chosen in its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method import form_words as words
from cedre_xlsx.schema.lists import PEOPLE_NAME
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, PEOPLE, PERSON_FORM_SHEET
from cedre_xlsx.workbook.styles import DATE_FORMAT, HEADER, HIDDEN_KEY, INK, LINE, MUTED, Style
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from cedre_xlsx.workbook.template.form_chain import (
    FIRST_COLUMN,
    Helper,
    Hits,
    draw_hits,
    draw_in_date_order,
    draw_latest_pathway,
)
from cedre_xlsx.workbook.template.form_lines import TIMES_COLUMN, Packed, draw_packed
from cedre_xlsx.workbook.template.form_live import (
    Live,
    agreed,
    cut,
    field_of,
    minutes,
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
    dotted,
    draw_choice,
    outline,
    protect,
    put,
)
from cedre_xlsx.workbook.template.form_notes import put_note
from cedre_xlsx.workbook.template.lists_sheet import FIRST_ROW as CHAIN_ROW
from cedre_xlsx.workbook.template.page import set_page
from cedre_xlsx.workbook.template.settings_layout import setting_cell

#: How many follow-up lines the form can show, and engagements its succession.
LINES = 60
STEPS = 12
#: The cells that the person is chosen in, and the line that the page begins with.
CHOICE_CELL = "F2"
START_CELL = "F3"
#: Row of the follow-up table's headings; its rows of text come below.
HEADING_ROW = 13
FIRST_LINE = HEADING_ROW + 1
ROWS = 25
_LAST_ROW = FIRST_LINE + ROWS - 1
_RANGE_ROW, _NOTE_ROW = _LAST_ROW + 1, _LAST_ROW + 2
_HEIGHTS = {
    1: 18, 2: 24, 3: 15, 4: 4, 5: 16, 6: 16, 7: 16, 8: 4, 9: 15, 10: 50, 11: 25, 12: 10, 13: 26,
    _RANGE_ROW: 12, _NOTE_ROW: 11,
}  # fmt: skip
_LINE_HEIGHT = 11.8  # points, of a line of text
_MOST_ROWS = 16  # of one text
_TEXT = Style(vertical="center", wrap=False, shrink=True)
_RULED = 3  # rows between the lines ruled for the hand

#: The paper form's columns: heading, field of Suivi, width in characters. A4 takes 144 of them at
#: full size.
_COLUMNS = (
    ("Dates", "dated", 14.0),
    ("Actions proposées par l'AI / ETTI", "action", 36.5),
    ("Objectifs poursuivis", "objective", 26.0),
    ("Engagement", "engagement", 12.0),
    ("Échéance / délai", "deadline", 15.5),
    ("Suites données\nDécisions prises (actions / moyens…)", "outcome", 31.0),
    ("Temps consacré", "minutes", 9.0),
)
_TEXTS = _COLUMNS[:-1]
_LAST = column_letter(len(_COLUMNS))
#: The hidden column that says above which rows a line is ruled.
_RULES = column_letter(len(_COLUMNS) + 1)
_REQUEST_LIMIT = 580  # characters in its box
_HINT = "Choisissez une personne dans la case crème ; videz-la pour une fiche vierge."


def draw_person_form(book: Book, filling: Filling) -> None:
    """Draw the sheet, for the person of the filling ("" for a blank form)."""
    sheet = book.sheet(PERSON_FORM_SHEET)
    for index, (_, _, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[column_letter(index)].width = width
    found = _find(book, filling)
    _draw_choice(book, sheet, filling)
    _draw_head(book, sheet, filling, found.pathway)
    _draw_steps(book, sheet, found.steps)
    put(book, sheet, f"A12:{_LAST}12", _notice(found), NOTICE)
    _draw_table(book, sheet, filling, found)
    title = field_of(PEOPLE, filling.of(PEOPLE.table), found.pathway, "title")
    put_note(book, sheet, f"A{_NOTE_ROW}:{_LAST}{_NOTE_ROW}", filling, words.PATHWAY_NOTE, title)
    _set_view(sheet)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the hidden columns find for the person chosen; `pathway` is a row of Personnes, `count`
    how many `lines` there are to show, `start` the rank of the first one on the page.
    """

    typed: Live
    pathway: Live
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
    start = search.put(
        5, Live(f"MAX(1,MIN(IF(ISNUMBER({place}),INT({place}),1),{count.formula}))", 1)
    )
    steps = _draw_succession(book, filling, name)
    return _Found(typed, pathway, hits, ordered, count, start, steps)


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
        f'IF({hits.count.formula}>{STEPS},"[…]","")', "[…]" if _int(hits.count) > STEPS else ""
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
    put(book, sheet, f"A1:{_LAST}1", _HINT, FORM_HINT)
    put(book, sheet, "A2:D2", "FICHE INDIVIDUELLE DE SUIVI", FORM_TITLE)
    structure = setting_cell("structure")
    name = Live(f'IF({structure}="","",{structure})', filling.settings.structure)
    put(book, sheet, "A3:D3", name, Style(color=MUTED, vertical="center", wrap=False))
    put(book, sheet, "E2", "Personne :", replace(LABEL, horizontal="right", indent=1))
    draw_choice(
        book, sheet, f"{CHOICE_CELL}:{_LAST}2", filling.person, PEOPLE_NAME,
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
    put(book, sheet, START_CELL, None, replace(CHOSEN, size=9))
    outline(sheet, START_CELL)
    rule = DataValidation(
        type="whole", operator="between", formula1="1", formula2=str(LINES), allow_blank=True,
        errorStyle="stop", showErrorMessage=True, showInputMessage=True,
        promptTitle="À partir de la ligne",
        prompt="La fiche tient sur une page. Pour imprimer la suite, taper ici le numéro de la "
        "ligne qu'elle annonce en bas.",
        errorTitle="À partir de la ligne", error=f"Tapez un nombre entier, de 1 à {LINES}.",
    )  # fmt: skip
    rule.add(START_CELL)
    sheet.add_data_validation(rule)


#: Row by row: label and field at the left, label and field at the right.
_HEAD = (
    ("Nom :", "last_name", "Date du pré-accueil :", "pre_reception"),
    ("Prénom :", "first_name", "Date de l'entretien individuel (accueil) :", "interview"),
    ("Accompagnateur :", "advisor", "Date d'inscription :", "registered"),
)


def _draw_head(book: Book, sheet: Worksheet, filling: Filling, row: Live) -> None:
    rows = filling.of(PEOPLE.table)
    for number, (left, left_field, right, right_field) in enumerate(_HEAD, start=5):
        shown = field_of(PEOPLE, rows, row, left_field)
        if left_field == "last_name":
            title, born = (field_of(PEOPLE, rows, row, name) for name in ("title", "birth_year"))
            shown = _named(title, shown, born)
        put(book, sheet, f"A{number}", left, LABEL)
        put(book, sheet, f"B{number}", shown, replace(VALUE, bold=number < 7))
        put(book, sheet, f"C{number}:E{number}", right, replace(LABEL, horizontal="right"))
        dated = field_of(PEOPLE, rows, row, right_field)
        put(book, sheet, f"F{number}:{_LAST}{number}", dated,
            replace(VALUE, number_format=DATE_FORMAT))  # fmt: skip
        dotted(sheet, f"B{number}")
        dotted(sheet, f"F{number}:{_LAST}{number}")
    header = PEOPLE.columns["request"].header
    put(book, sheet, f"A9:{_LAST}9", f"{header} :", HEADING)
    request = field_of(PEOPLE, rows, row, "request", lambda cell: cut(cell, _REQUEST_LIMIT, 145))
    put(book, sheet, f"A10:{_LAST}10", request, PANEL)
    outline(sheet, f"A9:{_LAST}10")


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
    put(book, sheet, f"B11:{_LAST}11", steps, replace(VALUE, bold=True))


def _notice(found: _Found) -> Live:
    """What the form cannot show: nothing is left out in silence."""
    typed, count = found.typed, found.hits.count
    more = f"({count.formula}-{LINES})"
    formula = (
        f'IF({typed.formula}="","",IF(NOT(ISNUMBER({found.pathway.formula})),'
        f'"« "&{typed.formula}&"{_UNKNOWN}",'
        f'IF({count.formula}>{LINES},IF({more}=1,"{_ONE_MORE}",{more}&"{_MORE}"),"")))'
    )
    left = _int(count) - LINES
    value = ""
    if typed.value and not isinstance(found.pathway.value, int):
        value = f"« {typed.value}{_UNKNOWN}"
    elif typed.value and left > 0:
        value = _ONE_MORE if left == 1 else f"{left}{_MORE}"
    return Live(formula, value)


_UNKNOWN = " » n'est pas dans la feuille Personnes : choisissez un nom de la liste."
_PDF = " ; la fiche en PDF montre toutes les lignes (commande cedre-xlsx print)."
_ONE_MORE = "1 ligne plus haut dans Suivi n'est pas montrée ici" + _PDF
_MORE = " lignes plus haut dans Suivi ne sont pas montrées ici" + _PDF


def _draw_table(book: Book, sheet: Worksheet, filling: Filling, found: _Found) -> None:
    rows = filling.of(FOLLOW_UP.table)
    packed = draw_packed(
        book, "Fiche", [_texts(rows, line) for line in found.lines],
        [_room(width) for _, _, width in _TEXTS], found.start, found.count, ROWS,
    )  # fmt: skip
    for index, (heading, _, _) in enumerate(_COLUMNS, start=1):
        put(book, sheet, f"{column_letter(index)}{HEADING_ROW}", heading, HEADER)
    times = [field_of(FOLLOW_UP, rows, line, "minutes", minutes) for line in found.lines]
    area = _written(book, times)
    above = Live('""', "")
    for number, row in enumerate(packed.rows, start=FIRST_LINE):
        cells = [*row.texts, _time(row.rank, above, area, times)]
        for index, cell in enumerate(cells, start=1):
            put(book, sheet, f"{column_letter(index)}{number}", cell, _TEXT)
        _draw_rule(book, sheet, number, row.rank, above, packed)
        above = row.rank
    _draw_grid(sheet)
    text = _range(found, packed)
    put(book, sheet, f"A{_RANGE_ROW}:{_LAST}{_RANGE_ROW}", text, replace(NOTICE, color=INK))


def _texts(rows: Sequence[FilledRow], line: Live) -> list[Live]:
    """The texts of a line, dates as they are written."""
    shown = []
    for _, field, width in _TEXTS:
        room = _room(width)

        def show(cell: Live, room: int = room) -> Live:
            return cut(written_date(cell), room * _MOST_ROWS, room)

        shown.append(field_of(FOLLOW_UP, rows, line, field, show))
    return shown


def _room(width: float) -> int:
    """The characters of a row in a column of this width."""
    return int(width * 1.25 - 1)


def _written(book: Book, times: Sequence[Live]) -> str:
    """The times in a column of `Listes`; gives where they are."""
    helper = Helper(book, TIMES_COLUMN, "Fiche : temps")
    for row, one in enumerate(times, start=CHAIN_ROW):
        helper.put(row, one)
    return f"{helper.at(CHAIN_ROW)}:${helper.letter}${CHAIN_ROW + len(times) - 1}"


def _time(rank: Live, above: Live, area: str, times: Sequence[Live]) -> Live:
    """The time of a line, in its first row."""
    r = rank.formula
    formula = f'IF(OR({r}="",{r}={above.formula}),"",INDEX({area},{r}))'
    is_first = isinstance(rank.value, int) and rank.value != above.value
    return Live(formula, times[int(str(rank.value)) - 1].value if is_first else "")


def _draw_rule(
    book: Book, sheet: Worksheet, number: int, rank: Live, above: Live, packed: Packed
) -> None:
    """1 where a line is ruled above a row: a new line, or room for the hand below the last one."""
    first, last = packed.rows[0].rank.formula, packed.rows[-1].rank.formula.partition("!")[2]
    r, used = rank.formula, f"COUNT({first}:{last})"
    free = f"MOD({number - FIRST_LINE}-{used},{_RULED})=0"
    formula = f'IF(IF({r}="",{free},{r}<>{above.formula}),1,0)'
    count = sum(isinstance(one.rank.value, int) for one in packed.rows)
    is_free = (number - FIRST_LINE - count) % _RULED == 0
    is_ruled = is_free if rank.value == "" else rank.value != above.value
    put(book, sheet, f"{_RULES}{number}", Live(formula, int(is_ruled)), HIDDEN_KEY)


def _draw_grid(sheet: Worksheet) -> None:
    """What is ruled always: columns, and the foot; the rest by the hidden column."""
    side = Side(style="thin", color=LINE)
    for row in sheet[f"A{FIRST_LINE}:{_LAST}{_LAST_ROW}"]:
        for cell in row:
            foot = side if cell.row == _LAST_ROW else None
            cell.border = Border(left=side, right=side, bottom=foot)
    look = DifferentialStyle(border=Border(left=side, right=side, top=side))
    rule = Rule(type="expression", formula=[f"${_RULES}{FIRST_LINE}=1"], dxf=look)
    sheet.conditional_formatting.add(f"A{FIRST_LINE}:{_LAST}{_LAST_ROW}", rule)


def _range(found: _Found, packed: Packed) -> Live:
    """Which lines the page has, and how to have the next ones."""
    n, a, b = found.count, found.start, packed.last
    whole = f"AND({a.formula}=1,{b.formula}={n.formula})"
    told = (
        f'"Lignes "&{a.formula}&" à "&{b.formula}&" sur "&{n.formula}&"."'
        f'&IF({b.formula}<{n.formula},"{_NEXT}"&({b.formula}+1)&"{_NEXT_END}","")'
    )
    formula = f'IF(OR({n.formula}=0,{whole}),"",{told})'
    count, last = _int(n), _int(b)
    if not count or (a.value == 1 and last == count):
        return Live(formula, "")
    after = f"{_NEXT}{last + 1}{_NEXT_END}" if last < count else ""
    return Live(formula, f"Lignes {a.value} à {last} sur {count}.{after}")


_NEXT = " Pour la suite, tapez "
_NEXT_END = " dans la case « À partir de la ligne »."


def _set_view(sheet: Worksheet) -> None:
    for number, points in _HEIGHTS.items():
        sheet.row_dimensions[number].height = points
    for number in range(FIRST_LINE, FIRST_LINE + ROWS):
        sheet.row_dimensions[number].height = _LINE_HEIGHT
    sheet.column_dimensions[_RULES].hidden = True
    sheet.freeze_panes = "A4"
    sheet.sheet_view.showGridLines = False
    set_page(sheet, landscape=True, pages_tall=1)
    sheet.print_area = f"A2:{_LAST}{_NOTE_ROW}"
    protect(sheet)
