"""Other programs, run on workbooks: each opens one, changes a text cell, and saves it its own way.

Those without a command to change a cell are given a workbook in which it is changed already. Many
workbooks go to one process of a program, since starting is what takes long.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.workbook.package.host import Host
from tests.hands import typed
from tests.package_edits import as_range, renamed

HERE = Path(__file__).parent
_SECONDS = 300  # for a whole batch of any program
_WORDS = 300  # of an error that are told
_VENV = HERE / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"


@dataclass(frozen=True, slots=True)
class Edit:
    """The text cell that is changed."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A workbook as a program saved it, or the words with which it did not."""

    data: bytes
    error: str = ""


Batch = Sequence[tuple[bytes, Edit]]


def missing(needs: Sequence[str]) -> str:
    """Which command, file or folder is not there; "" when all are."""
    for need in needs:
        if shutil.which(need) is None and not (HERE / need).exists():
            return f"{need} is not there: see tests/programs/install.sh"
    return ""


@dataclass(frozen=True, slots=True)
class Program:
    """One program: its name in tables of tests, what it is called, and how a batch is saved.

    `writes` is the kind of file that comes out; `needs` are the commands, files or folders (those
    are beside this file) without which it cannot run.
    """

    name: str
    label: str
    save: Callable[[str, Batch, Path], list[Saved]]
    needs: tuple[str, ...] = ()
    writes: str = "xlsx"

    @property
    def missing(self) -> str:
        """Why it cannot run here; "" when it can."""
        return missing(self.needs)

    def saved(self, batch: Batch) -> list[Saved]:
        """Every workbook of a batch as this program saves it."""
        with tempfile.TemporaryDirectory(prefix="programs_") as folder:
            return self.save(self.name, batch, Path(folder))


def _scripted(*command: str) -> Callable[[str, Batch, Path], list[Saved]]:
    """Libraries: a script of ours reads jobs as JSON and says what went wrong with each."""

    def save(name: str, batch: Batch, folder: Path) -> list[Saved]:
        jobs = [
            {"program": name, "source": str(source), "target": str(_target(source)),
             "sheet": edit.sheet, "cell": edit.cell, "text": edit.text}
            for source, (_, edit) in zip(_written(batch, folder), batch, strict=True)
        ]  # fmt: skip
        errors = json.loads(_run(*command, text=json.dumps(jobs)))
        return [_saved(Path(job["target"]), error) for job, error in zip(jobs, errors, strict=True)]

    return save


def _with_r(name: str, batch: Batch, folder: Path) -> list[Saved]:
    sources = _written(batch, folder)
    lines = []
    for source, (_, edit) in zip(sources, batch, strict=True):
        row, column = coordinate_to_tuple(edit.cell)
        lines.append(f"{source}\t{_target(source)}\t{edit.sheet}\t{row}\t{column}\t{edit.text}\n")
    errors = _run("Rscript", str(HERE / "resave.R"), text="".join(lines)).split("\n")
    return [_saved(_target(source), error) for source, error in zip(sources, errors, strict=False)]


def _libreoffice_by(*kinds: str) -> Callable[[str, Batch, Path], list[Saved]]:
    """LibreOffice, from one kind of file to the next."""

    def save(name: str, batch: Batch, folder: Path) -> list[Saved]:
        paths = _written(_edited(batch), folder)
        for kind in kinds:
            paths = converted(paths, kind, folder / f"as_{kind}_{len(kinds)}_{paths[0].suffix[1:]}")
        return [_saved(path) for path in paths]

    return save


def saved_by_libreoffice(batch: Batch) -> dict[str, Saved]:
    """One workbook as each of the programs that end in LibreOffice saves it, which starts three
    times for them all instead of seven.
    """
    with tempfile.TemporaryDirectory(prefix="programs_") as name:
        folder = Path(name)
        [source] = _written(_edited(batch), folder)
        found = {"libreoffice": source.read_bytes()}
        for kind in ("ods", "xls"):
            [path] = converted([source], kind, folder / kind)
            found[f"libreoffice-{kind}"] = path.read_bytes()
        suffixes = ["xlsx", "ods", "xls"]
        if shutil.which("calligraconverter"):
            [made] = _calligra("calligra", batch, folder)
            assert not made.error, made.error
            found["calligra-libreoffice"] = made.data
            suffixes.append("ods")
        paths = [folder / f"{name}.{kind}" for name, kind in zip(found, suffixes, strict=True)]
        for path, data in zip(paths, found.values(), strict=True):
            path.write_bytes(data)
        saved = converted(paths, "xlsx", folder / "fait")
        return {name: _saved(path) for name, path in zip(found, saved, strict=True)}


def converted(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Files as LibreOffice saves them in another kind, in one run."""
    program = shutil.which("soffice") or "libreoffice"
    _run(
        program, f"-env:UserInstallation={_profile().as_uri()}", "--headless",
        "--convert-to", kind, "--outdir", str(folder), *map(str, paths),
    )  # fmt: skip
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]


@cache
def _profile() -> Path:
    """The settings of LibreOffice, of this process alone: two cannot share them at once."""
    made = tempfile.mkdtemp(prefix="lo_profile_")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def _gnumeric(name: str, batch: Batch, folder: Path) -> list[Saved]:
    return [
        _one_by_one(source, ("ssconvert", str(source), str(_target(source))))
        for source in _written(_edited(batch), folder)
    ]


def _calligra(name: str, batch: Batch, folder: Path) -> list[Saved]:
    return [
        _one_by_one(source, ("calligraconverter", str(source), str(_target(source, "ods"))), "ods")
        for source in _written(_edited(batch), folder)
    ]


def _calligra_then_libreoffice(name: str, batch: Batch, folder: Path) -> list[Saved]:
    made = _calligra(name, batch, folder)
    paths = [folder / f"{number}.ods" for number, one in enumerate(made) if not one.error]
    for path, one in zip(paths, (one for one in made if not one.error), strict=True):
        path.write_bytes(one.data)
    found = iter(converted(paths, "xlsx", folder / "fait")) if paths else iter(())
    return [one if one.error else _saved(next(found)) for one in made]


def _as_ranges(name: str, batch: Batch, folder: Path) -> list[Saved]:
    """« Convertir en plage » on every table."""
    made = []
    for data, _ in _edited(batch):
        for sheet in Host(Package(data)).sheets():
            data = as_range(data, sheet.title) if sheet.is_worksheet else data
        made.append(Saved(data))
    return made


def _renamed(name: str, batch: Batch, folder: Path) -> list[Saved]:
    """Every table has another name, in formulas too, as Excel does it."""
    return [Saved(renamed(data, _table_names(data))) for data, _ in _edited(batch)]


def _table_names(data: bytes) -> list[str]:
    return [root.get("name", "") for _, root in Host(Package(data)).tables()]


def _one_by_one(source: Path, command: tuple[str, ...], kind: str = "xlsx") -> Saved:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_SECONDS, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return _saved(_target(source, kind), (done.stderr or done.stdout) if done.returncode else "")


def _edited(batch: Batch) -> list[tuple[bytes, Edit]]:
    return [(typed(data, edit.sheet, {edit.cell: edit.text}), edit) for data, edit in batch]


def _written(batch: Batch, folder: Path) -> list[Path]:
    paths = [folder / f"{number}.xlsx" for number in range(len(batch))]
    for path, (data, _) in zip(paths, batch, strict=True):
        path.write_bytes(data)
    return paths


def _target(source: Path, kind: str = "xlsx") -> Path:
    return source.with_name(f"{source.stem}_saved.{kind}")


def _saved(path: Path, error: str | None = "") -> Saved:
    if not error and path.exists():
        return Saved(path.read_bytes())
    return Saved(b"", " ".join((error or "wrote nothing").split())[-_WORDS:])


def _run(*command: str, text: str = "") -> str:
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=_SECONDS, check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, f"{command[0]}: {done.stderr[-2000:]}"
    return done.stdout


_HERE = _scripted(sys.executable, str(HERE / "resave.py"))
_PYTHON = _scripted(str(_VENV), str(HERE / "resave.py"))
_NODE = _scripted("node", str(HERE / "resave.cjs"))


def node_package(name: str) -> tuple[str, ...]:
    """What a package of node needs."""
    return ("node", f"node_modules/{name}")


_INSTALLED = (str(_VENV.relative_to(HERE)),)

#: In the order in which people are likely to meet them.
PROGRAMS: tuple[Program, ...] = (
    Program("libreoffice", "LibreOffice Calc", _libreoffice_by("xlsx"), ("soffice",)),
    Program("libreoffice-ods", "LibreOffice Calc, par un .ods", _libreoffice_by("ods", "xlsx"),
            ("soffice",)),
    Program("libreoffice-xls", "LibreOffice Calc, par un .xls", _libreoffice_by("xls", "xlsx"),
            ("soffice",)),
    Program("gnumeric", "Gnumeric", _gnumeric, ("ssconvert",)),
    Program("calligra", "Calligra Sheets (écrit un .ods)", _calligra, ("calligraconverter",),
            "ods"),
    Program("calligra-libreoffice", "Calligra Sheets, puis LibreOffice",
            _calligra_then_libreoffice, ("calligraconverter", "soffice")),
    Program("ranges", "Excel, « Convertir en plage »", _as_ranges),
    Program("renamed", "Excel, tableaux renommés", _renamed),
    Program("openpyxl", "openpyxl (Python)", _HERE),
    Program("wolfxl", "wolfxl (Python)", _PYTHON, _INSTALLED),
    Program("rustypyxl", "rustypyxl (Python)", _PYTHON, _INSTALLED),
    Program("oxlsx", "oxlsx (Python)", _PYTHON, _INSTALLED),
    Program("aspose", "aspose-cells-foss (Python)", _PYTHON, _INSTALLED),
    Program("exceljs", "exceljs (node)", _NODE, node_package("exceljs")),
    Program("protobi-exceljs", "@protobi/exceljs (node)", _NODE, node_package("@protobi/exceljs")),
    Program("sheetjs", "SheetJS (node)", _NODE, node_package("xlsx")),
    Program("xlsx-populate", "xlsx-populate (node)", _NODE, node_package("xlsx-populate")),
    Program("excelize", "excelize (wasm, node)", _NODE, node_package("excelize-wasm")),
    Program("openxlsx", "openxlsx (R)", _with_r, ("Rscript",)),
)  # fmt: skip
