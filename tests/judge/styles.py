"""The styles: every index in range, and how many there are of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tests.judge.schema import schema_faults
from tests.judge.xml import by_content, number, parsed, q, twice, units

MAX_FORMATS, MAX_CODE = 64_000, 255
_FIRST_OWN = 164
_COLOR = re.compile(r"[0-9A-Fa-f]{8}")


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """How many cell formats and differential formats there are."""

    faults: tuple[str, ...] = ()
    formats: int = 1
    dxfs: int = 0


@by_content
def style_facts(content: bytes) -> StyleFacts:
    root = parsed(content)
    faults = [f"styles: {fault}" for fault in (*schema_faults(root), *_faults(root))]
    formats = root.findall(f"{q('cellXfs')}/{q('xf')}")
    return StyleFacts(tuple(faults), len(formats), len(root.findall(f"{q('dxfs')}/{q('dxf')}")))


def _faults(root: etree._Element) -> Iterator[str]:
    sizes = {name: len(root.findall(f"{q(name)}/*")) for name in _LISTS}
    for holder in root:
        if holder.get("count") and number(holder, "count") != len(holder):
            yield f"count of {etree.QName(holder).localname}"
    for name in ("fonts", "fills", "borders", "cellXfs"):
        if not sizes[name]:
            yield f"no {name}"
    if sizes["cellXfs"] > MAX_FORMATS:
        yield f"{sizes['cellXfs']} cell formats"
    yield from _pieces(root)
    yield from _number_formats(root)
    yield from _formats(root, sizes)
    yield from _named(root, sizes)
    for color in root.iter(q("color"), q("fgColor"), q("bgColor"), q("rgbColor")):
        if color.get("rgb") and not _COLOR.fullmatch(color.get("rgb", "")):
            yield f"colour {color.get('rgb')!r}"
    for part in root.iter(q("tableStyleElement")):
        if number(part, "dxfId") >= max(sizes["dxfs"], 1):
            yield "a table style's dxfId is out of range"


_LISTS = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


def _pieces(root: etree._Element) -> Iterator[str]:
    for font in root.iterfind(f"{q('fonts')}/{q('font')}"):
        size, name = font.find(q("sz")), font.find(q("name"))
        if size is None or name is None:  # LibreOffice makes it Cambria
            yield "a font without name or size"
        elif not 1 <= float(size.get("val") or 11) <= 409:
            yield f"a font of size {size.get('val')}"
        elif not 0 < units(name.get("val", "")) <= 31:
            yield f"a font named {name.get('val')!r}"
    fills = root.findall(f"{q('fills')}/{q('fill')}")
    for fill, pattern in zip(fills, ("none", "gray125"), strict=False):
        kind = fill.find(q("patternFill"))
        if kind is None or kind.get("patternType", "none") != pattern:
            yield f"the fill that Excel takes for {pattern} is another"


def _number_formats(root: etree._Element) -> Iterator[str]:
    own = root.findall(f"{q('numFmts')}/{q('numFmt')}")
    yield from twice((one.get("numFmtId", "") for one in own), "number format")
    for one in own:
        if not 0 < units(one.get("formatCode", "")) <= MAX_CODE:
            yield f"the code of number format {one.get('numFmtId')}"


def _formats(root: etree._Element, sizes: dict[str, int]) -> Iterator[str]:
    own = {one.get("numFmtId") for one in root.iter(q("numFmt"))}
    for name in ("cellStyleXfs", "cellXfs"):
        for xf in root.iterfind(f"{q(name)}/{q('xf')}"):
            for attribute, pieces in (
                ("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"),
                ("xfId", "cellStyleXfs"),
            ):  # fmt: skip
                if number(xf, attribute) >= max(sizes[pieces], 1):
                    yield f"{name}: {attribute} out of range"
            code = xf.get("numFmtId", "0")
            if number(xf, "numFmtId") >= _FIRST_OWN and code not in own:
                yield f"{name}: no number format {code}"
            look = xf.find(q("alignment"))
            if look is not None and not _is_aligned(look):
                yield f"{name}: an alignment out of range"


def _is_aligned(look: etree._Element) -> bool:
    turned = number(look, "textRotation")
    return (0 <= turned <= 180 or turned == 255) and 0 <= number(look, "indent") <= 250


def _named(root: etree._Element, sizes: dict[str, int]) -> Iterator[str]:
    styles = root.findall(f"{q('cellStyles')}/{q('cellStyle')}")
    for one in styles:
        if number(one, "xfId") >= max(sizes["cellStyleXfs"], 1):
            yield f"the style {one.get('name')} has no format"
        if units(one.get("name", "")) > 255:
            yield "the name of a style is too long"
