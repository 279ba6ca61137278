"""Whether a workbook is free to be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cedre_xlsx.schema.errors import CedreError, OpenElsewhereError

_HOLDER_LENGTH = 64  # bytes read for a holder's name


def ensure_writable(path: Path, otherwise: str = "écrivez ailleurs avec -o") -> None:
    """Raise CedreError when the workbook is open elsewhere, or may not be written.

    `otherwise` is what else may be done about one that may not.
    """
    if not path.exists():
        from cedre_xlsx.files.stand_ins import missing  # reading asks for locks

        raise CedreError(missing(path))
    target = path.resolve()
    ensure_closed(path)
    if not may_write(target):
        raise CedreError(
            f"{path} : le fichier est en lecture seule ; rien n'est écrit. Enlevez cette "
            f"protection dans ses propriétés, ou {otherwise}."
        )
    if os.name != "nt" and not may_write(target.parent):  # there, a mark of another meaning
        raise CedreError(
            f"{path} : le dossier {target.parent} est en lecture seule ; rien n'est écrit. "
            f"Vérifiez vos droits, ou {otherwise}."
        )


def ensure_closed(path: Path) -> None:
    """Raise OpenElsewhereError when somebody has it open: what is not saved is not in the file."""
    for lock, program, holder in _locks(path.resolve()):
        who = f" par {holder}" if holder else ""
        raise OpenElsewhereError(
            f"{path} : le classeur est ouvert{who} dans {program} ; rien n'est écrit. Fermez-le, "
            f"puis recommencez. Si personne ne l'a ouvert (après une panne), supprimez le fichier "
            f"caché {lock.name} du même dossier."
        )


def may_write(path: Path) -> bool:
    """Whether its rights let it be written: an administrator obeys a protection too."""
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


def _locks(target: Path) -> Iterator[tuple[Path, str, str]]:
    """The lock files that stand beside it: the file, its program, the holder's name."""
    if not target.name:  # the root of a disk
        return
    names = {f"~${target.name}"}
    if len(target.name) > 6:  # Excel overwrites the first two letters of a long name
        names.add(f"~${target.name[2:]}")
    for name in sorted(names):
        lock = target.with_name(name)
        if lock.exists():
            yield lock, "Excel", _excel_holder(lock)
    lock = target.with_name(f".~lock.{target.name}#")
    if lock.exists():
        yield lock, "LibreOffice", _libreoffice_holder(lock)


def _excel_holder(lock: Path) -> str:
    """The first byte is the length of the name that follows; "" where it cannot be read."""
    try:
        with lock.open("rb") as file:
            data = file.read(_HOLDER_LENGTH)
    except OSError:  # Excel holds it
        return ""
    length = data[0] if data else 0
    if length >= _HOLDER_LENGTH:  # no file of Excel's: its first byte counts a name
        return ""
    return _clean(data[1 : 1 + length].decode("cp1252", "replace"))


def _libreoffice_holder(lock: Path) -> str:
    """The first field is the user's name; the second the system's, where the first is empty."""
    try:
        with lock.open("rb") as file:
            fields = file.read(4096).decode("utf-8", "replace").split(",")
    except OSError:
        return ""
    return next((name for name in map(_clean, fields[:2]) if name), "")


def _clean(name: str) -> str:
    return "".join(char for char in name if char.isprintable()).strip()
