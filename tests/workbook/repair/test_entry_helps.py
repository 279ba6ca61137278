"""Sheets that people fill stay helped: what LibreOffice keeps of it, and what `fix` gives back."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.reach import LAST_ROW, SHEET_END, reach_below
from cedre_xlsx.workbook.package.host import Host, q
from tests.hands import typed
from tests.programs.drivers import converted
from tests.programs.lived import ON, small_filling
from tests.support import needs_libreoffice

MORE = 800  # lines typed below the others


@pytest.mark.parametrize(
    ("last", "reached"),
    [(5, 5_000), (3_000, 5_000), (3_001, 5_001), (8_858, 11_072), (1_048_000, SHEET_END)],
)
def test_a_year_of_lines_stays_free(last: int, reached: int) -> None:
    assert reach_below(last) == reached


@cache
def made() -> bytes:
    return api.workbook_bytes(small_filling())


def suivi(data: bytes) -> etree._Element:
    package = Package(data)
    part = next(one.part for one in Host(package).sheets() if one.title == "Suivi")
    return package.root(part)


def rules(data: bytes) -> dict[str, tuple[object, ...]]:
    """What each column accepts and says, by its letter, rows aside; a column has one rule."""
    found = {}
    for rule in suivi(data).iter(q("dataValidation")):
        [letter] = {re.sub(r"[0-9]", "", one) for one in re.split("[ :]", rule.get("sqref", ""))}
        assert letter not in found
        formulas = [re.sub(r"[0-9]{1,7}\b", "#", one.text or "") for one in rule]
        kind = rule.get("type", "none")
        said = [rule.get(name, "") for name in ("promptTitle", "prompt", "errorTitle", "error")]
        found[letter] = (kind, *(formulas if kind != "none" else ()), *said)
    return found


def ends(data: bytes, name: str) -> Counter[int]:
    """The last rows of the rules of a kind, each with how many rules end there."""
    areas = [one.get("sqref", "") for one in suivi(data).iter(q(name))]
    return Counter(int(re.sub(r".*[A-Z]", "", one)) for one in areas)


def last_line(data: bytes) -> int:
    return max(
        int(row.get("r", "0"))
        for row in suivi(data).iter(q("row"))
        if any(len(cell) for cell in row)
    )


def with_lines(data: bytes, count: int) -> bytes:
    """Lines typed below the table, by someone whose program extends nothing."""
    start, [person, *_] = last_line(data) + 1, small_filling().rows["tSuivi"]
    cells: dict[str, object] = {}
    for row in range(start, start + count):
        cells |= {f"A{row}": str(person["person"]), f"B{row}": "10/09/26", f"C{row}": "Appel"}
    return typed(data, "Suivi", cells)


def said(path: Path) -> list[str]:
    found = api.check(path, on=ON, select=["CLA01", "CLA17"]).findings
    return [f"{one.code} {one.place.sheet}" for one in found]


@pytest.mark.slow
def test_a_new_workbook_is_helped_far_below_its_lines() -> None:
    data = made()
    assert set(ends(data, "dataValidation")) == {LAST_ROW}
    assert set(ends(data, "conditionalFormatting")) == {SHEET_END}


@pytest.mark.slow
def test_lines_past_the_end_are_said_once_and_helped_again(tmp_path: Path) -> None:
    """As in a workbook that outgrew its lists."""
    path = tmp_path / "suivi.xlsx"
    data = with_lines(made(), 30)
    last = last_line(data)
    package = Package(data)
    part = next(one.part for one in Host(package).sheets() if one.title == "Suivi")
    text = package.read(part).decode()
    package.write(part, re.sub(rf"([0-9]):([A-Z]+)({LAST_ROW}|{SHEET_END})\b",
                               rf"\g<1>:\g<2>{last - 20}", text).encode())  # fmt: skip
    path.write_bytes(package.data())
    assert said(path) == ["CLA17 Suivi"]
    api.fix(path, on=ON)
    assert said(path) == []
    fixed = path.read_bytes()
    assert rules(fixed) == rules(made())
    assert set(ends(fixed, "dataValidation")) == {LAST_ROW}
    assert set(ends(fixed, "conditionalFormatting")) == {SHEET_END}
    assert api.fix(path, on=ON).made == ()


@needs_libreoffice
def test_after_libreoffice_the_end_is_said_in_time_and_given_back(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(made())
    [saved] = converted([path], "xlsx", tmp_path / "one")
    before = last_line(saved.read_bytes())
    assert set(ends(saved.read_bytes(), "dataValidation")) == {before + 1_000}
    assert set(ends(saved.read_bytes(), "conditionalFormatting")) == {SHEET_END}
    assert said(saved) == []
    path.write_bytes(with_lines(saved.read_bytes(), MORE))
    [saved] = converted([path], "xlsx", tmp_path / "two")
    assert set(ends(saved.read_bytes(), "dataValidation")) == {before + 1_000}  # for good
    assert said(saved) == ["CLA17 Suivi"]
    api.fix(saved, on=ON)
    assert said(saved) == []
    fixed = saved.read_bytes()
    assert rules(fixed) == rules(made())
    assert set(ends(fixed, "dataValidation")) == {LAST_ROW}
    [again] = converted([saved], "xlsx", tmp_path / "three")
    assert set(ends(again.read_bytes(), "dataValidation")) == {before + MORE + 1_000}
    assert rules(again.read_bytes()).keys() == rules(made()).keys()
