"""Accueil and the paper forms, drawn anew where they still are as an earlier version drew them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from cedre_xlsx.ooxml.parts import drop_attributes
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.lists import FORM_COLUMNS, TEXT_COLUMNS
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import Host, q, quoted
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.repair.donors import Donor, Donors
from cedre_xlsx.workbook.repair.layout import Layout, UnlikeError
from cedre_xlsx.workbook.template.settings_layout import setting_cell
from cedre_xlsx.workbook.upgrade.as_they_were import is_version, look_unlike, sheet_print, text_of
from cedre_xlsx.workbook.upgrade.former import SHEETS
from cedre_xlsx.workbook.upgrade.model import UpgradeNote
from cedre_xlsx.workbook.upgrade.names import SheetNames
from cedre_xlsx.workbook.upgrade.settings import NO_SETTINGS, absolute, value_cells
from cedre_xlsx.workbook.upgrade.sheet_look import SheetLook, sheet_look

#: The sheets, with the cells that people choose in, and how the titles of their columns of `Listes`
#: begin.
REDRAWN: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (t.HOME_SHEET, (), ()),
    (t.PERSON_FORM_SHEET, ("F2", "F3"), ("Fiche",)),
    (t.CONVENTION_SHEET, ("J3",), ()),
)
#: The settings that these sheets show.
_SETTINGS = ("structure", "place")
_PRINT_AREA = "_xlnm.Print_Area"
#: What is taken from the new sheet beside its cells, in the order of their replacement.
_AROUND = ("cols", "mergeCells", "dataValidations")
_PAGE = ("fitToWidth", "fitToHeight")


@dataclass(frozen=True)
class _Place:
    """The workbook in which sheets are drawn."""

    host: Host
    pen: Pen
    layout: Layout
    donors: Donors
    settings: Mapping[str, tuple[str, str]]
    version: str
    names: SheetNames

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
    told: UpgradeNote,
) -> None:  # fmt: skip
    """Draw these sheets as today; one that the team changed stays, and it is said."""
    names = SheetNames(layout, workbook)
    place = _Place(host, pen, layout, donors, value_cells(workbook), version, names)
    layout.has_made(t.SETTINGS_SHEET)  # what is read there is told line by line
    layout.has_made(t.LISTS_SHEET)  # its columns of the forms are written below
    parts = {one.title: one.part for one in host.sheets() if one.is_worksheet}
    for name, choices, titles in REDRAWN:
        title = names.here(name)
        if title not in parts:
            told.notes.append(
                f"{name} : cette feuille n'a pas été trouvée dans ce classeur ; elle n'est pas "
                "dessinée. Un classeur neuf a celle d'aujourd'hui."
            )
            continue
        part = parts[title]
        if (content := sheet_print(host, part, choices)) == _print_of_today(donors, name, choices):
            continue
        if why := _why_it_stays(name, content, sheet_look(host, part, names.in_a_new_one)):
            told.notes.append(
                f"{title} : {why} ; elle reste comme elle est. Un classeur neuf a celle "
                "d'aujourd'hui."
            )
            continue
        with told.step(f"feuille {title}"):
            _redraw(place, name, title, part, choices)
            if titles:
                _put_columns(place, parts, titles)
            told.done.append(f"{title} : dessinée comme dans un classeur neuf")


def _print_of_today(donors: Donors, name: str, choices: tuple[str, ...]) -> str:
    new = donors.template
    part = next(sheet.part for sheet in new.sheets() if sheet.title == name)
    return sheet_print(new, part, choices)


def _why_it_stays(name: str, content: str, look: SheetLook) -> str:
    """Why a sheet is not drawn anew, in French; "" where it is as a version of ours drew it."""
    if content not in SHEETS[name]:
        return (
            "son texte ou ses formules ne sont ceux d'aucune version connue (changés par l'équipe, "
            "ou récrits par un autre programme)"
        )
    unlike = look_unlike(name, look)
    return f"sa mise en forme n'est plus celle d'origine ({', '.join(unlike)})" if unlike else ""


def _redraw(place: _Place, name: str, title: str, part: str, choices: tuple[str, ...]) -> None:
    """The cells of the new sheet in the place of the old ones, and what is around them."""
    host, donor = place.host, place.donors.form(name)
    place.layout.has_made(name)
    chosen = _chosen(host, part, choices)
    data = _cells(place, donor, chosen)
    frame = SheetFrame(host.package.read(part))
    frame.put("sheetData", frame.written(data))
    for child in _AROUND:
        found = donor.root.find(q(child))
        frame.put(child, frame.written(found) if found is not None else b"")
    links = _links(place.names, donor)
    frame.put("hyperlinks", frame.written(links) if len(links) else b"")
    _put_colours(frame, donor, place.pen)
    _put_names(place, donor)
    _put_page(frame, donor)
    host.package.write(part, frame.xml)
    area = place.donors.local_names(name).get(_PRINT_AREA)
    if area:
        host.set_local_names(title, {_PRINT_AREA: f"{quoted(title)}!{area.rpartition('!')[2]}"})


def _links(names: SheetNames, donor: Donor) -> etree._Element:
    """The links of the new sheet to the sheets as they are named here; none to one that is not."""
    found = donor.root.find(q("hyperlinks"))
    links = etree.Element(q("hyperlinks")) if found is None else deepcopy(found)
    for link in list(links):
        name, _, cell = link.get("location", "").rpartition("!")
        title = names.here(name.strip("'").replace("''", "'"))
        if title:
            link.set("location", f"{quoted(title)}!{cell}")
        else:
            links.remove(link)
    return links


def _chosen(host: Host, part: str, choices: tuple[str, ...]) -> dict[str, str]:
    """What is chosen in the cells that people choose in."""
    texts, _ = host.shared_texts
    cells = host.package.root(part).iter(q("c"))
    return {one.get("r", ""): text_of(one, texts) for one in cells if one.get("r") in choices}


def _cells(place: _Place, donor: Donor, chosen: Mapping[str, str]) -> etree._Element:
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
        if choice := chosen.get(cell.get("r", "")):
            _write(cell, choice)
        if place.version and is_version(text_of(cell, ())):
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
        if _row(cell) == 1 and text_of(cell, ()).startswith(titles)
    } & {*FORM_COLUMNS, *TEXT_COLUMNS}
    for cell in donor.cells():
        if _column(cell) not in wanted:
            continue
        address, formula = cell.get("r", ""), cell.findtext(q("f"))
        there = cells.cell(address)
        style = there.style if there else ""
        if formula:
            cells.put(address, place.pen.formula(style, place.moved(formula), None))
        elif text := text_of(cell, ()):
            cells.put(address, place.pen.content(style, text))
    host.package.write(parts[sheet.name], cells.data())


def _column(cell: etree._Element) -> int:
    return column_number(cell.get("r", "A").rstrip("0123456789"))


def _row(cell: etree._Element) -> int:
    address = cell.get("r", "")
    return int(address[len(address.rstrip("0123456789")) :] or 0)
