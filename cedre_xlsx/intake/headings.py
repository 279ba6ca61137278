"""Headings as they are told: of one row or two, each with the group that it stands under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cedre_xlsx.intake.heading_rows import Candidate
from cedre_xlsx.intake.looks import shown
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.words import is_known_heading
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.workbook.read.raw import is_blank

_GOES_ON = re.compile(
    r"(?:\b(?:de|du|des|d'|la|le|les|l'|et|ou|a|au|aux|en|par|pour|sur|n°)|[-/,&(])$"
)
_CONTINUES = re.compile(r"(?:d(?:e|u|es)|l[ae]s?|et|ou|en|au|à|par|pour)\b|[dl]['’]")
_LONGEST_GROUP = 40  # characters
_SAME = 0.8  # of the headings of a page that are those of the first


@dataclass(frozen=True, slots=True)
class Headings:
    """The rows of headings of a table, first and last; its texts, one a column of the region."""

    top: int
    bottom: int
    texts: tuple[str, ...]

    def is_repeated_by(self, region: Region, row: int) -> bool:
        """Whether a row has these headings once more, as on another printed page."""
        keys = _keys(region, row)
        return any(_alike(keys, _keys(region, own)) for own in {self.top, self.bottom})


def headings_at(region: Region, row: int) -> Headings:
    """The headings of which a row is one, with the row above or below that completes them."""
    if _is_second_line(region, row):
        return _of_two(region, row, row + 1)
    if row > 0 and _is_line_of_groups(region, row - 1, row):
        return _of_two(region, row - 1, row)
    return Headings(row, row, tuple(map(shown, region.grid[row])))


def repeated_rows(region: Region, headings: Headings, row: int) -> int:
    """How many rows of headings a repetition has that begins at a row."""
    two = headings.bottom > headings.top and row + 1 < len(region.grid)
    if two and _alike(_keys(region, row + 1), _keys(region, headings.bottom)):
        return 2
    return 1


def _of_two(region: Region, top: int, bottom: int) -> Headings:
    upper, lower = _spread(region, top, bottom), region.grid[bottom]
    texts = (_joined(above, shown(below)) for above, below in zip(upper, lower, strict=True))
    return Headings(top, bottom, tuple(texts))


def _joined(above: str, below: str) -> str:
    if not above or not below or word_key(above) == word_key(below):
        return above or below
    return above + below if above.endswith(("'", "’")) else f"{above} {below}"


def _spread(region: Region, top: int, bottom: int) -> list[str]:
    """The texts of the upper row, each also over the columns of its group."""
    texts = list(map(shown, region.grid[top]))
    merges = region.across.get(top, {})
    for first, last in merges.items():
        for j in range(first, last + 1):  # what a merge hides is still there
            texts[j] = texts[j] or texts[first]
    if merges or not _has_groups(region, top, bottom):
        return texts
    for j in range(1, region.width):
        if (
            not texts[j]
            and not is_blank(region.grid[bottom][j])
            and not is_blank(region.grid[bottom][j - 1])
        ):
            texts[j] = texts[j - 1]
    return texts


def _has_groups(region: Region, top: int, bottom: int) -> bool:
    """Whether, in a file that tells no merges, an upper text stands over several lower ones."""
    upper, lower = region.grid[top], region.grid[bottom]
    return any(
        not is_blank(upper[j - 1]) and is_blank(upper[j])
        and not is_blank(lower[j - 1]) and not is_blank(lower[j])
        for j in range(1, region.width)
    )  # fmt: skip


def _is_second_line(region: Region, row: int) -> bool:
    """Whether the row below is one of headings too: of groups, or of texts cut in two."""
    if row + 1 >= len(region.grid):
        return False
    lower = Candidate(region, row + 1)
    if not lower.filled or not lower.is_proper or lower.recurs:
        return False
    groups = _merged_groups(region, row)
    known = lower.known / len(lower.filled)
    if groups and any(j in groups for j in lower.filled):
        only_there = all(j in groups for j in lower.filled)
        return known >= 0.5 or (only_there and (lower.known > 0 or lower.contrast > 0))
    upper = region.grid[row]
    beside = [j for j in lower.filled if is_blank(upper[j])]
    if beside and len(lower.filled) > 1:
        return known >= 0.5 and _has_groups(region, row, row + 1)
    return not beside and _goes_on(region, row, lower.filled)


def _merged_groups(region: Region, row: int) -> set[int]:
    """The columns over which cells of a row are merged, unless they are merged over all."""
    merges = region.across.get(row, {})
    return {
        j
        for first, last in merges.items()
        if last - first + 1 < region.width
        for j in range(first, last + 1)
    }


def _goes_on(region: Region, row: int, columns: Sequence[int]) -> bool:
    """Whether texts of a row go on in the row below: "Date de", "naissance"."""
    pairs = [(shown(region.grid[row][j]), shown(region.grid[row + 1][j])) for j in columns]
    going = sum(
        _GOES_ON.search(fold(above)) is not None
        or (_CONTINUES.match(below) is not None and is_known_heading(f"{above} {below}"))
        or below[:1] == "("
        for above, below in pairs
    )
    return 2 * going >= len(pairs)


def _is_line_of_groups(region: Region, top: int, bottom: int) -> bool:
    """Whether the row above says the groups of the headings."""
    upper = Candidate(region, top)
    if not upper.filled or not upper.is_proper:
        return False
    texts = [shown(region.grid[top][j]) for j in upper.filled]
    if any(text.endswith((":", ".")) or len(text) > _LONGEST_GROUP for text in texts):
        return False
    merged = _merged_groups(region, top)
    if not merged and (region.across.get(top) or not _has_groups(region, top, bottom)):
        return False
    keys = Counter(key for key in _keys(region, bottom) if key)
    doubled = any(count > 1 for count in keys.values())
    if len(texts) == 1:  # it may be a title
        return upper.filled[0] > 0 and (doubled or (bool(merged) and upper.known > 0))
    return bool(merged) or doubled or 2 * upper.known >= len(texts)


def _keys(region: Region, row: int) -> list[str]:
    return [word_key(shown(cell)) for cell in region.grid[row]]


def _alike(keys: Sequence[str], own: Sequence[str]) -> bool:
    """Whether two rows have the same texts in the same columns, nearly all."""
    pairs = [(a, b) for a, b in zip(keys, own, strict=True) if a or b]
    return bool(pairs) and sum(a == b for a, b in pairs) >= _SAME * len(pairs)
