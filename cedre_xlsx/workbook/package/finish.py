"""What openpyxl leaves out of a workbook of ours: values beside formulas, a name, a fixed date."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from lxml import etree

from cedre_xlsx.method.days import EPOCH
from cedre_xlsx.ooxml.parts import Package, rels_name
from cedre_xlsx.ooxml.prefixes import with_usual_prefixes
from cedre_xlsx.ooxml.style_table import put_fonts_in_order
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.scaffold import put_columns_first

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_TERMS = "http://purl.org/dc/terms/"
_DUBLIN = "http://purl.org/dc/elements/1.1/"

_APPLICATION = "cedre_xlsx"
_CREATED = "2026-01-01T00:00:00Z"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold

CachedValue = str | int | float | bool | date


def finish_template(data: bytes, values: Mapping[tuple[str, str], CachedValue]) -> bytes:
    """The workbook with the value of each formula, by (sheet title, cell); deterministic.

    LibreOffice trusts the values of what calls itself Excel, and computes ours again; Excel is
    asked for a full calculation. Raises KeyError for a value that belongs to no formula.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    by_sheet: defaultdict[str, dict[str, CachedValue]] = defaultdict(dict)
    for (sheet, cell), value in values.items():
        by_sheet[sheet][cell] = value
    paths = _sheet_paths(parts)
    for sheet, cells in by_sheet.items():
        parts[paths[sheet]] = _with_values(parts[paths[sheet]], cells)
    parts["xl/workbook.xml"] = _columns_first(_calculated_on_load(parts["xl/workbook.xml"]))
    parts["xl/styles.xml"] = _in_order(parts["xl/styles.xml"])
    parts["docProps/app.xml"] = _named(parts["docProps/app.xml"])
    parts["docProps/core.xml"] = _dated(parts["docProps/core.xml"])
    for name, part in parts.items():
        if name.endswith(".rels"):
            parts[name] = _with_relative_targets(name, part)
        elif name.startswith("xl/drawings/") and name.endswith(".xml"):
            parts[name] = _xml(with_usual_prefixes(etree.fromstring(part)))
    return _zipped(parts)


def in_tab_order(data: bytes) -> bytes:
    """The workbook with the parts of its sheets numbered as the tabs stand: some programs pair
    them by their numbers. For a new workbook only: those of a team keep their names.
    """
    package = Package(data)
    host = Host(package)
    parts = [sheet.part for sheet in host.sheets()]
    numbers = sorted(parts, key=lambda part: (len(part), part))
    moved = {old: new for old, new in zip(parts, numbers, strict=True) if old != new}
    contents = {
        name(new): package.read(name(old)) if name(old) in package else None
        for old, new in moved.items()
        for name in (str, rels_name)
    }
    for name, content in contents.items():
        if content is None:
            package.delete(name)
        else:
            package.write(name, content)
    host.relations.retarget(moved)
    host.relations.save()
    return package.data()


def _with_relative_targets(name: str, part: bytes) -> bytes:
    """openpyxl writes absolute targets, which exceljs and Calligra do not find."""
    root = etree.fromstring(part)
    folder = posixpath.dirname(posixpath.dirname(f"/{name}"))
    for relation in root:
        target = relation.get("Target", "")
        if target.startswith("/") and relation.get("TargetMode") != "External":
            relation.set("Target", posixpath.relpath(target, folder))
    return _xml(root)


def _sheet_paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet title → the name of its part."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    workbook = etree.fromstring(parts["xl/workbook.xml"])
    paths = {}
    for sheet in workbook.iter(f"{{{_MAIN}}}sheet"):
        target = relations[sheet.get(f"{{{_OFFICE_REL}}}id")]
        paths[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target))[1:]
    return paths


def _with_values(part: bytes, cells: Mapping[str, CachedValue]) -> bytes:
    root = etree.fromstring(part)
    left = dict(cells)
    for cell in root.iter(f"{{{_MAIN}}}c"):
        reference = cell.get("r", "")
        if reference in left and cell.find(f"{{{_MAIN}}}f") is not None:
            _put_value(cell, left.pop(reference))
    if left:
        raise KeyError(f"no formula in {', '.join(sorted(left))}")
    return _xml(root)


def _put_value(cell: etree._Element, value: CachedValue) -> None:
    """The value beside the formula: a text says that it is one, a number goes without type."""
    node = cell.find(f"{{{_MAIN}}}v")
    if node is None:
        node = etree.SubElement(cell, f"{{{_MAIN}}}v")
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if isinstance(value, bool):
        cell.set("t", "b")
        node.text = str(int(value))
    elif isinstance(value, str):
        cell.set("t", "str")
        node.text = value
    elif isinstance(value, date):
        node.text = str((value - EPOCH).days)
    else:
        node.text = repr(value)


def _columns_first(part: bytes) -> bytes:
    root = etree.fromstring(part)
    put_columns_first(root)
    return _xml(root)


def _calculated_on_load(part: bytes) -> bytes:
    root = etree.fromstring(part)
    calculation = root.find(f"{{{_MAIN}}}calcPr")
    if calculation is None:
        raise KeyError("calcPr")  # openpyxl always writes it
    calculation.set("fullCalcOnLoad", "1")
    return _xml(root)


def _in_order(part: bytes) -> bytes:
    """The styles as their schema wants them: openpyxl mixes a font's children, and may write a
    list of no number format.
    """
    root = etree.fromstring(part)
    put_fonts_in_order(root)
    formats = root.find(f"{{{_MAIN}}}numFmts")
    if formats is not None and not len(formats):
        root.remove(formats)
    return _xml(root)


def _named(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for child in root:
        if child.tag == f"{{{_PROPERTIES}}}Application":
            child.text = _APPLICATION
    return _xml(root)


def _dated(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for child in root:
        if child.tag in (f"{{{_TERMS}}}created", f"{{{_TERMS}}}modified"):
            child.text = _CREATED
        elif child.tag == f"{{{_DUBLIN}}}creator":
            child.text = _APPLICATION
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, content)
    return buffer.getvalue()
