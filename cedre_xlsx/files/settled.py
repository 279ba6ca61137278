"""A file that somebody may be writing at this moment: a copy, a synchronisation, a download."""

from __future__ import annotations

import time
from pathlib import Path

from cedre_xlsx.schema.errors import UnfinishedFileError

_PACKAGE, _END = b"PK", b"PK\x05\x06"
_LONGEST_END = 65_557  # bytes from the last record of a package to its end
_NOTHING = b"\0\0\0\0"
#: Seconds between two looks at a file that is not whole, and those that are waited while it grows.
_PAUSE, _PATIENCE = 0.5, 8.0
#: Seconds after which nobody is at work on a file that is not whole.
_LONG_AGO = 600.0


def settled_bytes(path: Path) -> bytes:
    """The bytes of a file; those of one that is being written are waited for, some seconds.

    Raises UnfinishedFileError when it goes on, and when it has just stopped before the end.
    """
    end = time.monotonic() + _PATIENCE
    mark, data = _mark(path), path.read_bytes()
    while is_unfinished(data):
        time.sleep(_PAUSE)
        before, mark = mark, _mark(path)
        if mark == before:
            break
        if time.monotonic() > end:
            raise UnfinishedFileError(
                f"{path} : une copie ou une synchronisation est en cours, et le fichier n'est pas "
                "encore entier. Attendez qu'elle finisse, puis réessayez."
            )
        data = path.read_bytes()
    if data.strip(b"\0") and is_unfinished(data) and time.time() - path.stat().st_mtime < _LONG_AGO:
        raise UnfinishedFileError(
            f"{path} : le fichier n'est pas entier : une copie ou une synchronisation est en "
            "cours, ou vient d'être interrompue. Attendez un instant, puis réessayez ; si cela "
            "dure, copiez-le à nouveau ou reprenez une copie de sauvegarde."
        )
    return data


def is_unfinished(data: bytes) -> bool:
    """Whether a file lacks its end or its beginning: some programs lay its whole length first."""
    if data.startswith(_PACKAGE):
        return data.rfind(_END, -_LONGEST_END) < 0
    return not data or data.startswith(_NOTHING)


def _mark(path: Path) -> tuple[int, int]:
    there = path.stat()
    return there.st_size, there.st_mtime_ns
