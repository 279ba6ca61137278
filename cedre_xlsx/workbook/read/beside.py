"""Cells that calamine gives as empty or as text, read from the XML beside it.

Errors, numbers that are none (the first day of all, in a cell of dates), ISO dates with a zone,
formulas that a program saved without their value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from cedre_xlsx.ooxml.extent import column_number
from cedre_xlsx.ooxml.iso import length, moment
from cedre_xlsx.workbook.read.raw import UNKNOWN_ERROR, Cell, ErrorText

#: Between brackets of a tag, never beyond the next one: damaged XML is looked at once only.
_CELL = re.compile(
    rb"""<(?:[A-Za-z_][\w.\-]*:)?c\s(?=[^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'])[^<>]*[^/<>]>"""
    rb"(?:<(?:[A-Za-z_][\w.\-]*:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>))?"
    rb"<(?:[A-Za-z_][\w.\-]*:)?v>([^<]*)<"
)
_LONGEST_TAG = 1_000  # bytes, of a cell
#: A formula and what follows it when it has no value; {0} is a prefix.
_LACKING = tuple(
    rb"%s(<(?:{0})v(?:\s[^<>]*)?(?:/>|></(?:{0})v>))?</(?:{0})c>" % formula
    for formula in (rb"</(?:{0})f>", rb"<(?:{0})f\s[^<>]*/>")
)
_KIND = re.compile(rb"""\st=["']([A-Za-z]*)["']""")
#: How the numbers end that are none, in the ways in which languages write them.
_NO_NUMBERS = tuple(
    one + b"<"
    for word in (b"NaN", b"Inf", b"Infinity")
    for one in {word, word.upper(), word.lower()}
)
#: What some cells of errors or of ISO dates have; most sheets have none, and are looked at once.
_TYPED = re.compile(rb"""t=["'][de]["']""")
#: What all cells of numbers that are none have in common.
_MAY_BE_NONE = re.compile(rb"v>[\s+-]*[NnIi]")
_PREFIX = rb"[A-Za-z_][\w.\-]*:"
_PLAIN_LACKING = tuple(re.compile(one.replace(rb"(?:{0})", b"")) for one in _LACKING)
_PREFIXED_LACKING = tuple(re.compile(one.replace(b"{0}", _PREFIX)) for one in _LACKING)
#: What some formula without a value ends with; most sheets have none of them.
_SIGNS = (b"</f></c>", b"<v></v></c>", b"<v/></c>", b"<v /></c>", b'"/></c>', b"'/></c>")
_OPENING = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_TEXT = re.compile(rb"""\st=["']str["']""")
#: Some write the value before the formula.
_VALUE = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?v[\s/>]")
_LONGEST_FORMULA = 40_000  # bytes, with its escapes and its cell; Excel stops at 8,192 characters
_MOST_LACKING = 200_000

#: Rows by column, both 1-based.
Places = Mapping[int, tuple[int, ...]]


def values_beside(xml: bytes | bytearray) -> list[tuple[int, int, Cell]]:
    """Row, column and value of the cells of errors and of ISO dates."""
    found: list[tuple[int, int, Cell]] = []
    typed = _TYPED.search(xml) is not None
    for row, column, said in _cells(xml, b"e") if typed else ():
        found.append((row, column, ErrorText(said or UNKNOWN_ERROR)))
    found += _no_numbers(xml)
    for row, column, said in _cells(xml, b"d") if typed else ():
        value = _of_iso(said)
        if value is not None:
            found.append((row, column, value))
    return found


def _of_iso(said: str) -> Cell:
    """A date, a time or a length of time; the number of a day where a program wrote that."""
    value: Cell = moment(said)
    if value is None:
        value = length(said)
    if value is None and said.strip().replace(".", "", 1).isdecimal():
        return float(said)
    return value


def _no_numbers(xml: bytes | bytearray) -> Iterator[tuple[int, int, Cell]]:
    """Row, column and text of the cells of numbers that hold none."""
    if _MAY_BE_NONE.search(xml) is None:
        return
    for sign in _NO_NUMBERS:
        place = xml.find(sign)
        while place >= 0:
            value = xml.rfind(b">", 0, place) + 1
            alone = xml[value:place].strip() in (b"", b"-", b"+")  # and not the end of a name
            first = max(place - _LONGEST_FORMULA, 0) if alone else place
            start = max(xml.rfind(b"<c ", first, place), xml.rfind(b":c ", first, place))
            cell = _CELL.match(xml, xml.rfind(b"<", first, start + 1)) if start >= 0 else None
            if cell and cell.end() == place + len(sign):
                opening = xml[cell.start() : xml.find(b">", cell.start())]
                kind, said = _KIND.search(opening), cell[3].decode("ascii", "replace")
                if not kind or kind[1] == b"n":
                    yield int(cell[2]), column_number(cell[1]), ErrorText(said.strip())
            place = xml.find(sign, place + len(sign))


def _cells(xml: bytes | bytearray, kind: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the cells of a type."""
    quotes = (b'"',) if b'<c r="' in xml else (b'"', b"'")  # a program keeps to its quotes
    for sign in (b"t=" + quote + kind + quote for quote in quotes):
        place = xml.find(sign)
        while place >= 0:
            start = xml.rfind(b"<", max(place - _LONGEST_TAG, 0), place)
            cell = _CELL.match(xml, start) if start >= 0 else None
            if cell:
                yield int(cell[2]), column_number(cell[1]), cell[3].decode("ascii", "replace")
            place = xml.find(sign, place + len(sign))


def lacking_values(xml: bytes | bytearray) -> Places:
    """Where formulas have no value. The empty text is one: Excel types such a cell as a text."""
    patterns = _PLAIN_LACKING
    if xml.find(b"<sheetData") < 0:
        patterns = _PREFIXED_LACKING
    elif xml.find(b"</f>") < 0 or all(xml.find(sign) < 0 for sign in _SIGNS):
        return {}
    rows: defaultdict[bytes, set[int]] = defaultdict(set)
    count = 0
    for pattern in patterns:
        for formula in pattern.finditer(xml):
            opening, between = _before(xml, formula.start())
            cell = _OPENING.search(opening)
            count += 1
            if count > _MOST_LACKING:
                break
            is_text = formula[1] and _TEXT.search(opening)
            if cell and not is_text and not _VALUE.search(between):
                rows[bytes(cell[1])].add(int(cell[2]))
    return {column_number(letters): tuple(sorted(found)) for letters, found in rows.items()}


def _before(xml: bytes | bytearray, formula: int) -> tuple[bytes | bytearray, bytes | bytearray]:
    """The opening tag of the cell that holds a formula, and what stands between both."""
    first = max(formula - _LONGEST_FORMULA, 0)
    start = max(xml.rfind(b"<c ", first, formula), xml.rfind(b":c ", first, formula))
    end = xml.find(b">", max(start, 0), formula)
    return (xml[start:end], xml[end:formula]) if start >= 0 and end >= 0 else (b"", b"")
