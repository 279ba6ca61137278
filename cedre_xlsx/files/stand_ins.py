"""Files that stand for a workbook without being it: locks, shortcuts, what a cloud disk leaves."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from cedre_xlsx.method.text import path_text
from cedre_xlsx.schema.system_errors import system_words

_ADDRESS = re.compile(r"^(?:https?|ftp|onedrive|ms-excel):", re.IGNORECASE)
_LOCK_OF_LIBREOFFICE = re.compile(r"^\.~lock\.(.+)#$")
_LOCK_OF_EXCEL = "~$"
_DROPPED = 2  # letters that Excel's lock drops from a long name
_ICLOUD = ".icloud"
_GOOGLE = frozenset({".gsheet", ".gdoc", ".gslides"})
_SHORTCUTS = frozenset({".url", ".webloc", ".lnk", ".desktop", ".website", ".alias"})
_SHORTCUT_STARTS = (b"[InternetShortcut]", b"[Desktop Entry]", b"L\0\0\0\x01\x14\x02\0")
_UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".download", ".opdownload"})
#: Windows: the program of the cloud disk is stopped, or the network is away.
_CLOUD_ERRORS = range(358, 405)
#: macOS: the same of iCloud.
_NOT_DOWNLOADED = errno.EDEADLK
_DOWNLOAD = (
    "Ouvrez son dossier, faites un clic droit sur le fichier, « Toujours conserver sur cet "
    "appareil » ou « Télécharger », puis recommencez."
)


def lock_advice(path: Path) -> str:
    """What to say of a lock that a spreadsheet lays beside a workbook; "" for another file."""
    name = path.name
    if name.startswith(_LOCK_OF_EXCEL):
        program, workbook = "Excel", _locked_by_excel(path)
    elif found := _LOCK_OF_LIBREOFFICE.match(name):
        program, workbook = "LibreOffice", found[1]
    else:
        return ""
    return (
        f"c'est le verrou que {program} pose à côté d'un classeur ouvert, pas le classeur. Donnez "
        f"« {workbook} », du même dossier."
    )


def _locked_by_excel(path: Path) -> str:
    """The workbook of a lock, whose name may lack its first letters."""
    rest = path.name[len(_LOCK_OF_EXCEL) :]
    if path.with_name(rest).exists():
        return rest
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if not one.name.startswith("~$"))
    except OSError:
        return rest
    return next((name for name in beside if name[_DROPPED:] == rest), rest)


def missing(path: Path) -> str:
    """The sentence about a path where there is no file."""
    return f"{path_text(path)} : {_advice(path)}"


def _advice(path: Path) -> str:
    if _ADDRESS.match(str(path)):
        return (
            "c'est une adresse, pas un fichier de cet ordinateur. Donnez le classeur du dossier "
            "synchronisé par OneDrive, ou téléchargez-le et donnez la copie."
        )
    if path.with_name(f".{path.name}{_ICLOUD}").exists():
        return f"le classeur est resté dans iCloud. {_DOWNLOAD}"
    return "ce fichier n'existe pas. Vérifiez son nom et son dossier."


def unreadable_advice(error: OSError | ValueError) -> str:
    """What to say of a file that the system does not give."""
    in_cloud = getattr(error, "winerror", None) in _CLOUD_ERRORS
    if in_cloud or getattr(error, "errno", None) == _NOT_DOWNLOADED:
        return f"le classeur est resté dans le nuage, et n'a pas pu être téléchargé. {_DOWNLOAD}"
    if isinstance(error, OSError):
        return f"le fichier ne peut pas être ouvert ({system_words(error)})."
    return "le fichier ne peut pas être ouvert : son nom contient un signe impossible."


def empty_advice(path: Path) -> str:
    """What to say of a file without content."""
    return (
        "le fichier est vide : une copie ou une synchronisation est en cours, il n'est pas encore "
        "téléchargé, ou son enregistrement a échoué. Attendez un instant, puis réessayez. "
        f"{_DOWNLOAD} Sinon, reprenez une copie de sauvegarde."
        if path.suffix.lower() not in _UNFINISHED
        else _UNFINISHED_ADVICE
    )


_UNFINISHED_ADVICE = (
    "c'est un téléchargement inachevé. Attendez sa fin, ou téléchargez le classeur à nouveau."
)


def name_advice(path: Path, data: bytes) -> str:
    """What to say of a file that is no package, from its name or its beginning; "" otherwise."""
    suffix = path.suffix.lower()
    if suffix == _ICLOUD:
        workbook = path.name.removeprefix(".")[: -len(_ICLOUD)]
        return f"c'est la marque d'un classeur resté dans iCloud, « {workbook} ». {_DOWNLOAD}"
    if suffix in _GOOGLE:
        return (
            "c'est le raccourci d'un document de Google Drive, pas un classeur. Ouvrez-le, puis "
            "Fichier, Télécharger, Microsoft Excel (.xlsx), et donnez ce fichier."
        )
    if suffix in _SHORTCUTS or data.startswith(_SHORTCUT_STARTS):
        return (
            "c'est un raccourci, pas le classeur. Donnez le fichier .xlsx auquel il mène, ou "
            "téléchargez-le s'il mène à un site."
        )
    if suffix in _UNFINISHED:
        return _UNFINISHED_ADVICE
    if suffix == ".tmp":
        return (
            "c'est un fichier temporaire d'Excel, pas le classeur. Donnez le fichier .xlsx du même "
            "dossier, ou une copie de sauvegarde."
        )
    return ""
