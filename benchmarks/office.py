"""LibreOffice opening a workbook and saving it again: `python -m benchmarks.office save FICHIER`.

`bare` does the same to a copy without any conditional format, made at the first run: what colours
cost is the ratio of both.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_COLOURS = re.compile(rb"<conditionalFormatting.*?</conditionalFormatting>", re.DOTALL)
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def program() -> str | None:
    """The command of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def bare_copy(path: Path) -> Path:
    """The workbook without its conditional formats, made once beside it."""
    copy = path.with_suffix(".bare.xlsx")
    if not copy.exists() or copy.stat().st_mtime < path.stat().st_mtime:
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                new.writestr(name, _COLOURS.sub(b"", content) if _SHEET.match(name) else content)
    return copy


def save(path: Path) -> None:
    """Open the workbook and save it elsewhere; the settings, made by the first run, are kept."""
    command = program()
    assert command is not None, "LibreOffice is not installed"
    settings = path.parent / "libreoffice"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [command, f"-env:UserInstallation={settings.resolve().as_uri()}", "--headless",
             "--convert-to", "xlsx", "--outdir", folder, str(path)],
            check=True, capture_output=True,
        )  # fmt: skip
        if not (Path(folder) / path.name).exists():
            raise SystemExit(f"LibreOffice did not save {path}")


if __name__ == "__main__":
    given = Path(sys.argv[2])
    save(bare_copy(given) if sys.argv[1] == "bare" else given)
