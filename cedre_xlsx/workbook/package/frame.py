"""A sheet's XML around its rows: an element put in its place, every other byte where it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN
from cedre_xlsx.workbook.package.sheet_part import ORDER

_RANK = {name: rank for rank, name in enumerate(ORDER)}
_ROWS = "sheetData"
_CLOSED_TAG = re.compile(rb"<[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*/>")


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the worksheet: its name, from where to where it stands."""

    name: str
    start: int
    end: int


class SheetFrame:
    """The children of a worksheet part, as bytes."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.prefix = ""
        self._found()

    def _found(self) -> None:
        """Where each child stands. The rows, which are most of the part, are not parsed."""
        opening = re.search(rb"<(?:[A-Za-z_][\w.\-]*:)?sheetData(?=[\s/>])", self.xml)
        closing = self.xml.rfind(b"sheetData")
        start = opening.start() if opening else 0
        end = self.xml.find(b">", closing) + 1 if opening else 0
        self.children: list[Child] = []
        self._end = self._start = self._depth = 0
        parser = expat.ParserCreate(namespace_separator="|")
        parser.namespace_prefixes = True
        shift = end - start

        def place(index: int) -> int:
            return index if index < start else index + shift

        def opened(name: str, _: dict[str, str]) -> None:
            if self._depth == 0:
                parts = name.split("|")
                self.prefix = parts[2] if len(parts) > 2 else ""
            elif self._depth == 1:
                self._start = parser.CurrentByteIndex
            self._depth += 1

        def closed(name: str) -> None:
            self._depth -= 1
            index = parser.CurrentByteIndex
            if self._depth == 0:
                self._end = place(index)
            elif self._depth == 1:
                last = index
                if not _CLOSED_TAG.fullmatch(around, self._start, index):
                    last = around.index(b">", index) + 1
                local = name.split("|")[1] if "|" in name else name
                self.children.append(Child(local, place(self._start), place(last - 1) + 1))

        around = self.xml[:start] + self.xml[end:]
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.Parse(around, True)
        if opening:
            self.children.append(Child(_ROWS, start, end))
            self.children.sort(key=lambda child: child.start)

    def child(self, name: str) -> Child | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def content(self, child: Child) -> bytes:
        """The bytes of a child."""
        return self.xml[child.start : child.end]

    def put(self, name: str, content: bytes) -> None:
        """A child in the place of the one of its name, or where the schema wants it."""
        old = self.child(name)
        if old is not None:
            self._replace(old.start, old.end, content)
        else:
            self.add(name, content)

    def add(self, name: str, content: bytes) -> None:
        """A child after those of its name."""
        before = [one.end for one in self.children if _RANK.get(one.name, -1) <= _RANK[name]]
        place = max(before, default=self._end)
        self._replace(place, place, content)

    def written(self, *elements: etree._Element) -> bytes:
        """Elements as this part writes them: its own prefix, in characters of every encoding."""
        return b"".join(map(self._written, elements))

    def _written(self, element: etree._Element) -> bytes:
        made = etree.fromstring(etree.tostring(element))
        top = etree.Element(made.tag, nsmap={self.prefix or None: MAIN})  # type: ignore[dict-item]
        top.attrib.update(made.attrib)
        top.text = made.text
        top.extend(made)
        etree.cleanup_namespaces(top)
        content = bytes(etree.tostring(top, encoding="ascii")).partition(b"?>\n")
        text = content[2] or content[0]
        declared = f' xmlns{":" if self.prefix else ""}{self.prefix}="{MAIN}"'
        return text.replace(declared.encode(), b"", 1)

    def _replace(self, start: int, end: int, content: bytes) -> None:
        self.xml = self.xml[:start] + content + self.xml[end:]
        self._found()


def tags_of(content: bytes) -> tuple[bytes, bytes, bytes]:
    """The opening tag of an element, what it holds, and its closing tag."""
    opening = content[: content.index(b">") + 1]
    if opening.endswith(b"/>"):
        name = re.match(rb"<([^\s/>]+)", opening)
        closing = b"</" + (name[1] if name else b"") + b">"
        return opening[:-2].rstrip() + b">", b"", closing
    last = content.rindex(b"</")
    return opening, content[len(opening) : last], content[last:]


def with_count(opening: bytes, count: int) -> bytes:
    """An opening tag that says how many children its element has."""
    said = f' count="{count}"'.encode()
    found, number = re.subn(rb"\scount\s*=\s*[\"'][0-9]*[\"']", said, opening, count=1)
    return found if number else opening[:-1] + said + b">"


def joined(opening: bytes, pieces: Sequence[bytes], closing: bytes) -> bytes:
    """An element with so many children."""
    return with_count(opening, len(pieces)) + b"".join(pieces) + closing
