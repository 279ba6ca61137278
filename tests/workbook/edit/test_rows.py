"""Lines added to the sheets that people fill: they are read back, and look like the others."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.tables import FOLLOW_UP, PEOPLE
from cedre_xlsx.workbook.edit.pen import NO_VALUE, TOO_LONG
from cedre_xlsx.workbook.edit.rows import EMPTY, NO_COLUMN
from tests.edited_package import M
from tests.edited_package import Package as Edited
from tests.hands import typed
from tests.support import cell_of
from tests.workbook.edit.edit_support import (
    FOLLOWED,
    add,
    filled,
    saved_by,
    sheet_xml,
    small,
    table_ref,
)

#: A line of each table: what is given, and what is read back where that is not the same.
LINES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "tPersonnes": (
        {"last_name": "Iris", "first_name": "Zoé", "precision": "Lille", "title": "Mme",
         "birth_year": 1990, "registered": date(2026, 9, 1), "exit_reason": "CDI", "rqth": True,
         "qpv": False, "request": "Un métier\nde plein air, « vite » & bien <b>"},
        {"typed_person": "Iris Zoé (Lille)"},
    ),
    "tSuivi": (
        {"person": "Ajonc Léa", "dated": date(2026, 9, 2), "action": "=1+1", "status": "Sans suite",
         "deadline": "sous 3 mois", "minutes": 45, "engagement": "CP", "to_discuss": True},
        {"dated": ("", date(2026, 9, 2)), "deadline": ("sous 3 mois", date(2026, 12, 2))},
    ),
    "tEngagements": (
        {"reference": "CP-2026-001", "person": "Ajonc Léa", "agreed": date(2026, 9, 3),
         "type": "CP", "deadline": date(2026, 12, 3), "form": "Oral", "follow_up": False},
        {"deadline": ("", date(2026, 12, 3))},
    ),
    "tMissions": (
        {"person": "Ajonc Léa", "nature": "MAD", "start": date(2026, 9, 2), "hours": 12.5,
         "weekly_hours": 20, "rome": "K1304"},
        {},
    ),
    "tFreins": ({"person": "Ajonc Léa", "barrier": "Mobilité", "lifted": date(2026, 9, 9)}, {}),
}  # fmt: skip


def meant(value: Any) -> Any:
    """A value that is read, to be compared: a date in a text beside that text."""
    return (value.text, value.day) if hasattr(value, "text") else value


@pytest.mark.slow
@pytest.mark.parametrize("table", LINES)
def test_a_line_is_read_back(table: str) -> None:
    given, read = LINES[table]
    done = add(small(), {table: [given]})
    assert done.left == []
    [row] = done.added(table)
    assert {name: meant(getattr(row, name)) for name in given} == {
        **given, **{name: value for name, value in read.items() if name in given}
    }  # fmt: skip
    assert {name: meant(getattr(row, name)) for name in read} == read


@pytest.mark.slow
def test_blank_rows_of_the_table_are_filled_first() -> None:
    data = filled({})
    done = add(data, {"tPersonnes": [{"last_name": "Iris"}], "tSuivi": FOLLOWED})
    assert done.places == ["Personnes!5", "Suivi!5", "Suivi!6", "Suivi!7"]
    assert table_ref(done.data, "tPersonnes") == table_ref(data, "tPersonnes")
    assert table_ref(done.data, "tSuivi") == "A4:N7"


def test_what_goes_with_the_lines_follows_them() -> None:
    data = small()
    part = "xl/worksheets/sheet3.xml"
    package = Package(data)
    xml = package.read(part).decode()
    xml = re.sub(r'(sqref="[A-Z]+5:[A-Z]+)(?:5000|5001|1048576)"', r'\g<1>7"', xml)
    package.write(part, xml.encode())
    book = package.read("xl/workbook.xml").decode()
    area = '<definedName name="_xlnm.Print_Area" localSheetId="2">Suivi!$A$1:$N$7</definedName>'
    book = book.replace("</definedNames>", f"{area}</definedNames>")
    package.write("xl/workbook.xml", book.encode())
    done = add(package.data(), {"tSuivi": FOLLOWED})
    after = sheet_xml(done.data, "Suivi")
    assert done.places == ["Suivi!8", "Suivi!9", "Suivi!10"]
    assert set(re.findall(r'sqref="[A-Z]+5:[A-Z]+(\d+)"', after)) == {"10"}
    assert '<dimension ref="A1:N10"/>' in after
    assert table_ref(done.data, "tSuivi") == "A4:N10"
    assert b"$N$10</" in Package(done.data).read("xl/workbook.xml")
    assert 'ref="A4:N10"' in Package(done.data).read("xl/tables/table2.xml").decode()


def test_rules_of_the_extension_follow_them_too() -> None:
    x14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    xm = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    extension = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" {x14}>'
        f"<x14:conditionalFormattings><x14:conditionalFormatting {xm}>"
        '<x14:cfRule type="expression" priority="90" id="{1A2B3C4D-0000-4000-8000-000000000001}">'
        "<xm:f>FALSE</xm:f></x14:cfRule><xm:sqref>A5:C9</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext>"
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {x14}>'
        f'<x14:dataValidations {xm} count="1"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>Accueil!$B$1:$B$9</xm:f></x14:formula1><xm:sqref>D5:D7</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    package = Package(small())
    part = "xl/worksheets/sheet3.xml"
    xml = package.read(part).decode().replace("</worksheet>", f"{extension}</worksheet>")
    for column, end in (("A", "7"), ("D", "")):
        xml = re.sub(f'sqref="{column}5:{column}5000"', f'sqref="{column}5:{column}7"' if end
                     else f'sqref="{column}99"', xml)  # fmt: skip
    package.write(part, xml.encode())
    after = sheet_xml(add(package.data(), {"tSuivi": [*FOLLOWED, *FOLLOWED]}).data, "Suivi")
    assert re.findall("<xm:sqref>(.*?)<", after) == ["A5:C13", "D5:D13"]
    assert 'sqref="A5:A13"' in after


def test_rules_that_are_not_of_the_last_lines_stay() -> None:
    package = Package(small())
    part = "xl/worksheets/sheet3.xml"
    xml = package.read(part).decode()
    xml = xml.replace('sqref="B5:B5000"', 'sqref="B5:B6"').replace('sqref="C5:C5000"', 'sqref="C7"')
    package.write(part, xml.encode())
    after = sheet_xml(add(package.data(), {"tSuivi": FOLLOWED}).data, "Suivi")
    assert 'sqref="B5:B6"' in after
    assert 'sqref="C7"' in after
    assert 'sqref="D5:D5000"' in after


def test_a_line_looks_like_the_one_above() -> None:
    data = small()
    done = add(data, {"tSuivi": [{"person": "Ajonc Léa", "dated": date(2026, 5, 4)}]})
    sheet = Edited(done.data).sheet("Suivi")
    above, new = list(sheet.data)[-2:]
    assert [cell.get("s") for cell in new] == [cell.get("s") for cell in above]
    assert new.get("ht")
    assert not new.get("customHeight")


def test_a_row_as_high_as_someone_made_it_gives_its_height() -> None:
    package = Edited(small())
    row = package.sheet("Suivi").data[-1]
    row.set("ht", "42")
    row.set("customHeight", "1")
    done = add(package.save_bytes(), {"tSuivi": FOLLOWED[:1]})
    new = Edited(done.data).sheet("Suivi").data[-1]
    assert (new.get("r"), new.get("ht"), new.get("customHeight")) == ("8", "42", "1")


def test_personne_computes_its_name_with_the_value_beside() -> None:
    done = add(small(), {"tPersonnes": [{"last_name": "Iris", "precision": "Lille"}]})
    [name] = [
        cell for cell in Edited(done.data).sheet("Personnes").data[-1]
        if cell.get("r") == cell_of(PEOPLE, "typed_person", 7)
    ]  # fmt: skip
    assert name.findtext(f"{M}f", "").startswith("TRIM(tPersonnes[[#This Row],[Nom]]")
    assert name.findtext(f"{M}v") == "Iris (Lille)"


#: The formula of a column of the team's, in its rows 5 to 7; and in row 8.
OWN = (
    ({5: "=I5*2", 6: "=I6*2", 7: "=I7*2"}, "I8*2"),
    ({5: "=$I$5+I5", 6: "=$I$5+I6", 7: "=$I$5+I7"}, "$I$5+I8"),
    ({5: "=I5*2", 6: "=I6*2", 7: "=I7*3"}, None),
    ({5: "=I5*2", 6: "12", 7: "=I7*2"}, None),
    ({5: "a", 6: "b", 7: "c"}, None),
)


@pytest.mark.slow
@pytest.mark.parametrize(("cells", "expected"), OWN)
def test_a_column_of_the_team_goes_on_computing(
    cells: dict[int, str], expected: str | None
) -> None:
    own = {"O4": "Double", **{f"O{row}": text for row, text in cells.items()}}
    done = add(typed(small(), "Suivi", own), {"tSuivi": FOLLOWED[:1]})
    new = Edited(done.data).sheet("Suivi").data[-1]
    formulas = {cell.get("r"): cell.findtext(f"{M}f") for cell in new if len(cell)}
    assert done.places == ["Suivi!8"]
    assert formulas.get("O8") == expected


def test_a_table_fills_its_columns_by_its_own_formula() -> None:
    package = Edited(typed(small(), "Suivi", {"O4": "Heures", "O5": 1, "O6": 2, "O7": 3}))
    sheet = package.sheet("Suivi")
    table = sheet.table
    sheet.resize_table("A4:O7")
    holder = table.find(f"{M}tableColumns")
    assert holder is not None
    column = holder[0].makeelement(f"{M}tableColumn", {"id": "15", "name": "Heures"})
    formula = column.makeelement(f"{M}calculatedColumnFormula", {})
    formula.text = "tSuivi[[#This Row],[Temps consacré]]/60"
    column.append(formula)
    holder.append(column)
    holder.set("count", "15")
    done = add(package.save_bytes(), {"tSuivi": FOLLOWED[:1]})
    [cell] = [one for one in Edited(done.data).sheet("Suivi").data[-1] if one.get("r") == "O8"]
    assert cell.findtext(f"{M}f") == "tSuivi[[#This Row],[Temps consacré]]/60"
    assert cell.find(f"{M}v") is None


def test_numbers_stay_numbers_under_times_and_dates_dates_under_texts() -> None:
    package = Edited(small())
    styles = package.xml("xl/styles.xml")
    formats = styles.find(f"{M}cellXfs")
    assert formats is not None
    for number_format in ("46", "49"):  # hours and minutes, a text
        made = deepcopy(formats[0])
        made.set("numFmtId", number_format)
        formats.append(made)
    formats.set("count", str(len(formats)))
    for cell in package.sheet("Suivi").data[-1]:
        kind = {cell_of(FOLLOW_UP, "minutes", 7): 2, cell_of(FOLLOW_UP, "dated", 7): 1}
        if cell.get("r") in kind:
            cell.set("s", str(len(formats) - kind[str(cell.get("r"))]))
    data = package.save_bytes()
    done = add(data, {"tSuivi": [{**FOLLOWED[0], "minutes": 50}]})
    [row] = done.added("tSuivi")
    assert (row.minutes, meant(row.dated)) == (50, ("", date(2026, 4, 7)))


def test_dates_are_of_the_system_of_their_workbook() -> None:
    package = Package(small())
    book = package.read("xl/workbook.xml").decode()
    package.write(
        "xl/workbook.xml", re.sub("<workbookPr ?/>", '<workbookPr date1904="1"/>', book).encode()
    )
    [row] = add(package.data(), {"tSuivi": FOLLOWED[:1]}).added("tSuivi")
    assert row.day == date(2026, 4, 7)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"minutes": float("nan"), "action": "a"}, [f"Temps consacré : « nan », {NO_VALUE}"]),
        ({"outcome": "é" * 32_768, "action": "a"}, [f", {TOO_LONG}"]),
        ({}, [f"nouvelle ligne 1 : {EMPTY}"]),
        ({"action": "  ", "outcome": None}, [f"nouvelle ligne 1 : {EMPTY}"]),
    ],
)
def test_what_no_cell_can_hold_is_told(given: dict[str, Any], said: list[str]) -> None:
    data = small()
    done = add(data, {"tSuivi": [given]})
    assert [line.endswith(end) for line, end in zip(done.left, said, strict=True)] == [True]
    assert (done.data == data) == (done.places == []) == (EMPTY in said[0])


def test_a_value_without_its_column_is_told() -> None:
    data = typed(small(), "Suivi", {cell_of(FOLLOW_UP, "participant", 4): "Autre chose"})
    done = add(data, {"tSuivi": [{"action": "Appeler", "participant": "Hugo"}]})
    assert done.left == [f"Suivi nouvelle ligne 1 Intervenant : « Hugo », {NO_COLUMN}"]
    assert [row.action for row in done.added("tSuivi")] == ["Appeler"]


def test_control_characters_go_and_nothing_else() -> None:
    [row] = add(small(), {"tSuivi": [{"action": "a\x00b _x0041_ c\r\nd"}]}).added("tSuivi")
    assert row.action == "ab _x0041_ c\nd"


def test_a_field_that_is_none_of_ours_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        add(small(), {"tSuivi": [{"no_such": "x"}]})


@pytest.mark.slow
@pytest.mark.parametrize("program", ["cedre_xlsx", "Microsoft Excel"])
def test_values_of_what_reads_the_lines_go_where_they_would_be_believed(program: str) -> None:
    data = typed(small(), "Accueil", {"F1": "=COUNTA(Suivi!A:A)", "F2": "=1+1", "F3": "=F1*2",
                                      "F4": "=COUNTA(Suivi!A1:A7)"})  # fmt: skip
    data = typed(data, "Suivi", {"O4": "Double", "O7": "=I7*2"})
    done = add(saved_by(data, program), {"tSuivi": FOLLOWED[:1]})
    home = Edited(done.data).sheet("Accueil").root
    cells = {cell.get("r"): cell.findtext(f"{M}v") for cell in home.iter(f"{M}c")}
    gone = None if program != "cedre_xlsx" else "0"
    assert [cells[f"F{row}"] for row in (1, 2, 3, 4)] == [gone, "0", gone, "0"]
    lines = Edited(done.data).sheet("Suivi").root.iter(f"{M}c")
    assert [cell.findtext(f"{M}v") for cell in lines if cell.get("r") == "O7"] == ["0"]
