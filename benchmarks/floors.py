"""What the tool is measured against, each as a process of its own: `python -m benchmarks.floors`.

The floors are what reading costs anyone; the peers do what `refresh` does by loading and saving.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.scales import SIZES

_SHEETS = ("Personnes", "Suivi", "Engagements")
_REPLACED, _COLUMNS = "Synthèse", 12


def click_help(_: Path) -> None:
    """A bare click program that prints its help."""
    import click

    @click.group()
    def group() -> None:
        """A group."""

    @group.command()
    def command() -> None:
        """A command."""

    group.main(["--help"], standalone_mode=False)


def inflate(path: Path) -> None:
    """Every member inflated, nothing parsed."""
    import zipfile

    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            package.read(name)


def calamine(path: Path) -> None:
    """python-calamine reading the three tables' sheets."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as workbook:
        for sheet in _SHEETS:
            workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def calamine_export(path: Path) -> None:
    """python-calamine reading the only sheet of an export."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as workbook:
        workbook.get_sheet_by_index(0).to_python()


def pandas(path: Path) -> None:
    """Pandas over python-calamine, the same sheets."""
    import pandas

    pandas.read_excel(path, sheet_name=list(_SHEETS), engine="calamine", header=None)


def openpyxl_read(path: Path) -> None:
    """openpyxl's read-only mode, the same sheets."""
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True)
    for sheet in _SHEETS:
        for _ in workbook[sheet].iter_rows(values_only=True):
            pass


def openpyxl_replace(path: Path) -> None:
    """openpyxl: load, replace one sheet, save elsewhere."""
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    index = workbook.sheetnames.index(_REPLACED)
    workbook.remove(workbook[_REPLACED])
    sheet = workbook.create_sheet(_REPLACED, index)
    for line in _lines(path):
        sheet.append(line)
    workbook.save(path.with_suffix(".saved.xlsx"))


def wolfxl_replace(path: Path) -> None:
    """wolfxl, in place: the cells of one sheet written anew, saved elsewhere."""
    import wolfxl

    workbook = wolfxl.load_workbook(str(path), modify=True)
    sheet = workbook[_REPLACED]
    for row, line in enumerate(_lines(path), start=1):
        for column, text in enumerate(line, start=1):
            sheet.cell(row=row, column=column, value=text)
    workbook.save(str(path.with_suffix(".saved.xlsx")))


def _lines(path: Path) -> Iterator[list[str]]:
    """What the replaced sheet holds: a line a person, about what Synthèse has."""
    for line in range(SIZES[path.stem]):
        yield [f"{_REPLACED} {line}, colonne {column}" for column in range(_COLUMNS)]


FLOORS: dict[str, Callable[[Path], None]] = {
    "click": click_help,
    "inflate": inflate,
    "calamine": calamine,
    "calamine-export": calamine_export,
    "pandas": pandas,
    "openpyxl-read": openpyxl_read,
    "openpyxl-replace": openpyxl_replace,
    "wolfxl-replace": wolfxl_replace,
}

if __name__ == "__main__":
    FLOORS[sys.argv[1]](Path(sys.argv[2]))
