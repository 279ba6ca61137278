"""A package as parts and relationships, whatever its names look like."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import unquote

from lxml import etree

from cedre_xlsx.ooxml.members import (
    File,
    Member,
    damaged,
    member_of,
    members_of,
    zip_of,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES_PART = "[Content_Types].xml"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


class _Parsing(TypedDict):
    resolve_entities: bool
    no_network: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


#: How XML is parsed: without entities, network or giant trees.
PARSING = _Parsing(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)


def parse(content: bytes) -> etree._Element:
    """XML without entities, network or giant trees."""
    return etree.fromstring(content, etree.XMLParser(**PARSING))


def serialized(root: etree._Element) -> bytes:
    """The document as Excel writes it: UTF-8, standalone."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def new_root(namespace: str, name: str, **prefixes: str) -> etree._Element:
    """The root of a new part, its own namespace without prefix."""
    names: dict[str | None, str] = {None: namespace}
    names.update(prefixes)
    return etree.Element(f"{{{namespace}}}{name}", nsmap=names)  # type: ignore[arg-type]


def drop_attributes(element: etree._Element, *names: str) -> None:
    """Remove attributes where they are."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship: `target` is the part's name, or the address outside."""

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

    def __init__(self, file: File) -> None:
        # A deleted part leaves its place, which the same name takes again: a second splice puts
        # everything where the first one did.
        self._members: dict[str, Member | None] = {normal(m.name): m for m in members_of(file)}

    def __contains__(self, name: str) -> bool:
        return self._members.get(normal(name)) is not None

    def names(self) -> list[str]:
        """The parts' names as the file spells them."""
        return [member.name for member in self._members.values() if member is not None]

    def read(self, name: str) -> bytes:
        """A part's content; KeyError when there is no such part."""
        member = self._members[normal(name)]
        if member is None:
            raise KeyError(name)
        return member.content()

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's content, a piece at a time; nothing when there is no such part."""
        member = self._members.get(normal(name))
        return iter(()) if member is None else member.pieces()

    def holds_any(self, name: str, texts: Sequence[bytes]) -> bool:
        """Whether a part holds one of the texts; KeyError when there is no such part."""
        member = self._members[normal(name)]
        if member is None:
            raise KeyError(name)
        return member.holds_any(texts)

    def may_compute(self, name: str) -> bool:
        """Whether a formula may stand in a part; KeyError when there is no such part."""
        member = self._members[normal(name)]
        if member is None:
            raise KeyError(name)
        return member.may_compute()

    def checksum(self, name: str) -> tuple[int, int]:
        """What tells a part's content from another: CRC and size; KeyError as for `read`."""
        member = self._members[normal(name)]
        if member is None:
            raise KeyError(name)
        return member.crc, member.size

    def root(self, name: str) -> etree._Element:
        """A part's XML; DamagedPartError where it is none."""
        try:
            return parse(self.read(name))
        except etree.XMLSyntaxError as error:
            raise damaged(f"l'élément {name}") from error

    def write(self, name: str, content: bytes) -> None:
        """Replace a part where it stands, or add it; the same content changes nothing."""
        old = self._members.get(normal(name))
        if old is not None and old.size == len(content) and old.content() == content:
            return
        self._members[normal(name)] = member_of(old.name if old else name, content)

    def delete(self, name: str) -> None:
        """Remove a part and its relationships."""
        for gone in (name, rels_name(name)):
            if gone in self:
                self._members[normal(gone)] = None

    def free_name(self, pattern: str) -> str:
        """The first of `pattern` with a number that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def write_xml(self, name: str, root: etree._Element) -> None:
        """Replace or add an XML part; one whose meaning is the same keeps its bytes."""
        if name in self and etree.tostring(self.root(name)) == etree.tostring(root):
            return
        self.write(name, serialized(root))

    def referenced(self) -> set[str]:
        """Every part that some relationship reaches, by its normalised name."""
        found = set()
        for name in self.names():
            folder, leaf = posixpath.split(name)
            if leaf.casefold().endswith(".rels"):
                source = posixpath.join(posixpath.dirname(folder), leaf[: -len(".rels")])
                found |= {normal(r.target) for r in Relations(self, source) if not r.external}
        return found

    def data(self) -> bytes:
        """The file that these parts make."""
        return zip_of(member for member in self._members.values() if member is not None)


class Relations:
    """The relationships of a part ("" for the package itself), changed in place."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._name = rels_name(part)
        if self._name in package:
            self._root = package.root(self._name)
        else:
            self._root = new_root(PACKAGE_REL, "Relationships")
        self._read: tuple[Relationship, ...] | None = None  # until one is changed

    def __iter__(self) -> Iterator[Relationship]:
        if self._read is None:
            self._read = tuple(map(self._relationship, self._items()))
        return iter(self._read)

    def by_id(self, identifier: str) -> Relationship | None:
        """The relationship of that id."""
        return next((found for found in self if found.id == identifier), None)

    def of_kind(self, kind: str) -> tuple[Relationship, ...]:
        """The relationships whose type ends in that word."""
        return tuple(found for found in self if found.kind == kind)

    def add(self, kind: str, target: str) -> str:
        """Relate to a part by the full name of its type; gives the id, the first one free."""
        used = {found.id for found in self}
        number = 1
        while f"rId{number}" in used:
            number += 1
        etree.SubElement(
            self._root, f"{{{PACKAGE_REL}}}Relationship",
            {"Id": f"rId{number}", "Type": kind, "Target": self._path(target)},
        )  # fmt: skip
        self._read = None
        return f"rId{number}"

    def retarget(self, moved: Mapping[str, str]) -> None:
        """Follow parts that took other names."""
        for item in self._items():
            relation = self._relationship(item)
            if not relation.external and relation.target in moved:
                item.set("Target", self._path(moved[relation.target]))
        self._read = None

    def _path(self, target: str) -> str:
        return posixpath.relpath(f"/{target}", posixpath.dirname(f"/{self._part}"))

    def remove(self, identifier: str) -> None:
        """Forget a relationship; what it reached stays."""
        for item in self._items():
            if item.get("Id") == identifier:
                self._root.remove(item)
        self._read = None

    def save(self) -> None:
        """Back into the package; without any relationship, the part goes."""
        if self._items():
            self._package.write_xml(self._name, self._root)
        elif self._name in self._package:
            self._package.delete(self._name)

    def _items(self) -> list[etree._Element]:
        return self._root.findall(f"{{{PACKAGE_REL}}}Relationship")

    def _relationship(self, item: etree._Element) -> Relationship:
        external = item.get("TargetMode") == "External"
        target = item.get("Target", "")
        return Relationship(
            id=item.get("Id", ""),
            kind=posixpath.basename(item.get("Type", "")),
            target=target if external else resolved(self._part, target),
            external=external,
        )


def _relationship_parts(package: Package) -> set[str]:
    return {name for name in package.names() if name.casefold().endswith(".rels")}


class ContentTypes:
    """The content types of a package: an override for each part of ours."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.root(TYPES_PART)
        self._gone: set[str] = set()
        self._relationships = _relationship_parts(package)

    def set(self, part: str, content_type: str) -> None:
        """Say of what type a part is; its former type goes."""
        self._gone.discard(normal(part))
        for item in self._overrides():
            if normal(item.get("PartName", "")) == normal(part):
                item.set("ContentType", content_type)
                return
        etree.SubElement(
            self._root, f"{{{CONTENT_TYPES}}}Override",
            {"PartName": f"/{part}", "ContentType": content_type},
        )  # fmt: skip

    def remove(self, part: str) -> None:
        """Forget a part that is no longer there, unless it is declared again."""
        self._gone.add(normal(part))

    def save(self) -> None:
        """Back into the package."""
        self._declare_relationships()
        for item in self._overrides():
            if normal(item.get("PartName", "")) in self._gone:
                self._root.remove(item)
        self._package.write_xml(TYPES_PART, self._root)

    def _declare_relationships(self) -> None:
        """Where they are declared one by one, the new ones are too, and those gone no longer."""
        defaults = self._root.iterfind(f"{{{CONTENT_TYPES}}}Default")
        if any(one.get("Extension", "").casefold() == "rels" for one in defaults):
            return
        now = _relationship_parts(self._package)
        for part in sorted(now - self._relationships):
            self.set(part, _RELATIONSHIPS_TYPE)
        self._gone |= {normal(part) for part in self._relationships - now}

    def _overrides(self) -> list[etree._Element]:
        return self._root.findall(f"{{{CONTENT_TYPES}}}Override")
