"""Columns added to tables that live: read back, all else as it was, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import BARRIERS, DATA_TABLES, FOLLOW_UP, PEOPLE, TableSpec
from cedre_xlsx.workbook.edit.model import LineChange, NewColumn
from cedre_xlsx.workbook.edit.new_columns import NO_HEADING, NO_TABLE, TOO_LONG, UNPROTECT
from cedre_xlsx.workbook.read.headings import field_of
from tests.edited_package import Package as Edited
from tests.hands import edited_sheet, typed
from tests.package_edits import as_range, renamed_table, without_headings
from tests.support import few
from tests.workbook.edit.edit_support import (
    FOLLOWED,
    Done,
    add,
    filled,
    raw,
    sheet_xml,
    small,
    table_ref,
)
from tests.workbook.edit.edit_support import (
    PEOPLE as PERSONS,
)
from tests.workbook.edit.test_places import foreign, merged

Change = Callable[[bytes], bytes]
OWN = NewColumn("tSuivi", "Couleur préférée")
DRAWN = FOLLOW_UP.drawn()
WIDTH = len(DRAWN.columns)
FOLLOWING, NEXT = column_letter(WIDTH + 1), column_letter(WIDTH + 2)


def lacking(spec: TableSpec[Any], *fields: str) -> bytes:
    """The small workbook without some of our columns: as an older version of ours drew it."""
    package = Edited(small())
    for field in fields:
        remove_column(package, spec, field)
    return package.save_bytes()


def remove_column(package: Edited, spec: TableSpec[Any], field: str) -> None:
    """Take out the last column of a sheet, with what goes with it."""
    sheet = package.sheet(spec.sheet)
    number = len(list(sheet.heading_row))
    letters, before = column_letter(number), column_letter(number - 1)
    assert list(spec.columns)[number - 1] == field
    for row in sheet.data:
        for cell in [one for one in row if re.match(rf"{letters}\d", one.get("r") or "")]:
            row.remove(cell)
    columns = next(one for one in sheet.table if one.tag.endswith("tableColumns"))
    columns.remove(columns[-1])
    columns.set("count", str(len(columns)))
    for one in (sheet.table, sheet.table[0]):
        one.set("ref", (one.get("ref") or "").replace(f":{letters}", f":{before}"))
    for one in list(sheet.root.iter()):
        said = one.get("sqref") or ""
        if said == f"{letters}5:{letters}5000":
            holder = one.getparent()
            assert holder is not None
            holder.remove(one)
        elif f":{letters}1048576" in said:
            one.set("sqref", said.replace(f":{letters}", f":{before}"))


def columns_of(done: Done) -> list[tuple[str, int, bool]]:
    return [(one.heading, one.number, one.was_there) for one in done.edited.columns]


def test_a_column_of_the_team_is_one_of_the_table() -> None:
    done = add(small(), {}, columns=[OWN])
    assert columns_of(done) == [("Couleur préférée", WIDTH + 1, False)]
    assert (done.left, done.edited.notes) == ([], ())
    assert table_ref(done.data, "tSuivi") == f"A4:{FOLLOWING}7"
    part = Package(done.data).read("xl/tables/table2.xml").decode()
    assert f'<autoFilter ref="A4:{FOLLOWING}7"/>' in part
    assert 'name="Couleur préférée"' in part
    assert f'count="{WIDTH + 1}"' in part
    xml = sheet_xml(done.data, "Suivi")
    assert f'<conditionalFormatting sqref="A5:{FOLLOWING}1048576">' in xml
    assert f"COUNTA($A5:${FOLLOWING}5)" in xml
    assert f'<dimension ref="A1:{FOLLOWING}7"/>' in xml
    assert done.changed_parts <= {
        "xl/worksheets/sheet3.xml", "xl/tables/table2.xml", "xl/styles.xml", "xl/workbook.xml"
    }  # fmt: skip


def test_lines_and_cells_go_under_it_in_the_same_breath() -> None:
    done = add(
        small(),
        {"tPersonnes": [{"last_name": "Iris"}], "tSuivi": FOLLOWED[:1]},
        LineChange("tPersonnes", 5, {"first_name": "Zoé"}, {"Parrain": "Ali"}),
        LineChange("tSuivi", 6, {"minutes": 99}),
        columns=[OWN, NewColumn("tPersonnes", "Parrain"), NewColumn("tPersonnes", "Né le")],
        extra={"tPersonnes": [{"parrain": "Bea", "Né le": date(1990, 5, 4)}]},
    )
    assert done.left == []
    people = done.new.people.rows
    assert [dict(row.extra) for row in people] == [
        {"Parrain": "Ali"},
        {},
        {"Parrain": "Bea", "Né le": date(1990, 5, 4)},
    ]
    assert people[0].first_name == "Zoé"
    assert [row.minutes for row in done.new.follow_ups.rows] == [7, 99, 9, 7]


def test_what_has_no_column_is_told() -> None:
    done = add(
        small(), {"tSuivi": FOLLOWED[:1]}, LineChange("tSuivi", 5, {}, {"Inconnue": "x"}),
        extra={"tSuivi": [{"Inconnue": 3}]},
    )  # fmt: skip
    assert done.left == [
        "Suivi!A5 Inconnue : « x », la feuille n'a pas cette colonne",
        "Suivi nouvelle ligne 1 Inconnue : « 3 », la feuille n'a pas cette colonne",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (NewColumn("tSuivi", "Statut"), 7),
        (NewColumn("tSuivi", "  STATUT : "), 7),
        (NewColumn("tSuivi", "", "status"), 7),
        (NewColumn("tSuivi", "Autre chose", "status"), 7),
        (NewColumn("tPersonnes", "RQTH (oui/non)", "rqth"), 25),
    ],
)
def test_a_column_that_is_there_is_not_added(wanted: NewColumn, number: int) -> None:
    done = add(small(), {}, columns=[wanted])
    assert done.data == done.before
    assert [(one.number, one.was_there) for one in done.edited.columns] == [(number, True)]


def test_one_of_the_team_is_added_once() -> None:
    once = add(small(), {}, columns=[OWN, NewColumn("tSuivi", " couleur  preferee ")])
    assert [one[1:] for one in columns_of(once)] == [(WIDTH + 1, False), (WIDTH + 1, True)]
    again = add(once.data, {}, columns=[OWN])
    assert again.data == once.data


def test_one_of_ours_is_as_a_new_workbook_has_it() -> None:
    fields = list(DRAWN.columns)[-2:]
    data = lacking(DRAWN, *reversed(fields))
    done = add(data, {}, columns=[NewColumn("tSuivi", field=one) for one in fields])
    assert (done.left, done.edited.notes) == ([], ())
    assert columns_of(done) == [("À discuter", 13, False), ("Collectif", 14, False)]
    whole, made = sheet_xml(small(), "Suivi"), sheet_xml(done.data, "Suivi")
    for pattern in (
        r'<col [^>]*min="1[345]"[^>]*>', r'<dataValidation [^>]*sqref="[MN]5:[MN]5000".*?</dataVal',
        r"<conditionalFormatting[^>]*>", r"<formula>COUNTA.*?<", r'<c r="[MN]4" s="\d+"',
    ):  # fmt: skip
        assert sorted(map(attributes, re.findall(pattern, made))) == sorted(
            map(attributes, re.findall(pattern, whole))
        )
    assert table_ref(done.data, "tSuivi") == table_ref(small(), "tSuivi")


def attributes(tag: str) -> tuple[str, ...]:
    """The words of a tag in any order."""
    return tuple(sorted(re.findall(r'[\w:]+="[^"]*"|>[^<]+<', tag)))


def test_a_heading_of_ours_makes_it_ours() -> None:
    data = lacking(DRAWN, "collective")
    done = add(data, {}, columns=[NewColumn("tSuivi", "collectif")])
    [placed] = done.edited.columns
    assert (placed.field, placed.number) == ("collective", 14)


def test_an_opened_group_stays_open() -> None:
    data = edited_sheet(
        lacking(DRAWN, "collective"),
        "Suivi",
        lambda root: [one.attrib.pop("hidden", None) for one in root.iter("{*}col")] and None,
    )
    xml = sheet_xml(add(data, {}, columns=[NewColumn("tSuivi", field="collective")]).data, "Suivi")
    [column] = re.findall(r'<col min="14"[^>]*>', xml)
    assert "hidden" not in column
    assert 'outlineLevel="1"' in column


def test_a_sheet_without_facultative_columns_gets_a_group() -> None:
    done = add(small(), {}, columns=[NewColumn("tFreins", "À moi")])
    assert "outlineLevelCol" not in sheet_xml(done.data, "Freins")
    assert "outlineLevel=" not in sheet_xml(done.data, "Freins")


def own_beside(data: bytes) -> bytes:
    """Somebody's column beside the table, which LibreOffice left out of it."""
    return typed(data, "Suivi", {f"{FOLLOWING}4": "À nous", f"{FOLLOWING}5": "oui"})


PLACES: dict[str, tuple[Change, str, str, bool]] = {
    "a column typed beside joins the table": (own_beside, NEXT, f"A4:{NEXT}7", False),
    "notes beside, without heading": (
        lambda data: typed(data, "Suivi", {f"{FOLLOWING}6": "à revoir"}), NEXT, "A4:N7", True
    ),
    "a formula beside": (
        lambda data: typed(data, "Suivi", {f"{FOLLOWING}6": "=1+1"}), NEXT, "A4:N7", True
    ),
    "notes below the lines": (
        lambda data: typed(data, "Suivi", {f"{FOLLOWING}30": "légende"}), FOLLOWING,
        f"A4:{FOLLOWING}7", False,
    ),
    "notes above the headings": (
        lambda data: typed(data, "Suivi", {f"{FOLLOWING}2": "légende"}), FOLLOWING,
        f"A4:{FOLLOWING}7", False,
    ),
    "merged cells beside": (merged(f"{FOLLOWING}5:{NEXT}6"), "Q", "A4:N7", True),
    "a table below": (foreign(11), FOLLOWING, f"A4:{FOLLOWING}7", False),
    "a range": (lambda data: as_range(data, "Suivi"), FOLLOWING, "", False),
    "a range with notes beside": (
        lambda data: as_range(typed(data, "Suivi", {f"{FOLLOWING}6": "x"}), "Suivi"), NEXT, "",
        False,
    ),
    "no headings shown": (
        lambda data: without_headings(data, "Suivi"), FOLLOWING, f"A5:{FOLLOWING}7", False
    ),
    "renamed": (lambda data: renamed_table(data, "Suivi"), FOLLOWING, "", False),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "letters", "table", "is_said"), few(PLACES.values(), 3), ids=PLACES
)
def test_it_goes_where_nothing_stands(
    change: Change, letters: str, table: str, is_said: bool
) -> None:
    done = add(change(small()), {"tSuivi": FOLLOWED[:1]}, columns=[OWN],
               extra={"tSuivi": [{OWN.heading: "bleu"}]})  # fmt: skip
    assert done.left == []
    [placed] = done.edited.columns
    assert placed.cell(4) == f"{letters}4"
    assert bool(done.edited.notes) == is_said
    if table:
        assert table_ref(done.data, "tSuivi") == table.replace("7", "8")
    again = add(done.data, {}, columns=[OWN])
    assert columns_of(again) == [(OWN.heading, placed.number, True)]
    row = done.edited.placed[0].row
    assert re.search(rf'<c r="{letters}{row}"[^>]*><is><t>bleu<', sheet_xml(done.data, "Suivi"))


def test_a_filter_and_a_print_area_follow() -> None:
    data = edited_sheet(as_range(small(), "Suivi"), "Suivi", filtered)
    package = Package(data)
    book = package.read("xl/workbook.xml").decode()
    names = "".join(
        f'<definedName name="{name}" localSheetId="2">{area}</definedName>'
        for name, area in (
            ("_xlnm.Print_Area", "Suivi!$A$1:$N$7"), ("_xlnm._FilterDatabase", "Suivi!$A$4:$N$7"),
        )
    )  # fmt: skip
    package.write("xl/workbook.xml", book.replace("</definedNames>", f"{names}</definedNames>")
                  .encode())  # fmt: skip
    done = add(package.data(), {}, columns=[OWN])
    assert f'<autoFilter ref="A4:{FOLLOWING}7"/>' in sheet_xml(done.data, "Suivi")
    after = Package(done.data).read("xl/workbook.xml").decode()
    assert f"Suivi!$A$1:${FOLLOWING}$7<" in after
    assert f"Suivi!$A$4:${FOLLOWING}$7<" in after


def filtered(root: Any) -> None:
    rows = root.find("{*}sheetData")
    rows.addnext(rows.makeelement(rows.tag.replace("sheetData", "autoFilter"), {"ref": "A4:N7"}))


def protected(data: bytes) -> bytes:
    def protect(root: Any) -> None:
        rows = root.find("{*}sheetData")
        name = rows.tag.replace("sheetData", "sheetProtection")
        rows.addnext(rows.makeelement(name, {"sheet": "1"}))

    return edited_sheet(data, "Suivi", protect)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "wanted", "why"),
    [
        (lambda data: data, NewColumn("tSuivi", "  "), NO_HEADING),
        (lambda data: data, NewColumn("tSuivi", "x" * 256), TOO_LONG),
        (protected, OWN, UNPROTECT),
    ],
)
def test_what_cannot_be_added_is_told(change: Change, wanted: NewColumn, why: str) -> None:
    data = change(small())
    done = add(data, {}, columns=[wanted])
    assert [one.why for one in done.edited.left] == [why]
    assert done.data == data


def test_a_sheet_that_is_not_there_is_told() -> None:
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.edit.write import edited
    from cedre_xlsx.workbook.read.raw import RawWorkbook

    made = edited(small(), Records(), RawWorkbook(), {}, columns=[NewColumn("tFreins", "X")])
    assert [one.line for one in made.left] == [f"Freins X : {NO_TABLE}"]


#: Letters, signs of XML and of formulas, what looks like an escape.
HEADINGS = st.text(
    st.sampled_from("aéÀœß€ <>&\"'=+-@_x0041{}[]#/’\U0001f600"), min_size=1, max_size=20
).map(lambda text: f"Zz{text}")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_columns_are_read_back_and_nothing_is_added_twice(data: st.DataObject) -> None:
    wanted = [
        NewColumn(spec.table, heading)
        for spec in DATA_TABLES
        for heading in data.draw(st.lists(HEADINGS, max_size=3), label=spec.table)
    ]
    values = {one.heading: "à moi" for one in wanted if one.table == "tPersonnes"}
    done = add(small(), {"tPersonnes": [{"last_name": "Iris"}]}, columns=wanted,
               extra={"tPersonnes": [values]})  # fmt: skip
    assert done.left == []
    assert len(done.edited.columns) == len(wanted)
    again = add(done.data, {}, columns=wanted)
    assert again.data == done.data
    for one, there in zip(done.edited.columns, again.edited.columns, strict=True):
        assert (one.number, there.was_there) == (there.number, True)
    own = {one.number for one in done.edited.columns if one.table == "tPersonnes"}
    assert list(done.new.people.rows[-1].extra.values()) == ["à moi"] * len(own)


@settings(max_examples=4, deadline=None)
@given(st.integers(1, 4), st.booleans())
def test_columns_added_one_by_one_are_those_added_at_once(count: int, as_a_range: bool) -> None:
    fields = list(DRAWN.columns)[-count:]
    data = lacking(DRAWN, *reversed(fields))
    data = as_range(data, "Suivi") if as_a_range else data
    wanted = [NewColumn("tSuivi", field=one) for one in fields] + [OWN]
    once = add(data, {}, columns=wanted)
    for one in wanted:
        data = add(data, {}, columns=[one]).data
    assert add(data, {}).old == once.new
    assert sheet_xml(data, "Suivi") == sheet_xml(once.data, "Suivi")


@pytest.mark.slow
def test_the_heading_of_another_field_is_not_taken_for_it() -> None:
    assert field_of(BARRIERS.model, "Partenaire") == "partner"
    done = add(
        filled({"tPersonnes": PERSONS}), {}, columns=[NewColumn("tFreins", "Partenaire bis")]
    )
    assert done.new.barriers.columns == done.old.barriers.columns
    assert PEOPLE.table not in {one.table for one in done.edited.columns}


def test_reading_keeps_its_places() -> None:
    workbook = raw(add(small(), {}, columns=[OWN]).data)
    suivi = next(one for one in workbook.sheets if one.name == "Suivi")
    assert suivi.tables[0].headings[-1] == OWN.heading
