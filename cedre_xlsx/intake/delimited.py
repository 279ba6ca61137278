"""Text files of cells: their encoding, what stands between the cells, their lines."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.ooxml.extent import MOST_CELLS
from cedre_xlsx.ooxml.safety import endless_text, oversized
from cedre_xlsx.workbook.read.raw import Cell

#: Of several that would do, the first.
_DELIMITERS = (";", "\t", "|", ",")
_SAMPLE = 60  # lines by which the delimiter is found
_MOST_LINES_IN_A_CELL = 50  # more of them are a quote that is not closed
_SAID = "sep="  # how a first line says the delimiter, for Excel
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: The accented letters of French in what Windows, the Mac and MS-DOS write.
_LETTERS = {
    "cp1252": b"\xe9\xe8\xe0\xea\xe7\xf4\xee\xfb\xf9",
    "mac_roman": b"\x8e\x8f\x88\x90\x8d\x99\x94\x9e\x9d",
    "cp850": b"\x82\x8a\x85\x88\x87\x93\x8c\x96\x97",
}


def read_text_sheet(data: bytes, path: Path) -> Sheet:
    """The one sheet of a text file; its rows are as long as the longest."""
    text, said = _without_said(_decoded(data))
    first = 2 if said else 1
    lines = list(_lines(text, said or _delimiter(text), path))
    if not said and all(len(cells) < 2 for _, cells in lines):
        lines = _quoted_whole(lines, path)
    width = max((len(cells) for _, cells in lines), default=0)
    if width * len(lines) > MOST_CELLS:
        raise oversized(path)
    grid: list[list[Cell]] = [
        [*cells, *[""] * (width - len(cells))] if len(cells) < width else list(cells)
        for _, cells in lines
    ]
    numbers = [number + first - 1 for number, _ in lines]
    return Sheet("", grid, numbers, range(1, width + 1))


def _decoded(data: bytes) -> str:
    """The text by its mark, as UTF-8, or in the encoding that makes most French letters of it."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[1:2] == b"\0" or data[:1] == b"\0":
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    counts = {name: sum(map(data.count, map(_byte, some))) for name, some in _LETTERS.items()}
    likeliest = max(counts, key=lambda name: counts[name])
    try:
        return data.decode(likeliest)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _byte(value: int) -> bytes:
    return bytes([value])


def _without_said(text: str) -> tuple[str, str]:
    """The text without a first line that says the delimiter, and that delimiter or ""."""
    line, _, rest = text.partition("\n")
    bare = line.strip("\r\"'")
    if bare[: len(_SAID)].lower() == _SAID and len(bare) == len(_SAID) + 1:
        return rest, bare[-1]
    return text, ""


def _delimiter(text: str) -> str:
    """The one that parts most of the first lines, and the most of them alike."""
    return max(_DELIMITERS, key=lambda one: _consistency(text, one))


def _consistency(text: str, delimiter: str) -> float:
    try:
        some = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _SAMPLE))
    except csv.Error:
        return 0.0
    widths = Counter(len(cells) for cells in some if any(cells))
    parted = {width: count for width, count in widths.items() if width > 1}
    if not parted:
        return 0.0
    width, alike = max(parted.items(), key=lambda one: (one[1], one[0]))
    lines = sum(widths.values())
    return 2 * sum(parted.values()) / lines + alike / lines + min(width, 50) / 1_000


def _lines(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The number of the line where each record begins, and its cells."""
    lines, plain = StringIO(text, newline=""), _leaves_a_quote_open(text, delimiter)
    source = csv.reader(
        lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
    )
    number = 1
    try:
        for cells in source:
            yield number, cells
            number = source.line_num + 1
    except csv.Error:  # a cell longer than the reader takes
        raise endless_text(path) from None


def _leaves_a_quote_open(text: str, delimiter: str) -> bool:
    """Whether some quote would make one cell of all lines that follow it."""
    if text.count('"') % 2 == 0:
        return False
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if cells and cells[-1].count("\n") > _MOST_LINES_IN_A_CELL:
                return True
            last = cells
    except csv.Error:
        return True
    return bool(last) and "\n" in last[-1]


def _quoted_whole(lines: list[tuple[int, list[str]]], path: Path) -> list[tuple[int, list[str]]]:
    """The lines parted, where a program had put each of them in quotes as one cell."""
    text = "\n".join(cells[0].replace("\n", " ") if cells else "" for _, cells in lines)
    delimiter = _delimiter(text)
    if _consistency(text, delimiter) == 0:
        return lines
    numbers = (number for number, _ in lines)
    return [
        (n, cells) for n, (_, cells) in zip(numbers, _lines(text, delimiter, path), strict=False)
    ]
