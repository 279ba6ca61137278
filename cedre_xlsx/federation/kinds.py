"""What a file is, by how it begins or what its package says: shared figures, a consolidation, a
workbook of people.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from cedre_xlsx.federation.model import FORMAT
from cedre_xlsx.schema.errors import CedreError

#: What the properties of a consolidation say that it is: what it is known by.
SUBJECT = "Consolidation de cedre-xlsx"
A_CONSOLIDATION = (
    "c'est le résultat d'une consolidation, non un classeur de suivi ; laissé de côté."
)
SHARED_FIGURES = "un fichier de chiffres partagés"
_PART = re.compile(rf'^\s*\{{(?:.*?,)?\s*"format"\s*:\s*"{FORMAT}"', re.DOTALL)
#: Bytes of a part, and of the parts of a package, by which they are known.
_SEEN, _MOST = 4_000, 20_000_000
#: Where the packages of workbooks tell their properties, and their sheets.
_PROPERTIES = ("docProps/core.xml", "meta.xml")
_SHEETS = ("xl/workbook.xml", "content.xml")
_OF_PEOPLE = (b'name="Personnes"', b"_cedre_")


def is_part(path: Path) -> bool:
    """Whether a file begins as the figures that a structure shares; not one that cannot be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_SEEN)
    except OSError:
        return False
    is_utf_16 = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = beginning.decode("utf-16" if is_utf_16 else "utf-8-sig", "replace")
    return _PART.match(text) is not None


def is_consolidation(source: Path | bytes) -> bool:
    """Whether a file, or what it holds, is a workbook that `consolidate` made."""
    return _holds(source, _PROPERTIES, (f">{SUBJECT}<".encode(),))


def is_of_people(path: Path) -> bool:
    """Whether a file looks like a workbook that can be counted, by its sheets and their marks."""
    return _holds(path, _SHEETS, _OF_PEOPLE)


def _holds(source: Path | bytes, parts: Sequence[str], texts: Sequence[bytes]) -> bool:
    """Whether one of these parts of a package, as far as it is read, holds one of the texts."""
    try:
        with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as package:
            for name in set(parts) & set(package.namelist()):
                with package.open(name) as part:
                    held = part.read(_MOST)
                if any(text in held for text in texts):
                    return True
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False
    return False


def refuse_over_others(output: Path, *, is_ours: bool, what: str) -> None:
    """Raise CedreError where a file lies at `output` that holds something else than `what`, which
    our command makes: not even who asks for it loses it.
    """
    if output.exists() and output.stat().st_size and not is_ours:
        raise CedreError(
            f"{output} existe déjà et n'est pas {what} ; il n'est jamais remplacé et rien n'est "
            "écrit. Donnez un autre nom après -o."
        )
