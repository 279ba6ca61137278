"""Workbooks protected by a password to open them: clear in memory alone, never on the disk.

The one door: what reads a file gets its clear bytes here, what writes one in the place of a
protected workbook, or out of it, protects it here. Everything between sees clear bytes only. What
opening needs is loaded when a protected file is met.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.files.protection.cipher import Lock
    from cedre_xlsx.files.protection.envelope import Envelope

#: How compound files begin: protected workbooks, and old formats.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class ClearBytes(bytes):
    """What a protected file holds; `on_disk` is the SHA-256 of the file as it lies there."""

    on_disk: str


def clear_bytes(data: bytes, path: Path) -> bytes:
    """What a file holds, decrypted when it is a protected workbook; other files as they are.

    Raises CedreError, which says why and what to do, when it cannot be opened: nobody gives the
    password, it is wrong, the file is damaged, the scheme unknown, the library not installed.
    """
    if not data.startswith(OLE):
        return data
    from cedre_xlsx.files.protection.cipher import BrokenPackageError, decrypted
    from cedre_xlsx.files.protection.envelope import damaged, envelope_of
    from cedre_xlsx.files.protection.keyring import held

    envelope = envelope_of(data, path)
    if envelope is None:
        return data
    lock = held().lock(envelope, path)
    try:
        clear = ClearBytes(decrypted(envelope, lock))
    except BrokenPackageError:
        raise damaged(path) from None
    clear.on_disk = hashlib.sha256(data).hexdigest()
    return clear


def digest_on_disk(data: bytes) -> str:
    """The SHA-256 of the file that these bytes were read from."""
    return data.on_disk if isinstance(data, ClearBytes) else hashlib.sha256(data).hexdigest()


def is_protected(path: Path) -> bool:
    """Whether a file is a workbook that a password opens, a damaged one of these included."""
    try:
        return _envelope_at(path) is not None
    except CedreError:
        return True


def first_protected(paths: Iterable[Path | str]) -> Path | None:
    """The first of some files that is such a workbook."""
    return next((one for one in map(Path, paths) if is_protected(one)), None)


def protected_like(data: bytes, source: Path) -> bytes:
    """The bytes to write: encrypted with the password of `source` when that is protected.

    They were decrypted again and compared. Raises CedreError when the password is not known any
    more, or when what comes out is not what was encrypted; OSError when `source` is not there.
    """
    return _enveloped(_envelope_at(source), data, source)


def protected_as(there: bytes, data: bytes, path: Path) -> bytes:
    """The bytes to write, protected as `there` is, which lies at `path` now; errors as above."""
    return _enveloped(_envelope_in(there, path), data, path)


def _enveloped(envelope: Envelope | None, data: bytes, source: Path) -> bytes:
    if envelope is None:
        return data
    from cedre_xlsx.files.protection.cipher import encrypted
    from cedre_xlsx.files.protection.keyring import held

    keyring = held()
    lock = keyring.lock(envelope, source)
    made = encrypted(data, lock)
    keyring.keep(hashlib.sha256(made).hexdigest(), _proved(made, data, lock, source))
    return made


def _envelope_at(path: Path) -> Envelope | None:
    with path.open("rb") as file:
        head = file.read(len(OLE))
        if head != OLE:
            return None
        return _envelope_in(head + file.read(), path)


def _envelope_in(data: bytes, path: Path) -> Envelope | None:
    if not data.startswith(OLE):
        return None
    from cedre_xlsx.files.protection.envelope import envelope_of

    return envelope_of(data, path)


def _proved(made: bytes, data: bytes, lock: Lock, path: Path) -> Lock:
    """How the new file is opened; CedreError unless its password gives back what it holds."""
    from cedre_xlsx.files.protection.cipher import BrokenPackageError, decrypted, unlocked
    from cedre_xlsx.files.protection.envelope import envelope_of

    new = None
    with contextlib.suppress(CedreError, BrokenPackageError):
        envelope = envelope_of(made, path)
        new = unlocked(envelope, lock.password) if envelope else None
        if envelope and new and decrypted(envelope, new) == data:
            return new
    raise CedreError(
        f"{path} : le fichier chiffré ne se rouvre pas à l'identique ; rien n'est écrit. Mettez à "
        "jour l'extra « password », ou enlevez le mot de passe le temps de cette commande."
    )
