"""A package as parts and relationships, whatever its names look like."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from cedre_xlsx.workbook.package.members import Member, member_of, members_of, zip_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES_PART = "[Content_Types].xml"


def parse(content: bytes) -> etree._Element:
    """XML without entities, network or giant trees."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def serialized(root: etree._Element) -> bytes:
    """The document as Excel writes it: UTF-8, standalone."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: `target` is the part's normalised name, or the address outside."""

    id: str
    kind: str  # the last word of its type: worksheet, table, drawing…
    target: str
    external: bool


def normal(name: str) -> str:
    """What a part is compared by: no leading slash, no `..`, no escapes, no case."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/")).lstrip("/").casefold()


def resolved(source: str, target: str) -> str:
    """A relationship's target as a part name, relative to the part that holds it."""
    target = unquote(target).replace("\\", "/")
    joined = (
        target if target.startswith("/") else posixpath.join("/", posixpath.dirname(source), target)
    )
    return posixpath.normpath(joined).lstrip("/")


def rels_name(part: str) -> str:
    """Where the relationships of a part are kept."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Package:
    """The parts of a file: those nobody touches keep their compressed bytes."""

    def __init__(self, data: bytes) -> None:
        self._members: dict[str, Member] = {normal(m.name): m for m in members_of(data)}

    def __contains__(self, name: str) -> bool:
        return normal(name) in self._members

    def names(self) -> list[str]:
        """The parts' names as the file spells them."""
        return [member.name for member in self._members.values()]

    def read(self, name: str) -> bytes:
        """A part's content."""
        return self._members[normal(name)].content()

    def root(self, name: str) -> etree._Element:
        """A part's XML."""
        return parse(self.read(name))

    def write(self, name: str, content: bytes) -> None:
        """Replace a part where it stands, or add it; the same content changes nothing."""
        old = self._members.get(normal(name))
        if old is not None and old.content() == content:
            return
        self._members[normal(name)] = member_of(old.name if old else name, content)

    def delete(self, name: str) -> None:
        """Remove a part and its relationships."""
        for gone in (name, rels_name(name)):
            self._members.pop(normal(gone), None)

    def free_name(self, pattern: str) -> str:
        """The first of `pattern` with a number that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part ("" for the package itself)."""
        name = rels_name(part)
        if name not in self:
            return ()
        return tuple(
            Relation(
                id=item.get("Id", ""),
                kind=posixpath.basename(item.get("Type", "")),
                target=item.get("Target", "")
                if item.get("TargetMode") == "External"
                else resolved(part, item.get("Target", "")),
                external=item.get("TargetMode") == "External",
            )
            for item in self.root(name).iterchildren(f"{{{PACKAGE_REL}}}Relationship")
        )

    def data(self) -> bytes:
        """The file."""
        return zip_of(self._members.values())


class ContentTypes:
    """The content types of a package: an override for each part of ours."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.root(TYPES_PART)

    def set(self, part: str, content_type: str) -> None:
        """Declare a part."""
        for item in self._overrides():
            if normal(item.get("PartName", "")) == normal(part):
                item.set("ContentType", content_type)
                return
        etree.SubElement(
            self._root, f"{{{CONTENT_TYPES}}}Override",
            {"PartName": f"/{part}", "ContentType": content_type},
        )  # fmt: skip

    def remove(self, part: str) -> None:
        """Forget a part that is no longer there."""
        for item in self._overrides():
            if normal(item.get("PartName", "")) == normal(part):
                self._root.remove(item)

    def save(self) -> None:
        """Back into the package."""
        self._package.write(TYPES_PART, serialized(self._root))

    def _overrides(self) -> list[etree._Element]:
        return self._root.findall(f"{{{CONTENT_TYPES}}}Override")
