"""Every workbook that we write, read by programs that are none of ours, cell by cell.

What they read is compared with what stands in the XML of the sheets.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cedre_xlsx import api
from cedre_xlsx.workbook.template.filling import Filling
from tests.programs.drivers import PROGRAMS, missing
from tests.programs.lived import LATER, ON, lived
from tests.programs.once import refreshed_once
from tests.programs.readers import READERS, Book, Reader, unlike, written
from tests.programs.reread import REFRESHED
from tests.support import ROOT

#: Programs after which a workbook is refreshed, then read.
BEFORE_US = ("libreoffice", "sheetjs")

pytestmark = [
    pytest.mark.program,
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]


def new() -> bytes:
    """As the template, with the shorter lists of the tests."""
    return api.workbook_bytes(Filling())


def demonstration() -> bytes:
    with TemporaryDirectory() as folder:
        return api.demo(folder, on=ON).path.read_bytes()


def example() -> bytes:
    return (ROOT / "examples" / "exemples-4-et-5.xlsx").read_bytes()


def example_refreshed() -> bytes:
    return _refreshed(example(), years=(2002, 2003))


def lived_refreshed() -> bytes:
    return _refreshed(lived())


def _refreshed(data: bytes, years: Sequence[int] = ()) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "suivi.xlsx"
        path.write_bytes(data)
        api.refresh(path, on=LATER, years=years)
        return path.read_bytes()


def after(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        program = next(one for one in PROGRAMS if one.name == name)
        if program.missing and not os.environ.get("CI"):
            pytest.skip(program.missing)
        return refreshed_once(name)

    return make


FILES: Mapping[str, Callable[[], bytes]] = {
    "new": new,
    "demo": demonstration,
    "example, refreshed": example_refreshed,
    "lived, refreshed": lived_refreshed,
    **{f"refreshed after {name}": after(name) for name in BEFORE_US},
}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


@cache
def in_file(name: str, folder: Path) -> Path:
    path = folder / f"{name.replace(' ', '_').replace(',', '')}.xlsx"
    path.write_bytes(FILES[name]())
    return path


@cache
def in_xml(path: Path) -> tuple[Book, frozenset[tuple[str, str]]]:
    return written(path)


@cache
def all_read(reader: Reader, folder: Path) -> dict[str, Book]:
    """Every file as a reader has it, in one run of it: starting is what takes long."""
    books = reader.read([in_file(name, folder) for name in FILES])
    return dict(zip(FILES, books, strict=True))


@pytest.mark.parametrize("reader", READERS, ids=[one.name for one in READERS])
@pytest.mark.parametrize("name", FILES)
def test_a_reader_reads_what_is_written(name: str, reader: Reader, folder: Path) -> None:
    """After another program, in the sheets that we made anew: the others are that program's."""
    lacking = missing(reader.needs)
    if lacking and not os.environ.get("CI"):
        pytest.skip(lacking)
    ours, formulas = in_xml(in_file(name, folder))
    theirs = all_read(reader, folder)[name]
    for title in [one for one in ours if one in REFRESHED or "after" not in name]:
        passed = {address for sheet, address in formulas if sheet == title and reader.own_formulas}
        found = unlike(
            {address: value for address, value in ours[title].items() if address not in passed},
            {address: value for address, value in theirs[title].items() if address not in passed},
        )
        assert not found, "\n".join([title, *found])
