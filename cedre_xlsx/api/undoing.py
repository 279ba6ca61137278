"""Writing over what was shown alone, and taking back the last write: the bytes that were there
before, put in their place again.
"""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import digest_on_disk
from cedre_xlsx.files.replace import put_back, remove_all_leftovers, remove_leftovers
from cedre_xlsx.files.shown import Shown, only_over


def digest(path: Path | str) -> str:
    """The SHA-256 of a file as it lies on the disk, by which it is known to be still the same."""
    return digest_on_disk(Path(path).read_bytes())


def as_shown(path: Path | str, sha256: str) -> AbstractContextManager[Shown]:
    """Meanwhile, a verb writes this workbook only where it is still the one of that digest.

        with api.as_shown("suivi.xlsx", digest) as shown:
            api.refresh("suivi.xlsx")

    Else it raises ChangedError, and leaves the file as it is. `shown.sha256` is then the digest of
    what was written.
    """
    return only_over(Path(path), sha256)


@checked
def undo(path: Path | str, before: bytes, *, sha256: str) -> None:
    """Put back what a workbook was before it was written, byte for byte.

    `sha256` is the digest of what was written. Raises CedreError, and leaves the file as it is,
    when it is another now, or open elsewhere.
    """
    path = Path(path)
    ensure_writable(path)
    put_back(path, before, expected_sha256=sha256)


@checked
def remove_folder(path: Path | str) -> bool:
    """Remove a folder that was made, with what a killed process was writing there; False where it
    is gone, or something else lies in it.
    """
    try:
        remove_all_leftovers(Path(path))
        Path(path).rmdir()
    except OSError:
        return False
    return True


@checked
def remove_unfinished(path: Path | str) -> None:
    """Remove what a process that was killed while it wrote this file left hidden beside it.

    What a living process writes stays.
    """
    with contextlib.suppress(OSError):
        remove_leftovers(Path(path))


@checked
def remove_made(path: Path | str, *, sha256: str) -> bool:
    """Remove a file that was made; False where it is gone, or another now: then it stays."""
    path = Path(path)
    if not path.is_file() or digest(path) != sha256:
        return False
    path.unlink()
    return True
