"""Workbooks of earlier versions brought to today's layout: what is new is there, all else stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.api.making import workbook_bytes
from cedre_xlsx.api.upgrading import Upgraded
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import (
    COMPUTED_SHEETS,
    DATA_TABLES,
    LISTS_SHEET,
    PASS_NAME,
    SETTINGS_SHEET,
    TEMPLATE_VERSION,
)
from cedre_xlsx.workbook.edit.model import CellChange, LineChange, NewColumn, NewRow
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.repair.given_lists import form_of
from cedre_xlsx.workbook.template.filling import Filling
from tests.edited_package import Package as Edited
from tests.hands import edited_sheet, part_of, typed
from tests.mutilations import on_rows, on_sheets
from tests.package_checker import check_package
from tests.package_edits import as_range
from tests.support import (
    OLD_TEMPLATES,
    few,
    libreoffice_convert,
    libreoffice_converts,
    needs_libreoffice,
)
from tests.workbook.edit.edit_support import cells, raw, reading
from tests.workbook.edit.test_columns import protected

pytestmark = pytest.mark.usefixtures("long_lists")

ON = date(2026, 9, 30)
OLD = sorted(OLD_TEMPLATES.glob("*.xlsx"))
OLDEST, LATEST = OLD[0], OLD[-1]
ENDS = "Fin de contrat ou de PASS IAE"


def is_first(template: Path) -> bool:
    """Whether it is of the first version."""
    return template.stem.startswith("1.0")


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def findings(path: Path) -> list[str]:
    """What the check says of the workbook itself."""
    found = api.check(path, on=ON).findings
    return [one.code for one in found if one.code.startswith(("LEC", "CLA"))]


@cache
def filled(template: Path) -> bytes:
    """A few lines in an older template, with a column, a colour and a value of the team's."""
    data = template.read_bytes()
    lines = {
        "tPersonnes": [
            NewRow({"last_name": "Ajonc", "first_name": "Léa", "registered": date(2026, 3, 2),
                    "advisor": "Linda", "request": "Un métier", "zrr": True,
                    "pass_end": date(2027, 1, 31)}, {"Quartier": "Vallon"}),
            NewRow({"last_name": "Bleuet", "first_name": "Omar", "referrer": "Un voisin"}),
        ],
        "tSuivi": [NewRow({"person": "Ajonc Léa", "dated": date(2026, 4, 7), "action": "Appeler",
                           "deadline": "sous 3 mois"})],
        "tEngagements": [NewRow({"reference": "CP-2026-001", "person": "Ajonc Léa", "type": "CP"})],
        "tMissions": [NewRow({"person": "Ajonc Léa", "start": date(2026, 4, 8), "hours": 12})],
        "tFreins": [NewRow({"person": "Ajonc Léa", "barrier": "Mobilité"})],
    }  # fmt: skip
    made = edited(data, reading(data).records, raw(data), lines, columns=[
        NewColumn("tPersonnes", "Quartier")
    ])  # fmt: skip
    assert made.left == ()
    return edited_sheet(made.data, "Suivi", own_colour)


@cache
def upgraded(template: Path) -> tuple[Upgraded, bytes]:
    """An older template with these lines, brought to today's layout with a pack."""
    with TemporaryDirectory() as folder:
        path = written(Path(folder, "suivi.xlsx"), filled(template))
        return api.upgrade(path, packs=["pass"]), path.read_bytes()


def own_colour(root: Any) -> None:
    """A rule of the team's, asked before ours."""
    for rule in root.iter(q("cfRule")):
        rule.set("priority", str(int(rule.get("priority")) + 1))
    block = root.find(q("conditionalFormatting"))
    own = block.makeelement(q("conditionalFormatting"), {"sqref": "C5:C90"})
    rule = own.makeelement(q("cfRule"), {"type": "expression", "priority": "1", "dxfId": "0"})
    rule.append(rule.makeelement(q("formula"), {}))
    rule[0].text = 'LEFT($C5,7)="Appeler"'
    own.append(rule)
    block.addprevious(own)


def told(records: Records) -> list[list[Any]]:
    """Every line as it is read."""
    return [list(table.rows) for table in data_tables(records)]


@cache
def forms(data: bytes, title: str) -> dict[str, str]:
    """The formulas of a sheet."""
    root = Package(data).root(part_of(data, title))
    return {
        one.get("r", ""): one.findtext(q("f")) or ""
        for one in root.iter(q("c"))
        if one.findtext(q("f"))
    }


@cache
def colours(data: bytes, title: str) -> list[str]:
    """The colours of a sheet, in the order in which they are asked, with their cells."""
    root = Package(data).root(part_of(data, title))
    found = [
        (int(rule.get("priority", "0")), sqref, form_of(rule.findtext(q("formula")) or ""))
        for block in root.iter(q("conditionalFormatting"))
        for rule in block
        for sqref in [" ".join(sorted((block.get("sqref") or "").split()))]
    ]
    return [f"{sqref} {formula}" for _, sqref, formula in sorted(found)]


@cache
def today() -> bytes:
    return workbook_bytes(Filling())


@cache
def read_today() -> Records:
    return reading(today()).records


@pytest.mark.slow
@pytest.mark.parametrize("template", few(OLD), ids=lambda path: path.stem)
def test_an_empty_one_is_as_a_new_one(template: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "suivi.xlsx", template.read_bytes())
    assert findings(path) == ["LEC11"]
    done = api.upgrade(path)
    assert (done.left, done.version) == ((), TEMPLATE_VERSION)
    assert findings(path) == []
    data = path.read_bytes()
    assert set(check_package(data)) <= set(check_package(template.read_bytes()))
    for title in COMPUTED_SHEETS:
        assert forms(data, title) == forms(today(), title)
    for spec in DATA_TABLES:
        assert sorted(colours(data, spec.sheet)) == sorted(colours(today(), spec.sheet))
    new, known = read_today(), reading(data).records
    assert known.settings == api_settings(new, template)
    assert [one.spec.table for one in known.choices] == [one.spec.table for one in new.choices]
    assert known.book is not None
    assert PASS_NAME.casefold() in known.book.names
    assert api.upgrade(path).done == ()
    assert path.read_bytes() == data


def api_settings(records: Records, template: Path) -> Any:
    """The settings of a new workbook with what an older one has by itself."""
    from dataclasses import replace

    if not is_first(template):
        return records.settings
    return replace(records.settings, contract_days=60, pass_days=60, fte_hours=1820)


@pytest.mark.slow
@pytest.mark.parametrize("template", few([OLDEST, LATEST]), ids=lambda path: path.stem)
def test_what_the_team_did_stays(template: Path, tmp_path: Path) -> None:
    data = filled(template)
    path = written(tmp_path / "suivi.xlsx", data)
    before = findings(path)
    done, after = upgraded(template)
    written(path, after)
    assert done.left == ()
    assert sorted(findings(path)) == sorted(one for one in before if one != "LEC11")
    assert told(reading(after).records) == told(reading(data).records)
    assert set(check_package(after)) <= set(check_package(data))
    for spec in DATA_TABLES:
        was, now = (cells(Package(one).read(part_of(one, spec.sheet))) for one in (data, after))
        assert was == {address: now.get(address) for address in was}
    assert colours(after, "Suivi")[0] == colours(data, "Suivi")[0]
    assert "C5:C90" in colours(after, "Suivi")[0]
    headings = list(Edited(after).sheet("Personnes").headings)
    assert headings[-5:] == ["Quartier", "N° PASS IAE", "Début de PASS IAE",
                             "PASS suspendu jusqu'au", "Début de contrat"]  # fmt: skip
    assert ("ZRR" if is_first(template) else "ZRR / FRR") in headings


@pytest.mark.slow
def test_forms_and_pages_are_as_a_new_workbook_has_them(tmp_path: Path) -> None:
    data = typed(LATEST.read_bytes(), "Convention", {"J3": "CP-2026-001"})
    path = written(tmp_path / "suivi.xlsx", data)
    done = api.upgrade(path)
    assert done.left == ()
    new, old = (load_workbook(BytesIO(one)) for one in (today(), path.read_bytes()))
    assert old["Convention"]["J3"].value == "CP-2026-001"  # what was chosen stays
    old["Convention"]["J3"].value = None
    for title in ("Accueil", "Fiche individuelle", "Convention"):
        assert laid_out(old[title]) == laid_out(new[title])
    for spec in DATA_TABLES:
        assert old[spec.sheet].page_setup.scale == 100
        assert not old[spec.sheet].sheet_properties.pageSetUpPr.fitToPage
        assert old[spec.sheet].print_title_cols == new[spec.sheet].print_title_cols
        assert old[spec.sheet].print_title_rows == new[spec.sheet].print_title_rows
    assert not old["Synthèse"].sheet_properties.pageSetUpPr.fitToPage


def laid_out(sheet: Any) -> tuple[Any, ...]:
    """Where everything stands, how tall, and how it prints."""
    texts = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
    looks = {c.coordinate: (c.font.sz, c.font.b, c.alignment.shrink_to_fit, c.protection.locked)
             for row in sheet.iter_rows() for c in row}  # fmt: skip
    rows = {number: row.height for number, row in sheet.row_dimensions.items()}
    page = (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)
    merged = sorted(map(str, sheet.merged_cells.ranges))
    return texts, looks, rows, page, merged, sheet.print_area


def with_settings(data: bytes, values: dict[str, object]) -> bytes:
    """An older workbook whose lines of Réglages have these values."""
    sheet = next(one for one in raw(data).sheets if one.name == SETTINGS_SHEET)
    rows = {row[0]: sheet.row_numbers[index] for index, row in enumerate(sheet.grid) if row}
    return typed(data, SETTINGS_SHEET, {f"B{rows[name]}": value for name, value in values.items()})


@pytest.mark.slow
def test_settings_keep_their_values_and_lists_what_the_team_added(tmp_path: Path) -> None:
    data = with_settings(OLDEST.read_bytes(), {ENDS: 45, "Bientôt": 21, "Commune": "Arras"})
    letters, known = values_of_list(data, "Orienteur")
    own = {f"{letters}{len(known) + 3}": "La ville", f"{letters}{len(known) + 4}": "MSA"}
    path = written(tmp_path / "suivi.xlsx", typed(data, LISTS_SHEET, own))
    assert reading(data).records.settings.pass_days == 45
    done = api.upgrade(path)
    settings = reading(path.read_bytes()).records.settings
    assert (settings.contract_days, settings.pass_days, settings.soon_days) == (45, 45, 21)
    assert settings.place == "Arras"
    assert "1 820 heures" in done.warnings[-1].replace("\u202f", " ")
    labels = [row[0] for one in raw(path.read_bytes()).sheets if one.name == SETTINGS_SHEET
              for row in one.grid if row]  # fmt: skip
    assert ENDS not in labels
    values = values_of_list(path.read_bytes(), "Orienteur")[1]
    assert values[: len(known) + 2] == [*known, "La ville", "MSA"]
    assert values.count("MSA") == 1
    assert values[-1] == "Résidence sociale, FJT"


@pytest.mark.slow
def test_the_colour_of_a_pass_follows_its_own_setting(tmp_path: Path) -> None:
    path = written(tmp_path / "suivi.xlsx", OLDEST.read_bytes())
    api.upgrade(path)
    data = path.read_bytes()
    [pass_end] = [one for one in colours(data, "Personnes") if PASS_NAME in one]
    assert pass_end.startswith("R5:R")
    names = {name: text for _, name, text in Host(Package(data)).meanings()}
    sheet = next(one for one in raw(data).sheets if one.name == SETTINGS_SHEET)
    address = names[PASS_NAME].rpartition("!")[2].replace("$", "")
    row = sheet.grid[sheet.row_index(int(address[1:]))]
    assert row[:2] == ["Fin de PASS IAE", 60]


@pytest.mark.slow
def test_what_the_team_changed_or_took_out_is_not_put_back(tmp_path: Path) -> None:
    data = OLDEST.read_bytes()
    data = edited_sheet(data, "Fiche individuelle", lambda root: own_formula(root, "B5"))
    data = edited_sheet(data, "Missions", lambda root: [
        root.remove(one) for one in root.findall(q("conditionalFormatting"))
    ] and None)  # fmt: skip
    path = written(tmp_path / "suivi.xlsx", data)
    done = api.upgrade(path)
    after = path.read_bytes()
    assert forms(after, "Fiche individuelle")["B5"] == '"À nous"'
    assert colours(after, "Missions") == []
    assert any(note.startswith("Fiche individuelle : son texte") for note in done.warnings)
    assert "Convention : dessinée comme dans un classeur neuf" in done.done


def own_formula(root: Any, address: str) -> None:
    cell = next(one for one in root.iter(q("c")) if one.get("r") == address)
    cell.find(q("f")).text = '"À nous"'


def values_of_list(data: bytes, title: str) -> tuple[str, list[Any]]:
    """The letters of a list's column, and what stands under its title and its count."""
    sheet = next(one for one in raw(data).sheets if one.name == LISTS_SHEET)
    column = next(index for index, one in enumerate(sheet.grid[0]) if one == title)
    cells = [row[column] for row in sheet.grid[2:] if column < len(row)]
    return sheet.address(0, column).rstrip("0123456789"), [one for one in cells if one]


# What is said, and where it is written


@pytest.mark.slow
def test_a_dry_run_writes_nothing_else_another_file_and_none_is_replaced(tmp_path: Path) -> None:
    path = written(tmp_path / "suivi.xlsx", LATEST.read_bytes())
    output = tmp_path / "nouveau.xlsx"
    shown = api.upgrade(path, packs=["pass"], dry_run=True)
    assert path.read_bytes() == LATEST.read_bytes()
    assert not shown.written
    assert "serait mis à jour" in shown.sentence
    assert api.upgrade(path, packs=["pass"], output=output).done == shown.done
    assert path.read_bytes() == LATEST.read_bytes()
    made = output.read_bytes()
    with pytest.raises(CedreError, match="existe déjà"):
        api.upgrade(path, output=output)
    assert output.read_bytes() == made
    with pytest.raises(CedreError, match=r"un classeur \.xlsx"):
        api.upgrade(path, output=tmp_path / "nouveau.ods")


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "suivi.xlsx", OLDEST.read_bytes())
    (tmp_path / "~$suivi.xlsx").write_bytes(b"\x05Linda" + b"\x00" * 159)
    with pytest.raises(CedreError, match="ouvert"):
        api.upgrade(path)
    (tmp_path / "~$suivi.xlsx").unlink()
    newer = typed(path.read_bytes(), "Accueil", {"C44": "9.0"})
    with pytest.raises(CedreError, match="plus récente"):
        api.upgrade(written(tmp_path / "demain.xlsx", newer))


def test_a_workbook_made_by_hand_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for spec in DATA_TABLES[:2]:
        book.create_sheet(spec.sheet).append([one.header for one in spec.columns.values()])
    path = tmp_path / "main.xlsx"
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(CedreError, match="n'a pas été fait par cedre-xlsx"):
        api.upgrade(path)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_name_of_today_is_missed_in_a_workbook_of_today_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "suivi.xlsx", today())
    package = Edited(today())
    names = next(one for one in package.xml("xl/workbook.xml") if "definedNames" in one.tag)
    for name in [one for one in names if one.get("name") == PASS_NAME]:
        names.remove(name)
    package.save(path)
    assert findings(path) == ["CLA13"]
    api.fix(path)
    assert findings(path) == []


def test_a_protected_parametres_is_refused(tmp_path: Path) -> None:
    """The colours count by what it holds: half an upgrade would break them."""

    def protect(root: Any) -> None:
        rows = root.find(q("sheetData"))
        rows.addnext(rows.makeelement(q("sheetProtection"), {"sheet": "1"}))

    data = edited_sheet(OLDEST.read_bytes(), SETTINGS_SHEET, protect)
    path = written(tmp_path / "suivi.xlsx", data)
    with pytest.raises(CedreError, match="la feuille « Paramètres » est protégée"):
        api.upgrade(path)
    assert path.read_bytes() == data


MANGLED: dict[str, Callable[[bytes], bytes]] = {
    "sheets and tables renamed, columns in another order": lambda data: mangled(
        data, on_rows.reverse_columns, on_sheets.rename_sheets_and_tables
    ),
    "a title row, ranges": lambda data: as_range(
        as_range(mangled(data, on_rows.insert_title_row), "Suivi"), SETTINGS_SHEET
    ),
    "a protected sheet": protected,
}


def mangled(data: bytes, *mutilate: Callable[[Edited], None]) -> bytes:
    package = Edited(data)
    for change in mutilate:
        change(package)
    return package.save_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("change", few(MANGLED.values()), ids=MANGLED)
def test_one_that_lived_loses_nothing(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data = change(filled(OLDEST))
    path = written(tmp_path / "suivi.xlsx", data)
    before = findings(path)
    api.upgrade(path)
    after = path.read_bytes()
    assert told(reading(after).records) == told(reading(data).records)
    assert {*findings(path)} <= {*before}
    api.upgrade(path)
    assert path.read_bytes() == after


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_opens_it_and_what_it_saved_before(tmp_path: Path) -> None:
    path = written(tmp_path / "saved.xlsx", filled(OLDEST))
    path = libreoffice_convert(path, "xlsx", tmp_path / "by LibreOffice")
    saved, before = path.read_bytes(), findings(path)
    done = api.upgrade(path, packs=["pass"])
    assert done.left == ()
    for title in ("Accueil", "Fiche individuelle", "Convention"):
        assert f"{title} : dessinée comme dans un classeur neuf" in done.done
    assert {*findings(path)} <= {*before} - {"LEC11"}
    assert set(check_package(path.read_bytes())) <= set(check_package(saved))
    ours = written(tmp_path / "ours.xlsx", upgraded(OLDEST)[1])
    for opened in libreoffice_converts([ours, path], "xlsx", tmp_path / "opened"):
        after = reading(opened.read_bytes()).records
        people = [row.person for row in after.people.rows]
        assert people == ["Ajonc Léa", "Bleuet Omar"], opened.stem
        assert after.settings.pass_days == 60, opened.stem


@pytest.mark.slow
def test_a_line_can_be_filled_after() -> None:
    data = upgraded(LATEST)[1]
    change = LineChange("tPersonnes", 5, {"pass_number": "999992112345"})
    made = edited(data, reading(data).records, raw(data), {}, [change])
    assert isinstance(made.made[0], CellChange)
    assert reading(made.data).records.people.rows[0].pass_number == "999992112345"
