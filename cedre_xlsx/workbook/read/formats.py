"""What kind of file it is, from its first bytes; what is no workbook of ours is said so."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from cedre_xlsx.schema.errors import CedreError

#: A workbook of ten thousand people takes about 10 MB.
_LARGEST = 400 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_SAVE_AS = "Ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le en .xlsx."


class Container(Enum):
    """How the workbook is stored."""

    EXCEL = auto()  # .xlsx, .xlsm
    OPEN_DOCUMENT = auto()  # .ods


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; CedreError when it is missing, a folder, or cannot be opened."""
    try:
        if path.is_dir():
            raise CedreError(f"{path} : c'est un dossier. Donnez le nom d'un classeur .xlsx.")
        if path.stat().st_size > _LARGEST:
            raise CedreError(f"{path} : le fichier est trop gros pour un classeur de suivi.")
        return path.read_bytes()
    except FileNotFoundError:
        raise CedreError(
            f"{path} : ce fichier n'existe pas. Vérifiez son nom et son dossier."
        ) from None
    except PermissionError:
        raise CedreError(
            f"{path} : la lecture est refusée. Fermez-le dans Excel, ou vérifiez vos droits."
        ) from None
    except (OSError, ValueError) as error:
        raise CedreError(f"{path} : le fichier ne peut pas être ouvert ({error}).") from None


def refuse_unless_zip(data: bytes, path: Path) -> None:
    """CedreError, with what the file is instead, unless it may be a zip package."""
    if not data.strip(b"\0 \r\n\t"):
        raise CedreError(f"{path} : le fichier est vide. Reprenez une copie de sauvegarde.")
    if data.startswith(b"PK"):
        return
    raise CedreError(f"{path} : {_what_else(data)}")


def _what_else(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return (
                "le classeur est protégé par un mot de passe. Ouvrez-le dans Excel, enlevez le mot "
                "de passe (Fichier, Informations, Protéger le classeur), puis enregistrez-le."
            )
        return f"c'est un ancien format (.xls ou .doc). {_SAVE_AS}"
    if data.startswith(b"%PDF"):
        return "c'est un PDF, pas un classeur. Donnez le classeur .xlsx lui-même."
    if data.startswith(_PICTURES):
        return "c'est une image, pas un classeur. Donnez le classeur .xlsx lui-même."
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        return f"c'est une page web enregistrée comme un classeur. {_SAVE_AS}"
    if head.startswith(b"<"):
        return f"c'est un fichier XML, pas un classeur .xlsx. {_SAVE_AS}"
    if _looks_like_text(data):
        return f"c'est un fichier texte (CSV, peut-être), pas un classeur. {_SAVE_AS}"
    return f"ce n'est pas un classeur .xlsx. {_SAVE_AS}"


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:4096]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) == 0


def container_of(
    names: list[str], mimetype: bytearray, manifest: bytearray, path: Path
) -> Container:
    """Which of our formats a package is, from its members; CedreError when it is another."""
    lowered = {name.replace("\\", "/").lower() for name in names}
    if mimetype:
        if b"encryption-data" in manifest:
            raise CedreError(
                f"{path} : le classeur est protégé par un mot de passe. Enregistrez-le sans mot de "
                "passe dans LibreOffice."
            )
        if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Container.OPEN_DOCUMENT
        raise CedreError(f"{path} : c'est un document, pas un classeur. {_SAVE_AS}")
    if any(name.endswith("workbook.bin") for name in lowered):
        raise CedreError(f"{path} : c'est un classeur binaire (.xlsb). {_SAVE_AS}")
    for folder, what in (("word/", "un document Word"), ("ppt/", "une présentation")):
        if any(name.startswith(folder) for name in lowered):
            raise CedreError(f"{path} : c'est {what}, pas un classeur.")
    if "[content_types].xml" not in lowered:
        raise CedreError(f"{path} : c'est une archive zip, pas un classeur. {_SAVE_AS}")
    return Container.EXCEL
