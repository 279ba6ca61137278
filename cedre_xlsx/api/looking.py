"""What lies in a folder: its workbooks, and whether somebody has them open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.files.locks import ensure_closed
from cedre_xlsx.files.protection import OLE
from cedre_xlsx.schema.errors import CedreError, OpenElsewhereError
from cedre_xlsx.schema.system_errors import system_words

#: How the bytes of a workbook begin, and those of one that a password protects.
_WORKBOOKS_BEGIN = (b"PK", OLE)
_SUFFIXES = frozenset({".xlsx", ".xlsm", ".ods"})
_OF_PARTS = frozenset({".json"})
#: Files that others make beside a workbook: locks, and ours while they are written.
_ASIDE = ("~$", ".")
_DEEPEST = 2  # folders below


@dataclass(frozen=True, slots=True)
class Lying:
    """A workbook that lies in a folder: when it was last saved, and by whom it is open."""

    path: Path
    saved: date
    open_by: str = ""


def is_workbook_name(name: str) -> bool:
    """Whether a file of that name may be a workbook."""
    return Path(name).suffix.lower() in _SUFFIXES


@checked
def workbooks_in(folder: Path | str) -> tuple[Lying, ...]:
    """The workbooks of a folder and of the two levels below, by name; none of them is opened.

    Raises CedreError for a folder that cannot be read.
    """
    return _lying_in(Path(folder), _SUFFIXES)


@dataclass(frozen=True, slots=True)
class Countable:
    """What lies in a folder that `consolidate` counts: workbooks of people, or figures that
    structures share.
    """

    workbooks: tuple[Path, ...]
    parts: tuple[Path, ...]


@checked
def countable_in(folder: Path | str) -> Countable:
    """What can be counted as one in a folder and the two levels below, by name; each is opened, no
    further than shows what it is.

    Raises CedreError for a folder that cannot be read.
    """
    from cedre_xlsx.federation.kinds import is_consolidation, is_of_people, is_part

    books = (one.path for one in _lying_in(Path(folder), _SUFFIXES))
    parts = (one.path for one in _lying_in(Path(folder), _OF_PARTS))
    return Countable(
        tuple(path for path in books if is_of_people(path) and not is_consolidation(path)),
        tuple(path for path in parts if is_part(path)),
    )


def _lying_in(folder: Path, suffixes: frozenset[str]) -> tuple[Lying, ...]:
    try:
        paths = list(folder.iterdir())
    except OSError as error:
        why = system_words(error)
        raise CedreError(f"{folder} : {why}. Choisissez un autre dossier.") from None
    found = list(_among(paths, _DEEPEST, suffixes))
    return tuple(sorted(found, key=lambda one: (len(one.path.parts), str(one.path).casefold())))


def open_by(path: Path) -> str:
    """Why a workbook cannot be written now, in one sentence; "" where nobody has it open."""
    try:
        ensure_closed(path)
    except OpenElsewhereError as error:
        return str(error)
    return ""


def _among(paths: Iterable[Path], deeper: int, suffixes: frozenset[str]) -> Iterator[Lying]:
    for path in paths:
        if path.name.startswith(_ASIDE) or path.is_symlink():
            continue
        try:
            if path.is_dir() and deeper:
                yield from _among(list(path.iterdir()), deeper - 1, suffixes)
            elif path.suffix.lower() in suffixes and path.is_file():
                saved = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
                yield Lying(path, saved, open_by(path))
        except OSError:  # gone meanwhile, or another's
            continue


@dataclass(frozen=True, slots=True)
class PutInto:
    """Where a workbook lies now; `was_there` says that the same was there before."""

    path: Path
    was_there: bool = False


@checked
def put_into(workbook: Path | str, folder: Path | str) -> PutInto:
    """Copy a workbook into a folder, under its name.

    Raises CedreError where another file has that name, and for what is no workbook.
    """
    from cedre_xlsx.files.replace import write_new

    source, target = Path(workbook), Path(folder) / Path(workbook).name
    if not is_workbook_name(source.name):
        raise CedreError(f"{source.name} : ce n'est pas un classeur .xlsx, .xlsm ou .ods.")
    data = source.read_bytes()
    if not data.startswith(_WORKBOOKS_BEGIN):
        raise CedreError(
            f"{source.name} : ce fichier n'est pas un classeur, malgré son nom, ou il est abîmé."
        )
    if target.is_file() and target.read_bytes() == data:
        return PutInto(target, was_there=True)
    if target.exists():
        raise CedreError(
            f"{target.name} : un autre classeur de ce nom est déjà dans le dossier ; rien n'est "
            "écrit. Renommez le vôtre, ou choisissez celui du dossier."
        )
    write_new(target, data, overwrite=False)
    return PutInto(target)
