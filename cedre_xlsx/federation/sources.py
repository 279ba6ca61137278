"""Which files are counted: those named, those of folders, and those that a pattern says."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cedre_xlsx.federation.kinds import (
    A_CONSOLIDATION,
    is_consolidation,
    is_of_people,
    is_part,
)
from cedre_xlsx.files.copies import copies_among
from cedre_xlsx.method.text import fold, readable
from cedre_xlsx.schema.errors import CedreError

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
PARTS = (".json",)
#: What begins the names of locks (Excel, LibreOffice), and of what systems and we hide.
_MARKS = ("~$", ".")
_PATTERN = re.compile(r"[*?\[]")
_NUMBER = re.compile(r"(\d+)")
_NOTHING = (
    "aucun classeur (.xlsx, .xlsm, .ods) ni aucun fichier de chiffres (.json) n'a été trouvé dans "
    "ce qui est donné. Vérifiez le dossier ou le motif."
)

_NO_WORKBOOK = (
    "ce n'est ni un classeur, ni des chiffres partagés par une structure ; laissé de côté."
)
_NO_PART = (
    "ce ne sont pas des chiffres partagés par une structure, comme les autres ; laissé de côté."
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file, a folder or a pattern of which nothing is counted, and why: the end of a sentence."""

    path: Path
    why: str

    @property
    def sentence(self) -> str:
        """One line of a report."""
        return f"{readable(str(self.path))} : {self.why}"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files to count, in a natural order of their names: all workbooks, or all `are_parts`."""

    files: tuple[Path, ...]
    are_parts: bool
    left_out: tuple[LeftOut, ...] = ()


def find_sources(given: Sequence[Path | str], *, without: Sequence[Path] = ()) -> Sources:
    """The files that are meant: a file as it is named, the workbooks and the parts of a folder and
    of the folders in it, what a pattern (« antennes/*.xlsx ») matches where no file has that name.

    Locks, hidden and temporary files are no sources, nor is one of `without`, the result, in a
    folder, or where it is a consolidation; a file met twice, by a link too, is one; a copy in
    conflict beside its workbook is left out, and what is of another kind than the others. Raises
    CedreError where there is nothing to count, for workbooks and parts together, and for another
    file of `without` that is named, or matched.
    """
    unwanted = {_identity(path) for path in without}
    found, left_out = _found(given, unwanted)
    files = _once(sorted(found, key=_natural), unwanted)
    if not files:
        raise CedreError(left_out[0].sentence if len(left_out) == 1 else _NOTHING)
    files, are_parts, others = _of_a_kind(files)
    copies = {} if are_parts else copies_among(files)
    left_out += [*others, *(LeftOut(copy, _a_copy(of)) for copy, of in copies.items())]
    kept = tuple(path for path in files if path not in copies)
    return Sources(kept, are_parts, tuple(sorted(left_out, key=lambda one: _natural(one.path))))


def _of_a_kind(files: list[Path]) -> tuple[list[Path], bool, list[LeftOut]]:
    """The files to count, whether they are parts, and those that only have the name of a source.

    Raises CedreError where some are parts and some workbooks.
    """
    named_parts = [path for path in files if path.suffix.lower() in PARTS]
    named_workbooks = [path for path in files if path.suffix.lower() not in PARTS]
    if not (named_parts and named_workbooks):
        return files, bool(named_parts), []
    part = next(filter(is_part, named_parts), None)
    if part is None:
        return named_workbooks, False, [LeftOut(path, _NO_WORKBOOK) for path in named_parts]
    workbook = next(filter(is_of_people, named_workbooks), None)
    if workbook is not None:
        raise CedreError(
            f"des classeurs ({workbook}) et des fichiers de chiffres ({part}) ne "
            "s'additionnent pas ensemble. Donnez les uns ou les autres, « *.json » par exemple."
        )
    return named_parts, True, [LeftOut(path, _no_part(path)) for path in named_workbooks]


def _found(
    given: Sequence[Path | str], unwanted: set[tuple[object, ...]]
) -> tuple[list[Path], list[LeftOut]]:
    """All that is meant, in no order, and what means nothing."""
    found: list[Path] = []
    left_out: list[LeftOut] = []
    for one in map(Path, given):
        if one.is_dir():
            these = list(_in_folder(one))
            why = "ce dossier n'a ni classeur (.xlsx, .xlsm, .ods) ni fichier de chiffres (.json)."
        elif not one.exists() and _PATTERN.search(str(one)):
            these = list(_matching(str(one)))
            why = "aucun fichier n'a un nom de cette forme."
        else:
            these, why = [one], ""
        if not one.is_dir():
            _refuse_result(these, unwanted)
        found += these
        if not these:
            left_out.append(LeftOut(one, why))
    return found, left_out


def _refuse_result(meant: Sequence[Path], unwanted: set[tuple[object, ...]]) -> None:
    """Raise CedreError where the result would take the place of a file that is to be counted: not
    that of another consolidation, which « *.xlsx » matches the second time.
    """
    for path in meant:
        if _identity(path) in unwanted and not is_consolidation(path):
            raise CedreError(
                f"{path} : c'est l'une des sources, que le résultat remplacerait ; rien n'est "
                "écrit. Donnez un autre nom après -o."
            )


def _no_part(path: Path) -> str:
    return A_CONSOLIDATION if is_consolidation(path) else _NO_PART


def _in_folder(folder: Path) -> Iterator[Path]:
    """What may be counted there and below; links to folders are not followed: they may go round."""
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(_MARKS)]
        for name in names:
            if _may_be_source(name):
                yield Path(here, name)


def _may_be_source(name: str) -> bool:
    return not name.startswith(_MARKS) and name.lower().endswith((*WORKBOOKS, *PARTS))


def _matching(pattern: str) -> Iterator[Path]:
    for path in map(Path, glob.glob(pattern, recursive=True)):  # noqa: PTH207 — absolute ones too
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.name.startswith(_MARKS):
            yield path


def _once(paths: Iterable[Path], unwanted: set[tuple[object, ...]]) -> list[Path]:
    """Each file by the first of its names, without those that are not wanted."""
    seen = set(unwanted)
    kept = []
    for path in paths:
        identity = _identity(path)
        if identity not in seen:
            seen.add(identity)
            kept.append(path)
    return kept


def _identity(path: Path) -> tuple[object, ...]:
    """What two names of one file have in common; the path itself where there is no such file."""
    try:
        there = path.stat()
    except (OSError, ValueError):
        return (os.path.normcase(path.absolute()),)
    return (there.st_dev, there.st_ino)


def _natural(path: Path) -> tuple[object, ...]:
    """The order of names in which « antenne 2 » stands before « antenne 10 », anywhere alike."""
    pieces = _NUMBER.split(fold(path.as_posix()))
    numbered = tuple((int(one), "") if one.isdecimal() else (-1, one) for one in pieces)
    return (numbered, path.as_posix())


def _a_copy(of: Path) -> str:
    return (
        f"laissé, son nom est celui d'une copie de {readable(of.name)}. Si c'est un autre "
        "classeur, donnez-lui un autre nom."
    )
