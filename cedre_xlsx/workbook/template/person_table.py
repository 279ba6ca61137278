"""The follow-up lines of `Fiche individuelle`: a page of text rows, ruled where a line begins."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method.french import typeset
from cedre_xlsx.schema.lists import TEXT_COLUMNS
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import FOLLOW_UP
from cedre_xlsx.workbook.styles import HEADER, HIDDEN_KEY, INK, LINE, Style
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.filling import FilledRow
from cedre_xlsx.workbook.template.form_chain import Helper
from cedre_xlsx.workbook.template.form_lines import Packed, draw_packed
from cedre_xlsx.workbook.template.form_live import CUT, Live, cut, field_of, minutes, written_date
from cedre_xlsx.workbook.template.form_look import put
from cedre_xlsx.workbook.template.lists_sheet import FIRST_ROW as CHAIN_ROW

#: Row of the headings; the rows of text come below.
HEADING_ROW = 13
FIRST_LINE = HEADING_ROW + 1
ROWS = 24
LAST_ROW = FIRST_LINE + ROWS - 1
#: Which lines the page has stands here.
RANGE_ROW = LAST_ROW + 1
_LINE_HEIGHT = 11.8  # points, of a line of text
_MOST_ROWS = 10  # of one text
_RULED = 3  # rows between the lines ruled for the hand
_TEXT = Style(vertical="center", wrap=False, shrink=True, indent=1)
_TIMES_COLUMN = TEXT_COLUMNS.stop - 2

#: The paper form's columns: heading, field of Suivi, width in characters. A4 takes 141 of them at
#: full size.
COLUMNS = (
    ("Dates", "dated", 16.0),
    ("Actions proposées par l'AI / ETTI", "action", 33.0),
    ("Objectifs poursuivis", "objective", 23.0),
    ("Engagement", "engagement", 12.0),
    ("Échéance / délai", "deadline", 15.5),
    ("Suites données\nDécisions prises (actions / moyens…)", "outcome", 32.0),
    ("Temps consacré", "minutes", 9.0),
)
_TEXTS = COLUMNS[:-1]
LAST = column_letter(len(COLUMNS))
#: The hidden column that says above which rows a line is ruled.
_RULES = column_letter(len(COLUMNS) + 1)


def draw_table(
    book: Book, sheet: Worksheet, rows: Sequence[FilledRow], lines: Sequence[Live], start: Live,
    count: Live, total: Live,
) -> Live:  # fmt: skip
    """Draw the page of the lines from the one of rank `start` on; 1 where one is cut, else 0.

    `lines` are the rows of Suivi in their order, the first `count` of them in use, of `total`.
    """
    for index, (heading, _, width) in enumerate(COLUMNS, start=1):
        letter = column_letter(index)
        sheet.column_dimensions[letter].width = width
        put(book, sheet, f"{letter}{HEADING_ROW}", heading, HEADER)
    rooms = [_room(width) for _, _, width in _TEXTS]
    texts = [_texts(rows, line) for line in lines]
    packed = draw_packed(book, "Fiche", texts, rooms, start, count, ROWS)
    times = [field_of(FOLLOW_UP, rows, line, "minutes", minutes) for line in lines]
    area = _written(book, times)
    above = Live('""', "")
    for number, row in enumerate(packed.rows, start=FIRST_LINE):
        sheet.row_dimensions[number].height = _LINE_HEIGHT
        for index, cell in enumerate((*row.texts, _time(row.rank, above, area, times)), start=1):
            put(book, sheet, f"{column_letter(index)}{number}", cell, _TEXT)
        _draw_rule(book, sheet, number, row.rank, above, packed)
        above = row.rank
    sheet.column_dimensions[_RULES].hidden = True
    _draw_grid(sheet)
    text = _range(start, count, total, packed.last)
    put(book, sheet, f"A{RANGE_ROW}:{LAST}{RANGE_ROW}", text, _RANGE)
    return _cut_on_page(packed)


_RANGE = Style(italic=True, color=INK, vertical="center", size=8)


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
    return int(width * 1.3 - 1)


def _written(book: Book, times: Sequence[Live]) -> str:
    """The times in a column of `Listes`; gives where they are."""
    helper = Helper(book, _TIMES_COLUMN, "Fiche : temps")
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
    for first, last, foot in ((FIRST_LINE, LAST_ROW - 1, None), (LAST_ROW, LAST_ROW, side)):
        cells = f"A{first}:{LAST}{last}"
        for row in sheet[cells]:
            for cell in row:
                cell.border = Border(left=side, right=side, bottom=foot)
        look = DifferentialStyle(border=Border(left=side, right=side, top=side, bottom=foot))
        rule = Rule(type="expression", formula=[f"${_RULES}{first}=1"], dxf=look)
        sheet.conditional_formatting.add(cells, rule)


def _cut_on_page(packed: Packed) -> Live:
    """1 where a text of the page ends with the mark of a cut."""
    mark = CUT.strip()
    cells = f"$A${FIRST_LINE}:${column_letter(len(_TEXTS))}${LAST_ROW}"
    formula = f'MIN(1,SUMPRODUCT(--(RIGHT({cells},{len(mark)})="{mark}")))'
    is_cut = any(str(one.value).endswith(mark) for row in packed.rows for one in row.texts)
    return Live(formula, int(is_cut))


def _range(start: Live, count: Live, total: Live, last: Live) -> Live:
    """Which lines the page has, and how to have the others; "" where it has them all."""
    a, b, n, t = start.formula, last.formula, count.formula, total.formula
    lines = f'IF({a}={b},"Ligne "&{a},"Lignes "&{a}&" à "&{b})'
    of = f'IF({t}>{n},"{_OF_THE_LAST}"&{n}&"{_OF_ALL}"&{t}&")"," sur "&{n})'
    back = f'IF({a}=1,"","{_BACK}")'
    told = f'IF({b}<{n},"{_NEXT}"&({b}+1)&"{_NEXT_CELL}"&{back},"{_ONLY_BACK}")'
    formula = f'IF(OR({n}=0,AND({a}=1,{b}={n})),"",{lines}&{of}&{told}&".")'
    if not count.value or (start.value == 1 and last.value == count.value):
        return Live(formula, "")
    many = f"Lignes {start.value} à {last.value}"
    shown = f"Ligne {start.value}" if start.value == last.value else many
    is_all = total.value == count.value
    shown += (
        f" sur {count.value}" if is_all else f"{_OF_THE_LAST}{count.value}{_OF_ALL}{total.value})"
    )
    if last.value == count.value:
        return Live(formula, f"{shown}{_ONLY_BACK}.")
    shown += f"{_NEXT}{int(str(last.value)) + 1}{_NEXT_CELL}"
    return Live(formula, f"{shown}{'' if start.value == 1 else _BACK}.")


_OF_THE_LAST, _OF_ALL = " des ", " dernières (sur "
_NEXT = ". Pour la suite, tapez "
_NEXT_CELL = typeset(" dans la case « À partir de la ligne »")
_BACK = typeset(" ; videz-la pour revenir au début")
_ONLY_BACK = typeset(" ; videz la case « À partir de la ligne » pour revenir au début")
