"""Where the pages of the PDF forms break: no note and no heading stands alone on one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cedre_xlsx.forms.content import Origin, convention, individual_sheet
from cedre_xlsx.forms.typesetting import Form, Typesetter, typesetter
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import FilledRow, Filling

ON = date(2026, 5, 12)
ORIGIN = Origin("équipe.xlsx", ON)
PERSON: FilledRow = {"last_name": "Imaginaire", "first_name": "Léa", "registered": ON}
LINE: FilledRow = {
    "person": "Imaginaire Léa", "dated": date(2026, 3, 2), "action": "Faire un pas",
    "minutes": "1h",
}  # fmt: skip
ENGAGEMENT: FilledRow = {
    "reference": "CP-2026-001", "person": "Imaginaire Léa", "agreed": ON, "type": "CP",
    "comments": "C'est dit.\n" * 40,
}  # fmt: skip


@pytest.fixture(scope="module")
def typeset() -> Iterator[Typesetter]:
    with typesetter() as setter:
        yield setter


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    path: Path = tmp_path_factory.mktemp("pages") / "équipe.xlsx"
    rows = {"tPersonnes": [PERSON], "tSuivi": [LINE], "tEngagements": [ENGAGEMENT]}
    path.write_bytes(build_workbook(Filling(rows=rows)))
    return read_workbook(path, on=ON).records


def pages(setter: Typesetter, form: Form) -> list[str]:
    data = setter.pdf("Essai", [form], ON).data
    return [page.extract_text().replace("’", "'") for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.slow
#: Lines that just fill pages: the note that helps had one to itself.
@pytest.mark.parametrize("count", [1, 25, 26, 60])
def test_the_note_of_the_individual_sheet_stands_with_lines(
    count: int, typeset: Typesetter, records: Records
) -> None:
    form = individual_sheet(records, records.persons["Imaginaire Léa"], ORIGIN)
    row = [*form["lines"][0][:6], "15 min"]
    last = pages(typeset, {**form, "lines": [row] * count})[-1]
    assert "Cette fiche résume" in last
    assert "Faire un pas" in last


@pytest.mark.slow
@pytest.mark.parametrize("needs", [54, 57, 59])
def test_a_heading_of_the_convention_stands_with_its_text(
    needs: int, typeset: Typesetter, records: Records
) -> None:
    form = convention(records, records.engagements.rows[0], ORIGIN)
    found = pages(typeset, {**form, "needs": "Un besoin.\n" * needs})
    headed = next(page for page in found if "COMMENTAIRES" in page)
    assert "C'est dit." in headed.partition("COMMENTAIRES")[2]
