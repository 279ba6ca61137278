"""The copies of a workbook that lie beside it, known by the names that programs give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from cedre_xlsx.method.text import fold

#: What is said to whoever finds one.
WHAT_TO_DO = "« cedre-xlsx compare » dit ce qui diffère, « cedre-xlsx merge » réunit les deux"

#: Synchronisations say it, in French or in English: OneDrive, Dropbox, Nextcloud, kDrive, Google
#: Drive, Synology, Seafile, Syncthing.
_CONFLICT = re.compile(r"conflit|conflict")
#: A browser, Windows, Google Drive: "suivi (1)", "suivi(1)".
_NUMBERED = re.compile(r" ?\(\d{1,3}\)$")
_OF_A_COMPUTER = re.compile(r"-(?:pc|desktop|laptop|portable|mac|macbook|ordinateur)\b[\w' -]*$")
#: Windows " - Copie (2)", macOS " copie 2", the file managers of Linux " (copie 3)", " (2e copie)".
_COPIED = re.compile(
    r"(?: -)? (?:copie|copy)(?: \(?\d{1,3}\)?)?(?: \(\d{1,3}\))?$"
    r"| \((?:autre |another |\d{1,3}(?:e|eme|nd|rd|th|st) )?(?:copie|copy)(?: \d{1,3})?\)$"
)
#: What Excel and LibreOffice give back after a failure: " (récupéré)", " [Réparé]", " (version 1)".
_RESCUED = re.compile(
    r" ?[(\[](?:recuper|recovered|repare|repaired|autorecover|auto-recuper|version \d{1,3}|"
    r"version originale|original)[^)\]]*[)\]]$"
)
#: "Copie de suivi", "Copy of suivi": Google Drive, older Windows; "Récupération de suivi".
_BEFORE = re.compile(r"^(?:copie|copy|recuperation|recovery)(?: \(\d{1,3}\))? (?:de |of |d')")
#: What OneDrive adds when it cannot put two versions together, the name of a computer; people
#: write such names too.
_MAY_BE_A_COMPUTER = re.compile(r"-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{1,14}(?: \d{1,3})?")
#: iCloud, and macOS; people number their files so, too. Not a year.
_MAY_BE_NUMBERED = re.compile(r" (?:[2-9]|[1-9]\d)$")


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """The files beside it that a synchronisation, a browser or a system made of the same workbook.

    Beside a copy, that is the workbook it was made of.
    """
    return tuple(other for other in _beside(path) if _is_copy(path, other) or _is_copy(other, path))


def likely_copies(path: Path) -> tuple[Path, ...]:
    """The files beside it whose names may be those of copies, and may be people's own."""
    return tuple(
        other
        for other in _beside(path)
        if (_may_be_copy(path, other) or _may_be_copy(other, path))
        and not (_is_copy(path, other) or _is_copy(other, path))
    )


def copies_among(paths: Sequence[Path]) -> dict[Path, Path]:
    """Of these files, those that a program made of another of them: the copy → its workbook.

    Only files of one folder and one kind are each other's copies; of two that may be each other's,
    the longer name is the copy. Hundreds of files of a folder are not all compared.
    """
    folders: defaultdict[tuple[Path, str], dict[str, Path]] = defaultdict(dict)
    for path in sorted(paths, key=lambda path: path.name, reverse=True):
        folders[path.parent, path.suffix.lower()][fold(path.stem)] = path
    found: dict[Path, Path] = {}
    for path in paths:
        there = folders[path.parent, path.suffix.lower()]
        for stem in _shorter_stems(fold(path.stem)):
            other = there.get(stem)
            if other is not None and other != path and _is_copy(other, path):
                found[path] = other
                break
    return found


def _shorter_stems(found: str) -> Iterator[str]:
    """The names, the longest first, of which this one may be a copy's."""
    before = _BEFORE.match(found)
    named = found[before.end() :] if before else found
    yield from (named[:end] for end in range(len(named) - (not before), 0, -1))


def _beside(path: Path) -> Iterator[Path]:
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return
    for other in beside:
        is_mark = other.name.startswith(("~$", "."))
        if other.name != path.name and other.suffix.lower() == path.suffix.lower() and not is_mark:
            yield other


def _is_copy(path: Path, other: Path) -> bool:
    """Whether the name of `other` is what a program makes of that of `path`."""
    stem, found = fold(path.stem), fold(other.stem)
    if before := _BEFORE.match(found):
        named = found[before.end() :]
        rest = named[len(stem) :]
        return named.startswith(stem) and (not rest or _NUMBERED.fullmatch(rest) is not None)
    if not found.startswith(stem):
        return False
    rest = found[len(stem) :]
    if any(pattern.search(rest) for pattern in (_CONFLICT, _NUMBERED, _OF_A_COMPUTER)):
        return True
    return any(pattern.fullmatch(rest) for pattern in (_COPIED, _RESCUED))


def _may_be_copy(path: Path, other: Path) -> bool:
    stem, found = path.stem, other.stem
    if fold(found[: len(stem)]) != fold(stem):
        return False
    rest = found[len(stem) :]
    return any(pattern.fullmatch(rest) for pattern in (_MAY_BE_A_COMPUTER, _MAY_BE_NUMBERED))
