"""A formula typed where a note goes stays one on its line, and is kept when that is gone."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.workbook.package.host import q
from tests.hands import edited_sheet, grid, kept_lines, typed
from tests.package_checker import check_package
from tests.small_association import LATER, refreshed_workbook


def _without_value(data: bytes, cell: str, error: str) -> bytes:
    def edit(root: etree._Element) -> None:
        found = next(c for c in root.iter(q("c")) if c.get("r") == cell)
        value = found.find(q("v"))
        assert value is not None
        if error:
            found.set("t", "e")
            value.text = error
        else:
            found.remove(value)

    return edited_sheet(data, "Synthèse", edit)


FORMULAS = {"with a value": "0", "without value": "", "in error": "#NAME?"}


def with_formula(value: str, row: int) -> bytes:
    """As someone types it, as a script leaves it, or as Excel takes « -relancer »."""
    data = typed(refreshed_workbook(), "Synthèse", {f"K{row}": "=-relancer"})
    return data if value == "0" else _without_value(data, f"K{row}", value)


def refreshed(data: bytes, path: Path) -> tuple[bytes, tuple[str, ...]]:
    path.write_bytes(data)
    details = api.refresh(path, on=LATER).details
    result = path.read_bytes()
    assert check_package(result) == []
    assert not api.refresh(path, on=LATER).changed
    return result, details


@pytest.mark.slow
@pytest.mark.parametrize("case", FORMULAS)
def test_a_formula_stays_on_its_line(case: str, tmp_path: Path) -> None:
    before = grid(refreshed_workbook(), "Synthèse")
    row = next(n for n, one in enumerate(before, start=1) if one[6] == "X")
    result, _ = refreshed(with_formula(FORMULAS[case], row), tmp_path / "suivi.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(result))["Synthèse"]
    [now] = [cell.row for cell in sheet["K"] if cell.value == "=-relancer"]
    assert grid(result, "Synthèse")[now - 1][:5] == before[row - 1][:5]
    assert kept_lines(result, "Synthèse") == []


@pytest.mark.slow
@pytest.mark.parametrize("case", ["without value", "in error"])
def test_the_formula_of_a_line_that_is_gone_is_kept_at_the_bottom(
    case: str, tmp_path: Path
) -> None:
    before = grid(refreshed_workbook(), "Synthèse")
    typed_in = {(row[0], row[2]): n for n, row in enumerate(grid(refreshed_workbook(), "Suivi"), 1)}
    row = next(n for n, one in enumerate(before, start=1) if (one[1], one[4]) in typed_in)
    who, gone = before[row - 1][1], typed_in[before[row - 1][1], before[row - 1][4]]
    erased = {f"{letter}{gone}": None for letter in "ABCDEFGHIJKLMN"}
    data = typed(with_formula(FORMULAS[case], row), "Suivi", erased)
    result, details = refreshed(data, tmp_path / "suivi.xlsx")
    [kept] = kept_lines(result, "Synthèse")
    assert kept.startswith(f"=-relancer — tapé en K{row} ({who}, « Notes de réunion »), gardé ici")
    assert any("« =-relancer »" in line for line in details)
