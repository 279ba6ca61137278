"""What a run has made so far, beside its result: one that was interrupted is taken up again.

The file holds figures, and for the antennas of an association the names of people: it is the
user's own, nobody else may read it, and it goes when the result is written.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cedre_xlsx._version import __version__
from cedre_xlsx.files.turns import claim
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.system_errors import system_words

_MODE = 0o600
_BEGINNING = b"cedre-xlsx, reprise "
_LENGTH = 64  # signs of a digest
_PREFIX, _SUFFIX = ".", ".reprise"


class Kept:
    """Results by the digest of their file. Those of another version, or other options, are none."""

    def __init__(self, path: Path, file: IO[bytes], key: str) -> None:
        self.path = path
        self._file = file
        self._head = _BEGINNING + _digest(f"{__version__}\n{key}".encode()) + b"\n"
        self._places: dict[str, int] = {}
        self._end = 0
        self._find()

    def __len__(self) -> int:
        return len(self._places)

    def get(self, digest: str) -> bytes | None:
        """The result of a file; None where there is none, or not as it was written."""
        place = self._places.get(digest)
        if place is None:
            return None
        self._file.seek(place)
        return _result(self._file.readline(), digest.encode())

    def put(self, digest: str, result: bytes) -> None:
        """Keep a result, one line, at once: what is killed then has it. ValueError for several."""
        if b"\n" in result:
            raise ValueError("a result is one line")
        line = b" ".join((digest.encode(), _digest(result), result)) + b"\n"
        self._file.seek(self._end)
        self._file.write(line)
        self._file.flush()
        self._places[digest] = self._end
        self._end += len(line)

    def _find(self) -> None:
        """Where each result stands; what follows the last whole line is cut off."""
        self._file.seek(0)
        head = self._file.readline()
        if head == self._head:
            self._end = len(head)
            for line in self._file:
                if not line.endswith(b"\n"):
                    break
                self._places[line[:_LENGTH].decode("ascii", "replace")] = self._end
                self._end += len(line)
        self._file.seek(self._end)
        self._file.truncate()
        if not self._end:
            self._file.write(self._head)
            self._file.flush()
            self._end = len(self._head)


@contextlib.contextmanager
def kept_beside(output: Path, key: str) -> Iterator[Kept]:
    """What was kept for that result with those options, and will be; it goes when the work inside
    ends well, and stays when it does not.

    Raises CedreError where it cannot be kept, or another run writes it.
    """
    path = kept_path(output)
    try:
        file = _opened(path)
    except OSError as error:
        raise CedreError(
            f"{path} : le fichier de reprise ne peut pas être écrit ({system_words(error)}). "
            "Choisissez un autre dossier avec -o, ou enlevez --resume."
        ) from None
    is_wanted = False
    try:
        with file:
            _claimed(file, output)
            kept = Kept(path, file, key)
            try:
                yield kept
            except BaseException:
                is_wanted = len(kept) > 0
                raise
    except _TakenError:
        is_wanted = True
        raise
    finally:
        if not is_wanted:
            path.unlink(missing_ok=True)


class _TakenError(CedreError):
    """Another run writes that file."""


def _claimed(file: IO[bytes], output: Path) -> None:
    with contextlib.suppress(OSError):  # a drive without locks
        if not claim(file):
            raise _TakenError(
                f"{output} : une autre consolidation y travaille. Attendez qu'elle finisse."
            )


def kept_path(output: Path) -> Path:
    """Where what is kept for a result lies."""
    target = output.resolve()
    return target.with_name(f"{_PREFIX}{target.name}{_SUFFIX}")


def _opened(path: Path) -> IO[bytes]:
    """The file of an earlier run, or a new one where others could have written in that one."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    file = os.fdopen(os.open(path, flags, _MODE), "r+b")
    if sys.platform != "win32" and not _is_ours_alone(file):
        file.close()
        path.unlink()
        file = os.fdopen(os.open(path, flags | os.O_EXCL, _MODE), "r+b")
    return file


def _is_ours_alone(file: IO[bytes]) -> bool:
    there = os.fstat(file.fileno())
    is_private = not stat.S_IMODE(there.st_mode) & ~_MODE
    return stat.S_ISREG(there.st_mode) and there.st_uid == os.getuid() and is_private


def _result(line: bytes, digest: bytes) -> bytes | None:
    found, proof, result = (*line.rstrip(b"\n").split(b" ", 2), b"", b"", b"")[:3]
    return result if found == digest and proof == _digest(result) else None


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
