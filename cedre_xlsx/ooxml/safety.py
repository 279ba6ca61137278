"""A workbook comes from someone else: its package is judged before anything is inflated."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from cedre_xlsx.ooxml.members import OpenZip
from cedre_xlsx.schema.errors import CedreError

_MOST_ENTRIES = 2_000
_MOST_BYTES = 1024**3  # of all members, inflated
_MOST_RATIO = 200  # inflated to stored, above
_RATIO_FROM = 1024**2  # bytes inflated
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError,
    RuntimeError, IndexError,
)  # fmt: skip
#: Bytes; a cell holds 32,767 characters at the most.
_LONGEST_TEXT = 1024**2
#: What a file in UTF-16 begins with.
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_STORED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def open_package(data: bytes, path: Path) -> OpenZip:
    """The package, safe to inflate; CedreError when it is damaged or made to do harm."""
    try:
        package = OpenZip(data)
    except _UNREADABLE:
        raise damaged(path) from None
    members = package.archive.infolist()
    fault = _fault(members)
    if fault:
        raise CedreError(
            f"{path} : {fault} : le fichier n'est pas lu. Demandez-en une copie saine, ou "
            "enregistrez-le à nouveau dans Excel ou LibreOffice."
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise CedreError(
            f"{path} : l'archive est protégée par un mot de passe. Enregistrez le classeur sans "
            "mot de passe."
        )
    return package


def _fault(members: list[zipfile.ZipInfo]) -> str:
    """What makes a package unsafe; "" when nothing does."""
    if not members:
        return "il ne contient rien"
    if len(members) > _MOST_ENTRIES:
        return f"il contient plus de {_MOST_ENTRIES} éléments"
    if sum(member.file_size for member in members) > _MOST_BYTES:
        return "il est démesuré une fois décompressé"
    for member in members:
        if member.file_size > max(_RATIO_FROM, _MOST_RATIO * member.compress_size):
            return "il est démesuré une fois décompressé"
        if member.compress_type not in _STORED_AS:
            return "sa compression est inconnue"
        if _leads_outside(member.orig_filename):
            return "un de ses éléments sort de l'archive"
    names = [member.orig_filename.replace("\\", "/").casefold() for member in members]
    if len(set(names)) < len(names):
        return "deux de ses éléments portent le même nom"
    return ""


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or ":" in parts[0] or "\0" in name


def read_member(package: OpenZip, name: str, path: Path) -> bytearray:
    """A member inflated, never beyond its declared size, its checksum verified.

    "" when there is no such member; CedreError when it is damaged, and when it is XML whose
    characters are not bytes, in which nothing that is looked for would be found.
    """
    try:
        data = package.inflated(name)
    except KeyError:
        return bytearray()
    except _UNREADABLE:
        raise damaged(path) from None
    if name.lower().endswith((".xml", ".rels")) and _is_wide(data):
        raise in_utf16(path)
    if name.lower().endswith(".xml") and _has_endless_text(data):
        raise endless_text(path)
    return data


def read_pieces(package: OpenZip, name: str, path: Path) -> Iterator[bytes]:
    """A member inflated, a piece at a time; CedreError where it is damaged."""
    try:
        yield from package.pieces(name)
    except _UNREADABLE:
        raise damaged(path) from None


def _is_wide(xml: bytearray) -> bool:
    """Whether XML is in UTF-16 or UTF-32, with its mark or without."""
    return xml.startswith(_WIDE) or b"\0" in xml[:4]


def _has_endless_text(xml: bytearray) -> bool:
    """Whether some stretch of that length has no markup at all."""
    starts = range(0, len(xml) - _LONGEST_TEXT, _LONGEST_TEXT)
    return any(xml.find(b"<", start, start + _LONGEST_TEXT) < 0 for start in starts)


def endless_text(path: Path) -> CedreError:
    """What is said of a file with more text than anybody types."""
    return CedreError(
        f"{path} : une cellule contient un texte démesuré : le fichier n'est pas lu. Excel "
        "s'arrête à 32 767 caractères."
    )


def in_utf16(path: Path) -> CedreError:
    """What is said of a workbook that another program wrote in a rare, though legal, form."""
    return CedreError(
        f"{path} : le contenu du classeur est écrit en UTF-16, qui n'est pas lu. Ouvrez-le dans "
        "Excel ou LibreOffice, enregistrez-le, puis recommencez."
    )


def oversized(path: Path) -> CedreError:
    """What is said of a part that no workbook has so large."""
    return CedreError(
        f"{path} : le fichier est démesuré : il n'est pas lu. Demandez-en une copie saine, ou "
        "enregistrez-le à nouveau dans Excel ou LibreOffice."
    )


def forbidden_definitions(path: Path) -> CedreError:
    """What is said of XML that defines entities."""
    return CedreError(
        f"{path} : le fichier contient des définitions interdites (DOCTYPE) : il n'est pas lu. "
        "Enregistrez-le à nouveau dans Excel ou LibreOffice."
    )


def damaged(path: Path) -> CedreError:
    """What is said of a file that cannot be read to its end."""
    return CedreError(
        f"{path} : le fichier est abîmé ou incomplet. Reprenez une copie de sauvegarde, ou "
        "ouvrez-le dans Excel, qui peut le réparer, puis enregistrez-le."
    )
