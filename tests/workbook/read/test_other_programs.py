"""The association's workbook saved by other programs: the records of the `.xlsx`, to the cell."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cedre_xlsx.schema.tables import DATA_TABLES, HOME_SHEET, SETTING_TABLE
from cedre_xlsx.workbook.read import Reading, read_workbook
from tests.support import (
    ROOT,
    calligra_convert,
    gnumeric_convert,
    libreoffice_convert,
    needs_calligra,
    needs_gnumeric,
    needs_libreoffice,
)

ASSOCIATION = ROOT / "examples" / "association.xlsx"
ON = date(2026, 9, 30)
KEPT = {HOME_SHEET, SETTING_TABLE.sheet, *(spec.sheet for spec in DATA_TABLES)}
TABLES = ("people", "follow_ups", "engagements", "missions", "barriers")


@pytest.fixture(scope="module")
def original() -> Reading:
    return read_workbook(ASSOCIATION, on=ON)


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets that people fill, as LibreOffice saves them.

    Gnumeric takes a minute over the forms, and Calligra opens no absolute targets, as openpyxl and
    our template have them.
    """
    folder = tmp_path_factory.mktemp("typed")
    workbook = load_workbook(ASSOCIATION, data_only=True)
    for name in set(workbook.sheetnames) - KEPT:
        del workbook[name]
    workbook.defined_names.clear()
    workbook.save(folder / "suivi.xlsx")
    return libreoffice_convert(folder / "suivi.xlsx", "xlsx", folder / "lo")


def assert_same(reading: Reading, original: Reading) -> None:
    """Every row and every cell of it, the settings, and what is said of the cells."""
    for name in TABLES:
        rows, expected = (getattr(one.records, name).rows for one in (reading, original))
        assert [pair for pair in zip(rows, expected, strict=True) if pair[0] != pair[1]] == []
    assert reading.records.settings == original.records.settings
    assert said(reading) == said(original)


def said(reading: Reading) -> Counter[tuple[str, str, str]]:
    return Counter((one.code, one.place.cell, one.message) for one in reading.problems)


@needs_libreoffice
def test_libreoffice(tmp_path: Path, original: Reading) -> None:
    assert_same(read_workbook(libreoffice_convert(ASSOCIATION, "ods", tmp_path), on=ON), original)


@needs_libreoffice
@needs_gnumeric
@pytest.mark.parametrize("name", ["suivi.ods", "suivi.xlsx"])
def test_gnumeric(name: str, typed: Path, original: Reading, tmp_path: Path) -> None:
    assert_same(read_workbook(gnumeric_convert(typed, tmp_path / name), on=ON), original)


@needs_libreoffice
@needs_calligra
def test_calligra(typed: Path, original: Reading, tmp_path: Path) -> None:
    """Its dates are numbers, in a style of dates."""
    assert_same(read_workbook(calligra_convert(typed, tmp_path / "suivi.ods"), on=ON), original)
