"""Files that cannot be spliced without harm: each is refused before any work, with a remedy."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from cedre_xlsx.files.protection import OLE
from cedre_xlsx.ooxml.members import File, opened
from cedre_xlsx.ooxml.parts import MAIN, TYPES_PART, Package, Relations
from cedre_xlsx.schema.errors import CedreError, DamagedPartError

_STRICT = "http://purl.oclc.org/ooxml/"
_AS_XLSX = "ouvrez-le dans Excel ou LibreOffice et enregistrez-le en .xlsx"


def main_part(package: Package) -> str:
    """The workbook's part, wherever the package keeps it."""
    for relation in Relations(package, ""):
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    raise KeyError("officeDocument")


def refuse_unspliceable(file: File, path: Path) -> Package:
    """The parts of a file; CedreError, before any work, when it is of a kind that a splice would
    break.
    """
    if isinstance(file, bytes) and file.startswith(OLE):
        raise _refused(
            path,
            "ce classeur est protégé par un mot de passe, ou c'est un ancien .xls ; enlevez le mot "
            f"de passe à l'ouverture, ou {_AS_XLSX}.",
        )
    try:
        found = opened(file)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _refused(
            path, f"ce fichier est abîmé ou n'est pas un classeur Excel ; {_AS_XLSX}."
        ) from None
    if reason := _container(found.archive.namelist()):
        raise _refused(path, reason)
    package = Package(found)
    if reason := _content(package):
        raise _refused(path, reason)
    return package


def _refused(path: Path, reason: str) -> CedreError:
    return CedreError(f"{path} : {reason} Rien n'est écrit.")


def _container(names: Sequence[str]) -> str:
    """What the names of the members forbid; "" when nothing is wrong."""
    folded = Counter(name.casefold() for name in names)
    if any(count > 1 for count in folded.values()):
        return f"deux de ses parties ont le même nom ; {_AS_XLSX} sous un autre nom."
    if TYPES_PART not in names:
        kind = "un classeur LibreOffice (.ods)" if "mimetype" in names else "un autre format"
        return f"c'est {kind}, où rien ne peut être actualisé sur place ; {_AS_XLSX}."
    return ""


def _content(package: Package) -> str:
    """What the parts themselves forbid; "" when nothing does."""
    try:
        workbook = main_part(package)
        if workbook.casefold().endswith(".bin"):
            return f"c'est un classeur binaire (.xlsb) ; {_AS_XLSX}."
        if b"<!DOCTYPE" in package.read(workbook):
            return f"sa structure XML n'est pas celle d'Excel ; {_AS_XLSX} sous un autre nom."
        root = package.root(workbook)
    except (KeyError, DamagedPartError):
        return f"ce n'est pas un classeur Excel complet ; {_AS_XLSX}."
    namespace = etree.QName(root).namespace or ""
    if namespace.startswith(_STRICT):
        return (
            "il est au format « Strict Open XML » ; dans Excel, enregistrez-le au format "
            "« Classeur Excel (.xlsx) »."
        )
    if namespace != MAIN:
        return f"il vient d'une version d'essai d'Excel ; {_AS_XLSX} avec un Excel récent."
    if root.find(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet") is None:
        return f"il n'a aucune feuille ; {_AS_XLSX}."
    if any(relation.kind == "origin" for relation in Relations(package, "")):
        return "il porte une signature électronique, que l'actualisation romprait ; retirez-la."
    if any(relation.kind == "revisionHeaders" for relation in Relations(package, workbook)):
        return (
            "il est partagé avec un suivi des modifications ; dans Excel, arrêtez le partage "
            "(Révision, Partager le classeur)."
        )
    return ""
