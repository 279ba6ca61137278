"""The sheet « Fichiers »: what was counted, what could not be, and what is to be known."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.federation.consolidation import Consolidation, ConsolidationSort, SourceFile
from cedre_xlsx.federation.sheets.figures import origin_of
from cedre_xlsx.federation.sheets.page import Page, over_all
from cedre_xlsx.method.french import counted, typeset
from cedre_xlsx.reports.layout import Heading, height_of
from cedre_xlsx.workbook.generated import SheetRow, Value

FILES = "Fichiers"
_COLUMNS = (
    Heading("Fichier", 32), Heading("Structure", 26), Heading("Date du compte", 11),
    Heading("Version", 12), Heading("Lignes lues", 10), Heading("Ce qui est à savoir", 62),
)  # fmt: skip
_HINT = (
    "Version : celle du modèle d'un classeur, ou des définitions d'un fichier de partage. Codes : "
    "constats de « cedre-xlsx check », et combien."
)
_BLOCK = 20.0  # points


def files_page(consolidation: Consolidation) -> Page:
    """A line a file."""
    read, failed = consolidation.sources, consolidation.failures
    rows = [*_notes(consolidation)]
    rows += [over_all("block", "Fichiers comptés", len(_COLUMNS), _BLOCK)] if read else []
    rows += (_read_row(one, public=consolidation.public) for one in read)
    if failed:
        rows.append(over_all("block", "Fichiers qui n'ont pas pu l'être", len(_COLUMNS), _BLOCK))
        rows += (_row((one.file, None, None, None, None, one.sentence)) for one in failed)
    told = [f"{counted(len(read), 'fichier compté', 'fichiers comptés')}"]
    if failed:
        told.append(f"{len(failed)} non")
    return Page(
        title=FILES,
        heading=FILES,
        hint=_HINT,
        legend=", ".join(told) + ".",
        origin=origin_of(consolidation),
        columns=_COLUMNS,
        rows=rows,
    )


def _read_row(one: SourceFile, *, public: bool) -> SheetRow:
    """A file that was counted; a publication tells no number of it."""
    quality = ", ".join(f"{code} × {count}" for code, count in one.quality.items())
    told = (None, None) if public else (one.lines, quality or None)
    return _row((one.file, one.name, one.on, one.version or None, *told))


def _notes(consolidation: Consolidation) -> Iterator[SheetRow]:
    """What is to be known first: warnings, settings that differ, years with something missing."""
    said = [*consolidation.warnings, *consolidation.differing]
    said += (f"{one.year} : {one.total.remark}" for one in consolidation.years if one.total.remark)
    if consolidation.sort is ConsolidationSort.NETWORK:
        for year in consolidation.years:
            said += (f"{year.year} : il manque {name}." for name in year.missing)
            said += (
                f"{year.year} : {name} a compté avant la fin de l'année." for name in year.late
            )
    if not said:
        return
    yield over_all("block", "À savoir", len(_COLUMNS), _BLOCK)
    for sentence in said:
        yield _row((None, None, None, None, None, sentence))


def _row(values: tuple[Value, ...]) -> SheetRow:
    shown = tuple(typeset(value) if isinstance(value, str) else value for value in values)
    return SheetRow("body:ttDxcn", shown, height_of(shown, _COLUMNS))
