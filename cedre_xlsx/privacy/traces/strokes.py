"""What is written in place of a form, and where: a name in several runs goes from each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from cedre_xlsx.ooxml.cell_text import escaped
from cedre_xlsx.privacy.traces.places import is_formula, is_number, is_numeric_cell
from cedre_xlsx.privacy.traces.survey import Suspect
from cedre_xlsx.privacy.traces.units import HEADERS, Chars, TextUnit

_KIND = re.compile(r"\st\s*=\s*([\"'])n\1")


@dataclass(frozen=True, slots=True, order=True)
class Stroke:
    """From where to where a segment gets another text."""

    start: int
    end: int
    text: str


def over(chars: Chars, start: int, end: int, text: str) -> list[Stroke]:
    """Another text in place of some characters: their first stretch gets it, others nothing."""
    made: list[Stroke] = []
    first, last = chars.starts[start], chars.ends[start]
    for at in range(start + 1, end):
        if chars.starts[at] != last:
            made.append(Stroke(first, last, "" if made else text))
            first = chars.starts[at]
        last = chars.ends[at]
    made.append(Stroke(first, last, "" if made else text))
    return [one for one in made if one.start < one.end or one.text]


def replacing(finding: Suspect, start: int, end: int, code: str, rank: int) -> list[Stroke]:
    """A form replaced by a code, as the place asks for it to be written."""
    unit, segment = finding.unit, finding.segment.text
    if is_number(unit):
        return over(finding.chars, 0, len(finding.chars.text), f"-{rank + 1}")
    written = _written(unit, code)
    strokes = over(finding.chars, start, end, written)
    if unit.element in HEADERS and written[:1].isdigit():
        before = segment[: strokes[0].start]
        if re.search(r"&amp;\d*$", before):
            strokes[0] = Stroke(strokes[0].start, strokes[0].end, f" {written}")
    if finding.shared < 0 and is_numeric_cell(unit):
        strokes += as_text_cell(unit, segment)
    return strokes


def as_text_cell(unit: TextUnit, segment: str) -> list[Stroke]:
    """The tag of the cell of a number, which holds a text now."""
    cell = unit.within("c")
    assert cell is not None, "a number of a cell stands in a cell"
    kind = _KIND.search(segment, cell.at, cell.at + len(cell.tag))
    if kind is not None:
        return [Stroke(kind.start(), kind.end(), ' t="str"')]
    end = cell.at + len(cell.tag)
    return [Stroke(end, end, ' t="str"')]


def _written(unit: TextUnit, code: str) -> str:
    if unit.is_remark:
        return code.replace("--", "-").replace(">", "")
    if unit.element == "Relationship" and unit.attribute == "Target":
        return quote(code)
    if unit.element in HEADERS:
        code = code.replace("&", "&&")
    if is_formula(unit):
        code = code.replace('"', '""')
    return escaped(code).replace('"', "&quot;") if unit.attribute else escaped(code)


def emptied(finding: Suspect, text: str = "") -> list[Stroke]:
    """A whole text taken out."""
    return over(finding.chars, 0, len(finding.chars.text), text) if finding.chars.text else []


def applied(text: str, strokes: Iterable[Stroke]) -> str:
    """The text with what is written over it; of strokes over each other the first one counts."""
    pieces: list[str] = []
    at = 0
    for stroke in sorted(set(strokes)):
        if stroke.start < at:
            continue
        pieces += (text[at : stroke.start], stroke.text)
        at = stroke.end
    return "".join((*pieces, text[at:]))


def spliced(content: bytes, pieces: Sequence[tuple[int, int, bytes]]) -> bytes:
    """The content with some stretches replaced."""
    made: list[bytes] = []
    at = 0
    for start, end, new in sorted(pieces):
        made += (content[at:start], new)
        at = end
    return b"".join((*made, content[at:]))
