"""What a cell of an OpenDocument holds: its value by its type, its text as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import lru_cache

from lxml import etree

from cedre_xlsx.method.days import EPOCH
from cedre_xlsx.ooxml.iso import as_clock, length, moment
from cedre_xlsx.workbook.read.raw import UNKNOWN_ERROR, Cell, ErrorText, is_error

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE = f"{_ODF}table:1.0}}"
_OFFICE, _TEXT = f"{_ODF}office:1.0}}", f"{_ODF}text:1.0}}"
_STYLE, _NUMBER = f"{_ODF}style:1.0}}", f"{_ODF}datastyle:1.0}}"
TABLE_NAME, STYLE_NAME = f"{TABLE}name", f"{TABLE}style-name"
ROWS, COLUMNS = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
ROWS_SPANNED = f"{TABLE}number-rows-spanned"
COLUMNS_SPANNED = f"{TABLE}number-columns-spanned"
_TYPE, _VALUE = f"{_OFFICE}value-type", f"{_OFFICE}value"
_DATE, _TIME = f"{_OFFICE}date-value", f"{_OFFICE}time-value"
_BOOLEAN, _STRING = f"{_OFFICE}boolean-value", f"{_OFFICE}string-value"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SPACES, _TAB, _BREAK = f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"
#: What stands in a paragraph, and is not its text.
_BESIDE = (
    f"{_ODF}drawing:1.0}}", f"{_ODF}dr3d:1.0}}", f"{_ODF}form:1.0}}", f"{_OFFICE}annotation",
    f"{_TEXT}note", f"{_TEXT}ruby-text",
)  # fmt: skip

#: What elements write in a paragraph, kept apart from the white space of its indentation.
_WRITTEN = str.maketrans({"\x01": " ", "\x02": "\t", "\x03": "\n"})
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000
_MOST_DIGITS = 9
_EPOCH = datetime.combine(EPOCH, time())
#: 31/12/9999: beyond, a number is no date.
_LAST_DAY = 2_958_465


class Formats:
    """Which styles show their number as a date or as a time: Calligra keeps both as numbers."""

    _CELL = f"{_STYLE}style"
    _DATES, _TIMES = f"{_NUMBER}date-style", f"{_NUMBER}time-style"
    _NAME, _DATA = f"{_STYLE}name", f"{_STYLE}data-style-name"
    ELEMENTS = (_CELL, _DATES, _TIMES)

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._of_style: dict[str, str] = {}

    def add(self, element: etree._Element) -> None:
        """A style of cells, a format of dates or of times."""
        name = element.get(self._NAME) or ""
        if element.tag != self._CELL:
            self._kinds[name] = str(element.tag)
        elif data_style := element.get(self._DATA):
            self._of_style[name] = data_style

    def shown(self, number: float, style: str) -> Cell:
        """A number as its style shows it."""
        kind = self._kinds.get(self._of_style.get(style, ""))
        if kind is None or not 0 <= number <= _LAST_DAY:
            return number
        span = timedelta(seconds=round(number * 86_400))
        if kind == self._TIMES:
            return as_clock(span)
        return (_EPOCH + span).date() if number == int(number) else _EPOCH + span


def value_of(cell: etree._Element, formats: Formats) -> Cell:
    """The value of a cell, "" when it is empty; the text that it shows where it has no value."""
    kind = cell.get(_TYPE)
    if kind is None:
        return _text(cell) if len(cell) else ""
    if kind == "string":
        said = cell.get(_STRING)
        if cell.get(_CALC_TYPE) == "error":
            return ErrorText(_text(cell) or UNKNOWN_ERROR)
        return _text(cell) if said is None else said
    if kind == "date":
        found = moment(cell.get(_DATE) or "")
        return (cell.get(_DATE) or _text(cell)) if found is None else found
    if kind == "time":
        span = length(cell.get(_TIME) or "")
        return (cell.get(_TIME) or _text(cell)) if span is None else span
    if kind == "boolean":
        return (cell.get(_BOOLEAN) or "").strip().lower() in ("true", "1")
    try:
        number = float(cell.get(_VALUE) or "")
    except ValueError:
        return _text(cell)
    if number == 0 and is_error(text := _text(cell)):  # so does Calligra write an error
        return text
    return formats.shown(number, cell.get(STYLE_NAME) or "") if kind == "float" else number


def _text(cell: etree._Element) -> str:
    """The paragraphs of a cell, one a line."""
    for first in cell:
        if first.tag in _PARAGRAPHS and not len(first) and first.getnext() is None:
            return _shown(first.text or "")
        break
    paragraphs = (one for one in cell if one.tag in _PARAGRAPHS)
    return "\n".join(_shown("".join(_pieces(one))) for one in paragraphs)


@lru_cache(maxsize=65536)
def _shown(text: str) -> str:
    """White space counts as one space, as everywhere in an OpenDocument."""
    return _WHITE.sub(" ", text).strip(" ").translate(_WRITTEN)


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph, or of what it holds, in its order."""
    yield element.text or ""
    for one in element:
        tag = str(one.tag)
        if tag == _SPACES:
            yield "\x01" * min(repeated(one.get(f"{_TEXT}c")), _MOST_SPACES)
        elif tag == _TAB:
            yield "\x02"
        elif tag == _BREAK:
            yield "\x03"
        elif not tag.startswith(_BESIDE):
            yield from _pieces(one)
        yield one.tail or ""


def repeated(digits: str | None) -> int:
    """How often something is there: once, unless it is said."""
    if digits is None or not digits.isdecimal():
        return 1
    return int(digits[:_MOST_DIGITS])
