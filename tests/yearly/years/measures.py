"""What a workbook weighs: its parts, rules and kept lines, and the time that programs take."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.workbook.package.host import Host, q
from tests.package_checker import check_package
from tests.programs.drivers import PROGRAMS, Edit
from tests.yearly.years.entries import EntryBook
from tests.yearly.years.pages import GeneratedPage, Pages

Measure = dict[str, object]
SAVED = Edit("Accueil", "A60", "vu")
PROGRAM = {one.name: one for one in PROGRAMS}


def shape(data: bytes) -> Measure:
    """What must not grow with the weeks."""
    package = Package(data)
    names = [name for name in package.names() if not name.endswith(".rels")]
    sheets = [package.root(one.part) for one in Host(package).sheets() if one.is_worksheet]
    styles, workbook = package.root("xl/styles.xml"), package.root("xl/workbook.xml")
    return {
        "rules of conditional formats": sum(1 for s in sheets for _ in s.iter("{*}cfRule")),
        "dxfs": len(list(styles.iterfind(f"{q('dxfs')}/{q('dxf')}"))),
        "cellXfs": len(list(styles.iterfind(f"{q('cellXfs')}/{q('xf')}"))),
        "charts": _count(names, "xl/charts/chart"),
        "charts drawn twice": _twice(package, names),
        "drawings": _count(names, "xl/drawings/drawing"),
        "parts": len(names),
        "defined names": len(list(workbook.iterfind(f"{q('definedNames')}/{q('definedName')}"))),
    }


def _count(names: Sequence[str], begin: str) -> int:
    return sum(name.startswith(begin) and name.endswith(".xml") for name in names)


def _twice(package: Package, names: Sequence[str]) -> int:
    """How many charts show the cells of another one: as many as come on top of ours."""
    charts = [name for name in names if name.startswith("xl/charts/chart")]
    shown = [tuple(f.text for f in package.root(name).iter("{*}f")) for name in charts]
    return len(shown) - len(set(shown))


def content(data: bytes, book: EntryBook, pages: Pages) -> Measure:
    """What grows with the rows and the notes."""
    return {
        "rows typed": sum(1 for _ in book.lines()),
        **{f"lines kept in {title}": page.kept for title, page in pages.sheets.items()},
        "lines in Notes anciennes": pages.archive.count,
        "lines of Réunion to discuss": to_discuss(pages.sheets["Réunion"]),
        "kilobytes": len(data) // 1000,
    }


def to_discuss(page: GeneratedPage) -> int:
    """The lines of Réunion under *À discuter*."""
    found, within = 0, False
    for row in page.page.rows[page.page.top + 1 : page.page.block]:
        if not row[1]:
            within = str(row[0]).startswith("À discuter")
        found += bool(row[1]) and within
    return found


def times(data: bytes, name: str, on: date, saves: int) -> Measure:
    """Seconds of LibreOffice, the median of some saves; CPU seconds of our commands."""
    seconds = [_save_seconds(data) for _ in range(saves)]
    found: Measure = {"seconds to save in LibreOffice": round(statistics.median(seconds), 1)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        cpu, lines = _cpu_seconds("check", path, on)
        found["CPU seconds of check"], found["lines of check"] = cpu, lines
        found["CPU seconds of refresh"], _ = _cpu_seconds("refresh", path, on)
    return found


def _save_seconds(data: bytes) -> float:
    begun = time.monotonic()
    saved = PROGRAM["libreoffice"].saved([(data, SAVED)])[0]
    assert not saved.error, saved.error
    return time.monotonic() - begun


def _cpu_seconds(verb: str, path: Path, on: date) -> tuple[float, int]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "cedre_xlsx", verb, str(path), "--date", on.isoformat()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(spent, 2), done.stdout.count("\n")


def package_faults(before: bytes, data: bytes) -> Iterator[tuple[str, str]]:
    """Faults of the package that it had not before the refresh."""
    known = check_package(before)
    for fault in check_package(data):
        if fault not in known:
            yield "package", fault


def second_refresh(data: bytes, name: str, on: date) -> bool:
    """Whether refreshing the file of that name again on that day leaves every byte."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        api.refresh(path, on=on)
        return path.read_bytes() == data


def table(measures: Mapping[int, Measure]) -> str:
    """The measures, a column for each week."""
    titles = list(dict.fromkeys(title for one in measures.values() for title in one))
    rows = [["", *(f"week {week}" for week in measures)]]
    rows += [[t, *(str(one.get(t, "")) for one in measures.values())] for t in titles]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in [rows[0], ["-" * w for w in widths], *rows[1:]]
    )
