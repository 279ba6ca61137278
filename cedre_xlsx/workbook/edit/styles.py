"""The styles that written cells need: added to the workbook's, never changed."""

from __future__ import annotations

import re

from lxml import etree

from cedre_xlsx.ooxml.style_table import StyleTable
from cedre_xlsx.workbook.package.host import Host, q

_GENERAL, _DATE, _TEXT = "0", "14", "49"  # formats that Excel has by number
_DATE_FORMATS = frozenset({"14", "15", "16", "17", "22"})
#: A day, or a month of a year as the format 17 shows it.
_SHOWS_A_DAY = re.compile(r"d|j|m.*(?:y|aa)|(?:y|aa).*m", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_FALSE = ("0", "false")
#: Formats that Excel has by number and that show a number as a day or a time.
_TIME_FORMATS = frozenset(
    map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
)
_SHOWS_A_TIME = re.compile(r"[dmyhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


class CellStyles:
    """For each style of a cell, one that suits what is written in it: itself where it does."""

    def __init__(self, host: Host) -> None:
        styles = host.related("styles")
        self._package = host.package
        self._part = styles.target if styles else ""
        self._root = host.package.root(self._part) if styles else None
        self._made: dict[tuple[str, str], str] = {}
        self._dated: dict[str, str] = {}
        self._numbered: dict[str, str] = {}
        self._computed: dict[str, str] = {}
        self._formats = self._root.find(q("cellXfs")) if self._root is not None else None
        self._has_changed = False

    def dated(self, style: str) -> str:
        """The index of the style with a date's format."""
        if style not in self._dated:
            keeps = self.shows_a_day(style)
            self._dated[style] = self._with_format(style, "" if keeps else _DATE)
        return self._dated[style]

    def shows_a_day(self, style: str) -> bool:
        """Whether the format of the style shows a number as a day."""
        own = self._own(style)
        return own is not None and self._is_of_days(own.get("numFmtId", _GENERAL))

    def numbered(self, style: str) -> str:
        """The index of the style without a format that makes a day or a time of a number."""
        if style not in self._numbered:
            lies = self.shows_a_time(style)
            self._numbered[style] = self._with_format(style, _GENERAL if lies else "")
        return self._numbered[style]

    def shows_a_time(self, style: str) -> bool:
        """Whether the format of the style makes a day or a time of a number."""
        own = self._own(style)
        return own is not None and self._is_of_times(own.get("numFmtId", _GENERAL))

    def computed(self, style: str) -> str:
        """The index of the style without the format that shows a formula as a text."""
        if style not in self._computed:
            own = self._own(style)
            is_text = own is not None and own.get("numFmtId") == _TEXT
            self._computed[style] = self._with_format(style, _GENERAL if is_text else "")
        return self._computed[style]

    def unlocked(self, style: str) -> str:
        """The index of the style, in cells that may be typed in once their sheet is protected."""
        if not self.is_locked(style):
            return style
        made = self._copy(style)
        if made is None:
            return style
        for protection in made.findall(q("protection")):
            made.remove(protection)
        place = 0 if made.find(q("alignment")) is None else 1
        made.insert(place, etree.Element(q("protection"), {"locked": "0"}))
        made.set("applyProtection", "1")
        return self._added(made)

    def look(self, styles: etree._Element, index: int) -> int | None:
        """The index of a look of other styles that a rule gives; None in a file without styles."""
        if self._root is None:
            return None
        self._has_changed = True
        return StyleTable(self._root, styles).dxf(index)

    def drawn(self, styles: etree._Element, index: int) -> str:
        """The index of a cell's look of other styles; "" in a file without styles."""
        if self._root is None:
            return ""
        self._has_changed = True
        return str(StyleTable(self._root, styles).xf(index))

    def is_locked(self, style: str) -> bool:
        """Whether its cells may not be changed once their sheet is protected."""
        own = self._own(style)
        protection = own.find(q("protection")) if own is not None else None
        return protection is None or protection.get("locked") not in _FALSE

    def save(self) -> None:
        """Back into the package, where something was added."""
        if self._root is not None and self._has_changed:
            self._package.write_xml(self._part, self._root)

    def _own(self, style: str) -> etree._Element | None:
        number = int(style or 0)
        if self._formats is None or number >= len(self._formats):
            return None
        return self._formats[number]

    def _with_format(self, style: str, number_format: str) -> str:
        """The style with this format ("" for its own), and without a mark of text."""
        if (style, number_format) not in self._made:
            self._made[style, number_format] = self._variant(style, number_format)
        return self._made[style, number_format]

    def _variant(self, style: str, number_format: str) -> str:
        made = self._copy(style)
        is_marked = made is not None and made.get("quotePrefix", "0") not in _FALSE
        if made is None or not (number_format or is_marked):
            return style
        made.attrib.pop("quotePrefix", "")
        if number_format:
            made.set("numFmtId", number_format)
            made.set("applyNumberFormat", "1")
        return self._added(made)

    def _copy(self, style: str) -> etree._Element | None:
        own = self._own(style)
        return None if own is None else etree.fromstring(etree.tostring(own))

    def _added(self, made: etree._Element) -> str:
        """The index of a format, which the styles have or are given."""
        if self._formats is None:
            return ""
        wanted = etree.tostring(made, method="c14n")
        for index, other in enumerate(self._formats):
            if etree.tostring(other, method="c14n") == wanted:
                return str(index)
        self._formats.append(made)
        self._formats.set("count", str(len(self._formats)))
        self._has_changed = True
        return str(len(self._formats) - 1)

    def _is_of_days(self, identifier: str) -> bool:
        if identifier in _DATE_FORMATS:
            return True
        return any(_SHOWS_A_DAY.search(_QUOTED.sub("", code)) for code in self._codes(identifier))

    def _is_of_times(self, identifier: str) -> bool:
        if identifier in _TIME_FORMATS:
            return True
        return any(
            _ELAPSED.search(code) or _SHOWS_A_TIME.search(_QUOTED.sub("", code))
            for code in self._codes(identifier)
            if code.casefold() not in ("general", "standard")
        )

    def _codes(self, identifier: str) -> list[str]:
        """The codes of a format of the workbook's own."""
        known = self._root.iter(q("numFmt")) if self._root is not None else ()
        return [one.get("formatCode", "") for one in known if one.get("numFmtId") == identifier]
