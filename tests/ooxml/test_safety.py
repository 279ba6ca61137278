"""Packages made to do harm cost little time and memory, and end in a sentence or in records."""

from __future__ import annotations

import base64
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from cedre_xlsx.ooxml.extent import (
    MOST_CELLS,
    close_up,
    column_number,
    proved_box,
)
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import ROOT, few, saved_workbook

ON = date(2026, 5, 12)
MOST_SECONDS, MOST_MEGABYTES = 4.0, 300  # of CPU; twice the aim

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEADINGS = ("Personne", "Dates", "Actions proposées par l'AI / ETTI")


def text_cell(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_xml(rows: str, dimension: str = "A1:C5") -> bytes:
    head = "".join(text_cell(f"{'ABC'[i]}4", text) for i, text in enumerate(_HEADINGS))
    line = text_cell("A5", "Durand Marie") + '<c r="B5"><v>46146</v></c>' + text_cell("C5", "Appel")
    return (
        f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>'
        f'<row r="4">{head}</row><row r="5">{line}</row>{rows}</sheetData></worksheet>'
    ).encode()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("safety") / "classeur.xlsx"
    return saved_workbook(path, Filling()).read_bytes()


def with_suivi(workbook: bytes, xml: bytes, level: int = 6) -> bytes:
    """The workbook with another sheet `Suivi`, which has no table."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", 8) as new:
        new.compresslevel = level
        for name in old.namelist():
            if name == "xl/worksheets/sheet3.xml":
                new.writestr(name, xml)
            elif name != "xl/worksheets/_rels/sheet3.xml.rels":
                new.writestr(name, old.read(name))
    return made.getvalue()


def cost(path: Path) -> tuple[str, float, float]:
    """What reading says, in CPU seconds and megabytes beyond Python's, in its own process."""
    code = (
        "import sys, time\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from cedre_xlsx.workbook.read import read_workbook\n"
        "from cedre_xlsx.schema.errors import CedreError\n"
        "import lxml.etree, python_calamine\n"
        "def peak():\n"  # getrusage would give the parent's peak
        "    status = Path('/proc/self/status').read_text()\n"
        "    return int(status.partition('VmHWM:')[2].split()[0]) / 1024\n"
        "start, before = time.process_time(), peak()\n"
        "try:\n"
        "    said = len(read_workbook(Path(sys.argv[1]), on=date(2026, 5, 12))"
        ".records.follow_ups.rows)\n"
        "except CedreError as error:\n"
        "    said = error\n"
        "print(time.process_time() - start, peak() - before, said, sep='|')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True, timeout=60,
    )  # fmt: skip
    seconds, megabytes, said = done.stdout.strip().split("|", 2)
    return said, float(seconds), float(megabytes)


def many(pattern: str, count: int) -> str:
    return "".join(pattern.format(row) for row in range(6, 6 + count))


FAR = '<row r="{row}"><c {place}><v>1</v></c></row>'


def far(row: int, place: str) -> Callable[[], bytes]:
    return lambda: sheet_xml(FAR.format(row=row, place=place))


def wide() -> bytes:
    """A row of 16,384 cells that don't say where they are, and a row far below."""
    cells = "<c><v>1</v></c>" * 16384
    return sheet_xml(f'<row r="6">{cells}</row><row r="200000"><c><v>1</v></c></row>')


def diagonal() -> bytes:
    return sheet_xml("".join(
        f'<row r="{n}"><c r="{get_column_letter(n)}{n}"><v>1</v></c></row>'
        for n in range(6, 16384)
    ))  # fmt: skip


PIECE = f"<r><t>{'x' * 900_000}</t></r>"
#: Each entity is ten times the one before.
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
    + "]>"
).encode()


def in_a_row(xml: str) -> bytes:
    return sheet_xml(f'<row r="6">{xml}</row>')


def around(name: str, pattern: str, count: int) -> bytes:
    """Many elements of one name after the cells."""
    block = f"<{name}>{many(pattern, count)}</{name}></worksheet>"
    return sheet_xml("").replace(b"</worksheet>", block.encode())


#: A sheet Suivi, and what reading it says: the number of its lines, or a part of a sentence.
SHEETS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one far cell": (far(1048576, 'r="XFD1048576"'), "1"),
    "one far cell in a row": (far(5, 'r="XFD5"'), "1"),
    "a far cell that says it is in another row": (far(6, 'r="XFD1048576"'), "1"),
    "a far cell with its place last": (far(6, 's="0" r="XFD1048576"'), "1"),
    "a far cell in single quotes": (far(6, "r='XFD1048576'"), "1"),
    "a far cell on a new line": (far(6, '\nr="XFD1048576"'), "1"),
    "a far line": (
        lambda: sheet_xml(f'<row r="1048576">{text_cell("A1048576", "Petit")}</row>'), "2"),
    "a forged dimension": (lambda: sheet_xml("", "A1:XFD1048576"), "1"),
    "cells without places": (wide, "3"),
    "a million empty rows": (
        lambda: sheet_xml(many('<row r="{0}" s="1" customFormat="1"/>', 10**6)), "1"),
    "a million empty cells": (
        lambda: sheet_xml(many('<row r="{0}"><c r="B{0}" s="1"/></row>', 10**6)), "1"),
    "a diagonal": (diagonal, "trop loin"),
    "an endless text": (
        lambda: sheet_xml(f'<row r="6">{text_cell("A6", "x" * 9_000_000)}</row>'), "démesuré"),
    "an endless text in pieces": (
        lambda: sheet_xml(f'<row r="6"><c r="A6" t="inlineStr"><is>{PIECE * 9}</is></c></row>'),
        "démesuré"),
    "half a million merged cells": (
        lambda: around("mergeCells", '<mergeCell ref="D{0}:E{0}"/>', 500_000), "1"),
    "as many drop-down lists": (
        lambda: around("dataValidations", '<dataValidation type="list" sqref="D{0}"/>', 500_000),
        "1"),
    "cells that never end": (
        lambda: in_a_row(many('<c r="A{0}" t="s">', 100_000)), "1"),
    "tags that never end": (lambda: in_a_row("<c " * 300_000), "1"),
    "prefixes that never end": (
        lambda: in_a_row(many('<x:c r="A{0}">', 100_000)), "1"),
    "a cell of attributes": (
        lambda: in_a_row('<c r="A6"><v>' + ' t="e" hidden="1' * 60_000 + "</v></c>"),
        "2"),
    "an entity in a cell": (
        lambda: BOMB + sheet_xml(f'<row r="6">{text_cell("A6", "&i;")}</row>'), "abîmé"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
@pytest.mark.parametrize("case", SHEETS)
def test_a_hostile_sheet_costs_little(case: str, workbook: bytes, tmp_path: Path) -> None:
    make, expected = SHEETS[case]
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(with_suivi(workbook, make()))
    said, seconds, megabytes = cost(path)
    assert expected in said, said
    assert (seconds < MOST_SECONDS, megabytes < MOST_MEGABYTES) == (True, True), (
        seconds,
        megabytes,
    )


def noise(size: int) -> str:
    """Letters that hardly shrink."""
    return base64.b64encode(random.Random(1).randbytes(size * 3 // 4)).decode()


def with_strings(workbook: bytes, strings: str, references: int) -> bytes:
    """The workbook with shared strings, the first one in so many cells of Suivi."""
    rows = many('<row r="{0}"><c r="C{0}" t="s"><v>0</v></c></row>', references)
    part = f'<sst xmlns="{_MAIN}">{strings}</sst>'.encode()
    rels = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        link = (
            '<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        )
        links = archive.read(rels).replace(b"</Relationships>", link.encode())
    made = with_suivi(workbook, sheet_xml(rows), level=1)
    return replaced(made, {"xl/sharedStrings.xml": part, rels: links})


def replaced(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with some parts changed, or added."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return packed(iter((kept | parts).items()), level=1)


def padded(workbook: bytes, part: str, before: str, pattern: str, count: int) -> bytes:
    """A part with many more elements of one kind before its end."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        data = archive.read(part)
    end = f"</{before}>".encode()
    assert end in data
    return replaced(workbook, {part: data.replace(end, many(pattern, count).encode() + end)})


def far_sheets(workbook: bytes, count: int) -> bytes:
    """Many sheets of two cells, each as far as one sheet may go."""
    sheet = sheet_xml('<row r="100000"><c r="CB100000"><v>1</v></c></row>', "A1:CB100000")
    tabs = "".join(
        f'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'name="z{n}" sheetId="{500 + n}" r:id="z{n}"/>'
        for n in range(count)
    )
    links = "".join(
        f'<Relationship Id="z{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/worksheet" Target="worksheets/z{n}.xml"/>'
        for n in range(count)
    )
    book, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        parts = {
            book: archive.read(book).replace(b"</sheets>", f"{tabs}</sheets>".encode()),
            rels: archive.read(rels).replace(
                b"</Relationships>", f"{links}</Relationships>".encode()
            ),
        }
    parts |= {f"xl/worksheets/z{n}.xml": sheet for n in range(count)}
    return replaced(with_suivi(workbook, sheet_xml("")), parts)


_NAME = '<definedName name="n{0}">Suivi!$A${0}</definedName>'
_LINK = '<Relationship Id="q{0}" Type="x/image" Target="i{0}.png"/>'
#: A workbook, and what reading it says: the number of lines of Suivi, or a part of a sentence.
BOOKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a shared string of 100 MB": (
        lambda data: with_strings(data, f"<si><t>{'x' * 100_000_000}</t></si>", 1), "démesuré"),
    "another that hardly shrinks": (
        lambda data: with_strings(data, f"<si><t>{noise(100_000_000)}</t></si>", 1), "démesuré"),
    "a shared string in pieces": (
        lambda data: with_strings(data, f"<si>{PIECE * 9}</si>", 1), "démesuré"),
    "a long string in many cells": (
        lambda data: with_strings(data, f"<si><t>{noise(900_000)}</t></si>", 2000), "démesuré"),
    "a page in very many cells": (
        lambda data: with_strings(data, f"<si><t>{noise(30_000)}</t></si>", 50_000), "démesuré"),
    "a page in some cells": (
        lambda data: with_strings(data, f"<si><t>{noise(30_000)}</t></si>", 500), "501"),
    "an entity in the shared strings": (
        lambda data: replaced(with_strings(data, "", 1), {
            "xl/sharedStrings.xml": BOMB + f'<sst xmlns="{_MAIN}"><si><t>&i;</t></si></sst>'
            .encode()}), "abîmé"),
    "half a million names": (
        lambda data: padded(data, "xl/workbook.xml", "definedNames", _NAME, 500_000), "démesuré"),
    "half a million relationships": (
        lambda data: padded(data, "xl/_rels/workbook.xml.rels", "Relationships", _LINK, 500_000),
        "démesuré"),
    "many sheets of few far cells": (lambda data: far_sheets(data, 30), "1"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
@pytest.mark.parametrize("case", BOOKS)
def test_a_hostile_workbook_costs_little(case: str, workbook: bytes, tmp_path: Path) -> None:
    make, expected = BOOKS[case]
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(make(workbook))
    said, seconds, megabytes = cost(path)
    assert expected in said, said
    assert (seconds < MOST_SECONDS, megabytes < MOST_MEGABYTES) == (True, True), (
        seconds,
        megabytes,
    )


def packed(members: Iterator[tuple[str, bytes]], level: int = 6) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", 8, compresslevel=level) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def added(workbook: bytes, *members: tuple[str, bytes]) -> bytes:
    made = BytesIO(workbook)
    with zipfile.ZipFile(made, "a", 8) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def lying(workbook: bytes) -> bytes:
    """A member that declares a thousandth of its size, in both headers."""
    data = added(workbook, ("xl/sharedStrings2.xml", b"x" * 40))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet3.xml").file_size
    return data.replace(struct.pack("<L", size), struct.pack("<L", size // 1000))


#: A package, and what is said of it.
PACKAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a bomb": (lambda data: added(data, ("xl/media/a.bin", bytes(50 * 1024**2))), "démesuré"),
    "too many members": (
        lambda data: added(data, *((f"xl/media/{n}.bin", b"") for n in range(2001))), "2000"),
    "the same name twice": (lambda data: twice(data, "xl/workbook.xml"), "même nom"),
    "the same name in another case": (
        lambda data: added(data, ("XL/workbook.xml", b"<x/>")), "même nom"),
    "a path outside": (lambda data: added(data, ("../../etc/passwd", b"x")), "sort de l'archive"),
    "a path outside, backwards": (lambda data: added(data, (r"xl\..\..\x", b"x")), "sort de"),
    "an absolute path": (lambda data: added(data, ("/etc/passwd", b"x")), "sort de l'archive"),
    "a drive": (lambda data: added(data, ("C:/x", b"x")), "sort de l'archive"),
    "a false size": (lying, "abîmé"),
    "a sheet in UTF-16": (lambda data: wide(data, "xl/worksheets/sheet2.xml"), "UTF-16"),
    "the workbook in UTF-16": (lambda data: wide(data, "xl/workbook.xml"), "UTF-16"),
    "an unknown compression": (
        lambda data: data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00",
                                  b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"), "compression"),
}  # fmt: skip


def wide(data: bytes, name: str) -> bytes:
    """The workbook with one part as some programs write all of them; it would hide a DOCTYPE."""
    package = Package(data)
    text = package.read(name).decode().replace("UTF-8", "UTF-16").replace("utf-8", "utf-16")
    package.write(name, text.encode("utf-16"))
    return package.data()


def twice(data: bytes, name: str) -> bytes:
    same_length = name.replace("book", "buch")
    return added(data, (same_length, b"<x/>")).replace(same_length.encode(), name.encode())


@pytest.mark.parametrize("case", PACKAGES)
def test_a_hostile_package_is_refused(case: str, workbook: bytes, tmp_path: Path) -> None:
    make, expected = PACKAGES[case]
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(make(workbook))
    start = time.process_time()
    with pytest.raises(CedreError, match=expected):
        read_workbook(path, on=ON)
    assert time.process_time() - start < MOST_SECONDS


ODF_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
_NUMBER = '<table:table-cell office:value-type="float" office:value="1" {0}/>'
_TEXT = '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>'
#: A row of an OpenDocument, how often it is repeated, what is said of it.
REPEATED: dict[str, tuple[Callable[[], str], int, str]] = {
    "a cell to the far corner": (
        lambda: _NUMBER.format('table:number-columns-repeated="16384"'), 1048576, "trop loin"),
    "eight million cells": (
        lambda: _NUMBER.format('table:number-columns-repeated="1000"'), 8000, "trop loin"),
    "a long text in many cells": (lambda: _TEXT.format(noise(900_000)), 1000, "démesuré"),
    "a row of nothing": (lambda: many("<text:p/>{0}", 1_200_000), 1, "fichier est démesuré"),
    "a number of digits without end": (
        lambda: _NUMBER.format(f'table:number-columns-repeated="{"9" * 5000}"'), 1, "trop loin"),
}  # fmt: skip


@pytest.mark.parametrize("case", few(REPEATED))
def test_an_open_document_repeats_its_cells_in_vain(case: str, tmp_path: Path) -> None:
    make, times, said = REPEATED[case]
    content = (
        f"<office:document-content {ODF_NAMESPACES}>"
        '<table:table table:name="Suivi">'
        f'<table:table-row table:number-rows-repeated="{times}">{make()}</table:table-row>'
        "</table:table></office:document-content>"
    )
    path = tmp_path / "classeur.ods"
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    path.write_bytes(packed(iter([("mimetype", mimetype), ("content.xml", content.encode())])))
    start = time.process_time()
    with pytest.raises(CedreError, match=said):
        read_workbook(path, on=ON)
    assert time.process_time() - start < MOST_SECONDS


def fits(xml: bytes) -> bool:
    """Whether all cells of a sheet are proved to stay within a box that may be laid out."""
    return proved_box(xml, MOST_CELLS) is not None


def test_a_box_is_proved_cell_by_cell() -> None:
    near = sheet_xml("")
    assert fits(near)
    for empty in ('s="3"/>', 's="3"></c>', 's="3" t="n"></c>', "></c>"):  # nothing to lay out
        assert fits(sheet_xml(f'<row r="9"><c r="XFD9" {empty}</row>'))
    for filled in ('s="3"><v>1</v></c>', 's="3"><v></v></c>', 't="s"><v>0</v></c>'):
        assert not fits(sheet_xml(f'<row r="900000"><c r="XFD900000" {filled}</row>'))
    last = b'<row r="7"><c r="A7"><v>1</v></c></row></sheetData>'
    for place in ("ZZ5", "CA5", "A900000", "XFD1048576"):
        xml = sheet_xml(f'<row r="5"><c r="{place}"><v>1</v></c></row>')
        assert not fits(xml.replace(b"</sheetData>", last))


@pytest.mark.parametrize("last", [19_999, 20_000, 99_999, 100_000, 104_321])
@pytest.mark.parametrize("right", ["A", "Z", "AA", "AZ", "BC", "CZ"])
def test_a_box_ends_where_it_is_said_to(last: int, right: str) -> None:
    """The last row is that of the last cell, the last column that of the dimension."""

    def sheet(place: str) -> bytes:
        return (
            f'<worksheet><dimension ref="A1:{right}{last}"/><sheetData>'
            f'<row><c r="{place}"><v>1</v></c></row><row><c r="A{last}"><v>1</v></c></row>'
            "</sheetData></worksheet>"
        ).encode()

    wide = column_number(right.encode())
    most = last * wide  # no larger box will do
    beyond = get_column_letter(wide + 1)
    assert proved_box(sheet(f"{right}{last}"), most) == most
    assert proved_box(sheet(f"{right}9"), most) == most
    for place in (f"{beyond}9", f"{right}{last + 1}", f"A{last + 1}", f"A{last * 10}", "AAA1"):
        assert proved_box(sheet(place), most) is None


def test_closing_up_keeps_cells_and_their_numbers() -> None:
    xml = sheet_xml(
        '<row r="900000"><c r="B900000" s="2"><v>7</v></c><c r="XFD900000"><v>8</v></c></row>'
    )
    closed = close_up(xml)
    assert closed is not None
    assert (list(closed.rows), list(closed.columns)) == ([4, 5, 900000], [1, 2, 3, 16384])
    assert b'<row r="3"><c r="B3" s="2"><v>7</v></c><c r="D3"><v>8</v></c></row>' in closed.xml
    assert zlib.crc32(closed.xml) != zlib.crc32(xml)


def test_letters_and_numbers_of_columns() -> None:
    for number in (1, 26, 27, 52, 702, 703, 16384):
        assert column_number(get_column_letter(number).encode()) == number
    assert column_number(b"XFD") == 16384
