"""Workbooks that go round: another program saves them, `refresh` makes its sheets anew, and so on.

What is counted is all that a turn could leave behind: rules, looks, charts, shapes, names, parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.workbook.package.host import Host, q
from tests.programs.drivers import Edit, Program
from tests.programs.lived import LATER, NAME

Counts = Mapping[str, int]

#: The lists of looks.
STYLES = ("dxfs", "cellXfs", "cellStyleXfs", "cellStyles", "fonts", "fills", "borders", "numFmts")
_AROUND = ("cfRule", "dataValidation", "hyperlink", "mergeCell", "col")


def turned(data: bytes, program: Program, edit: Edit) -> bytes:
    """A workbook once the program has saved it, and a refresh has followed."""
    saved = program.saved([(data, edit)])[0]
    assert not saved.error, saved.error
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        path.write_bytes(saved.data)
        api.refresh(path, on=LATER)
        return path.read_bytes()


def counts(data: bytes) -> Counts:
    """How many there are of each kind, in the whole file and in each of its sheets."""
    package = Package(data)
    host = Host(package)
    found = {
        "parts": len(package.names()),
        "charts": sum(name.startswith("xl/charts/chart") for name in package.names()),
        "drawings": sum(name.startswith("xl/drawings/drawing") for name in package.names()),
        "names": len(list(host.root.iter(q("definedName")))),
    }
    styles = host.related("styles")
    if styles is not None:
        root = package.root(styles.target)
        found |= {name: len(next(root.iter(q(name)), ())) for name in STYLES}
    for sheet in host.sheets():
        if sheet.is_worksheet:
            found |= {f"{sheet.title}: {kind}": n for kind, n in _in_sheet(package, sheet.part)}
    return found


def _in_sheet(package: Package, part: str) -> Iterator[tuple[str, int]]:
    root = package.root(part)
    for name in _AROUND:
        yield name, len(list(root.iter(f"{{*}}{name}")))
    drawings = Relations(package, part).of_kind("drawing")
    there = [one.target for one in drawings if one.target in package]  # openxlsx names absent ones
    yield "shapes", sum(len(package.root(target)) for target in there)
    yield "relations", len(list(Relations(package, part)))


def grown(before: Counts, after: Counts) -> dict[str, tuple[int, int]]:
    """What there is more of."""
    return {
        kind: (before.get(kind, 0), number)
        for kind, number in after.items()
        if number > before.get(kind, 0)
    }
