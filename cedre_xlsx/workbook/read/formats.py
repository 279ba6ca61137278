"""What kind of file it is, from its first bytes; what is no workbook of ours is said so."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from cedre_xlsx.files.protection import OLE, clear_bytes
from cedre_xlsx.files.settled import settled_bytes
from cedre_xlsx.files.stand_ins import (
    empty_advice,
    lock_advice,
    missing,
    name_advice,
    unreadable_advice,
)
from cedre_xlsx.schema.errors import CedreError

#: A workbook of ten thousand people takes about 10 MB.
_LARGEST = 400 * 1024 * 1024
_OLE_HEADER = 512  # bytes
#: Streams of an encrypted workbook: with a password it says how; with a label, who may.
_PASSWORD = "EncryptionInfo".encode("utf-16-le")
_RIGHTS = tuple(name.encode("utf-16-le") for name in ("DRMEncrypted", "DRMContent"))
_ENCRYPTED = tuple(name.encode("utf-16-le") for name in ("DataSpaces", "EncryptedPackage"))
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_SAVE_AS = "Ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le en .xlsx."
_FOLDER = "c'est un dossier. Donnez le nom d'un classeur .xlsx."
_NUMBERS = (
    "c'est un classeur de Numbers. Dans Numbers, Fichier, Exporter vers, Excel, puis donnez le "
    "fichier .xlsx."
)
_WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb")
_MOST_NAMED = 3


class Storage(Enum):
    """How the workbook is stored."""

    EXCEL = auto()  # .xlsx, .xlsm
    OPEN_DOCUMENT = auto()  # .ods


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, decrypted when it is a workbook that a password protects.

    Raises CedreError when it is missing, a folder, or cannot be opened.
    """
    return clear_bytes(stored_bytes(path), path)


def stored_bytes(path: Path) -> bytes:
    """The bytes of a file as they lie on the disk."""
    if said := lock_advice(path):
        raise CedreError(f"{path} : {said}")
    try:
        if path.is_dir():
            what = _NUMBERS if path.suffix.lower() == ".numbers" else _FOLDER
            raise CedreError(f"{path} : {what}")
        if path.stat().st_size > _LARGEST:
            raise CedreError(f"{path} : le fichier est trop gros pour un classeur de suivi.")
        return settled_bytes(path)
    except FileNotFoundError:
        raise CedreError(missing(path)) from None
    except PermissionError:
        raise CedreError(
            f"{path} : la lecture est refusée. Fermez-le dans Excel, ou vérifiez vos droits."
        ) from None
    except (OSError, ValueError) as error:
        raise CedreError(f"{path} : {unreadable_advice(error)}") from None


def refuse_unless_zip(data: bytes, path: Path) -> None:
    """CedreError, with what the file is instead, unless it may be a zip package."""
    refuse_empty(data, path)
    if data.startswith(b"PK"):
        return
    raise CedreError(f"{path} : {name_advice(path, data) or what_else(data)}")


def refuse_empty(data: bytes, path: Path) -> None:
    """CedreError when a file holds nothing."""
    if not data.strip(b"\0 \r\n\t"):
        raise CedreError(f"{path} : {empty_advice(path)}")


def what_else(data: bytes) -> str:
    """What a file is that is no zip package, and what to do."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if is_old_office(data):
        return _what_in_ole(data)
    if data.startswith(b"%PDF"):
        return "c'est un PDF, pas un classeur. Donnez le classeur .xlsx lui-même."
    if data.startswith(_PICTURES):
        return "c'est une image, pas un classeur. Donnez le classeur .xlsx lui-même."
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        return f"c'est une page web enregistrée comme un classeur. {_SAVE_AS}"
    if head.startswith(b"<"):
        return f"c'est un fichier XML, pas un classeur .xlsx. {_SAVE_AS}"
    if looks_like_text(data):
        return f"c'est un fichier texte (CSV, peut-être), pas un classeur. {_SAVE_AS}"
    return f"ce n'est pas un classeur .xlsx. {_SAVE_AS}"


def _what_in_ole(data: bytes) -> str:
    """An encrypted workbook, or an old one."""
    by_password = _PASSWORD in data
    by_label = any(name in data for name in _RIGHTS)
    if by_label or (not by_password and any(name in data for name in _ENCRYPTED)):
        return (
            "le classeur est chiffré par une étiquette de confidentialité (Microsoft Purview), pas "
            "par un mot de passe. Ouvrez-le dans Excel, choisissez une étiquette sans chiffrement "
            "(Accueil, Confidentialité), puis enregistrez-le, ou demandez-le à son auteur."
        )
    if by_password:
        return (
            "le classeur est protégé par un mot de passe. Ouvrez-le dans Excel, enlevez le mot de "
            "passe (Fichier, Informations, Protéger le classeur), puis enregistrez-le en .xlsx."
        )
    if _is_cut(data):
        return (
            "le fichier est abîmé ou incomplet. Si une copie est en cours, attendez qu'elle "
            "finisse ; sinon reprenez une copie de sauvegarde."
        )
    return f"c'est un ancien format (.xls ou .doc). {_SAVE_AS} Ce qui est tapé y reste."


def _is_cut(data: bytes) -> bool:
    """Whether a container ends before the list of what it holds, so that nobody can tell what."""
    if len(data) < _OLE_HEADER:
        return True
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 12)
    directory = int.from_bytes(data[48:52], "little")
    return (directory + 1) * sector >= len(data)


def is_old_office(data: bytes) -> bool:
    """Whether it is the container of the old formats, and of encrypted workbooks."""
    return data.startswith(OLE)


def is_encrypted(data: bytes) -> bool:
    """Whether such a container holds an encrypted workbook of today's format."""
    return any(name in data for name in (_PASSWORD, *_RIGHTS, *_ENCRYPTED))


def looks_like_text(data: bytes) -> bool:
    """Whether nothing at its beginning says that it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:4096]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) == 0


def _what_zip(names: list[str]) -> str:
    """A package that is no workbook: another program's, or an archive that may hold one."""
    if any(name.endswith(".iwa") for name in names):
        return _NUMBERS
    files = [name.replace("\\", "/").rpartition("/")[2] for name in names]
    inside = [name for name in files if name.lower().endswith(_WORKBOOKS) and name[:2] != "._"]
    if not inside:
        return "c'est une archive zip, pas un classeur. Donnez le classeur .xlsx lui-même."
    named = ", ".join(f"« {name} »" for name in inside[:_MOST_NAMED])
    return (
        f"c'est une archive zip, qui contient {named}. Décompressez-la (clic droit, Extraire "
        "tout), puis donnez le classeur."
    )


def container_of(names: list[str], mimetype: bytearray, manifest: bytearray, path: Path) -> Storage:
    """Which of our formats a package is, from its members; CedreError when it is another."""
    lowered = {name.replace("\\", "/").lower() for name in names}
    if mimetype:
        if b"encryption-data" in manifest:
            raise CedreError(
                f"{path} : le classeur est protégé par un mot de passe, et un .ods protégé n'est "
                "pas ouvert. Dans LibreOffice, enregistrez-le en .xlsx : là, le mot de passe peut "
                "rester."
            )
        if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Storage.OPEN_DOCUMENT
        raise CedreError(f"{path} : c'est un document, pas un classeur. {_SAVE_AS}")
    if any(name.endswith("workbook.bin") for name in lowered):
        raise CedreError(f"{path} : c'est un classeur binaire (.xlsb). {_SAVE_AS}")
    for folder, what in (("word/", "un document Word"), ("ppt/", "une présentation")):
        if any(name.startswith(folder) for name in lowered):
            raise CedreError(f"{path} : c'est {what}, pas un classeur.")
    if "[content_types].xml" not in lowered:
        raise CedreError(f"{path} : {_what_zip(names)}")
    return Storage.EXCEL
