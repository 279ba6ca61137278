"""Any file that a team has: the same tables whatever program saved them; else one sentence."""

from __future__ import annotations

import re
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from cedre_xlsx.files.compound import Container
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.reading import read_tables, sheet_names
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.old_records import read_old_book
from cedre_xlsx.workbook.read.raw import ErrorText
from tests.intake.shapes import SHAPES, Expected, plain, saved, told
from tests.support import libreoffice_convert, needs_libreoffice
from tests.workbook.read.test_formats import NAMED, OTHERS, rewritten

FILE = Path("suivi.xlsx")
#: Every sheet in a file of its own, as it is shown; ";", UTF-8, in French.
_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1036,false,false,true,false,false,-1"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(SHAPES, tmp_path_factory.mktemp("shapes") / "suivi.xlsx")


@pytest.fixture(scope="module")
def others(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workbook as LibreOffice saves it in other formats."""
    folder = tmp_path_factory.mktemp("others")
    return {kind: libreoffice_convert(workbook, kind, folder) for kind in ("ods", "xls")}


@pytest.fixture(scope="module")
def texts(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the text files that LibreOffice makes of its sheets."""
    folder = tmp_path_factory.mktemp("texts")
    source = folder / "suivi.xlsx"
    shutil.copy(workbook, source)
    with pytest.raises(AssertionError, match="wrote no"):  # it writes one for each sheet
        libreoffice_convert(source, _CSV, folder)
    return folder


def as_read(found: Sequence[SourceTable]) -> list[Expected]:
    return [told(table) for table in found]


@pytest.mark.parametrize("name", SHAPES)
def test_a_sheet_of_a_workbook(name: str, workbook: Path) -> None:
    found = read_tables(workbook, sheet=name)
    assert as_read(found) == [plain(one) for one in SHAPES[name].tables]


@needs_libreoffice
@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_sheet_that_another_program_saved(kind: str, name: str, others: dict[str, Path]) -> None:
    found = read_tables(others[kind], sheet=name)
    assert as_read(found) == [plain(one) for one in SHAPES[name].tables]


@needs_libreoffice
@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.csv])
def test_a_sheet_as_a_text_file(name: str, texts: Path) -> None:
    found = read_tables(texts / f"suivi-{name}.csv")
    assert as_read(found) == [_in_texts(one) for one in map(plain, SHAPES[name].tables)]


def _in_texts(expected: Expected) -> Expected:
    rows = [(row[0], [_in_text(cell) for cell in row[1]], *row[2:]) for row in expected.rows]
    left = [(number, re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text)) for number, text in expected.left]
    return replace(expected, rows=rows, left=left)


def _in_text(cell: Any) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


#: Text files as programs write them, and the rows of their table.
TEXTS: dict[str, tuple[bytes, list[str], list[tuple[int, list[str]]]]] = {
    "semicolons": (
        "Nom;Prénom\r\nLUNE;Ida\r\nLE CHÊNE;Anatole\r\n".encode(),
        ["Nom", "Prénom"], [(2, ["LUNE", "Ida"]), (3, ["LE CHÊNE", "Anatole"])],
    ),
    "a mark, and commas in a cell": (
        "\ufeffNom;Adresse, ville\nLUNE;1, rue du Port, Kerfleur\nSABLE;2, place, Brest\n".encode(),
        ["Nom", "Adresse, ville"],
        [(2, ["LUNE", "1, rue du Port, Kerfleur"]), (3, ["SABLE", "2, place, Brest"])],
    ),
    "commas, quoted lines": (
        b'Nom,Observations\nLUNE,"dit ""oui"", puis;\nnon"\n\nSABLE,rien\n',
        ["Nom", "Observations"], [(2, ["LUNE", 'dit "oui", puis;\nnon']), (5, ["SABLE", "rien"])],
    ),
    "tabs of Excel": (
        "Nom\tEntrée\nLUNE\t06/01/2025\n".encode("utf-16"),
        ["Nom", "Entrée"], [(2, ["LUNE", "06/01/2025"])],
    ),
    "UTF-16 without its mark": (
        "Nom\tEntrée\nLUNE\t06/01/2025\n".encode("utf-16-le"),
        ["Nom", "Entrée"], [(2, ["LUNE", "06/01/2025"])],
    ),
    "bars": (
        b"Nom|Code|Heures\nLUNE|A|12,5\nSABLE|B|3,25\n",
        ["Nom", "Code", "Heures"], [(2, ["LUNE", "A", "12,5"]), (3, ["SABLE", "B", "3,25"])],
    ),
    "Windows": (
        "Nom;Référent\nL’ÉTÉ;Zoé – Noël\n".encode("cp1252"),
        ["Nom", "Référent"], [(2, ["L’ÉTÉ", "Zoé – Noël"])],
    ),
    "the Mac": (
        "Nom;Référent\nLÉGER;Zoé, à côté\n".encode("mac_roman"),
        ["Nom", "Référent"], [(2, ["LÉGER", "Zoé, à côté"])],
    ),
    "MS-DOS": (
        "Nom;Référent\nLÉGER;Zoé, à côté\n".encode("cp850"),
        ["Nom", "Référent"], [(2, ["LÉGER", "Zoé, à côté"])],
    ),
    "the delimiter said": (
        b"sep=,\nNom,Heures\nLUNE,\"12,5\"\n",
        ["Nom", "Heures"], [(3, ["LUNE", "12,5"])],
    ),
    "lines of unlike lengths": (
        b"Nom;Date;Action\nLUNE;06/01/2025\nSABLE;07/01/2025;Visite;urgent\n",
        ["Nom", "Date", "Action", ""],
        [(2, ["LUNE", "06/01/2025", "", ""]), (3, ["SABLE", "07/01/2025", "Visite", "urgent"])],
    ),
    "lines quoted whole": (
        b'"Nom;Date"\n"LUNE;06/01/2025"\n',
        ["Nom", "Date"], [(2, ["LUNE", "06/01/2025"])],
    ),
    "a quote left open": (
        b'Nom;Taille\nLUNE;"12 pouces\nSABLE;13 pouces\nVENT;14\n',
        ["Nom", "Taille"], [(2, ["LUNE", '"12 pouces']), (3, ["SABLE", "13 pouces"]),
                            (4, ["VENT", "14"])],
    ),
    "texts that look otherwise": (
        b"Nom;Date;Num\xc3\xa9ro\n=SOMME;06/01/2025;007\n",
        ["Nom", "Date", "Numéro"], [(2, ["=SOMME", "06/01/2025", "007"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_file(name: str, tmp_path: Path) -> None:
    data, headings, rows = TEXTS[name]
    path = tmp_path / "suivi.csv"
    path.write_bytes(data)
    (table,) = read_tables(path)
    assert (list(table.headings), [(row.number, list(row.cells)) for row in table.rows]) == (
        headings,
        rows,
    )
    assert table.sheet == ""


def test_what_a_file_is_its_content_says(tmp_path: Path, workbook: Path) -> None:
    for name, source in {"a.xls": TEXTS["semicolons"][0], "b.csv": workbook.read_bytes()}.items():
        (tmp_path / name).write_bytes(source)
        assert read_tables(tmp_path / name)[0].headings[:2] == ("Nom", "Prénom")


#: Of the files that are no workbook, those that are tables nevertheless.
_TABLES = {"csv", "csv in utf-16"}


@pytest.mark.parametrize("case", sorted(set(OTHERS) - _TABLES - {"xls"}))
@pytest.mark.parametrize("name", ["classeur.xlsx", "export.xls", "export.csv"])
def test_another_file_is_refused_as_everywhere(case: str, name: str, tmp_path: Path) -> None:
    data, said = OTHERS[case]
    path = tmp_path / name
    path.write_bytes(data)
    assert said in refusal(path)


@pytest.mark.parametrize("case", sorted(set(NAMED) - _TABLES))
def test_a_file_that_stands_for_another_is_refused(case: str, tmp_path: Path) -> None:
    name, data, beside, said = NAMED[case]
    if beside:
        (tmp_path / beside).write_bytes(b"x")
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert said in refusal(tmp_path / name)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "suivi.numbers").mkdir()
    assert "un dossier" in refusal(tmp_path)
    assert "Numbers" in refusal(tmp_path / "suivi.numbers")
    assert "n'existe pas" in refusal(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1\\ansi Nom}", "un document (RTF)"),
        (b'[{"nom": "LUNE"}]', "JSON"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "page web"),
        (b"BEGIN:VCARD\nFN:Ida LUNE\nEND:VCARD\n", "carnet d'adresses"),
        (b"\n \n;;;\n", "aucun tableau"),
    ],
)
def test_a_text_that_is_no_table_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    assert said in refusal(path)


def test_a_workbook_without_a_table_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "vide.xlsx")
    assert "aucun tableau" in refusal(tmp_path / "vide.xlsx")


def test_a_sheet_is_chosen_by_its_name(workbook: Path) -> None:
    assert sheet_names(workbook) == tuple(SHAPES)
    assert {table.sheet for table in read_tables(workbook, sheet="simple")} == {"Simple"}
    said = refusal(workbook, sheet="Totaus")
    assert "aucune feuille « Totaus »" in said
    assert "« Débute en D7 »" in said
    assert "Est-ce « Totaux » ?" in said


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "suivi.csv"
    path.write_bytes(TEXTS["bars"][0])
    assert sheet_names(path) == ()
    assert "n'a pas de feuilles" in refusal(path, sheet="Feuil1")


def refusal(path: Path, sheet: str | None = None) -> str:
    """The one sentence of a refusal: where, what, what to do."""
    with pytest.raises(CedreError) as raised:
        read_tables(path, sheet=sheet)
    said = str(raised.value)
    assert said.startswith(f"{path}")
    assert (said[-1] in ".?", "\n" in said) == (True, False)
    return said


@pytest.mark.parametrize("kind", ["xlsx", pytest.param("ods", marks=needs_libreoffice),
                                  pytest.param("xls", marks=needs_libreoffice)])  # fmt: skip
def test_values_are_as_the_file_stores_them(kind: str, tmp_path: Path) -> None:
    path = _values(tmp_path / "valeurs.xlsx")
    if kind != "xlsx":
        path = libreoffice_convert(path, kind, tmp_path / kind)
    (table,) = read_tables(path)
    assert table.headings == ("Nom", "Date", "Heure", "Durée", "Taux", "Montant", "Erreur")
    (row,) = table.rows
    assert list(row.cells) == [
        "=SOMME", datetime(2025, 1, 6, 14, 30), time(9, 30), timedelta(hours=30), 0.5, 12.5,
        "#N/A",
    ]  # fmt: skip
    assert isinstance(row.cells[-1], ErrorText)


def test_an_export_of_a_platform_is_read(tmp_path: Path) -> None:
    """No dimension, texts in their cells, days as floats, empty cells of numbers."""
    rows = (
        ("Nom candidat", "Date de naissance candidat", "Début PASS IAE"),
        ("=SOMME", 31_110.0, 46_055.0),
        ("T…", None, None),
    )
    path = tmp_path / "candidatures.xlsx"
    book = Workbook()
    book.worksheets[0]["A1"] = date(2025, 1, 6)  # its style is the second
    book.save(path)
    cells = "".join(
        f'<row r="{i}">' + "".join(_streamed(f"{'ABC'[j]}{i}", cell) for j, cell in enumerate(row))
        + "</row>"
        for i, row in enumerate(rows, start=1)
    )  # fmt: skip
    xml = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    path.write_bytes(
        rewritten(path.read_bytes(), lambda n, data: (n, xml if "sheet1" in n else data))
    )
    (table,) = read_tables(path)
    assert table.headings == rows[0]
    assert [list(row.cells) for row in table.rows] == [
        ["=SOMME", date(1985, 3, 4), date(2026, 2, 2)],
        ["T…", "", ""],
    ]


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _streamed(place: str, cell: str | float | None) -> str:
    """A cell as xlsx-streaming writes it."""
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>'
    value = "<v/>" if cell is None else f"<v>{cell}</v>"
    return f'<c r="{place}" s="1" t="n">{value}</c>'


@needs_libreoffice
def test_the_texts_of_an_old_workbook_are_counted(tmp_path: Path) -> None:
    """They go on in other records, anywhere: within a text, between its bytes and its pairs."""
    book = Workbook()
    texts = [f"{number} {'été' * (number % 40)} {'…' * (number % 3)}" for number in range(3_000)]
    for text in ("Nom", *texts):
        book.worksheets[0].append([text, "oui" if text != "Nom" else "Présent"])
    book.save(tmp_path / "suivi.xlsx")
    path = libreoffice_convert(tmp_path / "suivi.xlsx", "xls", tmp_path / "xls")
    (table,) = read_tables(path)
    assert [row.cells[0] for row in table.rows] == texts
    stream = Container(path.read_bytes()).stream("Workbook")
    assert stream is not None
    assert read_old_book(stream).text == len("".join(texts)) + len("NomPrésent") + 3 * len(texts)


def test_an_excel_table_says_its_headings_and_its_totals(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    rows = [["Bidule", "Truc"], ["LUNE", "Ida"], ["SABLE", "Rose"], ["Ensemble", "deux noms"]]
    for row in rows:
        sheet.append(row)
    table = Table(displayName="t1", ref="A1:B4", totalsRowCount=1)
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, rows[0], strict=True):
        column.name = heading
    sheet.add_table(table)
    book.save(tmp_path / "suivi.xlsx")
    (found,) = read_tables(tmp_path / "suivi.xlsx")
    assert (found.headings, [row.number for row in found.rows]) == (("Bidule", "Truc"), [2, 3])
    assert [one.text for one in found.left] == ["Ensemble | deux noms"]


def test_far_cells_keep_their_places(tmp_path: Path) -> None:
    """A sheet that is closed up, because a cell stands far away, has its tables all the same."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Nom", "Prénom", None, "Nom", "Prénom"], ["LUNE", "Ida", None, "VENT", "Paul"]):
        sheet.append(row)
    sheet["XFD900000"] = "perdu"
    book.save(tmp_path / "suivi.xlsx")
    first, second = read_tables(tmp_path / "suivi.xlsx")
    assert (first.columns, second.columns) == ((1, 2), (4, 5, 16_384))
    assert [(row.number, list(row.cells)) for row in second.rows] == [
        (2, ["VENT", "Paul", ""]),
        (900_000, ["", "", "perdu"]),
    ]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An old workbook, as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("old")
    return libreoffice_convert(_values(folder / "valeurs.xlsx"), "xls", folder).read_bytes()


@needs_libreoffice
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_truncated_old_workbook_is_refused(share: float, tmp_path: Path, old: bytes) -> None:
    path = tmp_path / "suivi.xls"
    path.write_bytes(old[: int(len(old) * share)])
    assert "abîmé ou incomplet" in refusal(path)


def record(kind: int, data: bytes) -> bytes:
    """A record of an old workbook."""
    return struct.pack("<HH", kind, len(data)) + data


#: The records that are replaced (fonts, or how the sheet is looked at), by what, and what is said.
_HOSTILE = {
    "a password": (0x31, record(0x2F, bytes(6)), "mot de passe"),
    "cells without end": (0x31, record(0x200, struct.pack("<IIHHH", 0, 2**31, 0, 256, 0)), "abîmé"),
    "texts without end": (0x31, record(0xFC, struct.pack("<II", 1, 2**32 - 1)), "abîmé"),
    "far cells": (0x23E, record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0)), "trop loin"),
}


@needs_libreoffice
@pytest.mark.parametrize("case", _HOSTILE)
def test_an_old_workbook_made_to_do_harm_is_refused(case: str, tmp_path: Path, old: bytes) -> None:
    kind, harm, said = _HOSTILE[case]
    stream = Container(old).stream("Workbook")
    assert stream is not None
    path = tmp_path / "suivi.xls"
    place, room = next((place, size) for place, one, size in _records(stream) if one == kind)
    filling = record(0x5C, bytes(room - len(harm)))
    changed = stream[:place] + harm + filling + stream[place + 4 + room :]
    path.write_bytes(_with_stream(old, stream, changed))
    assert said in refusal(path)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Place, kind and size of each record."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield place, kind, size
        place += 4 + size


def _with_stream(data: bytes, stream: bytes, changed: bytes) -> bytes:
    """The container with the sectors of a stream, which LibreOffice lays in a row, changed."""
    made = bytearray(data)
    for start in range(0, len(stream), 512):
        old = stream[start : start + 512]
        if old != changed[start : start + 512]:
            place = data.index(old)
            made[place : place + len(old)] = changed[start : start + 512]
    return bytes(made)


def _values(path: Path) -> Path:
    """A workbook with a hidden sheet, hidden rows and columns, and every sort of cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Nom", "Date", "Heure", "Durée", "Taux", "Montant", "Erreur"])
    values = ["=SOMME", datetime(2025, 1, 6, 14, 30), time(9, 30), timedelta(hours=30), 0.5, 12.5,
              "#N/A"]  # fmt: skip
    formats = ["@", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm", "0%", '# ##0.00 "€"', "General"]
    for column, (value, shown_as) in enumerate(zip(values, formats, strict=True), start=1):
        cell = sheet.cell(2, column, value)
        cell.number_format = shown_as
    sheet["A2"].data_type, sheet["G2"].data_type = "s", "e"
    sheet.row_dimensions[2].hidden = sheet.column_dimensions["C"].hidden = True
    sheet.sheet_state = "hidden"
    book.create_sheet("Vide")
    book.save(path)
    return path
