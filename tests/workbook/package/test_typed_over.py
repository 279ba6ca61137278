"""What was typed over a generated sheet, told from what another program made of our own cells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from tests.small_association import ON, refreshed_workbook


@pytest.mark.slow
def test_a_workbook_that_counts_its_days_otherwise_has_nothing_typed_over(tmp_path: Path) -> None:
    """Saved with the system of 1904, each day of « Qui compte » was taken for something typed."""
    package = Package(refreshed_workbook())
    for name in package.names():
        if name.startswith("xl/worksheets/sheet"):
            moved = re.sub(
                rb"<v>(4[3-9][0-9]{3})</v>",
                lambda found: b"<v>%d</v>" % (int(found[1]) - 1462),
                package.read(name),
            )
            package.write(name, moved)
    book = package.read("xl/workbook.xml")
    package.write("xl/workbook.xml", book.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1))
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(package.data())
    assert [one for one in api.refresh(path, on=ON).details if "tapé" in one] == []
