"""The date inside a text of exemple n°4 ("18/04/03 tél"): what lines are ordered by.

Three cells a line: the text made plain, where its date stands, the day. What the text means is
understood by reading; here a line only finds its place.
"""

from __future__ import annotations

import re
from datetime import date

from cedre_xlsx.method.days import EPOCH
from cedre_xlsx.workbook.template.form_live import Live, trim

#: Two-digit years from this one on are of the last century.
_PIVOT = 70
_NOWHERE = 999
_DIGITS = "0123456789"


def padded_text(hit: Live, cell: Live) -> Live:
    """A text with slashes around its month; spaces around it, so that MID always finds some."""
    plain = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell.formula}),".","/"),"-","/")'
    formula = (
        f'IF(ISNUMBER({hit.formula}),IF(ISNUMBER({cell.formula}),"","   "&{plain}&"     "),"")'
    )
    if hit.value == "" or not isinstance(cell.value, str):
        return Live(formula, "")
    return Live(formula, f"   {trim(cell.value).replace('.', '/').replace('-', '/')}     ")


def slash_place(text: Live) -> Live:
    """Where the first "/4/" or "/04/" begins."""
    first, second = (
        f'IFERROR(SEARCH("{shape}",{text.formula}),{_NOWHERE})' for shape in ("/?/", "/??/")
    )
    found = re.search(r"/..?/", str(text.value), re.DOTALL)
    place: int | str = (found.start() + 1 if found else _NOWHERE) if text.value else ""
    return Live(f'IF({text.formula}="","",MIN({first},{second}))', place)


def day_of_line(hit: Live, cell: Live, text: Live, slash: Live, above: Live) -> Live:
    """The day as a number: of the date, else in the text, else of the line above."""
    x = cell.formula
    formula = (
        f"IF(ISNUMBER({hit.formula}),IF(ISNUMBER({x}),{x}-MOD({x},1),"
        f'IFERROR({_day_formula(text.formula, slash.formula)},{above.formula})),"")'
    )
    if hit.value == "":
        return Live(formula, "")
    if isinstance(cell.value, date):
        return Live(formula, (cell.value - EPOCH).days)
    if isinstance(cell.value, (int, float)):
        return Live(formula, int(cell.value))
    found = _day_around(str(text.value), slash.value) if isinstance(slash.value, int) else None
    return Live(formula, above.value if found is None else found)


def _day_formula(text: str, slash: str) -> str:
    """The date around that slash; an error where it is none."""
    short = f'(MID({text},{slash}+2,1)="/")'
    width = f"(2-{short})"
    year = f"{slash}+{width}+2"  # its first character
    month = f"VALUE(TRIM(MID({text},{slash}+1,{width})))"
    day = f"IFERROR(VALUE(TRIM(MID({text},{slash}-2,2))),VALUE(MID({text},{slash}-1,1)))"

    def digit(place: str) -> str:
        return f'ISNUMBER(FIND(MID({text},{place},1),"{_DIGITS}"))'

    whole = f"NOT(AND({digit(f'{slash}-3')},{digit(f'{slash}-2')}))"
    two = f"VALUE(TRIM(MID({text},{year},2)))"
    whole_year = (
        f"IF({digit(f'{year}+2')},VALUE(TRIM(MID({text},{year},4))),"
        f"{two}+IF({two}<{_PIVOT},2000,1900))"
    )
    return (
        f"IF(AND({whole},{month}>0,{month}<13,{day}>0,{day}<32,{whole_year}>1899),"
        f'DATE({whole_year},{month},{day}),VALUE("?"))'
    )


def _day_around(text: str, slash: int) -> int | None:
    """What `_day_formula` gives: the 31st of a shorter month runs over into the next."""
    if slash == _NOWHERE:
        return None
    width = 1 if text[slash + 1] == "/" else 2
    year_at = slash + width + 1
    full = text[year_at + 2] in _DIGITS
    before = re.search(rf"(?<![{_DIGITS}])[{_DIGITS}]{{1,2}}$", text[: slash - 1])
    month = _number(text[slash : slash + width])
    year = _number(text[year_at : year_at + (4 if full else 2)])
    if before is None or month is None or year is None:
        return None
    if not full:
        year += 2000 if year < _PIVOT else 1900
    day = int(before[0])
    if not (0 < month < 13 and 0 < day < 32 and year > 1899):
        return None
    return (date(year, month, 1) - EPOCH).days + day - 1


def _number(text: str) -> int | None:
    stripped = text.strip(" ")
    return int(stripped) if stripped.isascii() and stripped.isdecimal() else None
