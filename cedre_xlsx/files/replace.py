"""Writing a file whole or not at all: beside it first, then in its place in one step."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cedre_xlsx.files.locks import may_write
from cedre_xlsx.files.new_files import note_new
from cedre_xlsx.files.protection import OLE, protected_as
from cedre_xlsx.files.protection.keyring import note_written
from cedre_xlsx.files.shown import ensure_shown, note_replaced
from cedre_xlsx.files.turns import claim, is_abandoned, turn
from cedre_xlsx.method.text import path_text
from cedre_xlsx.schema.errors import CedreError, ChangedError
from cedre_xlsx.schema.system_errors import system_words

#: What a file being written is called; one that a killed process left is removed by the next.
_PREFIX, _SUFFIX = ".cedre-", ".tmp"
_MARK_LENGTH = 12
#: What is said of a file that was replaced and had other names (`has_other_names`).
LINKED = (
    "ce fichier a un autre nom sur le disque (lien physique), qui garde l'ancien contenu : il ne "
    "suit plus celui-ci."
)


def replace_file(path: Path, data: bytes, *, expected_sha256: str) -> str:
    """Put `data` in the place of `path`, which must still be the file that was read; the SHA-256 of
    what lies there now.

    A file protected by a password stays so: `data` is encrypted with the one that opened it.
    The permissions stay; a symbolic link goes on pointing to the file; a hard link keeps the old
    content (`LINKED`): written in place instead, an interrupted file would be lost. Raises
    CedreError, and leaves the file as it is, when it changed in the meantime or cannot be replaced.
    """
    target = path.resolve()
    ensure_shown(target, expected_sha256)
    with _refusals_explained(path), turn(target, path) as held:
        there = target.read_bytes() if held is None else held.read()
        stored = protected_as(unchanged(there, path, expected_sha256), data, target)
        _replaced(target, stored, path, expected_sha256)
    sha256 = _digest(stored)
    note_replaced(target, sha256)
    return sha256


def put_back(path: Path, stored: bytes, *, expected_sha256: str) -> None:
    """The same with the bytes of a file as they lay on the disk, encrypted where they were."""
    target = path.resolve()
    with _refusals_explained(path), turn(target, path):
        _replaced(target, stored, path, expected_sha256)


def _replaced(target: Path, stored: bytes, shown: Path, expected_sha256: str) -> None:
    with _written_beside(target, stored) as written:
        unchanged(target.read_bytes(), shown, expected_sha256)
        written.replace(target)
        _synced_folder(target.parent)


def unchanged(there: bytes, shown: Path, expected_sha256: str) -> bytes:
    """What lies there; ChangedError, which names `shown`, where it is not what was read."""
    if _digest(there) != expected_sha256:
        raise ChangedError(
            f"{shown} : le fichier a changé pendant le travail ; rien n'est écrit. Recommencez."
        )
    return there


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def has_other_names(path: Path) -> bool:
    """Whether the file has other names, hard links, on its disk.

    They keep the old content when it is replaced, as they do when Excel or LibreOffice saves it.
    """
    try:
        return path.resolve().stat().st_nlink > 1
    except OSError:
        return False


def write_new(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file; without `overwrite`, one that exists is an error and stays."""
    with _refusals_explained(path):
        ensure_may_be_written(path)
        if path.exists() and not overwrite:
            raise already_there(path)
        target = path.resolve() if path.is_symlink() else path
        note_new(target, overwrite=overwrite)
        with _written_beside(target, data) as written:
            _put(written, target, path, overwrite=overwrite)
            _synced_folder(target.parent)
    note_written(path, protected=data.startswith(OLE))


def ensure_may_be_written(path: Path) -> None:
    """Raise CedreError where no file can be: a folder, a device, a folder that is not there."""
    with _refusals_explained(path):
        target = path.resolve() if path.is_symlink() else path
        if target.is_dir():
            raise CedreError(f"{path} : c'est un dossier ; donnez le nom d'un fichier.")
        if not target.parent.is_dir():
            raise CedreError(
                f"{path_text(path)} : le dossier {path_text(target.parent)} n'existe pas ; "
                "créez-le d'abord."
            )
        if target.exists() and not target.is_file():
            raise CedreError(
                f"{path} : ce n'est pas un fichier ordinaire ; donnez le nom d'un fichier."
            )
        if target.exists() and not may_write(target):
            raise CedreError(
                f"{path} : le fichier est en lecture seule ; rien n'est écrit. Enlevez cette "
                "protection dans ses propriétés, ou donnez un autre nom."
            )


def ensure_new_workbook(target: Path, like: Path) -> None:
    """Raise CedreError where a workbook made of another may not go: where no file can be, another
    is, or its name would have another ending.
    """
    ensure_may_be_written(target)
    if target.exists():
        raise CedreError(f"{target} existe déjà ; rien n'est écrit. Donnez un autre nom après -o.")
    if target.suffix.lower() != like.suffix.lower():
        raise CedreError(
            f"{target} : le résultat est un classeur {like.suffix} ; donnez un nom de la même fin "
            "après -o. Rien n'est écrit."
        )


def remove_leftovers(path: Path) -> None:
    """Remove what an earlier process, killed while it wrote this file, left beside it."""
    target = path.resolve()
    _remove_abandoned(target.parent, _mark(target))


def remove_all_leftovers(folder: Path) -> None:
    """The same of every file of a folder."""
    _remove_abandoned(folder, "[0-9a-f]" * _MARK_LENGTH)


def _remove_abandoned(folder: Path, mark: str) -> None:
    for left in folder.glob(f"{_PREFIX}{mark}-*{_SUFFIX}"):
        if is_abandoned(left):
            with contextlib.suppress(OSError):
                left.unlink()


def _put(written: Path, target: Path, shown: Path, *, overwrite: bool) -> None:
    """In one step; where the system can link files, one that appeared meanwhile is kept."""
    if not overwrite:
        try:
            os.link(written, target)
        except FileExistsError as error:
            raise already_there(shown) from error
        except OSError:  # a drive without links
            if target.exists():
                raise already_there(shown) from None
        else:
            return
    written.replace(target)


def already_there(path: Path) -> CedreError:
    """What is said of a file that would be replaced without being asked."""
    return CedreError(
        f"{path} existe déjà ; rien n'est écrit. Choisissez un autre nom, ou ajoutez --force "
        "pour remplacer."
    )


@contextlib.contextmanager
def _written_beside(target: Path, data: bytes) -> Iterator[Path]:
    """A file in the same folder with that content, on the disk for certain; gone afterwards,
    unless it took another's place.
    """
    remove_leftovers(target)
    handle, name = tempfile.mkstemp(_SUFFIX, f"{_PREFIX}{_mark(target)}-", target.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(OSError):
                claim(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _make_like(written, target)
            if os.name == "nt":  # an open file cannot be renamed there
                file.close()
            yield written
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)


def _make_like(written: Path, target: Path) -> None:
    """The owner, the rights and the marks of the file whose place it takes."""
    if not target.exists():
        written.chmod(_new_file_mode())
        return
    there, here = target.stat(), written.stat()
    if sys.platform != "win32" and (there.st_uid, there.st_gid) != (here.st_uid, here.st_gid):
        for owner in ((-1, there.st_gid), (there.st_uid, -1)):  # the group may be all we can give
            with contextlib.suppress(OSError):
                os.chown(written, *owner)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(written, name, os.getxattr(target, name))
    written.chmod(stat.S_IMODE(there.st_mode))


def _mark(target: Path) -> str:
    name = target.name.encode("utf-8", "surrogatepass")
    return hashlib.sha256(name).hexdigest()[:_MARK_LENGTH]


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _synced_folder(folder: Path) -> None:
    """The new name on the disk too, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _refusals_explained(path: Path) -> Iterator[None]:
    """The system's refusals as sentences."""
    try:
        yield
    except PermissionError as error:
        raise CedreError(
            f"{path} : l'écriture est refusée ; rien n'est écrit. Fermez le fichier s'il est "
            "ouvert dans un autre programme, ou vérifiez vos droits sur le dossier."
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CedreError(
                f"{path} : le disque est plein ; rien n'est écrit{_intact(path)}. "
                "Libérez de la place, puis recommencez."
            ) from error
        if error.errno == errno.ENAMETOOLONG:
            raise CedreError(f"{path} : ce nom est trop long ; donnez-en un autre.") from error
        if error.errno == errno.EROFS:
            raise CedreError(
                f"{path} : le disque est en lecture seule ; rien n'est écrit. Choisissez un "
                "autre dossier avec -o."
            ) from error
        raise CedreError(
            f"{path} : l'écriture a échoué ({system_words(error)}) ; rien n'est "
            f"écrit{_intact(path)}. Si ce disque ne permet pas de remplacer un fichier, écrivez "
            "ailleurs avec -o, puis recopiez."
        ) from error


def _intact(path: Path) -> str:
    """What is said of the file that was to be replaced; "" where there is none."""
    with contextlib.suppress(OSError):
        return " et le fichier est intact" if path.exists() else ""
    return ""
