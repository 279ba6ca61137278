"""What each sheet and column is for is said: by the pages of the sheets, and by Accueil."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook

from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.decisions import MEETING_HEADINGS
from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.schema.generated_sheets import PERIODS_KIND
from tests.support import ROOT

PAGES = ROOT / "docs/feuilles"
TABLES = (*t.DATA_TABLES, *t.CHOICE_TABLES, t.SYNTHESIS, t.CONTROL, t.OLD_NOTES)
#: What says nothing that the heading does not.
_GENERIC = re.compile(r"(Un texte|Une date|Un nombre|Une valeur|Un temps|OUI ou NON)\b[^,;:]*\.")
_ROW = re.compile(r"^\| (.+?) \| (.+?) \|(?: .*\|)?$", re.MULTILINE)


def told(sheet: str) -> dict[str, str]:
    """What the page of a sheet says that each column is for."""
    slug = {"Synthèse": "synthese", "Contrôle": "controle", "Paramètres": "parametres",
            "Réunion": "reunion", "Périodes": "periodes"}.get(sheet, sheet.lower())  # fmt: skip
    page = (PAGES / f"{slug.replace(' ', '-')}.md").read_text(encoding="utf-8")
    return {re.sub(r"\\\*| \((?:facultatif|avec).*\)$", "", name): purpose
            for name, purpose in _ROW.findall(page)}  # fmt: skip


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.table)
def test_every_column_says_what_it_is_for(spec: t.TableSpec) -> None:  # type: ignore[type-arg]
    purposes = told(spec.sheet)
    for column in spec.columns.values():
        if column.header != KEY_HEADER:
            purpose = purposes[column.header]
            assert len(purpose.split()) >= 4, column.header
            assert not _GENERIC.fullmatch(purpose), column.header
            assert purpose != column.help, column.header


@pytest.mark.parametrize(
    ("sheet", "headings"), [("Réunion", MEETING_HEADINGS), ("Périodes", PERIODS_KIND.headings)]
)
def test_so_do_the_sheets_without_a_table(sheet: str, headings: tuple[str, ...]) -> None:
    assert {heading for heading in headings if heading} <= told(sheet).keys()


@pytest.mark.slow
def test_accueil_names_every_sheet_of_the_workbook_with_what_it_is_for() -> None:
    book = load_workbook(ROOT / "examples/association.xlsx")
    home = book[t.HOME_SHEET]
    lines = {str(row[1].value): row for row in home.iter_rows() if row[1].value and row[2].value}
    shown = [one.title for one in book.worksheets[1:] if one.title != t.MEMORY.sheet]  # hidden
    for sheet in shown:
        name = re.sub(r" \d{4}$", " AAAA", sheet)
        assert name in lines, sheet
        link = lines[name][1].hyperlink
        if sheet == name and sheet != t.LISTS_SHEET:
            assert link.location == f"'{sheet}'!A1"
    assert t.OLD_NOTES.sheet in lines
