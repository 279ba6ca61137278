"""`shortcuts`: files to double-click beside a workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cedre_xlsx.api.arguments import checked, chosen
from cedre_xlsx.files.replace import write_new
from cedre_xlsx.files.stand_ins import missing
from cedre_xlsx.launchers.actions import (
    ACTIONS,
    INSTALLED,
    Launcher,
    LaunchTarget,
    System,
    Tool,
    python_tool,
)
from cedre_xlsx.launchers.scripts import batch_file, desktop_entry, is_windows_name, shell_script
from cedre_xlsx.schema.errors import CedreError

_EXECUTABLE = 0o111


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The files that were written, and for which system.

    `elsewhere` says that they are for another computer: they call the `cedre-xlsx` installed there.
    """

    paths: tuple[Path, ...]
    system: System
    elsewhere: bool


def this_system() -> System:
    """The system that runs this program."""
    match sys.platform:
        case "win32":
            return System.WINDOWS
        case "darwin":
            return System.MACOS
        case _:
            return System.LINUX


@checked
def shortcuts(
    path: Path | str,
    *,
    folder: Path | str | None = None,
    system: System | str | None = None,
    force: bool = False,
    interpreter: Path | str = sys.executable,
) -> Shortcuts:
    """Write the files to double-click: Vérifier, Actualiser, Verser…

    They go beside the workbook, or in `folder`, which is made where it does not exist, and are
    for this system unless another one is named. They run `interpreter`; for another system, the
    `cedre-xlsx` that is installed there, and they find the workbook beside them only. Raises
    CedreError when a file is already there (unless `force`), and writes none then.
    """
    path = Path(path)
    wanted, here = chosen(System, system or this_system(), "un système"), this_system()
    folder = Path(folder) if folder is not None else path.parent
    _ensure_workbook(path)
    beside = folder.exists() and folder.samefile(path.parent)
    elsewhere = wanted is not here
    if elsewhere and not beside:
        raise CedreError(
            f"{folder} : pour un autre système, ces fichiers se mettent à côté du classeur ; "
            "enlevez --to."
        )
    if wanted is System.WINDOWS and not is_windows_name(path.name):
        raise CedreError(
            f"{path} : Windows n'accepte pas ce nom de classeur ; renommez-le d'abord."
        )
    target = LaunchTarget(path.name if beside else "", "" if elsewhere else str(path.absolute()))
    tool = INSTALLED if elsewhere else python_tool(str(interpreter))
    files = [
        one
        for action in ACTIONS
        for one in _files(action, tool, target, folder.absolute(), wanted, elsewhere=elsewhere)
    ]
    _write(files, folder, force=force)
    return Shortcuts(tuple(file.path for file in files), wanted, elsewhere)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    data: bytes
    runs: bool


def _ensure_workbook(path: Path) -> None:
    if not path.exists():
        raise CedreError(missing(path))
    if path.is_dir():
        raise CedreError(f"{path} : c'est un dossier ; donnez le nom du classeur.")


def _files(
    action: Launcher,
    tool: Tool,
    target: LaunchTarget,
    folder: Path,
    system: System,
    *,
    elsewhere: bool,
) -> Iterator[_File]:
    """What one action needs on a system; an entry of a menu is made for this computer only."""
    stem = folder / action.name
    if system is System.WINDOWS:
        yield _File(Path(f"{stem}.cmd"), batch_file(action, tool, target), runs=False)
        return
    script = Path(f"{stem}.command" if system is System.MACOS else f"{stem}.sh")
    yield _File(script, shell_script(action, tool, target), runs=True)
    if system is System.LINUX and not elsewhere:
        yield _File(Path(f"{stem}.desktop"), desktop_entry(action, tool, target), runs=True)


def _write(files: list[_File], folder: Path, *, force: bool) -> None:
    for file in files:
        if file.path.exists() and not force:
            raise CedreError(
                f"{file.path} existe déjà ; rien n'est écrit. Choisissez un autre dossier avec "
                "--to, ou ajoutez --force pour remplacer."
            )
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        write_new(file.path, file.data, overwrite=force)
        if file.runs:
            file.path.chmod(file.path.stat().st_mode | _EXECUTABLE)
