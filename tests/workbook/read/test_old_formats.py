"""Numbers and dates of an old workbook (.xls), which calamine takes for each other."""

from __future__ import annotations

import struct
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cedre_xlsx.intake.reading import read_tables
from cedre_xlsx.workbook.read.old_formats import NUMBER, RESULT, SMALL, SMALLS, OldFormats
from tests.support import gnumeric_convert, needs_gnumeric

#: A number, the format that shows it, and what is read.
VALUES: list[tuple[float, str, Any]] = [
    (1.5, '0.0" h"', 1.5),
    (0.8, "0.0%", 0.8),
    (35, '0" h"', 35),
    (30, '0" jours"', 30),
    (0.5, '0.00" ETP"', 0.5),
    (-3, "0;[Red]-0", -3),
    (1.5, '0"h"00', 1.5),
    (7, '0"mn"', 7),
    (1.5, "[h]:mm", timedelta(hours=36)),
    (40.25, "[hh]:mm", timedelta(hours=966)),
    (0.0625, 'hh"h"mm', time(1, 30)),
    (45_000, "dd/mm/yyyy", date(2023, 3, 15)),
    (45_000.5, "d mmm yyyy hh:mm", datetime(2023, 3, 15, 12)),
]
MOMENT = datetime(1900, 1, 1, 12)


@needs_gnumeric
def test_numbers_that_gnumeric_saved(tmp_path: Path) -> None:
    """It counts its formats from 50 on, in an order of its own."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Nom", *(f"Valeur {number}" for number, _ in enumerate(VALUES))])
    sheet.append(["LUNE", *(number for number, _, _ in VALUES)])
    for column, (_, shown_as, _) in enumerate(VALUES, start=2):
        sheet.cell(2, column).number_format = shown_as
    book.save(tmp_path / "suivi.xlsx")
    (table,) = read_tables(gnumeric_convert(tmp_path / "suivi.xlsx", tmp_path / "suivi.xls"))
    assert list(table.rows[0].cells[1:]) == [read for _, _, read in VALUES]


def declared(text: str, number: int = 50) -> OldFormats:
    """The formats of a workbook with one of its own, which the look 1 has."""
    formats = OldFormats()
    formats.begin(struct.pack("<HH", 0x0600, 0x0005))
    formats.declare(struct.pack("<HHB", number, len(text), 1) + text.encode("utf-16-le"))
    formats.look(struct.pack("<HH", 0, 0))
    formats.look(struct.pack("<HH", 0, number))
    return formats


def cell(number: float, look: int = 1) -> bytes:
    return struct.pack("<HHHd", 4, 2, look, number)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('0.0" h"', 1.5), ("0%", 1.5), ("# ##0,00\\ [$€-40C]", 1.5), ("0.00E+00", 1.5),
        ("General", 1.5), ("_-* # ##0_-;-* # ##0_-", 1.5), ('0" an(s)"', 1.5),
        ("[h]:mm", timedelta(hours=36)), ("[mm]:ss", timedelta(hours=36)),
        ("h:mm", MOMENT), ("dd/mm/yyyy", MOMENT), ("[$-40C]d mmmm yyyy", MOMENT),
        ('hh"h"mm', MOMENT), ("mm:ss.0", MOMENT), ("h:mm AM/PM", MOMENT),
        ("ggge", None), ("@", None), ("", None), ("0" * 300, None),
    ],
)  # fmt: skip
def test_what_a_format_shows(text: str, read: Any) -> None:
    found = [*declared(text).values(NUMBER, cell(1.5))]
    assert found == ([] if read is None else [(2, read)])


@pytest.mark.parametrize(
    ("number", "read", "from_1904"),
    [
        (0, time(0), time(0)), (0.0625, time(1, 30), time(1, 30)),
        (0.9999999, time(23, 59, 59), time(23, 59, 59)),
        (59, date(1900, 2, 28), date(1904, 2, 29)), (61, date(1900, 3, 1), date(1904, 3, 2)),
        (45_000.5, datetime(2023, 3, 15, 12), datetime(2027, 3, 16, 12)), (1e300, None, None),
        (2_957_500, None, None), (-1, None, None),
    ],
)  # fmt: skip
def test_days_and_times(number: float, read: Any, from_1904: Any) -> None:
    formats = declared("dd/mm/yyyy hh:mm")
    said = [value for _, value in formats.values(NUMBER, cell(number))]
    formats.count_days(struct.pack("<H", 1))
    said += [value for _, value in formats.values(NUMBER, cell(number))]
    assert said == [one for one in (read, from_1904) if one is not None]


def test_only_the_looks_that_have_the_format() -> None:
    assert [*declared("0%").values(NUMBER, cell(0.8, look=0))] == []
    assert [*declared("0%").values(NUMBER, cell(0.8, look=9))] == []
    assert [*declared("0%", number=164).values(NUMBER, cell(0.8))] == []


def small(number: int, flags: int) -> int:
    """A number as 30 bits of a record: whole (2), of hundredths (1)."""
    if flags & 2:
        return (number << 2 | flags) & 0xFFFFFFFF
    return int(struct.unpack("<Q", struct.pack("<d", number))[0] >> 32) & ~3 | flags


def test_numbers_in_every_record() -> None:
    formats = declared("0.0%")
    one = struct.pack("<HHHI", 4, 2, 1, small(80, 3))
    assert [*formats.values(SMALL, one)] == [(2, 0.8)]
    some = b"".join(struct.pack("<HI", look, value) for look, value in [
        (1, small(-3, 2)), (0, small(5, 2)), (1, small(12, 0)), (1, small(150, 1)),
    ])  # fmt: skip
    many = struct.pack("<HH", 4, 2) + some + struct.pack("<H", 5)
    assert [*formats.values(SMALLS, many)] == [(2, -3), (4, 12), (5, 1.5)]
    assert [*formats.values(RESULT, cell(0.25) + bytes(8))] == [(2, 0.25)]
    text = struct.pack("<HHH", 4, 2, 1) + bytes(6) + b"\xff\xff" + bytes(8)
    assert [*formats.values(RESULT, text)] == []
    assert [*formats.values(NUMBER, cell(float("nan")))] == []


def test_an_older_version_writes_its_formats_in_bytes() -> None:
    formats = OldFormats()
    formats.begin(struct.pack("<HH", 0x0500, 0x0005))
    formats.declare(struct.pack("<HB", 50, 2) + b"0%")
    formats.look(struct.pack("<HH", 0, 50))
    assert [*formats.values(NUMBER, cell(0.8, look=0))] == [(2, 0.8)]
