"""Any file that a team has already: its sheets, and the tables in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from cedre_xlsx.files.stand_ins import name_advice
from cedre_xlsx.intake.delimited import read_text_sheet
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.intake.tables import tables_in
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import path_text, word_key
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.formats import (
    is_old_office,
    looks_like_text,
    read_bytes,
    refuse_empty,
    what_else,
)
from cedre_xlsx.workbook.read.old_excel import old_workbook
from cedre_xlsx.workbook.read.source import Choose, raw_workbook

_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MOST_NAMED = 12
_TO_XLSX = "Ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le en .xlsx."
#: How texts begin that are no lines of cells.
_OTHER_TEXTS = (
    (b"{\\rtf", f"c'est un document (RTF), pas un tableau. {_TO_XLSX}"),
    (b"mime-version:", f"c'est une page web enregistrée comme un classeur. {_TO_XLSX}"),
    (b"{", "c'est un fichier JSON, pas un tableau. Demandez un export en .xlsx ou en .csv."),
    (b"[{", "c'est un fichier JSON, pas un tableau. Demandez un export en .xlsx ou en .csv."),
    (b"begin:v", "c'est un carnet d'adresses ou un agenda, pas un tableau. Exportez-le en .csv."),
    (b"<", ""),
    (b"%pdf", ""),
)  # fmt: skip


def read_tables(path: Path, *, sheet: str | None = None) -> tuple[SourceTable, ...]:
    """The tables of a file, or of one of its sheets, in their order.

    Every cell that holds something is in a row, in the headings, in the titles, or in what is left
    aside. CedreError when the file cannot be read, when it has no such sheet, and no table.
    """
    sheets = _sheets(path, lambda names: _chosen(names, sheet, path))
    found = tuple(table for one in sheets for table in tables_in(one, path))
    if not any(table.rows for table in found):
        where = f"{path_text(path)} ! {sheet}" if sheet else path_text(path)
        raise CedreError(
            f"{where} : aucun tableau n'est trouvé. Donnez un fichier où chaque ligne est une "
            "personne, une action ou une mission, sous une ligne de titres de colonnes."
        )
    return found


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of the sheets of a file in their order; none of a text file."""
    names: list[str] = []

    def none_of_them(all_names: Sequence[str]) -> Collection[str]:
        names.extend(all_names)
        return ()

    _sheets(path, none_of_them)
    return tuple(names)


def _sheets(path: Path, choose: Choose) -> list[Sheet]:
    """The sheets chosen; what the file is, its content says, whatever its name."""
    data = read_bytes(path)
    refuse_empty(data, path)
    if data.startswith(_PACKAGES):
        return [Sheet.of(one) for one in raw_workbook(data, path, choose).sheets]
    if is_old_office(data):
        return [Sheet.of(one) for one in old_workbook(data, path, choose).sheets]
    if said := name_advice(path, data) or _other_text(data):
        raise CedreError(f"{path} : {said}")
    if looks_like_text(data) or _is_utf16(data):
        choose(())
        return [read_text_sheet(data, path)]
    raise CedreError(f"{path} : {what_else(data)}")


def _is_utf16(data: bytes) -> bool:
    """Whether every other byte at its beginning is none, as in UTF-16 without its mark."""
    some = data[:512]
    return len(some) > 3 and (not any(some[1::2]) or not any(some[0::2]))


def _other_text(data: bytes) -> str:
    """What a text is that is no lines of cells; "" for the others."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for start, said in _OTHER_TEXTS:
        if head.startswith(start):
            return said or what_else(data)
    return ""


def _chosen(names: Sequence[str], wanted: str | None, path: Path) -> Collection[str]:
    """All sheets, or the one that was asked for; CedreError where there is none of that name."""
    if wanted is None:
        return names
    alike = [name for name in names if word_key(name) == word_key(wanted)]
    found = [name for name in names if name == wanted] or alike
    if len(found) == 1:
        return found
    raise CedreError(f"{path_text(path)} : {_no_such_sheet(names, wanted)}")


def _no_such_sheet(names: Sequence[str], wanted: str) -> str:
    if not names:
        return (
            f"un fichier texte n'a pas de feuilles, donc pas de feuille « {wanted} ». Ne donnez "
            "pas de nom de feuille."
        )
    quoted = [f"« {name} »" for name in names[:_MOST_NAMED]]
    more = ", …" if len(names) > _MOST_NAMED else ""
    near = nearest(wanted, names, limit=1)
    advice = f"Est-ce « {near[0]} » ?" if near else "Donnez un de ces noms."
    return f"aucune feuille « {wanted} ». Ses feuilles : {listed(quoted)}{more}. {advice}"
