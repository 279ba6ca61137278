"""Every workbook that we write, read by programs that are none of ours, cell by cell.

What they read is compared with what stands in the XML of the sheets.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from cedre_xlsx import api
from cedre_xlsx.demonstration.seed_examples import examples_4_and_5
from tests.programs.drivers import PROGRAMS, missing
from tests.programs.lived import LATER, action_cell, lived
from tests.programs.readers import READERS, Book, Reader, unlike, written

ROOT = Path(__file__).parent.parent
#: Programs after which a workbook is refreshed, then read.
BEFORE_US = ("libreoffice", "openpyxl", "gnumeric", "sheetjs", "excelize")

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]


def template() -> bytes:
    return (ROOT / "workbook_templates" / "cedre.xlsx").read_bytes()


def demonstration() -> bytes:
    made = api.demo(Path(mkdtemp()) / "demo", on=date(2026, 9, 30))
    return made.path.read_bytes()


def seed_example() -> bytes:
    return api.workbook_bytes(examples_4_and_5())


def association_refreshed() -> bytes:
    path = Path(mkdtemp()) / "association.xlsx"
    path.write_bytes((ROOT / "examples" / "association.xlsx").read_bytes())
    api.refresh(path, on=LATER, years=(2025, 2026))
    return path.read_bytes()


def lived_refreshed() -> bytes:
    return _refreshed(lived())


def _refreshed(data: bytes) -> bytes:
    path = Path(mkdtemp()) / "suivi.xlsx"
    path.write_bytes(data)
    api.refresh(path, on=LATER)
    return path.read_bytes()


def after(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        program = next(one for one in PROGRAMS if one.name == name)
        if program.missing and not os.environ.get("CI"):
            pytest.skip(program.missing)
        saved = program.saved([(lived(), action_cell(lived()))])[0]
        assert not saved.error
        return _refreshed(saved.data)

    return make


FILES: Mapping[str, Callable[[], bytes]] = {
    "template": template,
    "demo": demonstration,
    "seed example": seed_example,
    "association, refreshed": association_refreshed,
    "lived, refreshed": lived_refreshed,
    **{f"refreshed after {name}": after(name) for name in BEFORE_US},
}


@cache
def made(name: str) -> Path:
    path = Path(mkdtemp()) / f"{name.replace(' ', '_').replace(',', '')}.xlsx"
    path.write_bytes(FILES[name]())
    return path


@cache
def in_xml(name: str) -> tuple[Book, frozenset[tuple[str, str]]]:
    return written(made(name))


@pytest.mark.parametrize("reader", READERS, ids=[one.name for one in READERS])
@pytest.mark.parametrize("name", FILES)
def test_a_reader_reads_what_is_written(name: str, reader: Reader) -> None:
    lacking = missing(reader.needs)
    if lacking and not os.environ.get("CI"):
        pytest.skip(lacking)
    ours, formulas = in_xml(name)
    theirs = reader.read([made(name)])[0]
    assert [title for title in ours if title not in theirs] == []
    for title, cells in ours.items():
        passed = {address for sheet, address in formulas if sheet == title and reader.computes}
        assert unlike(
            {address: value for address, value in cells.items() if address not in passed},
            {address: value for address, value in theirs[title].items() if address not in passed},
        ) == [], title  # fmt: skip
