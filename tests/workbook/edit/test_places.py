"""Where new lines go: right below the last one, on nothing that is there, and in the table if that
is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass

import pytest
from lxml import etree

from cedre_xlsx.schema.tables import FOLLOW_UP
from cedre_xlsx.workbook.edit.model import CellChange
from cedre_xlsx.workbook.edit.places import FOREIGN, TOTALS
from cedre_xlsx.workbook.edit.rows import NO_TABLE, UNPROTECT
from cedre_xlsx.workbook.read.raw import RawWorkbook
from tests.edited_package import M, Package, set_text
from tests.hands import edited_sheet, typed
from tests.package_edits import as_range, renamed_table, without_headings
from tests.support import cell_of
from tests.workbook.edit.edit_support import FOLLOWED, add, sheet_xml, small, table_ref

Change = Callable[[bytes], bytes]
ACTION, MINUTES = (cell_of(FOLLOW_UP, name, 9)[0] for name in ("action", "minutes"))


def typing(cells: Mapping[str, object]) -> Change:
    return lambda data: typed(data, "Suivi", cells)


def stretched(last: int, **attributes: str) -> Change:
    """The table of Suivi ends in another row."""

    def change(data: bytes) -> bytes:
        package = Package(data)
        sheet = package.sheet("Suivi")
        sheet.resize_table(f"A4:N{last}")
        for key, value in attributes.items():
            sheet.table.set(key, value)
        return package.save_bytes()

    return change


def both(*changes: Change) -> Change:
    def change(data: bytes) -> bytes:
        for one in changes:
            data = one(data)
        return data

    return change


def merged(reference: str) -> Change:
    def change(root: etree._Element) -> None:
        rows = root.find(f"{M}sheetData")
        assert rows is not None
        holder = rows.makeelement(f"{M}mergeCells", {"count": "1"})
        etree.SubElement(holder, f"{M}mergeCell", {"ref": reference})
        old = root.find(f"{M}mergeCells")
        if old is not None:
            root.remove(old)
        rows.addnext(holder)

    return lambda data: edited_sheet(data, "Suivi", change)


def foreign(row: int) -> Change:
    """A table of the team's own, under ours."""

    def change(data: bytes) -> bytes:
        words = {f"A{row}": "Sigle", f"B{row}": "Sens", f"A{row + 1}": "ML", f"B{row + 1}": "Non"}
        package = Package(typed(data, "Suivi", words))
        sheet = package.sheet("Suivi")
        links = package.xml(sheet.links)
        kind = next(one.get("Type") or "" for one in links)
        etree.SubElement(links, links[0].tag, {"Id": "rIdOwn", "Type": kind,
                                               "Target": "/xl/tables/own.xml"})  # fmt: skip
        parts = sheet.root.find(f"{M}tableParts")
        assert parts is not None
        place = next(iter(parts[0].attrib))
        etree.SubElement(parts, f"{M}tablePart", {str(place): "rIdOwn"})
        parts.set("count", str(len(parts)))
        package.members["xl/tables/own.xml"] = (
            f'<table xmlns="{M[1:-1]}" id="90" name="tSigles" displayName="tSigles" '
            f'ref="A{row}:B{row + 1}"><tableColumns count="2"><tableColumn id="1" name="Sigle"/>'
            '<tableColumn id="2" name="Sens"/></tableColumns></table>'
        ).encode()
        types = package.xml("[Content_Types].xml")
        made = next(one for one in types if "table+xml" in (one.get("ContentType") or ""))
        own = deepcopy(made)
        own.set("PartName", "/xl/tables/own.xml")
        types.append(own)
        return package.save_bytes()

    return change


@dataclass(frozen=True)
class Case:
    """What was done to Suivi, whose lines end in row 7; where two new lines go, and the table."""

    change: Change
    first: int
    table: str
    is_said: bool = False


CASES = {
    "as it is": Case(lambda data: data, 8, "A4:N9"),
    "blank rows in the table": Case(stretched(20), 8, "A4:N20"),
    "one blank row in the table": Case(stretched(8), 8, "A4:N9"),
    "a line just below": Case(typing({"A8": "X Y", "C8": "a"}), 9, "A4:N10"),
    "a name just below": Case(typing({"A8": "X Y"}), 9, "A4:N10"),
    "lines below the table": Case(stretched(5), 8, "A4:N9"),
    "lines after blank rows": Case(typing({"A12": "X Y", "C12": "a", "A13": "Z"}), 14, "A4:N15"),
    "a hole among the lines": Case(
        both(stretched(10), typing({"A10": "X Y", "C10": "a"})), 11, "A4:N12"
    ),
    "a remark far below": Case(typing({"A12": "NB : à revoir"}), 8, "A4:N9"),
    "a remark too near": Case(typing({"A10": "NB : à revoir"}), 12, "A4:N7", True),
    "a total far below": Case(typing({"A12": "Total", f"{MINUTES}12": 24}), 8, "A4:N9"),
    "a total just below": Case(typing({"A8": "Total", f"{MINUTES}8": 24}), 10, "A4:N7", True),
    "a formula just below": Case(typing({f"{MINUTES}8": "=SUM(I5:I7)"}), 9, "A4:N10"),
    "a value of an own column": Case(typing({"O4": "À nous", "O8": "x"}), 10, "A4:N7", True),
    "the same in the table": Case(
        both(typing({"N8": "x"}), stretched(12)), 9, "A4:N12",
    ),
    "beside, in no column": Case(typing({"Q8": "x"}), 8, "A4:N9"),
    "merged cells": Case(merged("A9:C9"), 11, "A4:N7", True),
    "a table below": Case(foreign(11), 8, "A4:N9"),
    "sums below blank rows": Case(
        both(typing({"A12": "Total"}), stretched(12, totalsRowCount="1")), 8, "A4:N12"
    ),
    "no headings shown": Case(lambda data: without_headings(data, "Suivi"), 8, "A5:N9"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_lines_go_below_the_last_one_and_on_nothing(case: Case) -> None:
    done = add(case.change(small()), {"tSuivi": FOLLOWED[:2]})
    assert done.left == []
    assert done.places == [f"Suivi!{case.first}", f"Suivi!{case.first + 1}"]
    assert [row.action for row in done.added("tSuivi")] == ["Action 7", "Action 8"]
    assert table_ref(done.data, "tSuivi") == case.table
    assert bool(done.edited.notes) == case.is_said


REFUSED = {
    "sums just below": (
        both(typing({"A8": "Total"}), stretched(8, totalsRowCount="1")), TOTALS,
    ),
    "a table just below": (foreign(9), FOREIGN),
    "protected": (
        lambda data: edited_sheet(data, "Suivi", lambda root: _protect(root)), UNPROTECT,
    ),
}  # fmt: skip


def _protect(root: etree._Element) -> None:
    rows = root.find(f"{M}sheetData")
    assert rows is not None
    rows.addnext(rows.makeelement(f"{M}sheetProtection", {"sheet": "1"}))


@pytest.mark.slow
@pytest.mark.parametrize(("change", "why"), REFUSED.values(), ids=list(REFUSED))
def test_where_lines_cannot_go_nothing_is_written(change: Change, why: str) -> None:
    data = change(small())
    done = add(data, {"tSuivi": FOLLOWED[:2]})
    assert done.left == [f"Suivi nouvelle ligne {number} : {why}" for number in (1, 2)]
    assert done.data == data


def test_other_tables_are_written_where_one_is_refused() -> None:
    done = add(REFUSED["protected"][0](small()), {"tSuivi": FOLLOWED, "tFreins": [{"person": "X"}]})
    assert done.places == ["Freins!5"]
    assert len(done.left) == len(FOLLOWED)


def test_a_sheet_that_is_not_there_is_told() -> None:
    package = Package(small())
    package.tab("Freins").set("name", "Autre")
    sheet = package.sheet("Autre")
    sheet.table.set("displayName", "tAutre")
    set_text(sheet.heading_row[0], "Rien")
    set_text(sheet.heading_row[1], "De tel")
    done = add(package.save_bytes(), {"tFreins": [{"person": "X"}]})
    assert done.left == [f"Freins nouvelle ligne 1 : {NO_TABLE}"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "change", [as_range, renamed_table], ids=["converted to a range", "renamed"]
)
def test_lines_go_below_whatever_became_of_the_table(
    change: Callable[[bytes, str], bytes],
) -> None:
    data = change(change(small(), "Suivi"), "Personnes")
    done = add(data, {"tSuivi": FOLLOWED[:2], "tPersonnes": [{"last_name": "Iris"}]})
    assert done.places == ["Suivi!8", "Suivi!9", "Personnes!7"]
    name = sheet_xml(done.data, "Personnes").rpartition("<f>")[2].partition("</f>")[0]
    assert name.startswith("TRIM(A7&" if change is as_range else "TRIM(Tableau_tPersonnes[[#This")


def test_the_filter_of_a_range_follows_and_what_it_hides_stays_hidden() -> None:
    def filtered(root: etree._Element) -> None:
        rows = root.find(f"{M}sheetData")
        assert rows is not None
        rows.addnext(rows.makeelement(f"{M}autoFilter", {"ref": "A4:N7"}))
        rows[-1].set("hidden", "1")

    data = edited_sheet(as_range(small(), "Suivi"), "Suivi", filtered)
    done = add(data, {"tSuivi": FOLLOWED[:1]})
    old, new = list(Package(done.data).sheet("Suivi").data)[-2:]
    assert '<autoFilter ref="A4:N8"/>' in sheet_xml(done.data, "Suivi")
    assert (old.get("hidden"), new.get("hidden")) == ("1", None)


def test_a_blank_row_that_a_filter_hides_is_seen_once_filled() -> None:
    def hidden(root: etree._Element) -> None:
        rows = root.find(f"{M}sheetData")
        assert rows is not None
        etree.SubElement(rows, f"{M}row", {"r": "8", "hidden": "1"})

    done = add(edited_sheet(small(), "Suivi", hidden), {"tSuivi": FOLLOWED[:1]})
    new = Package(done.data).sheet("Suivi").data[-1]
    assert (new.get("r"), new.get("hidden")) == ("8", None)


def test_a_formula_ready_in_a_blank_row_stays_and_the_value_is_told() -> None:
    def computed(root: etree._Element) -> None:
        cell = next(one for one in root.iter(f"{M}c") if one.get("r") == f"{MINUTES}8")
        cell.remove(cell[1])  # its value, that is nothing

    data = both(stretched(9), typing({f"{MINUTES}8": '=""'}))(small())
    data = edited_sheet(data, "Suivi", computed)
    done = add(data, {"tSuivi": FOLLOWED[:1]})
    assert done.places == ["Suivi!8"]
    assert done.left == [
        "Suivi nouvelle ligne 1 Temps consacré : « 7 », la cellule est calculée"
    ]  # fmt: skip


def test_what_was_changed_in_the_same_breath_is_not_written_over() -> None:
    done = add(small(), {"tSuivi": FOLLOWED[:1]}, CellChange("Suivi", "C8", "déjà là"))
    assert done.places == ["Suivi!10"]


def test_a_workbook_without_sheets_of_ours_is_left_as_it_is() -> None:
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.edit.model import NewRow
    from cedre_xlsx.workbook.edit.write import edited

    data = small()
    done = edited(data, Records(), RawWorkbook(), {"tFreins": [NewRow({"person": "X"})]})
    assert (done.data, len(done.left)) == (data, 1)
