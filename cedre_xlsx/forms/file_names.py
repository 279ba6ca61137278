"""File names that Windows, macOS and Linux accept, from people's names and references."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from cedre_xlsx.method.text import squeeze

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
#: Names of devices on Windows, whatever follows their first dot.
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE
)
_LONGEST = 80  # characters, so that the whole path stays short
_LONGEST_BYTES = 200  # of UTF-8: Linux takes 255, ".pdf" included


def safe_name(text: str) -> str:
    """The text as a file's stem: accents stay, what a system refuses becomes a dash.

    Signs that are not seen (directions of writing, joiners) are left out.
    """
    seen = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cs", "Co"))
    name = _shortened(_FORBIDDEN.sub("-", squeeze(seen))).strip(" .-")
    if not name or _RESERVED.fullmatch(name):
        name = f"fiche {name}".strip()
    return name


def _shortened(name: str) -> str:
    cut = name[:_LONGEST].encode()[:_LONGEST_BYTES]
    return cut.decode(errors="ignore")


def distinct_names(stems: Iterable[str]) -> list[str]:
    """The same names, numbered where two would be one file (case does not count)."""
    taken: set[str] = set()
    names = []
    for stem in stems:
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        names.append(name)
    return names
