"""What a judge that is not ours, `openxml-audit`, says of the workbooks that people get."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from cedre_xlsx import api
from tests.judge.test_package_checker import changed, sound
from tests.support import ROOT

#: What it says of sound files, and why that is no fault.
ACCEPTED = (
    # Excel reads them without a word, and makes shared strings of them when it saves. A host's
    # shared strings are left as they are, so that its other sheets keep their bytes.
    "inline-string cell(s)",
)


def sentences(path: Path) -> list[str]:
    """What it says, without what is accepted; the oldest Excel that we write for is meant."""
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2010, max_errors=0).validate(path)
    said = [f"{one.part_uri}: {one.description}" for one in result.errors]
    return [one for one in said if not any(accepted in one for accepted in ACCEPTED)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "workbook_templates/cedre.xlsx",
        "examples/exemples-4-et-5.xlsx",
        "examples/association.xlsx",
    ],
)
def test_the_workbooks_that_we_ship(name: str) -> None:
    assert sentences(ROOT / name) == []


@pytest.mark.slow
def test_the_demonstration_refreshed_the_year_after(tmp_path: Path) -> None:
    path = api.demo(tmp_path, on=date(2026, 9, 30)).path
    api.refresh(path, on=date(2027, 1, 15))
    assert sentences(path) == []


@pytest.mark.slow
def test_it_says_what_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "juste.xlsx", tmp_path / "faux.xlsx"
    good.write_bytes(sound())
    bad.write_bytes(changed("xl/workbook.xml", "<calcPr", '<calcPr calcMode="never"'))
    assert len(sentences(bad)) > len(sentences(good))
