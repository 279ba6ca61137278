"""What `year` leaves of people who stay behind: nothing that it can take, the rest is said."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.method.text import fold
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.memory import CLOSED, MemoryRow
from cedre_xlsx.workbook.package.filters import clear_filters
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read import read_data, read_workbook
from cedre_xlsx.yearly.carried import what_is_carried
from cedre_xlsx.yearly.previous import differences
from tests.hands import part_of, typed
from tests.small_association import refreshed_workbook

NEW_YEAR = date(2027, 1, 5)
GONE = "Dupré Solange"
_CHOSEN = f'<filterColumn colId="0"><filters><filter val="{GONE}"/></filters></filterColumn>'


def with_somebody_gone() -> bytes:
    """The small association, somebody in it who left long ago."""
    data = refreshed_workbook()
    row = (
        max(one.row for one in read_data(data, Path("suivi.xlsx"), on=NEW_YEAR).records.people.rows)
        + 1
    )
    cells = {"A": "Dupré", "B": "Solange", "J": date(2022, 1, 10), "L": date(2023, 3, 1)}
    return typed(data, "Personnes", {f"{letter}{row}": value for letter, value in cells.items()})


def with_part(data: bytes, part: str, before: str, after: str) -> bytes:
    package = Package(data)
    text = package.read(part).decode()
    assert re.search(before, text)
    package.write(part, re.sub(before, after, text, count=1).encode())
    return package.data()


def table_part(data: bytes, name: str) -> str:
    parts = (one for one in Package(data).names() if re.search(r"tables/table\d+\.xml$", one))
    return next(one for one in parts if f'displayName="{name}"'.encode() in Package(data).read(one))


def filtered(data: bytes) -> bytes:
    """Suivi filtered on somebody, as Excel writes it: a row hidden."""
    part = table_part(data, "tSuivi")
    data = with_part(data, part, r"(<autoFilter [^>]*?)/>", rf"\1>{_CHOSEN}</autoFilter>")
    return with_part(data, part_of(data, "Suivi"), '<row r="6"', '<row r="6" hidden="1"')


def test_a_cleared_filter_hides_no_row_and_keeps_its_arrows() -> None:
    data = filtered(refreshed_workbook())
    host = Host(Package(data))
    assert clear_filters(host, ["Personnes"]) == ()
    assert clear_filters(host, ["Suivi", "Personnes"]) == ("Suivi",)
    table = host.package.read(table_part(data, "tSuivi"))
    assert (b"autoFilter" in table, b"filterColumn" in table) == (True, False)
    assert b'<row r="6" hidden="1"' not in host.package.read(part_of(data, "Suivi"))
    assert clear_filters(host, ["Suivi"]) == ()


def test_the_filter_of_a_sheet_without_table_is_cleared_too() -> None:
    data = refreshed_workbook()
    part = part_of(data, "Accueil")
    own = f'</sheetData><autoFilter ref="A2:C9">{_CHOSEN}</autoFilter>'
    host = Host(Package(with_part(data, part, "</sheetData>", own)))
    assert clear_filters(host, ["Accueil"]) == ("Accueil",)
    assert b'<autoFilter ref="A2:C9"/>' in host.package.read(part)


@pytest.mark.slow
def test_values_and_filters_of_those_left_behind_go_and_what_stays_is_said(tmp_path: Path) -> None:
    data = filtered(with_somebody_gone())
    lists = part_of(data, "Listes")  # computed by another program, then saved by a refresh of ours
    value = rf'<c r="D2" t="str"><f>\1</f><v>{GONE}</v>'
    data = with_part(data, lists, r'<c r="D2"><f>([^<]*)</f><v>\d+</v>', value)
    title = ">Suivi de Solange Dupré</dc:title>"
    data = with_part(data, "docProps/core.xml", ">[^<]*</dc:title>", title)
    old = tmp_path / "suivi.xlsx"
    old.write_bytes(data)
    done = api.start_year(old, 2027, on=NEW_YEAR)
    [said] = done.names_left
    assert "Solange Dupré" in said
    assert any(one.startswith("les filtres posés dans « Suivi »") for one in done.warnings)
    package = Package(done.path.read_bytes())
    holding = [part for part in package.names() if b"Solange" in package.read(part)]
    assert holding == ["docProps/core.xml"]


@pytest.mark.slow
def test_notes_of_lines_left_behind_and_ended_waivers_stay_behind(tmp_path: Path) -> None:
    data = refreshed_workbook()
    records = read_data(data, Path("suivi.xlsx"), on=NEW_YEAR).records
    shown = [row for row in records.synthesis.rows if row.dates and row.person]
    notes = {records.synthesis.place(row, "notes").cell: f"note {row.row}" for row in shown}
    data = typed(data, "Synthèse", notes)
    waived = {}
    for row in records.control.rows:
        waived[records.control.place(row, "justification").cell] = f"vu {row.row}"
        if row.row % 2:
            waived[records.control.place(row, "until").cell] = date(2026, 12, 31)
    old = tmp_path / "suivi.xlsx"
    old.write_bytes(typed(data, "Contrôle", waived))
    carried = what_is_carried(records, 2027)
    lines = {
        (row.person, row.dated.text or row.day if row.dated else None, fold(row.action))
        for row in records.follow_ups.rows
        if row.row in carried.rows["tSuivi"]
    }
    wanted = {
        f"note {row.row}" for row in shown if (row.person, row.dates, fold(row.action)) in lines
    }
    open_ones = {row.row for row in shown if fold(row.action).startswith("engagement ")}
    new = api.start_year(old, 2027, on=NEW_YEAR).path
    after = read_workbook(new, on=NEW_YEAR).records
    found = {row.notes for row in after.synthesis.rows if row.notes}
    assert wanted
    assert len(wanted) < len(shown)
    assert wanted <= found <= wanted | {f"note {row}" for row in open_ones}
    texts = {row.justification for row in after.control.rows if row.justification}
    assert texts
    assert not [text for text in texts if int(text.split()[1]) % 2]


@pytest.mark.slow
def test_another_workbook_is_not_the_one_before(tmp_path: Path) -> None:
    old, empty = tmp_path / "suivi.xlsx", tmp_path / "vide.xlsx"
    old.write_bytes(refreshed_workbook())
    new = api.start_year(old, 2027, on=NEW_YEAR).path
    api.new(empty)
    with pytest.raises(CedreError, match=r"ce n'est pas le classeur à partir duquel suivi 2027"):
        api.check(new, on=NEW_YEAR, previous=empty)
    copy = tmp_path / "copie.xlsx"
    copy.write_bytes(new.read_bytes())
    with pytest.raises(CedreError, match=r"ce n'est pas le classeur à partir duquel suivi 2027"):
        api.check(new, on=NEW_YEAR, previous=copy)
    assert not api.check(new, on=NEW_YEAR, previous=old, select=["ANN"]).findings


def test_a_part_of_a_figure_is_named_and_tables_are_said_together() -> None:
    def row(holder: str, part: str, number: str) -> MemoryRow:
        return MemoryRow(row=0, sort=CLOSED, year=2026, holder=holder, part=part, number=number)

    before = [
        row("exits", "value", "11"), row("exits", "unknown", "0"),
        row("dynamic_exit_rate", "value", "0.7777777777"), row("actions.done", "value", "4"),
        row("*months", "Sorties", "1"), row("*publics", "Sorties", "1"),
    ]  # fmt: skip
    now = [
        row("exits", "value", "11"), row("exits", "unknown", "1"),
        row("dynamic_exit_rate", "value", "0.7"), row("actions.done", "value", "5"),
        row("*months", "Sorties", "2"), row("*publics", "Sorties", "2"),
    ]  # fmt: skip
    assert [(one.label, one.before, one.now) for one in differences(before, now)] == [
        ("Sorties, inconnus", "0", "1"),
        ("Taux de sorties dynamiques", "77,8 %", "70 %"),
        ("Actions, dont (3) Réalisée", "4", "5"),
        ("Tableaux « Mois par mois » et « Publics »", "", ""),
    ]
