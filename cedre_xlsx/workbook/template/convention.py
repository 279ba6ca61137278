"""`Convention`: fiche outil n°19 as printed on paper, live for the reference chosen in its list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method import form_words as words
from cedre_xlsx.method.form_words import Agreed
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.lists import REFERENCES_NAME
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import CONVENTION_SHEET, ENGAGEMENTS, HEADER_ROW, PEOPLE
from cedre_xlsx.workbook.styles import DATE_FORMAT, HIDDEN_KEY, INK, MUTED, Style
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.form_chain import FIRST_COLUMN, Helper, draw_latest_pathway
from cedre_xlsx.workbook.template.form_live import (
    CUT,
    Live,
    agreed,
    civility,
    cut,
    field_of,
    pattern,
    raw,
    same,
    trimmed,
)
from cedre_xlsx.workbook.template.form_logo import place_logo
from cedre_xlsx.workbook.template.form_look import (
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
    outline_when,
    protect,
    put,
)
from cedre_xlsx.workbook.template.form_notes import NOTE, put_note
from cedre_xlsx.workbook.template.page import set_page
from cedre_xlsx.workbook.template.settings_layout import setting_cell

#: The cell that the reference is chosen in.
CHOICE_CELL = "J3"
#: Its columns of `Listes`, to the right of those of the individual sheet.
_COLUMNS = FIRST_COLUMN + 21
_HIDDEN = "M"  # the column of the sheet that has the Civilité, for its texts to agree with
_OF_AGE = 18  # years
_WIDTH = 7.7  # characters, of each of the twelve columns A to L
_LINE = 110  # characters of a line across the page

#: Height of each row in points; together they fill one A4 page.
_HEIGHTS = {
    1: 18, 2: 25, 3: 21, 4: 11, 5: 10, 6: 18, 7: 18, 8: 6, 9: 16, 10: 11, 11: 66, 12: 21, 13: 16,
    14: 11, 15: 54, 16: 16, 17: 11, 18: 15, 19: 72, 20: 26, 21: 19, 22: 11, 23: 18, 24: 6, 25: 18,
    26: 6, 27: 16, 28: 48, 29: 7, 30: 17, 31: 16, 32: 16, 33: 16, 34: 16, 35: 14, 36: 16, 37: 11,
    38: 54,
}  # fmt: skip
_HINT = "Choisissez une référence dans la case crème ; videz-la pour une convention vierge."
_UNKNOWN = " » n'est pas dans la feuille Engagements : choisissez une référence de la liste."
_TOO_LONG = "Un texte est coupé […] : la convention en PDF le montre entier (cedre-xlsx print)."
_CENTRED = replace(VALUE, horizontal="center", indent=0)
_RIGHT = replace(LABEL, horizontal="right", indent=1)


def draw_convention(book: Book, filling: Filling) -> None:
    """Draw the sheet, for the reference of the filling ("" for a blank form)."""
    sheet = book.sheet(CONVENTION_SHEET)
    for index in range(1, 13):
        sheet.column_dimensions[column_letter(index)].width = _WIDTH
    found = _find(book, sheet, filling)
    _draw_top(book, sheet, filling, found)
    _draw_people(book, sheet, found)
    _draw_contract(book, sheet, found)
    _draw_signatures(book, sheet, filling, found)
    _draw_review(book, sheet, found)
    put(book, sheet, "A5:L5", _notice(found), replace(NOTICE, horizontal="right"))
    _set_view(sheet)


@dataclass(frozen=True)
class _Found:
    """What the hidden columns find: the engagement's row, the person's, "" for none; Civilité."""

    filling: Filling
    typed: Live
    engagement: Live
    person: Live
    title: Live

    def of_engagement(self, field: str, *, limit: int = 0, line: int = _LINE) -> Live:
        """A column of the engagement; cut at `limit` characters where one is given."""
        rows = self.filling.of(ENGAGEMENTS.table)
        if not limit:
            return field_of(ENGAGEMENTS, rows, self.engagement, field)
        return field_of(
            ENGAGEMENTS, rows, self.engagement, field, lambda cell: cut(cell, limit, line)
        )

    def shown(self, field: str) -> Live:
        """A text of the engagement, cut where its box has no room for it."""
        limit, line = _ROOM[field]
        return self.of_engagement(field, limit=limit, line=line)

    def of_person(self, field: str) -> Live:
        """A column of the person's latest pathway."""
        return field_of(PEOPLE, self.filling.of(PEOPLE.table), self.person, field)

    def agreed(self, text: Agreed) -> Live:
        """A text in agreement with the person's Civilité."""
        return agreed(self.title, text)


def _find(book: Book, sheet: Worksheet, filling: Filling) -> _Found:
    search = Helper(book, _COLUMNS, "Convention : référence")
    choice = f"{CONVENTION_SHEET}!${CHOICE_CELL[0]}${CHOICE_CELL[1:]}"
    typed = search.put(2, trimmed(Live(choice, filling.reference)))
    engagement = search.put(3, _engagement_row(filling, typed))
    rows = filling.of(ENGAGEMENTS.table)
    name = search.put(4, trimmed(field_of(ENGAGEMENTS, rows, engagement, "person")))
    people = filling.of(PEOPLE.table)
    person = draw_latest_pathway(book, _COLUMNS + 1, "Convention : parcours", people, name)
    title = civility(field_of(PEOPLE, people, person, "title"))
    put(book, sheet, f"{_HIDDEN}2", title, HIDDEN_KEY)
    sheet.column_dimensions[_HIDDEN].hidden = True
    return _Found(filling, typed, engagement, person, Live(f"${_HIDDEN}$2", title.value))


def _engagement_row(filling: Filling, typed: Live) -> Live:
    letter = column_letter(list(ENGAGEMENTS.columns).index("reference") + 1)
    column = f"{ENGAGEMENTS.sheet}!${letter}:${letter}"
    below = (
        f"INDEX({column},ROW({ENGAGEMENTS.sheet}!$A${HEADER_ROW})+1):INDEX({column},ROWS({column}))"
    )
    formula = (
        f'IF({typed.formula}="","",IFERROR(MATCH({pattern(typed).formula},{below},0)'
        f'+ROW({ENGAGEMENTS.sheet}!$A${HEADER_ROW}),""))'
    )
    found = (
        rank + HEADER_ROW
        for rank, row in enumerate(filling.of(ENGAGEMENTS.table), start=1)
        if typed.value and same(raw(row, "reference"), typed.value)
    )
    return Live(formula, next(found, ""))


def _draw_top(book: Book, sheet: Worksheet, filling: Filling, found: _Found) -> None:
    put(book, sheet, "A1:L1", _HINT, FORM_HINT)
    _draw_logo(book, sheet, filling)
    put(book, sheet, "E2:L2", "CONVENTION D'ENGAGEMENT RÉCIPROQUE",
        replace(FORM_TITLE, horizontal="right"))  # fmt: skip
    put(book, sheet, "E3:F3", "Fiche n°", _RIGHT)
    put(book, sheet, "G3", found.of_engagement("sheet_number"), _CENTRED)
    dotted(sheet, "G3")
    put(book, sheet, "H3:I3", "Réf. engagement :", replace(_RIGHT, indent=0))
    draw_choice(
        book, sheet, f"{CHOICE_CELL}:L3", filling.reference, REFERENCES_NAME,
        title="Réf. engagement",
        prompt="Choisir dans la liste : la convention se remplit. Vider la case pour une "
        "convention vierge.",
        error="Choisissez une référence de la liste. Un engagement nouveau s'ajoute d'abord dans "
        "la feuille Engagements.",
    )  # fmt: skip
    put_note(book, sheet, "E4:L4", filling, words.REFERENCE_NOTE, found.title)


def _draw_logo(book: Book, sheet: Worksheet, filling: Filling) -> None:
    """The logo; else the structure's name, or the place for a logo while there is no name."""
    box = "A2:D4"
    structure = setting_cell("structure")
    empty = "Logo de\nla structure"
    if filling.logo is not None:
        sheet.merge_cells(box)
        place_logo(sheet, filling.logo, 1, 2, (4 * (_WIDTH * 7 + 5) - 4, 62 * 96 / 72 - 4))
        return
    name = Live(
        f'IF({structure}="","Logo de"&CHAR(10)&"la structure",{structure})',
        filling.settings.structure or empty,
    )
    put(book, sheet, box, name,
        Style(color=MUTED, bold=True, size=11, horizontal="center", vertical="center"))  # fmt: skip
    outline_when(sheet, box, '$A$2="Logo de"&CHAR(10)&"la structure"', dashed=True)


def _draw_people(book: Book, sheet: Worksheet, found: _Found) -> None:
    """When, who, with whom: the head of the paper form."""
    put(book, sheet, "A6", "Le", LABEL)
    put(book, sheet, "B6:D6", found.of_engagement("agreed"),
        replace(VALUE, number_format=DATE_FORMAT))  # fmt: skip
    put(book, sheet, "E6:G6", found.agreed(_followed_by_colon(words.CIVILITY)), _RIGHT)
    put(book, sheet, "H6:L6", _full_name(found), replace(VALUE, bold=True))
    put(book, sheet, "A7:D7", "Nom de l'accompagnateur :", LABEL)
    put(book, sheet, "E7:L7", _advisor(found), VALUE)
    for cells in ("B6:D6", "H6:L6", "E7:L7"):
        dotted(sheet, cells)


def _followed_by_colon(text: Agreed) -> Agreed:
    return Agreed(*(f"{one} :" for one in (text.woman, text.man, text.either)))


def _full_name(found: _Found) -> Live:
    """First name, then name, as on paper; the name as typed where the person is unknown."""
    first, last = found.of_person("first_name"), found.of_person("last_name")
    typed = found.of_engagement("person")
    formula = (
        f'IF(ISNUMBER({found.person.formula}),TRIM({first.formula}&" "&{last.formula}),'
        f"{typed.formula})"
    )
    known = isinstance(found.person.value, int)
    both = " ".join(part for part in f"{first.value} {last.value}".split(" ") if part)
    return Live(formula, both if known else typed.value)


def _advisor(found: _Found) -> Live:
    own, usual = found.of_engagement("advisor"), found.of_person("advisor")
    return Live(f'IF({own.formula}="",{usual.formula},{own.formula})', own.value or usual.value)


#: What each text of the form has room for, in characters, and how many a line break costs there.
_ROOM = {
    "needs": (500, _LINE), "object": (390, _LINE), "comments": (390, _LINE),
    "structure_means": (255, _LINE // 2), "person_means": (255, _LINE // 2),
}  # fmt: skip
_MEANS = (("A", "F", "Par la structure", "structure_means"),
          ("G", "L", "Par la personne", "person_means"))  # fmt: skip


def _draw_contract(book: Book, sheet: Worksheet, found: _Found) -> None:
    _draw_panel(book, sheet, 9, found.agreed(words.NEEDS_HEADING), words.NEEDS_NOTE, "needs", found)
    put(book, sheet, "A12:L12", "LE CONTRAT", Style(bold=True, size=11, color=INK,
        horizontal="center", vertical="center"))  # fmt: skip
    heading = "1. L'OBJET DE LA CONTRACTUALISATION"
    _draw_panel(book, sheet, 13, heading, words.OBJECT_NOTE, "object", found)
    put(book, sheet, "A16:L16", "2. LES MOYENS MOBILISÉS", HEADING)
    _put_note(book, sheet, 17, words.MEANS_NOTE, found)
    for first, last, label, field in _MEANS:
        put(book, sheet, f"{first}18:{last}18", label, replace(LABEL, indent=1))
        put(book, sheet, f"{first}19:{last}19", found.shown(field), PANEL)
        outline(sheet, f"{first}18:{last}19", soft=True)
    outline(sheet, "A16:L19")
    _draw_dates(book, sheet, found)


def _draw_panel(
    book: Book, sheet: Worksheet, row: int, heading: Live | str, note: Agreed | str, field: str,
    found: _Found,
) -> None:  # fmt: skip
    put(book, sheet, f"A{row}:L{row}", heading, HEADING)
    _put_note(book, sheet, row + 1, note, found)
    put(book, sheet, f"A{row + 2}:L{row + 2}", found.shown(field), PANEL)
    outline(sheet, f"A{row}:L{row + 2}")


def _put_note(book: Book, sheet: Worksheet, row: int, note: Agreed | str, found: _Found) -> None:
    put_note(book, sheet, f"A{row}:L{row}", found.filling, note, found.title)


def _draw_dates(book: Book, sheet: Worksheet, found: _Found) -> None:
    dated = replace(VALUE, number_format=DATE_FORMAT, bold=True)
    for first, last, heading, field in (
        ("A", "F", "3. LA DATE, L'ÉCHÉANCE QUE L'ON SE DONNE\nPOUR RÉALISER L'ACTION", "deadline"),
        ("G", "L", "4. L'ÉVALUATION DE L'ACTION RÉALISÉE LE", "review_planned"),
    ):
        put(book, sheet, f"{first}20:{last}20", heading, HEADING)
        put(book, sheet, f"{first}21:{last}21", found.of_engagement(field, limit=100), dated)
        outline(sheet, f"{first}20:{last}21", soft=True)
    _put_note(book, sheet, 22, words.DEADLINE_NOTE, found)
    put(book, sheet, "A23:D23", "Fréquence des entretiens :", replace(LABEL, indent=1))
    put(book, sheet, "E23:L23", found.of_engagement("frequency", limit=80), VALUE)
    outline(sheet, "A20:L23")


def _draw_signatures(book: Book, sheet: Worksheet, filling: Filling, found: _Found) -> None:
    """Two signatures, a third between them for who may be under age."""
    place = setting_cell("place")
    put(book, sheet, "A25", "À", replace(LABEL, horizontal="right"))
    put(book, sheet, "B25:E25", Live(f'IF({place}="","",{place})', filling.settings.place), VALUE)
    put(book, sheet, "F25", ", le", replace(LABEL, horizontal="center"))
    put(book, sheet, "G25:I25", None, VALUE)
    for cells in ("B25:E25", "G25:I25"):
        dotted(sheet, cells)
    put(book, sheet, "A27:D27", found.agreed(words.SIGNATORY), replace(LABEL, indent=1))
    put(book, sheet, "E27:H27", _legal_representative(found), replace(LABEL, indent=1))
    put(book, sheet, "I27:L27", "Pour la structure,", replace(LABEL, indent=1))
    for first, last in (("A", "D"), ("E", "H"), ("I", "L")):
        sheet.merge_cells(f"{first}28:{last}28")
    for cells in ("A27:D28", "I27:L28"):
        outline(sheet, cells, soft=True)
    outline_when(sheet, "E27:H28", '$E$27<>""')


def _legal_representative(found: _Found) -> Live:
    """The label of the third signature; "" for who is of age, or whose year is not known."""
    born, agreed = found.of_person("birth_year"), found.of_engagement("agreed")
    b, a = born.formula, agreed.formula
    label = words.REPRESENTATIVE
    formula = (
        f"IF(ISNUMBER({b}),IF(IF(ISNUMBER({a}),YEAR({a}),YEAR(TODAY()))-{b}<={_OF_AGE},"
        f'"{label}",""),"")'
    )
    day = agreed.value if isinstance(agreed.value, date) else date.today()
    young = isinstance(born.value, int) and day.year - born.value <= _OF_AGE
    return Live(formula, label if young else "")


def _draw_review(book: Book, sheet: Worksheet, found: _Found) -> None:
    put(book, sheet, "A30:D30", "ÉVALUATION / BILAN", HEADING)
    put(book, sheet, "E30:G30", "Réalisée le :", replace(HEADING, horizontal="right"))
    put(book, sheet, "H30:L30", found.of_engagement("reviewed"),
        replace(HEADING, number_format=DATE_FORMAT))  # fmt: skip
    put(book, sheet, "A31:L31", "LES ACTIONS ENVISAGÉES ONT-ELLES ÉTÉ RÉALISÉES ?",
        replace(LABEL, indent=1))  # fmt: skip
    answer = found.of_engagement("achieved")
    for cells, label, test, ticked in _achieved(answer):
        put(book, sheet, cells, _box(test, label, ticked=ticked), VALUE)
    put(book, sheet, "A33:L33", "DES SUITES SONT-ELLES ENVISAGÉES ?", replace(LABEL, indent=1))
    follow_up = found.of_engagement("follow_up")
    for cells, label, shown in (("A34:D34", "OUI", "OUI *"), ("E34:H34", "NON", "NON")):
        test = f'TRIM({follow_up.formula})="{label}"'
        ticked = word_key(str(follow_up.value)) == label.lower()
        put(book, sheet, cells, _box(test, shown, ticked=ticked), VALUE)
    put(book, sheet, "A35:L35", words.NEXT_NOTE, replace(NOTE, italic=False))
    outline(sheet, "A30:L35")
    _draw_panel(book, sheet, 36, "COMMENTAIRES", words.COMMENTS_NOTE, "comments", found)


def _achieved(answer: Live) -> tuple[tuple[str, str, str, bool], ...]:
    """The three answers: cells, label, the formula that ticks, whether it does.

    The list gives "OUI, totalement"; "oui en partie" is understood too.
    """
    a = answer.formula
    key = word_key(str(answer.value))
    return (
        ("A32:D32", "OUI, totalement", f'OR(TRIM({a})="OUI",ISNUMBER(SEARCH("total",{a})))',
         key == "oui" or "total" in key),
        ("E32:H32", "OUI, en partie", f'ISNUMBER(SEARCH("part",{a}))', "part" in key),
        ("I32:L32", "NON", f'TRIM({a})="NON"', key == "non"),
    )  # fmt: skip


def _box(test: str, label: str, *, ticked: bool) -> Live:
    return Live(f'IF({test},"☒","☐")&"  {label}"', f"{'☒' if ticked else '☐'}  {label}")


def _notice(found: _Found) -> Live:
    """What the form cannot show."""
    typed = found.typed
    texts = ("$A$11", "$A$15", "$A$19", "$G$19", "$A$38")
    ends = ",".join(f'RIGHT({cell},{len(CUT)})="{CUT}"' for cell in texts)
    formula = (
        f'IF({typed.formula}="","",IF(ISNUMBER({found.engagement.formula}),'
        f'IF(OR({ends}),"{_TOO_LONG}",""),"« "&{typed.formula}&"{_UNKNOWN}"))'
    )
    if not typed.value:
        return Live(formula, "")
    if not isinstance(found.engagement.value, int):
        return Live(formula, f"« {typed.value}{_UNKNOWN}")
    is_cut = any(str(found.shown(field).value).endswith(CUT) for field in _ROOM)
    return Live(formula, _TOO_LONG if is_cut else "")


def _set_view(sheet: Worksheet) -> None:
    for row, points in _HEIGHTS.items():
        sheet.row_dimensions[row].height = points
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = "A4"
    set_page(sheet, landscape=False, pages_tall=1)
    sheet.print_area = "A2:L38"
    protect(sheet)
