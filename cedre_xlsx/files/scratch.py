"""A folder for what must not last: gone with who made it, or at the next start where that was
killed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cedre_xlsx.files.turns import claim, is_abandoned

_PREFIX, _MARK = "cedre-xlsx-", ".cedre"
#: Seconds before a folder without an owner counts as left: one is made before it is marked.
_YOUNG = 60.0


class Scratch:
    """A new folder, for this user alone, in the system's folder for such things."""

    def __init__(self) -> None:
        """Make it, and remove those that killed processes left."""
        remove_abandoned()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._mark = (self.path / _MARK).open("wb")
        with contextlib.suppress(OSError):  # a drive without locks
            claim(self._mark)

    def __enter__(self) -> Path:
        """The folder, gone at the end of the block."""
        return self.path

    def __exit__(self, *_: object) -> None:
        """Leave nothing of it."""
        self.close()

    def folder(self) -> Path:
        """A new folder in it."""
        return Path(tempfile.mkdtemp(dir=self.path))

    def close(self) -> None:
        """Leave nothing of it."""
        self._mark.close()
        shutil.rmtree(self.path, ignore_errors=True)


def remove_abandoned() -> None:
    """Remove such folders of this user whose process is gone."""
    for folder in _left():
        mark = folder / _MARK
        with contextlib.suppress(OSError):
            if is_abandoned(mark):
                mark.unlink()  # on Windows, refused while it is held
                shutil.rmtree(folder, ignore_errors=True)


def _left() -> Iterator[Path]:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            mark = folder / _MARK
            is_ours = not folder.is_symlink() and mark.is_file() and not mark.is_symlink()
            if is_ours and _is_mine(folder) and time.time() - mark.stat().st_mtime > _YOUNG:
                yield folder


def _is_mine(folder: Path) -> bool:
    return os.name == "nt" or folder.stat().st_uid == os.getuid()
