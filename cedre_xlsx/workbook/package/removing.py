"""A sheet of ours taken out of a package, with all that only it had; nothing else moves."""

from __future__ import annotations

from lxml import etree

from cedre_xlsx.ooxml.parts import REL, Package
from cedre_xlsx.workbook.package.drawings import delete_unreachable
from cedre_xlsx.workbook.package.host import Host, q


def without_sheet(data: bytes, title: str) -> bytes:
    """The file without one sheet; the same bytes where it is the only one to be seen."""
    host = Host(Package(data))
    holder = host.root.find(q("sheets"))
    elements = [] if holder is None else list(holder)
    index = next((n for n, one in enumerate(elements) if one.get("name") == title), None)
    if holder is None or index is None or not host.hide(title):
        return data
    sheet = elements[index]
    relation = host.relations.by_id(sheet.get(f"{{{REL}}}id", ""))
    holder.remove(sheet)
    _drop_names(host, index, title)
    _count_again(host, index)
    if relation is not None:
        host.relations.remove(relation.id)
        host.relations.save()
        delete_unreachable(host, [relation.target])
    host.drop_calculation_chain()
    host.save()
    return host.package.data()


def _drop_names(host: Host, index: int, title: str) -> None:
    """The names of that sheet alone, and the mark that leads to it."""
    told = title.replace("'", "''")
    for name in _names(host):
        is_ours = name.get("name", "").startswith("_cedre_") and f"'{told}'!" in _quoted(name)
        if name.get("localSheetId") == str(index) or is_ours:
            parent = name.getparent()
            if parent is not None:
                parent.remove(name)
                if not len(parent):
                    host.root.remove(parent)


def _names(host: Host) -> list[etree._Element]:
    return host.root.findall(f"{q('definedNames')}/{q('definedName')}")


def _quoted(name: etree._Element) -> str:
    """What a name refers to, its sheet always between quotes."""
    text = name.text or ""
    sheet, mark, rest = text.rpartition("!")
    return text if sheet.startswith("'") or not mark else f"'{sheet}'!{rest}"


def _count_again(host: Host, index: int) -> None:
    """What counts tabs goes on meaning the same ones."""
    for name in _names(host):
        _shift(name, "localSheetId", index)
    for view in host.root.iterfind(f"{q('bookViews')}/{q('workbookView')}"):
        _shift(view, "activeTab", index)
        _shift(view, "firstSheet", index)


def _shift(element: etree._Element, attribute: str, index: int) -> None:
    number = element.get(attribute)
    if number is not None and number.isdecimal() and int(number) > index:
        element.set(attribute, str(int(number) - 1))
