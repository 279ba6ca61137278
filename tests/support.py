"""What several tests need: rows read as if typed, marks for outside programs, LibreOffice."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from cedre_xlsx.schema.tables import DATA_TABLES, HEADER_ROW, TableSpec
from cedre_xlsx.workbook.package.finish import finish_template
from cedre_xlsx.workbook.read import Reading, records_from_rows
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.data_sheet import draw_data_sheet
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.home_sheet import draw_home
from cedre_xlsx.workbook.template.lists_sheet import draw_lists
from cedre_xlsx.workbook.template.settings_sheet import draw_settings

#: The top of the project.
ROOT = Path(__file__).parent.parent
#: The templates as earlier versions made them.
OLD_TEMPLATES = ROOT / "tests/workbook/upgrade/old_templates"

_CONVERSION_SECONDS = 120


def read_rows(on: date, **tables: Sequence[Mapping[str, Any]]) -> Reading:
    """The rows of some tables, by heading, read as from a file: the first one stands in row 5."""
    return records_from_rows(tables, on=on)


def cell_of(table: TableSpec[Any], field: str, row: int = HEADER_ROW + 1) -> str:
    """Where a field stands in a new workbook, in its first line where no other is said."""
    return f"{get_column_letter(list(table.columns).index(field) + 1)}{row}"


def saved_workbook(path: Path, filling: Filling) -> Path:
    """The sheets that people fill, as a new workbook has them, written by openpyxl alone.

    Formulas have no values in it, and the sheets that `refresh` makes are not there.
    """
    book = Book()
    draw_home(book, filling)
    for spec in DATA_TABLES:
        draw_data_sheet(book, filling, spec)
    draw_settings(book, filling)
    draw_lists(book, filling)
    book.workbook.save(path)
    return path


#: What a test needs, and by that `pytest` alone leaves it out: tests/conftest.py skips it where the
#: program is not there, but on CI, where it fails.
needs_libreoffice = pytest.mark.libreoffice
needs_gnumeric = pytest.mark.program("ssconvert")
needs_calligra = pytest.mark.program("calligraconverter")
needs_chromium = pytest.mark.browser

#: Of the markers that name no program: any of these will do.
PROGRAMS = {
    "libreoffice": ("soffice", "libreoffice"),
    "browser": ("chromium", "chromium-browser", "google-chrome"),
}


def few(cases: Iterable[Any], count: int = 1, *, whole: bool = False) -> list[Any]:
    """The cases of a test of which each costs much: the first while one waits, all on CI.

    A tuple is of the values of a case, but where it is `whole` or the name of one.
    """
    made = list(cases)
    for number, case in enumerate(made[count:], count):
        several = isinstance(case, tuple) and not (whole or isinstance(cases, Mapping))
        made[number] = pytest.param(*(case if several else (case,)), marks=pytest.mark.slow)
    return made


def absent(mark: pytest.Mark) -> str:
    """The program of this mark, where it is not there; "" where it is, or for other marks."""
    names = PROGRAMS.get(mark.name, mark.args if mark.name == "program" else ())
    return names[0] if names and not any(map(shutil.which, names)) else ""


class Said(NamedTuple):
    """What a command said, and how it ended."""

    returncode: object
    stdout: str
    stderr: str


def cedre(*words: object, folder: Path | None = None) -> Said:
    """`cedre-xlsx` in this process, which has imported what it needs, and makes short lists."""
    from cedre_xlsx.cli import main

    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main([str(word) for word in words])
    return Said(ended.value.code, out.getvalue(), err.getvalue())


def libreoffice_convert(path: Path, target_format: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another format ("xlsx", "ods", "pdf"), in `folder`."""
    return libreoffice_converts([path], target_format, folder)[0]


def libreoffice_converts(paths: Sequence[Path], target_format: str, folder: Path) -> list[Path]:
    """Several files with other names, by one LibreOffice: it takes longer to start than to save.

    Each has a profile of its own, so that several may run at once.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lo_profile_") as profile:
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless", "--convert-to", target_format, "--outdir", str(folder),
                *map(str, paths),
            ],
            check=True,
            capture_output=True,
            timeout=_CONVERSION_SECONDS,
        )  # fmt: skip
    made = [folder / f"{path.stem}.{target_format.partition(':')[0]}" for path in paths]
    for one in made:
        assert one.exists(), f"LibreOffice wrote no {one.name}"
    return made


def gnumeric_convert(path: Path, target: Path) -> Path:
    """The file as Gnumeric saves it, in the format that the name of `target` says."""
    _convert(["ssconvert", str(path), str(target)], target)
    return target


def calligra_convert(path: Path, target: Path) -> Path:
    """The file as Calligra Sheets saves it (.ods); it only opens relative targets."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    _convert(["calligraconverter", str(path), str(target)], target, environment)
    return target


def values_of(data: bytes) -> dict[str, list[list[Any]]]:
    """The rows of each sheet as they are read without computing anything."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def drawn_alone(draw: Callable[[Book, Filling], None], filling: Filling) -> bytes:
    """A form as `build_workbook` draws it, without the other sheets: in a tenth of the time."""
    book, made = Book(), BytesIO()
    draw(book, filling)
    book.workbook.save(made)
    return finish_template(made.getvalue(), book.values)


def _convert(command: list[str], target: Path, environment: dict[str, str] | None = None) -> None:
    subprocess.run(
        command, check=True, capture_output=True, timeout=_CONVERSION_SECONDS, env=environment
    )
    assert target.exists(), f"{command[0]} wrote no {target.name}"
