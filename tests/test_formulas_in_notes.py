"""A formula typed where a note goes is not lost when it has no value to keep."""

from __future__ import annotations

from pathlib import Path

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


@pytest.mark.parametrize("error", ["", "#NAME?"])
def test_a_formula_without_value_goes_to_the_block(error: str, tmp_path: Path) -> None:
    """As a script leaves it, or as Excel takes « -relancer »."""
    path = tmp_path / "suivi.xlsx"
    data = typed(refreshed_workbook(), "Synthèse", {"K6": "=-relancer"})
    path.write_bytes(_without_value(data, "K6", error))
    who = grid(data, "Synthèse")[5][1]
    done = api.refresh(path, on=LATER)
    once = path.read_bytes()
    [kept] = kept_lines(once, "Synthèse")
    assert kept.startswith(f"=-relancer — tapé en K6 ({who}, « Notes de réunion »), gardé ici")
    assert any("« =-relancer »" in line for line in done.details)
    assert check_package(once) == []
    api.refresh(path, on=LATER)
    assert path.read_bytes() == once


def test_a_formula_with_a_value_leaves_its_value(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed(refreshed_workbook(), "Synthèse", {"K6": "=LEN(E6)"}))
    api.refresh(path, on=LATER)
    assert kept_lines(path.read_bytes(), "Synthèse") == []
