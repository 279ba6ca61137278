"""Formulas of the forms, each with what it gives in the workbook being written.

Only functions that Excel 2010 and LibreOffice 7 both have, none that Excel prefixes. A function
here makes both halves at once, so that they cannot part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cedre_xlsx.method.form_words import Agreed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.vocabulary import Title
from cedre_xlsx.schema.lists import TITLE
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import HEADER_ROW, TableSpec
from cedre_xlsx.workbook.template.book import CachedValue
from cedre_xlsx.workbook.template.filling import FilledRow

_NO_BREAK = "\N{NO-BREAK SPACE}"
#: The mark of a text that does not fit.
CUT = " […]"


@dataclass(frozen=True, slots=True)
class Live:
    """A formula without its "=", and its value."""

    formula: str
    value: CachedValue


def text(value: str) -> Live:
    """A text that no cell changes, as a formula holds it."""
    doubled = value.replace('"', '""')
    return Live(f'"{doubled}"', value)


def _as_it_is(cell: Live) -> Live:
    return cell


def trim(value: CachedValue) -> str:
    """What TRIM gives: plain spaces only, none at the ends, one at a time inside."""
    return " ".join(part for part in str(value).split(" ") if part)


def same(one: CachedValue, other: CachedValue) -> bool:
    """Whether MATCH and "=" find two texts equal: case does not count, accents do."""
    return str(one).casefold() == str(other).casefold()


def trimmed(cell: Live) -> Live:
    """The text as it is looked for."""
    return Live(f"TRIM({cell.formula})", trim(cell.value))


def civility(cell: Live) -> Live:
    """A cell of Civilité in one of the two spellings of its list, as reading understands it.

    What is neither stays as it is typed.
    """
    bare = f'SUBSTITUTE(SUBSTITUTE({cell.formula},".",""),"{_NO_BREAK}"," ")'
    key = f"TRIM({bare})"

    def spelled(title: Title) -> str:
        return ",".join(f'"{one}"' for one in _CIVILITIES[title])

    formula = (
        f"IF(ISNUMBER(MATCH({key},{{{spelled(Title.MRS)}}},0)),{text(Title.MRS).formula},"
        f"IF(ISNUMBER(MATCH({key},{{{spelled(Title.MR)}}},0)),{text(Title.MR).formula},"
        f"{cell.formula}))"
    )
    typed = trim(str(cell.value).replace(".", "").replace(_NO_BREAK, " ")).casefold()
    found = (title.value for title, keys in _CIVILITIES.items() if typed in keys)
    return Live(formula, next(found, cell.value))


def _spellings(title: Title) -> tuple[str, ...]:
    """The ways to write a Civilité, without dots, in small letters: MATCH makes no difference."""
    others = (key for key, value in TITLE.spellings.items() if value == title)
    accented = ("féminin",) if title is Title.MRS else ()
    return (title.value.replace(".", "").casefold(), *others, *accented)


_CIVILITIES = {title: _spellings(title) for title in Title}


def agreed(title: Live, words: Agreed) -> Live:
    """The words in agreement with what `civility` gives."""
    t = title.formula
    woman, man, either = map(text, (words.woman, words.man, words.either))
    formula = (
        f'IF({t}="{Title.MRS}",{woman.formula},IF({t}="{Title.MR}",{man.formula},{either.formula}))'
    )
    return Live(formula, words.of(title.value))


def pattern(searched: Live) -> Live:
    """The text as MATCH and COUNTIF take it: a star or a question mark stands for itself."""
    formula, value = searched.formula, str(searched.value)
    for mark in "~*?":
        formula = f'SUBSTITUTE({formula},"{mark}","~{mark}")'
        value = value.replace(mark, f"~{mark}")
    return Live(formula, value)


def bare_cell(spec: TableSpec[Any], rows: Sequence[FilledRow], row: Live, field: str) -> Live:
    """A column's cell at the row of its sheet that `row` gives: an error where it gives none.

    Columns are those of the schema; one that is moved in the workbook takes the formula along.
    """
    letter = column_letter(list(spec.columns).index(field) + 1)
    value = raw(rows[row.value - HEADER_ROW - 1], field) if isinstance(row.value, int) else ""
    return Live(f"INDEX({spec.sheet}!${letter}:${letter},{row.formula})", value)


def field_of(
    spec: TableSpec[Any],
    rows: Sequence[FilledRow],
    row: Live,
    field: str,
    show: Callable[[Live], Live] = _as_it_is,
) -> Live:
    """The cell of a field in a row, as `show` writes it; "" where it is empty or nowhere."""
    cell = bare_cell(spec, rows, row, field)
    shown = show(cell)
    return Live(
        f'IF(ISNUMBER({row.formula}),IF({cell.formula}="","",{shown.formula}),"")',
        "" if cell.value == "" else shown.value,
    )


def raw(row: FilledRow, field: str) -> CachedValue:
    """The cell as it is written; "" where it is empty."""
    value = row.get(field)
    if value is None:
        return ""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def cut(cell: Live, limit: int, line: int) -> Live:
    """The text where it fits; else without line breaks, and cut with a mark.

    `limit` is how many characters there is room for, `line` how many of them a line break costs.
    """
    x = cell.formula
    one = f'SUBSTITUTE({x},CHAR(10)," / ")'
    breaks = f'(LEN({x})-LEN(SUBSTITUTE({x},CHAR(10),"")))'
    kept = limit - len(CUT)
    formula = (
        f"IF(LEN({x})+{line}*{breaks}<={limit},{x},"
        f'IF(LEN({one})<={limit},{one},LEFT({one},{kept})&"{CUT}"))'
    )
    if not isinstance(cell.value, str):
        return Live(formula, cell.value)
    on_one_line = cell.value.replace("\n", " / ")
    if len(cell.value) + line * cell.value.count("\n") <= limit:
        return Live(formula, cell.value)
    fits = len(on_one_line) <= limit
    return Live(formula, on_one_line if fits else on_one_line[:kept] + CUT)


def written_date(cell: Live) -> Live:
    """A date inside a sentence: TEXT would depend on the language of Excel. A text stays itself."""
    x = cell.formula
    formula = (
        f'IF(ISNUMBER({x}),RIGHT("0"&DAY({x}),2)&"/"&RIGHT("0"&MONTH({x}),2)&"/"&YEAR({x}),{x})'
    )
    return Live(formula, french_day(cell.value) if isinstance(cell.value, date) else cell.value)


def minutes(cell: Live) -> Live:
    """A time as people write it: "45 min", "1 h 30".

    A whole number is minutes; another one is days, as a program stores 1:30 or 30:15, unless it
    is like 1,33, which is no time; that, and a text, stay themselves. What a formula cannot see is
    the format: 24:00 is stored as 1, and is shown as one minute.
    """
    x = cell.formula
    n = f"ROUND(IF(INT({x})={x},1,1440)*{x},0)"
    is_time = (
        f"OR(INT({x})={x},ABS(100*{x}-ROUND(100*{x},0))>1E-9,ABS(1440*{x}-ROUND(1440*{x},0))<1E-4)"
    )
    formula = (
        f'IF(ISNUMBER({x}),IF(AND({x}>=0,{is_time}),IF({n}<60,{n}&" min",'
        f'(({n}-MOD({n},60))/60)&" h "&RIGHT("0"&MOD({n},60),2)),{x}),{x})'
    )
    return Live(formula, _shown_time(cell.value))


def _shown_time(value: CachedValue) -> CachedValue:
    """The text that the formula of a time gives."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value < 0:
        return value
    whole = value == int(value)
    in_hundredths = abs(100 * value - round(100 * value)) <= 1e-9
    if not whole and in_hundredths and abs(1440 * value - round(1440 * value)) >= 1e-4:
        return value
    hours, rest = divmod(int((value if whole else value * 1440) + 0.5), 60)
    return f"{hours} h {rest:02}" if hours else f"{rest} min"
