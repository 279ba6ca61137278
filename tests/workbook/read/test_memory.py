"""The hidden sheet that remembers numbers: written once, read back, kept by a refresh."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.reports.memory_sheet import memory_sheet
from cedre_xlsx.schema.memory import CLOSED, GONE, LINES, MemoryRow
from cedre_xlsx.workbook.package.splice import splice
from cedre_xlsx.workbook.read import read_workbook
from tests.small_association import ON, new_workbook

ROWS = (
    MemoryRow(row=0, sort=CLOSED, year=2025, holder="active", part="value", number="54"),
    MemoryRow(
        row=0, sort=CLOSED, year=2025, holder="*freins", line='{"Frein": "Santé"}',
        part="Personnes", number="3",
    ),
    MemoryRow(row=0, sort=GONE, year=2024, holder="dynamic_exit_rate", part="value", number="null"),
)  # fmt: skip


def remembering(data: bytes, rows: tuple[MemoryRow, ...], on: date = ON) -> bytes:
    sheet = memory_sheet(rows, on, workbook="suivi.xlsx", version="0")
    return splice(Package(data), (sheet,), on=on).data


@pytest.fixture(scope="module")
def remembered() -> bytes:
    return remembering(new_workbook(), ROWS)


def told(path: Path) -> list[MemoryRow]:
    found = read_workbook(path, on=ON).records.memory
    return [row.model_copy(update={"row": 0}) for row in found]


@pytest.mark.slow
def test_what_is_remembered_is_read_back_and_kept(remembered: bytes, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(remembered)
    assert told(path) == list(ROWS)
    book = load_workbook(path)
    assert (book.sheetnames[-1], book["Mémoire"].sheet_state) == ("Mémoire", "hidden")
    api.refresh(path, on=ON)
    assert [row for row in told(path) if row.sort != LINES] == list(ROWS)
    assert load_workbook(path)["Mémoire"].sheet_state == "hidden"


@pytest.mark.slow
def test_it_is_written_again_whole(remembered: bytes, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(remembering(remembered, ROWS[:1]))
    assert told(path) == list(ROWS[:1])
    sheet = load_workbook(path)["Mémoire"]
    assert [row[2] for row in sheet.iter_rows(min_row=6, values_only=True) if any(row)] == [
        "active"
    ]
    assert list(sheet.tables) == ["tMemoire"]


def test_it_is_hidden_again_where_a_program_showed_it(remembered: bytes, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    package = Package(remembered)
    name = "xl/workbook.xml"
    shown = package.read(name).replace(b' state="hidden"', b"")
    assert shown != package.read(name)
    package.write(name, shown)
    path.write_bytes(remembering(package.data(), ROWS))
    assert load_workbook(path)["Mémoire"].sheet_state == "hidden"


def test_a_workbook_without_it_remembers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(new_workbook())
    assert told(path) == []
