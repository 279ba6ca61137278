"""Who writes a file at this moment: two programs of ours never write the same one together.

The system's own locks serve, which end with the process, however it ends. A drive that has none
goes without: what is written is then guarded by its digest alone.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cedre_xlsx.schema.errors import CedreError

_PATIENCE, _PAUSE = 10.0, 0.01  # seconds: a turn lasts as long as writing one file
#: On a drive without locks, a file left for so long is nobody's any more.
_STALE = 3600.0  # seconds


def claim(file: IO[bytes]) -> bool:
    """Mark an open file as ours until it is closed; False when it is another's.

    Raises OSError where the drive knows no such marks.
    """
    if sys.platform == "win32":
        return True  # there, an open file cannot be removed, which is mark enough
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def turn(target: Path, shown: Path) -> Iterator[IO[bytes] | None]:
    """Wait until nobody else replaces the file, then be the one who does: the file, open; None
    where an open file could not be replaced.

    Raises CedreError after ten seconds.
    """
    if sys.platform == "win32":
        yield None
        return
    end = time.monotonic() + _PATIENCE
    while True:
        with target.open("rb") as file:
            mine, late = _claimed_where_possible(file), time.monotonic() > end
            # Where another has just put a new file in its place, that one is to be claimed. Some
            # drives never say the same of a file twice: the digest guards it there.
            if mine and (late or os.path.samestat(os.fstat(file.fileno()), target.stat())):
                yield file
                return
        if late:
            raise CedreError(
                f"{shown} : une autre actualisation l'écrit en ce moment ; rien n'est écrit. "
                "Attendez qu'elle finisse, puis recommencez."
            )
        time.sleep(0 if mine else _PAUSE)


def _claimed_where_possible(file: IO[bytes]) -> bool:
    """True on a drive without locks too."""
    try:
        return claim(file)
    except OSError:
        return True


def is_abandoned(path: Path) -> bool:
    """Whether no process writes that temporary file any more."""
    try:
        with path.open("rb") as file:
            return claim(file)
    except OSError:
        with contextlib.suppress(OSError):
            return time.time() - path.stat().st_mtime > _STALE
        return False
