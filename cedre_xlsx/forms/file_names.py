"""File names that Windows, macOS and Linux accept, from people's names and references."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cedre_xlsx.method.text import squeeze

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"com{digit}" for digit in range(1, 10)}
    | {f"lpt{digit}" for digit in range(1, 10)}
)
_LONGEST = 80  # characters, so that the whole path stays short


def safe_name(text: str) -> str:
    """The text as a file's stem: accents stay, what a system refuses becomes a dash."""
    name = _FORBIDDEN.sub("-", squeeze(text))[:_LONGEST].strip(" .-")
    if not name or name.split(".")[0].lower() in _RESERVED:
        name = f"fiche {name}".strip()
    return name


def distinct_names(stems: Iterable[str]) -> list[str]:
    """The same names, numbered where two would be one file (case does not count)."""
    seen: dict[str, int] = {}
    names = []
    for stem in stems:
        count = seen.get(stem.casefold(), 0) + 1
        seen[stem.casefold()] = count
        names.append(stem if count == 1 else f"{stem} ({count})")
    return names
