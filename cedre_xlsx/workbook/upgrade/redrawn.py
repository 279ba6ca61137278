"""Accueil and the paper forms, drawn anew where they still are as an earlier version drew them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.lists import FORM_COLUMNS, TEXT_COLUMNS
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import Host, q, quoted
from cedre_xlsx.workbook.package.parts import drop_attributes
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.repair.donors import Donor, Donors
from cedre_xlsx.workbook.repair.layout import Layout, UnlikeError
from cedre_xlsx.workbook.template.settings_layout import setting_cell
from cedre_xlsx.workbook.upgrade.former import SHEETS
from cedre_xlsx.workbook.upgrade.model import Told
from cedre_xlsx.workbook.upgrade.settings import NO_SETTINGS, absolute, value_cells

#: The sheets, with the cell that people choose in, "" for none, and how the titles of their columns
#: of `Listes` begin.
REDRAWN = (
    (t.HOME_SHEET, "", ()),
    (t.PERSON_FORM_SHEET, "F2", ("Fiche",)),
    (t.CONVENTION_SHEET, "J3", ()),
)
#: The settings that these sheets show.
_SETTINGS = ("structure", "place")
_PRINT_AREA = "_xlnm.Print_Area"
_OTHER_SHEET = re.compile(r"(?:'(?:[^']|'')+'|[^\W\d]\w*)!\$?[A-Z]{1,3}(?::\$?[A-Z]{1,3})?")
_VERSION = re.compile(r"[0-9]+\.[0-9]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
#: What is taken from the new sheet beside its cells, in the order of their replacement.
_AROUND = ("cols", "mergeCells", "dataValidations", "hyperlinks")
_PAGE = ("fitToWidth", "fitToHeight")
_LENGTH = 16  # hexadecimal digits


@dataclass(frozen=True)
class _Place:
    """The workbook in which sheets are drawn."""

    host: Host
    pen: Pen
    layout: Layout
    donors: Donors
    settings: Mapping[str, tuple[str, str]]
    version: str

    def moved(self, formula: str) -> str:
        """A formula of a new workbook as it reads here; UnlikeError where it cannot."""
        for field in _SETTINGS:
            there = setting_cell(field)
            if there not in formula:
                continue
            if field not in self.settings:
                raise UnlikeError(NO_SETTINGS)
            title, address = self.settings[field]
            formula = formula.replace(there, f"{quoted(title)}!{absolute(address)}")
        return self.layout.moved(formula)


def put_sheets(
    host: Host, pen: Pen, layout: Layout, donors: Donors, workbook: RawWorkbook, version: str,
    told: Told,
) -> None:  # fmt: skip
    """Draw these sheets as today; one that the team changed stays, and it is said."""
    place = _Place(host, pen, layout, donors, value_cells(workbook), version)
    layout.has_made(t.SETTINGS_SHEET)  # what is read there is told line by line
    layout.has_made(t.LISTS_SHEET)  # its columns of the forms are written below
    parts = {one.title: one.part for one in host.sheets() if one.is_worksheet}
    for name, choice, titles in REDRAWN:
        sheet = layout.sheet(name)
        if sheet is None or sheet.name not in parts:
            continue
        part = parts[sheet.name]
        if sheet_print(host, part, choice) not in SHEETS[name]:
            told.notes.append(
                f"{sheet.name} : changée dans ce classeur, elle reste comme elle est ; un classeur "
                "neuf a celle d'aujourd'hui."
            )
            continue
        with told.step(f"feuille {sheet.name}"):
            _redraw(place, name, sheet.name, part, choice)
            if titles:
                _put_columns(place, parts, titles)
            told.done.append(f"{sheet.name} : dessinée comme dans un classeur neuf")


def sheet_print(host: Host, part: str, choice: str) -> str:
    """The print of all that a sheet shows, but what is chosen in it and the version it tells.

    Columns of other sheets, their names, rows and numbers do not count in formulas: a team that
    moves its columns leaves the form as it was.
    """
    told = "\n".join(sorted(_told(host, part, choice)))
    return sha256(told.encode()).hexdigest()[:_LENGTH]


def _told(host: Host, part: str, choice: str) -> Iterator[str]:
    xml = host.package.read(part)
    root, cells = host.package.root(part), SheetCells(xml)
    texts, _ = host.shared_texts
    for cell in root.iter(q("c")):
        address = cell.get("r", "")
        if cell.find(q("f")) is not None:
            letters = address.rstrip("0123456789")
            formula = cells.formula_text(int(address[len(letters) :]), column_number(letters))
            yield f"{address} ={_plain(formula)}"
        elif (text := _text(cell, texts)) and address != choice and not _is_version(text):
            yield f"{address} {word_key(text)}"
    for rule in root.iter(q("cfRule")):
        yield "colour " + " ".join(_plain(one.text or "") for one in rule.iter(q("formula")))


def _plain(formula: str) -> str:
    bare = "".join(_OTHER_SHEET.sub("!", formula.replace("()", "")).split()).casefold()
    return _NUMBER.sub("#", bare)


def _text(cell: etree._Element, shared: tuple[str, ...]) -> str:
    if cell.get("t") == "s":
        return shared[int(cell.findtext(q("v")) or 0)]
    return "".join(one.text or "" for one in cell.iter(q("t"), q("v")))


def _is_version(text: str) -> bool:
    return _VERSION.fullmatch(text) is not None


def _redraw(place: _Place, name: str, title: str, part: str, choice: str) -> None:
    """The cells of the new sheet in the place of the old ones, and what is around them."""
    host, donor = place.host, place.donors.form(name)
    place.layout.has_made(name)
    chosen = _chosen(host, part, choice)
    data = _cells(place, donor, chosen)
    frame = SheetFrame(host.package.read(part))
    frame.put("sheetData", frame.written(data))
    for child in _AROUND:
        found = donor.root.find(q(child))
        frame.put(child, frame.written(found) if found is not None else b"")
    _put_colours(frame, donor, place.pen)
    _put_names(place, donor)
    _put_page(frame, donor)
    host.package.write(part, frame.xml)
    area = place.donors.local_names(name).get(_PRINT_AREA)
    if area:
        host.set_local_names(title, {_PRINT_AREA: f"{quoted(title)}!{area.rpartition('!')[2]}"})


def _chosen(host: Host, part: str, choice: str) -> tuple[str, str]:
    """The cell that people choose in, and what is chosen there."""
    texts, _ = host.shared_texts
    found = (one for one in host.package.root(part).iter(q("c")) if one.get("r") == choice)
    return choice, next((_text(one, texts) for one in found), "")


def _cells(place: _Place, donor: Donor, chosen: tuple[str, str]) -> etree._Element:
    """The rows of the new sheet, in the looks and the places of this workbook."""
    model = donor.root.find(q("sheetData"))
    assert model is not None, "a sheet of a new workbook has cells"
    data = deepcopy(model)
    for row in data:
        drop_attributes(row, "spans", "s", "customFormat")
    looks: dict[str, str] = {}
    for cell in data.iter(q("c")):
        look = cell.get("s", "0")
        if look not in looks:
            looks[look] = place.pen.styles.drawn(donor.styles, int(look))
        cell.set("s", looks[look])
        _adapt(cell, place)
        if cell.get("r") == chosen[0] and chosen[1]:
            _write(cell, chosen[1])
        if place.version and _is_version(_text(cell, ())):
            _write(cell, place.version)  # until all the rest is done too
    return data


def _adapt(cell: etree._Element, place: _Place) -> None:
    formula = cell.find(q("f"))
    if formula is None:
        return
    formula.text = place.moved(formula.text or "")
    for value in cell.findall(q("v")):
        cell.remove(value)
    drop_attributes(cell, "t")


def _write(cell: etree._Element, text: str) -> None:
    cell[:] = []
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, q("is")), q("t")).text = text


def _put_colours(frame: SheetFrame, donor: Donor, pen: Pen) -> None:
    """The conditional formats of the new sheet instead of those of the old one."""
    while frame.child("conditionalFormatting") is not None:
        frame.put("conditionalFormatting", b"")
    blocks = deepcopy(donor.colours())
    for block in blocks:
        for rule in block:
            look = pen.styles.look(donor.styles, int(rule.get("dxfId", "0")))
            if look is None:
                raise UnlikeError("le fichier n'a pas de styles")
            rule.set("dxfId", str(look))
    frame.add("conditionalFormatting", frame.written(*blocks))


def _put_names(place: _Place, donor: Donor) -> None:
    """The names of lists that the new sheet chooses from, where they lack."""
    known = place.host.names()
    for rule in donor.rules():
        name = rule.findtext(q("formula1")) or ""
        if name in place.donors.names and name.casefold() not in known:
            refers_to, hidden = place.donors.names[name]
            place.host.define(name, place.moved(refers_to), hidden=hidden)


def _put_page(frame: SheetFrame, donor: Donor) -> None:
    """How many pages the sheet takes; the printer that people chose stays."""
    page, ours = frame.child("pageSetup"), donor.root.find(q("pageSetup"))
    if page is None or ours is None:
        return
    content = frame.content(page)
    for name in _PAGE:
        said = f' {name}="{ours.get(name)}"'.encode() if ours.get(name) is not None else b""
        content = re.sub(rf'\s{name}\s*=\s*"[0-9]+"'.encode(), b"", content)
        content = re.sub(rb"^(<[^\s/>]+)", rb"\g<1>" + said, content)
    frame.put("pageSetup", content)


def _put_columns(place: _Place, parts: Mapping[str, str], titles: tuple[str, ...]) -> None:
    """The columns of `Listes` in which a form computes."""
    host, sheet = place.host, place.layout.sheet(t.LISTS_SHEET)
    if sheet is None:
        raise UnlikeError(f"la feuille {t.LISTS_SHEET} n'a pas été trouvée")
    cells = SheetCells(host.package.read(parts[sheet.name]))
    donor = place.donors.form(t.LISTS_SHEET)
    wanted = {
        _column(cell)
        for cell in donor.cells()
        if _row(cell) == 1 and _text(cell, ()).startswith(titles)
    } & {*FORM_COLUMNS, *TEXT_COLUMNS}
    for cell in donor.cells():
        if _column(cell) not in wanted:
            continue
        address, formula = cell.get("r", ""), cell.findtext(q("f"))
        there = cells.cell(address)
        style = there.style if there else ""
        if formula:
            cells.put(address, place.pen.formula(style, place.moved(formula), None))
        elif text := _text(cell, ()):
            cells.put(address, place.pen.content(style, text))
    host.package.write(parts[sheet.name], cells.data())


def _column(cell: etree._Element) -> int:
    return column_number(cell.get("r", "A").rstrip("0123456789"))


def _row(cell: etree._Element) -> int:
    address = cell.get("r", "")
    return int(address[len(address.rstrip("0123456789")) :] or 0)
