"""calamine at work: two threads, a workbook in each; what it gives, or a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from cedre_xlsx.ooxml.safety import damaged
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.halves import (
    LARGE,
    Half,
    Lines,
    halves,
    joined,
    lines_of,
    package_of,
)
from cedre_xlsx.workbook.read.parts import ReadPackage, ReadSheet
from cedre_xlsx.workbook.read.raw import Grid

MAIN = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
#: What calamine reads of a package besides its sheets.
_READ = (MAIN, "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml", "_rels/.rels")
#: A sheet in halves is at least so many times as large as the shared strings, read for each half.
_TIMES_THE_STRINGS = 4


class Parsers:
    """Two parsers of one file: the largest sheet takes as long as the others together.

    A large sheet is parsed by both, a half by each.
    """

    def __init__(self, data: bytes, package: ReadPackage, sheets: int) -> None:
        count = 2 if sheets > 1 else 1
        self._data, self._package = data, package
        self._books = [calamine_gives(lambda: load(data), package.path) for _ in range(count)]
        self._workers = [ThreadPoolExecutor(max_workers=1) for _ in range(2)]
        self._busy = False

    def parse(self, sheet: ReadSheet, xml: bytearray) -> Future[Grid]:
        """Begin with a sheet, while others work; the first one that is asked for goes alone."""
        enough = max(LARGE, _TIMES_THE_STRINGS * self._package.size(STRINGS))
        parts = halves(xml) if len(xml) >= enough else None
        if parts is not None:
            return self._parse_halves(sheet, *parts)
        chosen, self._busy = int(self._busy), True
        return self._workers[chosen].submit(grid_of, self._books[chosen], sheet.name)

    def parse_in(self, book: Any, sheet: ReadSheet) -> Future[Grid]:
        """Begin with a sheet of another book."""
        return self._workers[-1].submit(grid_of, book, sheet.name)

    def close(self) -> None:
        """Take nothing more; what has begun is ended."""
        for worker in self._workers:
            worker.shutdown(wait=False)

    def _parse_halves(self, sheet: ReadSheet, *parts: Half) -> Future[Grid]:
        package = self._package
        members = ((part, package.member(part)) for part in (*_READ, STRINGS))
        others = {name: package.read(part) for part, name in members if name}
        member = package.member(sheet.part) or sheet.part
        begun = []
        for worker, half in zip(self._workers, parts, strict=True):
            made = package_of(half, member, others)
            book = calamine_gives(partial(opened, made), package.path)
            begun.append(worker.submit(lines_of, book, sheet.name))
        return self._workers[0].submit(_whole, begun, self._data, sheet.name)


def _whole(begun: Sequence[Future[Lines]], data: bytes, name: str) -> Grid:
    """The cells of a sheet from its halves, else from the file."""
    try:
        return joined(*(half.result() for half in begun))
    except BaseException:  # it was cut where no row begins: calamine's panics too
        return grid_of(load(data), name)


def load(data: bytes) -> Any:
    """The workbook as calamine opens it."""
    return opened(BytesIO(data))


def opened(package: Any) -> Any:
    """The workbook of a file in memory as calamine opens it; the file is read once."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(package)


def grid_of(book: Any, name: str) -> Grid:
    """The cells of one of its sheets, from A1 on."""
    grid: Grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return grid


def calamine_gives(work: Callable[[], Any], path: Path) -> Any:
    """What calamine gives; CedreError where it gives up, a panic of its Rust code included."""
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        if "password" in type(error).__name__.lower():
            raise CedreError(
                f"{path} : le classeur est protégé par un mot de passe. Enregistrez-le sans mot de "
                "passe."
            ) from None
        raise damaged(path) from None
