"""`new`: a workbook made from the one definition of its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from cedre_xlsx.api.arguments import checked, chosen
from cedre_xlsx.method.text import fold, readable
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.packs import PACKS
from cedre_xlsx.schema.settings import FTE_HOURS, Settings
from cedre_xlsx.workbook.template.filling import Filling


def workbook_bytes(filling: Filling) -> bytes:
    """A whole workbook, its generated sheets still empty; the same bytes for the same filling."""
    from cedre_xlsx.reports import empty_sheets
    from cedre_xlsx.workbook.template.build import build_workbook

    return build_workbook(filling, empty_sheets())


@checked
def new(
    path: Path | str,
    *,
    structure: str = "",
    kind: str | None = None,
    advisors: Sequence[str] = (),
    logo: Path | str | None = None,
    packs: Sequence[str] = (),
    force: bool = False,
) -> Path:
    """Write an empty workbook and give its path (".xlsx" is added where it lacks).

    `packs` are those of `schema.packs` whose columns it has. Never overwrites without `force`.
    Raises CedreError when it cannot be written.
    """
    from cedre_xlsx.files.replace import write_new

    target = _with_suffix(Path(path))
    filling = _filling(structure, kind, advisors, logo, packs)
    write_new(target, workbook_bytes(filling), overwrite=force)
    return target


@dataclass(frozen=True, slots=True)
class NewWorkbook:
    """What `new` would write: where, and what it would hold. `free` is another name where that file
    is there already, None where it is not.
    """

    path: Path
    structure: str
    kind: StructureKind | None
    advisors: tuple[str, ...]
    logo: Path | None
    packs: tuple[str, ...]
    free: Path | None = None


@checked
def find_new(
    path: Path | str,
    *,
    structure: str = "",
    kind: str | None = None,
    advisors: Sequence[str] = (),
    logo: Path | str | None = None,
    packs: Sequence[str] = (),
) -> NewWorkbook:
    """What `new` would write with these arguments; nothing is written.

    Raises CedreError for what `new` refuses, but for a file that is there already.
    """
    target = _with_suffix(Path(path))
    filling = _filling(structure, kind, advisors, logo, packs)
    settings = filling.settings
    known = tuple(one for one in PACKS if one in filling.packs)
    return NewWorkbook(
        target, settings.structure, settings.kind, settings.advisors, filling.logo, known,
        free_path(target) if target.exists() else None,
    )  # fmt: skip


def free_path(path: Path) -> Path:
    """A file of about that name that is not there yet: "suivi.xlsx", else "suivi - 2.xlsx"."""
    names = (path.with_stem(f"{path.stem} - {number}") for number in count(2))
    return path if not path.exists() else next(one for one in names if not one.exists())


def _filling(
    structure: str,
    kind: str | None,
    advisors: Sequence[str],
    logo: Path | str | None,
    packs: Sequence[str],
) -> Filling:
    """What a new workbook is filled with; CedreError for what cannot be."""
    from cedre_xlsx.ooxml.cell_text import legal

    for text in (structure, *advisors):
        if legal(text) != text or not {"\t", "\n"}.isdisjoint(text):
            raise CedreError(
                f"« {readable(text)} » contient un signe qui ne s'écrit pas ; ôtez-le."
            )
    wanted = chosen(StructureKind, kind, "un type de structure") if kind else None
    settings = replace(
        Settings(),
        structure=structure.strip(),
        kind=wanted,
        fte_hours=FTE_HOURS.get(wanted) if wanted else None,
        advisors=tuple(name.strip() for name in advisors if name.strip()),
    )
    return Filling(settings=settings, logo=readable_picture(logo), packs=known_packs(packs))


def known_packs(packs: Iterable[str]) -> frozenset[str]:
    """Packs by their names, whatever their case; CedreError for one that is none."""
    found = set()
    for name in packs:
        known = fold(name)
        if known not in PACKS:
            told = " ; ".join(f"{one} ({what})" for one, what in PACKS.items())
            raise CedreError(f"« {readable(name)} » n'est pas un jeu de colonnes : {told}.")
        found.add(known)
    return frozenset(found)


def _with_suffix(path: Path) -> Path:
    if path.name in ("", ".."):
        raise CedreError(
            f"{path} : c'est un dossier ; donnez aussi le nom du classeur, par exemple suivi.xlsx."
        )
    if not path.suffix:
        return path.with_name(path.name + ".xlsx")
    if path.suffix.lower() != ".xlsx":
        raise CedreError(
            f"{path} : un classeur neuf se termine par .xlsx ; donnez par exemple "
            f"{path.with_suffix('.xlsx').name}."
        )
    return path


def readable_picture(logo: Path | str | None) -> Path | None:
    """The logo's path once it is sure that it opens; CedreError otherwise."""
    if logo is None:
        return None
    path = Path(logo)
    if not path.is_file():
        raise CedreError(f"{path} : ce logo n'existe pas ; vérifiez le chemin de l'image.")
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise CedreError(
            f"{path} : ce n'est pas une image lisible ; donnez un fichier PNG ou JPEG."
        ) from error
    return path
