"""CLA: each case is the state of a sheet; then true files, spoiled as people do."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.columns import columns_of
from cedre_xlsx.schema.follow_up import FollowUpRow as Suivi
from cedre_xlsx.schema.fusion import Waiting
from cedre_xlsx.schema.generated_sheets import (
    CONTROL_KIND,
    SYNTHESIS_KIND,
    Knowledge,
    Recognised,
    statistics_kind,
)
from cedre_xlsx.schema.missions import MissionRow as Missions
from cedre_xlsx.schema.people import PersonRow as Personnes
from cedre_xlsx.schema.records import column_letter
from tests.rules.rule_cases import (
    Beside,
    Cases,
    action,
    cases_as_tests,
    cells,
    findings,
    in_book,
    in_excel,
    in_form,
    in_sheet,
    mission,
    person,
    workbook,
)
from tests.small_association import clean_workbook

ON = date(2026, 9, 30)
ADOPTED, UNSURE, ELSEWHERE = Knowledge.ADOPTED, Knowledge.UNSURE, Knowledge.ELSEWHERE
LINES = [action(), action(), action()]
#: The lists of Suivi, rows 5 to 7, from Personne to the reason of an absence.
LISTS = "A5:A7 E5:E7 G5:G7 J5:J7 K5:K7 M5:M7 N5:N7 O5:O7 P5:P7"

#: The cells of its guards, and those of each of its colours.
GUARDS = "B5:B7 F5:F7 I5:I7"
COLOURS = ["A5:P9", "A5:P9", "A5:P9", "A5:P9", "F5:F9"]

#: A table of Personnes that fills its formula by itself.
WHOLE = f"A4:{column_letter(len(columns_of(Personnes)))}5"
FILLED = in_excel(Personnes, WHOLE, fills="Personne")

FAILING: Cases = {
    "CLA01": [
        ([*LINES, in_sheet(Suivi, lists=LISTS.replace("G5:G7", "G5:G6"))], "G7"),
        ([*LINES, in_sheet(Suivi, lists=LISTS.replace("G5:G7", "G5 G7"))], "G6"),
        ([*LINES, in_sheet(Suivi, lists=LISTS.replace("E5:E7 ", ""))], "E5"),
        ([*LINES, in_sheet(Suivi, lists="A1:E4 G5:P7")], "A5 E5"),
    ],
    "CLA02": [
        ([*LINES, in_sheet(Suivi, colours=["A5:P5 A7:P7"])], "row 4"),
        ([*LINES, in_sheet(Suivi, colours=["F5:F7", "A5:P5 A6:P6 A7:P7"])], "row 4"),
        ([person(), person("Petit Eva"), in_sheet(Personnes, colours=["A5:A5 A6:A50"])], "row 4"),
    ],
    "CLA03": [
        ([*LINES, in_sheet(Suivi, merged="A5:A7")], "A5"),
        ([*LINES, in_sheet(Suivi, merged="A1:P1 C6:D6")], "C6"),
        ([*LINES, in_sheet(Suivi, merged="B6:B7 A5:A6 C5:D5 E5:E6")], "B6"),
        ([mission(), in_sheet(Missions, merged="B4:C4")], "B4"),
    ],
    "CLA04": [
        ([*LINES, in_sheet(Suivi, hidden=[6])], "row 6"),
        ([*LINES, in_sheet(Suivi, hidden=[5, 6, 7, 8])], "row 5"),
        ([mission(), in_sheet(Missions, hidden=[5])], "row 5"),
    ],
    "CLA05": [
        ([person(typed_person="M. Martin"), in_sheet(Personnes)], "D5"),
        ([person(typed_person="Martin Pol"), in_sheet(Personnes, formulas="D6")], "D5"),
        # right by chance: the others are computed
        ([person(typed_person="Martin Paul"), in_sheet(Personnes, formulas="D6 D7")], "D5"),
        ([person(typed_person="Martin Paul (Caen)")], "D5"),
    ],
    "CLA06": [
        ([Beside("suivi (1).xlsx")], "row None"),
        ([Beside("suivi (1).xlsx"), Beside("suivi-PC-de-Linda.xlsx")], "row None"),
        ([Beside(f"suivi ({i}).xlsx") for i in range(5)], "row None"),
    ],
    "CLA07": [
        ([*LINES, in_book(), in_sheet(Suivi)], "row 4"),
        ([in_book(), in_sheet(Suivi, lists="B5:B9 C5:C9")], "row 4"),  # none of ours
        ([in_book(), in_sheet(Missions), in_sheet(Suivi)], "row 4 row 4"),
        ([in_book(), in_form("Convention"), in_form("Paramètres")], "row None row None"),
    ],
    "CLA08": [
        ([in_book(without="lstStatut"), in_sheet(Suivi, lists=LISTS)], "row 4"),
        ([in_book(lstStatut="#REF!"), in_sheet(Suivi, lists=LISTS)], "row 4"),
        ([in_book(lstStatut='_xlfngnumeric.ERROR("x")'), in_sheet(Suivi, lists=LISTS)], "row 4"),
        ([in_book(), in_sheet(Suivi, lists=LISTS, source="#REF!")], "row 4"),
        ([in_book(), in_sheet(Suivi, lists="A5:A7 G5:G5000 G10:G5000")], "row 4"),  # twice
        ([in_book(without="lstStatut"), in_form("Convention", lists="J3")], "row None"),
        ([in_book(hollow="lstStatut"), in_sheet(Suivi, lists=LISTS)], "row 4"),
        ([in_book(hollow="lstStatut"), in_form("Convention", lists="J3")], "row None"),
    ],
    "CLA09": [
        ([*LINES, in_book(), in_sheet(Suivi)], "row 4"),  # gone
        ([in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:P7", "Tableau1")], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:P4")], "row 4"),
        ([in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:P7", headings=3)], "row 4"),
        ([in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:D7")], "row 4"),
        ([in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:P7", has_headings=False)], "row 4"),
    ],
    "CLA10": [
        ([person(), in_book(), in_sheet(Personnes), FILLED], "D5"),  # empty, and no formula
        ([person(typed_person="Martin Paul"), in_book(), in_sheet(Personnes), FILLED], "D5"),
        ([person(), in_book(), in_sheet(Personnes, formulas="D5", broken="D5"), FILLED], "D5"),
        ([person(), in_book(), in_sheet(Personnes, formulas="D5", called="tAutre"), FILLED], "D5"),
        ([person(), person("A B"), in_book(),
          in_sheet(Personnes, formulas="D5 D6", broken="D6"), FILLED], "D6"),
        ([person(), in_book(program="Autre"), in_sheet(Personnes, formulas="D5"),
          in_excel(Personnes, WHOLE)], "D4"),
    ],
    "CLA11": [
        ([in_book(), in_form("Convention", protected=False)], "row None"),
        ([in_book(), in_form("Fiche individuelle", protected=False)], "row None"),
        ([in_book(), in_form("Repérage", protected=False), in_form("Convention")], "row None"),
    ],
    "CLA12": [
        ([in_book(), in_form("Convention", errors=["B7", "B9"])], "B7"),
        ([in_book(), in_form("Fiche individuelle", formulas="")], "row None"),
        ([in_book(), in_form("Listes", errors=["AB12"])], "AB12"),
    ],
    "CLA13": [
        ([*LINES, in_book(), in_sheet(Suivi)], "row 4"),
        ([in_book(), in_sheet(Suivi, colours=["A1:P4"])], "row 4"),  # the titles alone
        ([in_book(without="cedre_Pauses"), in_sheet(Suivi, colours=COLOURS)], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, colours=["F5:F9"])], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, colours=COLOURS[:-1])], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, colours=COLOURS[1:])], "row 4"),
        ([in_book(), in_sheet(Missions, colours=["A5:K9", "D5:D9", "E5:E9"])], "row 4"),
    ],
    "CLA14": [
        ([in_book(shown="Listes"), in_form("Listes")], "row None"),
        ([in_book(shown="Suivi Listes"), in_form("Listes")], "row None"),
        ([in_book(shown="LISTES"), in_form("Listes", sheet="LISTES")], "row None"),
    ],
    "CLA15": [
        ([Recognised(SYNTHESIS_KIND, ADOPTED, ("Synthèse",))], "row None"),
        ([Recognised(CONTROL_KIND, UNSURE, ("Contrôle", "Contrôle (2)"))], "row None"),
        ([Recognised(statistics_kind(2026), UNSURE, ("Chiffres",))], "row None"),
        ([Recognised(SYNTHESIS_KIND, ADOPTED, ("Synthèse",)),
          Recognised(CONTROL_KIND, ADOPTED, ("À contrôler",))], "row None row None"),
    ],
    "CLA16": [
        ([Recognised(SYNTHESIS_KIND, ELSEWHERE, ("Suivi",))], "row None"),
        ([Recognised(CONTROL_KIND, ELSEWHERE, ("Contrôle",), ("Paramètres",))], "row None"),
        ([Recognised(statistics_kind(2025), ELSEWHERE, ("Statistiques 2025",))], "row None"),
    ],
    "CLA17": [
        # the last of three lines is in row 7
        ([*LINES, in_book(), in_sheet(Suivi, lists="A5:A6 G5:G6", guards="B5:B6")], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, lists="A5:A7 G5:G7")], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, guards="B5:B256 F5:F256")], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, colours=["F5:F256", "A5:P256"])], "row 4"),
        ([*LINES, in_book(), in_sheet(Suivi, colours=["A5:P6"], lists=LISTS)], "row 4"),
    ],
    "CLA18": [
        ([in_book(), in_sheet(Suivi, lists=LISTS)], "row 4"),
        ([in_book(), in_sheet(Suivi, lists=LISTS, guards="B5:B7 I5:I7")], "row 4"),
        ([in_book(), in_sheet(Suivi, lists=LISTS, guards="C5:C7")], "row 4"),  # none of ours
        ([in_book(), in_form("Paramètres", lists="R8")], "row None"),
    ],
    "CLA19": [
        ([Waiting("Fusion", ("J6",))], "J6"),
        ([Waiting("Fusion", ("J7", "J9"), chosen=1)], "J7"),
        ([Waiting("Notre fusion", (), chosen=2)], "row None"),  # chosen, and not done
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "CLA01": [
        [*LINES, in_sheet(Suivi, lists=LISTS)],
        [*LINES, in_sheet(Suivi, lists="A1:G5000 J5:P6 J7:P5000")],
        [*LINES, in_sheet(Suivi)],  # a sheet of one's own, which never had lists
        LINES,  # a file that does not tell
        [in_sheet(Suivi, lists="A5")],
    ],
    "CLA02": [
        [*LINES, in_sheet(Suivi, colours=["A5:P5000", "F5:F5000 B5:B5000"])],
        [*LINES, in_sheet(Suivi, colours=["A5:P7 A20:P30"])],  # below the lines
        [*LINES, in_sheet(Suivi)],
    ],
    "CLA03": [
        [*LINES, in_sheet(Suivi, merged="A1:P1 A2:P3")],  # the titles
        [*LINES, in_sheet(Suivi, merged="A8:C9 Z5:Z7")],
        [in_sheet(Suivi, merged="A5:A7")],
    ],
    "CLA04": [
        [*LINES, in_sheet(Suivi, hidden=[1, 2, 8, 9])],
        [*LINES, in_sheet(Suivi)],
        LINES,
    ],
    "CLA05": [
        [person(typed_person="Martin Paul"), in_sheet(Personnes, formulas="D5")],
        [person(typed_person="Durand Paul"), in_sheet(Personnes, formulas="D5")],  # not yet
        [person(), in_sheet(Personnes, formulas="D6")],
        [person(typed_person="MARTIN  paul"), in_sheet(Personnes)],  # another program's file
    ],
    "CLA06": [[], [person()], LINES],
    "CLA07": [
        [*LINES, in_book(), in_sheet(Suivi, lists="G5:G7")],  # one is left: CLA01
        [*LINES, in_sheet(Suivi)],  # a workbook made by hand
        [in_book(), *LINES],  # a file that does not tell
        [in_book(), in_form("Convention", lists="J3"), in_form("Listes")],
    ],
    "CLA08": [
        [in_book(), in_sheet(Suivi, lists=LISTS)],
        [in_book(hollow="lstFrein"), in_sheet(Suivi, lists=LISTS)],
        [in_book(), in_sheet(Suivi, lists=LISTS, source='"a,b"')],  # the team's own
        [in_book(), in_sheet(Suivi, lists=LISTS, source="Listes!$L$3:$L$8")],
        [in_sheet(Suivi, lists=LISTS)],
    ],
    "CLA09": [
        [*LINES, in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:P7")],
        [*LINES, in_book(), in_sheet(Suivi), in_excel(Suivi, "A4:P5")],  # LEC02 says it
        [in_book(), in_sheet(Suivi), in_excel(Suivi, "A5:P7", has_headings=False)],  # hidden
        [*LINES, in_sheet(Suivi)],
    ],
    "CLA10": [
        [person(), in_book(), in_sheet(Personnes, formulas="D5"), FILLED],
        # a line added in LibreOffice
        [person(), person("A B"), in_book(), in_sheet(Personnes, formulas="D5"), FILLED],
        [person(), in_book(program="LibreOffice"), in_sheet(Personnes, formulas="D5"),
         in_excel(Personnes, "A4:AA5")],
        [person(), in_sheet(Personnes)],
    ],
    "CLA11": [
        [in_book(), in_form("Convention")],
        [in_book(), in_form("Paramètres", protected=False), in_form("Listes", protected=False)],
        [in_form("Convention", protected=False)],
    ],
    "CLA12": [
        [in_book(), in_form("Convention")],
        [in_book(), in_form("Paramètres", formulas="")],
        [in_form("Convention", errors=["B7"])],
    ],
    "CLA13": [
        [*LINES, in_book(), in_sheet(Suivi, colours=COLOURS)],
        # in pieces; more of the team; a line and a column by the same formula
        [*LINES, in_book(), in_sheet(Suivi, colours=[f"{one} B12:P13" for one in COLOURS])],
        [*LINES, in_book(), in_sheet(Suivi, colours=["A1:P9", *COLOURS])],
        [*LINES, in_book(), in_sheet(Suivi, colours=["A5:P9 F5:F9"] * 4)],
        [*LINES, in_sheet(Suivi)],
        [in_book(without="cedre_Pauses"), in_sheet(Missions, colours=["A5:K9"] * 2)],
    ],
    "CLA14": [
        [in_book(shown="Suivi"), in_form("Listes")],
        [in_form("Listes")],
        [in_book(shown="Listes")],  # a sheet of theirs: nothing was read of it
    ],
    "CLA15": [
        [Recognised(SYNTHESIS_KIND, Knowledge.MARKED, ("Synthèse",))],
        [Recognised(SYNTHESIS_KIND, Knowledge.ABSENT)],
        [Recognised(CONTROL_KIND, ELSEWHERE, ("Suivi",), ("Contrôle",))],
    ],
    "CLA16": [
        [Recognised(SYNTHESIS_KIND, Knowledge.MARKED, ("Notre synthèse",))],
        [Recognised(SYNTHESIS_KIND, ADOPTED, ("Synthèse",))],
        [Recognised(CONTROL_KIND, UNSURE, ("Contrôle", "Contrôle (2)"))],
    ],
    "CLA17": [
        [*LINES, in_book(), in_sheet(Suivi, lists="A5:A257 G5:G257", colours=["A5:P257"])],
        # a list of the team for some lines, a guard that pasting has cut: the others go on
        [*LINES, in_book(), in_sheet(Suivi, lists="A5:A257 E5:E257 G5:G90", guards="B5:B6")],
        [*LINES, in_book(), in_sheet(Suivi, colours=["A5:P300", "C5:C8"])],
        [in_book(), in_sheet(Suivi, lists="A5:A6", colours=["A5:P6"])],  # no line
        [*LINES, in_sheet(Suivi, lists="A5:A6")],  # a workbook made by hand
    ],
    "CLA18": [
        [in_book(), in_sheet(Suivi, lists=LISTS, guards=GUARDS)],
        [in_book(), in_sheet(Suivi, lists=f"{LISTS} B5:B7", guards="F5:I7")],  # the team's own
        [in_book(), in_sheet(Suivi)],  # without any list: CLA07
        [in_sheet(Suivi, lists=LISTS)],  # a workbook made by hand
        [in_book(), in_form("Paramètres", lists="R8", guards="B12"), in_form("Convention")],
        [in_book(), in_form("Paramètres")],
    ],
    "CLA19": [[], [Waiting("Fusion")], LINES],
}  # fmt: skip


test_fails, test_passes = cases_as_tests(FAILING, PASSING, cells)


def test_every_rule_of_the_family_has_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "CLA"]
    assert list(FAILING) == list(PASSING) == codes
    assert all(len(cases) >= 3 for cases in (*FAILING.values(), *PASSING.values()))


def test_columns_that_the_workbook_lacks_are_not_looked_at() -> None:
    made = workbook([person(typed_person="M. X"), *LINES, in_sheet(Suivi, lists="A5:A7")])
    followed = replace(made.follow_ups, columns={"person": 1})
    named = replace(made.people, columns={"last_name": 1})
    bare = replace(made, follow_ups=followed, people=named)
    assert [one.code for one in run(bare, (), on=ON) if one.code.startswith("CLA")] == []


def test_a_merge_in_a_column_of_the_team_has_no_heading() -> None:
    made = workbook([*LINES, in_sheet(Suivi, merged="C5:C6")])
    table = replace(made.follow_ups, columns={"person": 1, "dated": 2, "status": 7})
    [one] = [f for f in run(replace(made, follow_ups=table), (), on=ON) if f.code == "CLA03"]
    assert (one.place.cell, one.place.column) == ("C5", "")


def test_messages_give_the_places() -> None:
    merged = findings([*LINES, in_sheet(Suivi, merged="B6:B7 A5:A6 C5:D5 E5:E6")], "CLA03")
    assert "B6:B7, A5:A6, C5:D5 et 1 de plus" in merged[0].message
    [one] = findings([*LINES, in_sheet(Suivi, hidden=[5, 7])], "CLA04")
    assert "(lignes 5, 7)" in one.message


@pytest.fixture(scope="module")
def clean() -> bytes:
    return clean_workbook(20)


def spoiled(data: bytes, part: str, *changes: tuple[bytes, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in changes if name == part else ():
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(name, content)
    return made.getvalue()


SUIVI, PERSONNES = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "changes", "expected"),
    [
        (SUIVI, [(b'sqref="G5:G5000"', b'sqref="G5:G9 G11:G5000"')], ["CLA01 Suivi!G10"]),
        (SUIVI, [(b'sqref="A5:N1048576"', b'sqref="A5:N9 A11:N1048576 A10"')], ["CLA02 Suivi!4"]),
        (SUIVI, [(b"</sheetData>",
                  b'</sheetData><mergeCells count="1"><mergeCell ref="A7:A8"/></mergeCells>')],
         ["CLA03 Suivi!A7"]),
        (SUIVI, [(b'<row r="9" ', b'<row r="9" hidden="1" ')], ["CLA04 Suivi!9"]),
    ],
)  # fmt: skip
def test_a_spoiled_file_is_said(
    part: str, changes: list[tuple[bytes, bytes]], expected: list[str], clean: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(clean)
    assert api.check(path, on=ON, select=["CLA"]).findings == ()
    path.write_bytes(spoiled(clean, part, *changes))
    found = api.check(path, on=ON, select=["CLA"]).findings
    told = [f"{one.code} {one.place.sheet}!{one.place.cell or one.place.row}" for one in found]
    assert told == expected


@pytest.mark.slow
def test_a_copy_beside_the_workbook_is_said_from_both(clean: bytes, tmp_path: Path) -> None:
    for name in ("suivi.xlsx", "suivi (1).xlsx", "suivi 2025.xlsx", "autre.xlsx"):
        (tmp_path / name).write_bytes(clean)
    [one] = api.check(tmp_path / "suivi.xlsx", on=ON, select=["CLA"]).findings
    assert "« suivi (1).xlsx »" in one.message
    [one] = api.check(tmp_path / "suivi (1).xlsx", on=ON, select=["CLA"]).findings
    assert "« suivi.xlsx »" in one.message
    assert api.check(tmp_path / "autre.xlsx", on=ON, select=["CLA"]).findings == ()
