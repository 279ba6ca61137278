"""The links of a sheet: ours, then those of the team, each with the cells that it stands on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from cedre_xlsx.ooxml.areas import Area, Place, areas
from cedre_xlsx.ooxml.parts import REL
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.moved_areas import MovedAreas

#: A cell of a sheet, as programs write where a link leads: 'Ma feuille'!B5, #Feuille.B5…
_CELL = re.compile(r"#?(?:'((?:[^']|'')+)'|([^'!]+?))[!.]\$?[A-Za-z]{1,3}\$?\d{1,7}")


class Links:
    """Tells the links that the team made from those that we wrote, and puts both together.

    `written` are ours now: the cell, where it leads, its text. `addresses` are those of the old
    links' relationships by id, `titles` those of the workbook's sheets.
    """

    def __init__(
        self,
        written: Sequence[tuple[str, str, str]],
        moved: MovedAreas,
        *,
        addresses: Mapping[str, str],
        titles: Collection[str],
    ) -> None:
        self._written = written
        self._moved = moved
        self._addresses = addresses
        self._titles = {title.casefold() for title in titles}
        self._ours = {_place(reference): location for reference, location, _ in written}
        self._columns = {column for _, column in self._ours}

    def merged(self, old: Sequence[etree._Element]) -> list[etree._Element]:
        """Ours, but where the team leads elsewhere, then theirs, but those of former lines."""
        theirs: dict[str, etree._Element] = {}
        for link in old:
            for rank, reference in enumerate(self._references(link)):
                theirs.setdefault(reference, _at(link, reference, is_copy=rank > 0))
        made = [
            etree.Element(q("hyperlink"), {"ref": reference, "location": location, "display": text})
            for reference, location, text in self._written
            if reference not in theirs
        ]
        return [*made, *theirs.values()]

    def _references(self, link: etree._Element) -> list[str]:
        """Where a link of the team stands now; nowhere for one of ours."""
        reference = link.get("ref", "")
        found = areas(reference)
        if not found:
            return [reference]
        if len(found) == 1 and found[0].is_one_cell:
            place = self._moved.place(found[0].first_row, found[0].first_column)
            if place is None or self._is_former(link, place):
                return []
            return [Area(*place, *place).text]
        return [one.text for area in found for one in self._moved.moved(area, self._ours.keys())]

    def _is_former(self, link: etree._Element, place: Place) -> bool:
        """Whether a link that stands on this cell now is one that we wrote at another refresh.

        It leads to a cell of the same sheet as our present link, or of a sheet that is no more
        (renamed since); where we have no link now, it is in a column of links.
        """
        found = _CELL.fullmatch(self._inside(link))
        if found is None:
            return False
        present = _CELL.fullmatch(self._ours.get(place, ""))
        if present is None:
            return place[1] in self._columns
        return _title(found) == _title(present) or _title(found) not in self._titles

    def _inside(self, link: etree._Element) -> str:
        """Where a link leads in the workbook; "" for one that leads out of it."""
        address = self._addresses.get(link.get(f"{{{REL}}}id", ""), "")
        if address and not address.startswith("#"):
            return ""
        return address or link.get("location", "")


def _place(reference: str) -> Place:
    area = areas(reference)[0]
    return area.first_row, area.first_column


def _at(link: etree._Element, reference: str, *, is_copy: bool) -> etree._Element:
    made = deepcopy(link) if is_copy else link
    made.set("ref", reference)
    if is_copy:
        for name in [str(name) for name in made.attrib if str(name).endswith("}uid")]:
            del made.attrib[name]
    return made


def _title(cell: re.Match[str]) -> str:
    """The sheet that a link leads to, for comparison without case."""
    return (cell.group(1) or cell.group(2)).replace("''", "'").casefold()
