"""A workbook after what a team does to it in a year: the same records, or exactly what is said."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import DATA_TABLES, TEMPLATE_VERSION
from cedre_xlsx.workbook.read import Reading, read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import few, libreoffice_convert, needs_libreoffice, saved_workbook

ON = date(2026, 5, 12)

FILLING = Filling(
    settings=Settings(structure="Association des Essais", advisors=("Linda Roux",), soon_days=21),
    rows={
        "tPersonnes": [
            {"last_name": "Durand", "first_name": "Marie", "title": "Mme", "birth_year": 1990,
             "advisor": "Linda Roux", "registered": date(2026, 1, 5),
             "request": "Travailler\nprès de chez elle"},
            {"last_name": "Petit", "first_name": "Noé", "precision": "Arras", "title": "M.",
             "registered": date(2025, 9, 1), "exited": date(2026, 3, 1),
             "exit_category": "Emploi durable", "exit_reason": "CDI", "rqth": "OUI"},
            {"last_name": "Roux", "first_name": "Zoé", "registered": date(2026, 2, 2)},
        ],
        "tSuivi": [
            {"person": "Durand Marie", "dated": date(2026, 1, 5), "action": "Entretien individuel",
             "objective": "Préciser le projet", "engagement": "CP", "deadline": date(2026, 6, 1),
             "status": "(2) En cours", "minutes": "45 min"},
            {"person": "Durand Marie", "dated": "12/01/26 tél", "action": "Proposition de mission",
             "engagement": "Coup de pouce", "deadline": "sous 15 jours", "minutes": 15},
            {"person": "Petit Noé (Arras)", "dated": date(2025, 9, 8), "action": "Atelier CV",
             "status": "(3) Réalisée", "outcome": "CV refait", "minutes": "1h30",
             "deadline": "après la formation"},
            {"person": "Roux Zoé", "dated": date(2026, 2, 9), "action": "Bilan",
             "deadline": "13/02/26 reporté au 13/03/26", "collective": "OUI"},
        ],
        "tEngagements": [
            {"reference": "CP-2026-001", "sheet_number": "1", "person": "Durand Marie",
             "agreed": date(2026, 1, 5), "type": "CP", "object": "Trouver un revenu",
             "deadline": date(2026, 3, 5), "form": "Écrit signé", "reviewed": date(2026, 3, 4),
             "achieved": "OUI, en partie", "follow_up": "OUI", "next_type": "D"},
        ],
        "tMissions": [
            {"person": "Durand Marie", "nature": "MAD", "start": date(2026, 1, 12),
             "end": date(2026, 1, 30), "hours": 20.5, "client": "Particulier A", "rome": "K1304"},
        ],
        "tFreins": [
            {"person": "Durand Marie", "barrier": "Mobilité", "identified": date(2026, 1, 5),
             "accompaniment": "Interne"},
        ],
    },
)  # fmt: skip
#: What is said of the workbook as it is: one deadline is a condition.
AS_IT_IS = {"LEC06": 1}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_workbook(tmp_path_factory.mktemp("original") / "classeur.xlsx", FILLING)


def content(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """The records, addresses aside; a text of a date may have become a date."""
    records = reading.records
    tables = (records.people, records.follow_ups, records.engagements, records.missions,
              records.barriers)  # fmt: skip
    found = {}
    for table in tables:
        rows = [
            row.model_dump(exclude={"row", "typed_person", "extra"}, exclude_defaults=True)
            for row in table.rows
        ]
        found[table.spec.table] = sorted(rows, key=repr)
    return found


def codes(reading: Reading) -> dict[str, int]:
    return dict(Counter(problem.code for problem in reading.problems))


def test_a_new_workbook_is_read_back_as_it_was_filled(original: Path) -> None:
    reading = read_workbook(original, on=ON)
    records = reading.records
    assert codes(reading) == AS_IT_IS
    assert {name: len(rows) for name, rows in content(reading).items()} == {
        name: len(rows) for name, rows in FILLING.rows.items()
    }
    assert list(records.persons) == ["Durand Marie", "Petit Noé (Arras)", "Roux Zoé"]
    marie = records.persons["Durand Marie"]
    assert [row.due for row in marie.follow_ups] == [date(2026, 6, 1), date(2026, 1, 27)]
    assert [row.minutes for row in marie.follow_ups] == [45, 15]
    assert (marie.engagements[0].follow_up, marie.missions[0].hours) == (True, 20.5)
    assert marie.latest.request == "Travailler\nprès de chez elle"
    assert (records.settings.structure, records.settings.soon_days) == (
        "Association des Essais",
        21,
    )
    assert records.template_version == TEMPLATE_VERSION
    assert len(reading.sha256) == 64
    place = records.follow_ups.place(records.follow_ups.rows[2], "deadline")
    assert (place.sheet, place.row, place.column, place.cell) == (
        "Suivi", 7, "Échéance / délai", "F7",
    )  # fmt: skip


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def table_of(sheet: Worksheet) -> Table:
    found: Table = next(iter(sheet.tables.values()))
    return found


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[4] if cell.value}


def without_tables(book: Workbook) -> None:
    for sheet in book.worksheets:
        for name in list(sheet.tables):
            del sheet.tables[name]


def rename_sheets(book: Workbook) -> None:
    for number, spec in enumerate(DATA_TABLES):
        sheet_of(book, spec.sheet).title = f"Onglet {number}"


def rename_sheets_without_tables(book: Workbook) -> None:
    without_tables(book)
    rename_sheets(book)


def reverse_the_tabs(book: Workbook) -> None:
    book._sheets.reverse()  # type: ignore[attr-defined]


def rename_the_tables(book: Workbook) -> None:
    for spec in DATA_TABLES:
        sheet = sheet_of(book, spec.sheet)
        table = table_of(sheet)
        del sheet.tables[table.displayName]
        table.displayName = table.name = f"Tableau{spec.table}"
        sheet.add_table(table)


def insert_title_rows(book: Workbook) -> None:
    for spec in DATA_TABLES:
        sheet = sheet_of(book, spec.sheet)
        last = f"{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
        sheet.move_range(f"A4:{last}", rows=7)
        table = table_of(sheet)
        table.ref = f"A11:{sheet.cell(1, len(spec.columns)).column_letter}{sheet.max_row}"
        table.autoFilter = None
        sheet["A1"] = "Suivi 2026, ne pas diffuser"


def swap_columns(book: Workbook) -> None:
    """The second column and the last one, everywhere."""
    for spec in DATA_TABLES:
        sheet = sheet_of(book, spec.sheet)
        last = len(spec.columns)
        for row in range(4, sheet.max_row + 1):
            first, second = sheet.cell(row, 2), sheet.cell(row, last)
            first.value, second.value = second.value, first.value
        table = table_of(sheet)
        table.tableColumns[1].name, table.tableColumns[-1].name = (
            table.tableColumns[-1].name, table.tableColumns[1].name,
        )  # fmt: skip


def own_column_in_the_middle(book: Workbook) -> None:
    without_tables(book)
    sheet = sheet_of(book, "Suivi")
    sheet.insert_cols(3)
    sheet["C4"] = "Vu en réunion"
    sheet["C5"] = "oui"


def shout_the_headings(book: Workbook) -> None:
    rewrite_headings(book, lambda text: unicodedata.normalize("NFKD", text.upper()).encode(
        "ascii", "ignore").decode())  # fmt: skip


def decompose_the_headings(book: Workbook) -> None:
    rewrite_headings(book, lambda text: unicodedata.normalize("NFD", text))


def break_the_headings(book: Workbook) -> None:
    rewrite_headings(book, lambda text: text.replace(" ", "\n", 1) + "*")


def explain_the_headings(book: Workbook) -> None:
    rewrite_headings(book, lambda text: f"{text} (à remplir)")


def space_the_headings(book: Workbook) -> None:
    rewrite_headings(book, lambda text: f" {text.replace(' ', chr(160))} ")


def rewrite_headings(book: Workbook, change: Callable[[str], str]) -> None:
    without_tables(book)
    for spec in DATA_TABLES:
        for cell in sheet_of(book, spec.sheet)[4]:
            if cell.value:
                cell.value = change(str(cell.value))


def misspell_headings(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    where = headings(sheet)
    sheet.cell(4, where["Personne"]).value = "Personnne"
    sheet.cell(4, where["Objectifs poursuivis"]).value = "Objectifs"
    sheet.cell(4, where["Échéance / délai"]).value = "Echéances / délais"


def print_it_as_the_paper_form(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    sheet.cell(4, headings(sheet)["Actions proposées par l'AI / ETTI"]).value = "Actions proposées"


def convert_to_ranges(book: Workbook) -> None:
    without_tables(book)


def type_below_the_table(book: Workbook) -> None:
    """The last two lines, after two blank rows."""
    sheet = sheet_of(book, "Suivi")
    sheet.move_range("A7:N8", rows=2)
    table_of(sheet).ref = "A4:N6"
    table_of(sheet).autoFilter = None


def sort_the_lines(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(5, 8, 1, 14)]
    for number, values in enumerate(reversed(rows), start=5):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value


def leave_blank_rows(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    sheet.move_range("A6:N8", rows=3)
    table_of(sheet).ref = "A4:N11"
    table_of(sheet).autoFilter = None


def merge_the_titles(book: Workbook) -> None:
    for spec in DATA_TABLES:
        sheet_of(book, spec.sheet).merge_cells("A1:H1")


def hide_and_filter(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    for row in (5, 7):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.sheet_state = "hidden"


def repeat_the_headings(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    for cell in sheet[4]:
        sheet.cell(9, cell.column).value = cell.value
    table_of(sheet).ref = "A4:N9"
    table_of(sheet).autoFilter = None


def add_totals(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    table = table_of(sheet)
    table.ref, table.totalsRowCount, table.autoFilter = "A4:N9", 1, None
    sheet["A9"], sheet["I9"] = "Total du temps", 120
    missions = sheet_of(book, "Missions")
    missions["A7"], missions["E7"] = "Total", 20.5


def switch_to_1904(book: Workbook) -> None:
    book.epoch = datetime(1904, 1, 1)


def type_dates_as_text(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    for row in range(5, 9):
        cell = sheet.cell(row, 2)
        if isinstance(cell.value, date):
            cell.value = f"{cell.value:%d/%m/%y}"


def lose_the_format_of_dates(book: Workbook) -> None:
    for spec in DATA_TABLES:
        for row in sheet_of(book, spec.sheet).iter_rows(5):
            for cell in row:
                if isinstance(cell.value, date):
                    cell.number_format = "General"


def space_the_names(book: Workbook) -> None:
    sheet = sheet_of(book, "Personnes")
    sheet["A5"], sheet["B6"] = "\u00a0Durand ", "Noe\u0301\u200b"


def copy_a_sheet(book: Workbook) -> None:
    copied = book.copy_worksheet(sheet_of(book, "Suivi"))
    copied.title = "Suivi (2)"


def remove_the_settings(book: Workbook) -> None:
    del book["Listes"], book["Accueil"]


def remove_an_optional_column(book: Workbook) -> None:
    without_tables(book)
    sheet_of(book, "Missions").delete_cols(12)


def remove_a_required_column(book: Workbook) -> None:
    without_tables(book)
    sheet = sheet_of(book, "Freins")
    sheet["A4"] = "Qui"
    sheet["A5"] = None


def remove_a_sheet(book: Workbook) -> None:
    sheet_of(book, "Freins").delete_rows(1, 9)
    without_tables(book)
    del book["Freins"]
    for row in ("A5", "B5", "C5"):
        book.worksheets[0][row].value = None


def break_formulas(book: Workbook) -> None:
    sheet = sheet_of(book, "Missions")
    sheet["I5"] = "#REF!"  # Code ROME
    sheet["I5"].data_type = "e"


def type_far_away(book: Workbook) -> None:
    sheet_of(book, "Suivi")["XFD1048576"] = "?"
    sheet_of(book, "Personnes")["XFD2"] = "note"


def colour_a_whole_column(book: Workbook) -> None:
    sheet = sheet_of(book, "Suivi")
    for row in range(9, 5000):
        sheet.cell(row, 3).number_format = "0.00"


def own_sheets(book: Workbook) -> None:
    sheet = book.create_sheet("Notes", 0)
    sheet["A1"], sheet["A2"], sheet["B2"] = "Personne", "Durand Marie", "à rappeler"
    book.create_chartsheet("Graphique")


#: Each mutilation, and what is then said besides what the workbook says as it is.
MUTILATIONS: list[tuple[Callable[[Workbook], None], dict[str, int]]] = [
    (rename_sheets, {}),
    (rename_sheets_without_tables, {}),
    (reverse_the_tabs, {}),
    (rename_the_tables, {}),
    (insert_title_rows, {}),
    (swap_columns, {}),
    (own_column_in_the_middle, {}),
    (shout_the_headings, {}),
    (decompose_the_headings, {}),
    (break_the_headings, {}),
    (explain_the_headings, {}),
    (space_the_headings, {}),
    (misspell_headings, {}),
    (print_it_as_the_paper_form, {}),
    (convert_to_ranges, {}),
    (type_below_the_table, {"LEC02": 1}),
    (sort_the_lines, {}),
    (leave_blank_rows, {}),
    (merge_the_titles, {}),
    (hide_and_filter, {}),
    (repeat_the_headings, {}),
    (add_totals, {}),
    (switch_to_1904, {}),
    (lose_the_format_of_dates, {}),
    (space_the_names, {}),
    (copy_a_sheet, {"LEC13": 1}),
    (remove_the_settings, {}),
    (colour_a_whole_column, {}),
    (own_sheets, {}),
    (type_far_away, {}),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mutilate", "said"), few(MUTILATIONS, 2), ids=lambda one: getattr(one, "__name__", "")
)
def test_the_same_records_come_back(
    mutilate: Callable[[Workbook], None], said: dict[str, int], original: Path, tmp_path: Path
) -> None:
    reading = read_workbook(changed(original, tmp_path, mutilate), on=ON)
    assert content(reading) == content(read_workbook(original, on=ON))
    assert codes(reading) == {**AS_IT_IS, **said}


def changed(original: Path, folder: Path, mutilate: Callable[[Workbook], None]) -> Path:
    book = load_workbook(original)
    mutilate(book)
    book.save(folder / "abîmé.xlsx")
    return folder / "abîmé.xlsx"


@pytest.mark.slow
def test_dates_typed_as_text_are_said_and_kept(original: Path, tmp_path: Path) -> None:
    reading = read_workbook(changed(original, tmp_path, type_dates_as_text), on=ON)
    days = {row.day for row in read_workbook(original, on=ON).records.follow_ups.rows}
    assert {row.day for row in reading.records.follow_ups.rows} == days
    assert codes(reading) == {**AS_IT_IS, "LEC09": 3}


def test_an_optional_column_may_be_missing(original: Path, tmp_path: Path) -> None:
    reading = read_workbook(changed(original, tmp_path, remove_an_optional_column), on=ON)
    assert codes(reading) == AS_IT_IS
    assert reading.records.missions.rows[0].person == "Durand Marie"


@pytest.mark.slow
def test_a_missing_column_is_said_and_its_rows_are_kept(original: Path, tmp_path: Path) -> None:
    reading = read_workbook(changed(original, tmp_path, remove_a_required_column), on=ON)
    assert codes(reading) == {**AS_IT_IS, "LEC01": 1}
    (row,) = reading.records.barriers.rows
    assert (row.person, row.barrier) == ("", "Mobilité")
    (problem,) = (one for one in reading.problems if one.code == "LEC01")
    assert (problem.place.sheet, problem.place.row, problem.place.column) == (
        "Freins",
        4,
        "Personne",
    )


def test_a_renamed_column_is_suggested(original: Path, tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        sheet_of(book, "Missions")["C4"] = "Débute le"

    reading = read_workbook(changed(original, tmp_path, rename), on=ON)
    (problem,) = (one for one in reading.problems if one.code == "LEC01")
    assert problem.place.cell == "C4"
    assert problem.message == "La colonne « Début » n'a pas été trouvée ; est-ce « Débute le » ?"


def test_a_missing_sheet_is_said(original: Path, tmp_path: Path) -> None:
    reading = read_workbook(changed(original, tmp_path, remove_a_sheet), on=ON)
    assert codes(reading)["LEC01"] == 1
    assert reading.records.barriers.found is False
    assert reading.records.barriers.rows == ()


def test_an_error_is_said_with_its_cell(original: Path, tmp_path: Path) -> None:
    reading = read_workbook(changed(original, tmp_path, break_formulas), on=ON)
    (problem,) = (one for one in reading.problems if one.code == "LEC10")
    assert (problem.place.sheet, problem.place.cell, problem.person) == (
        "Missions", "I5", "Durand Marie",
    )  # fmt: skip
    assert "rome" in reading.records.missions.rows[0].unreadable


def test_rows_far_below_keep_their_numbers(original: Path, tmp_path: Path) -> None:
    def type_at_the_bottom(book: Workbook) -> None:
        sheet = sheet_of(book, "Suivi")
        sheet["A1048576"], sheet["B1048576"] = "Roux Zoé", "31/02/26"

    reading = read_workbook(changed(original, tmp_path, type_at_the_bottom), on=ON)
    assert reading.records.follow_ups.rows[-1].row == 1048576
    assert {(one.code, one.place.cell) for one in reading.problems} == {
        ("LEC06", "F7"), ("LEC03", "B1048576"), ("LEC02", ""),
    }  # fmt: skip


def test_an_older_template_is_said(original: Path, tmp_path: Path) -> None:
    def age(book: Workbook) -> None:
        for row in sheet_of(book, "Accueil").iter_rows():
            for cell in row:
                if cell.value == TEMPLATE_VERSION:
                    cell.value = 0.9

    reading = read_workbook(changed(original, tmp_path, age), on=ON)
    assert codes(reading) == {**AS_IT_IS, "LEC11": 1}
    assert reading.records.template_version == "0.9"


def test_values_that_a_team_added_to_a_list_are_its_own(original: Path, tmp_path: Path) -> None:
    def extend(book: Workbook) -> None:
        lists = sheet_of(book, "Listes")
        column = next(cell.column for cell in lists[1] if cell.value == "Motif de sortie")
        row = next(row for row in range(3, 200) if lists.cell(row, column).value is None)
        lists.cell(row, column).value = "Reprise d'études"
        sheet = sheet_of(book, "Personnes")
        sheet.cell(6, headings(sheet)["Motif de sortie"]).value = "reprise d’etudes"

    reading = read_workbook(changed(original, tmp_path, extend), on=ON)
    assert codes(reading) == AS_IT_IS
    assert reading.records.people.rows[1].exit_reason == "Reprise d'études"


def test_macros_change_nothing(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsm"
    path.write_bytes(original.read_bytes())
    assert content(read_workbook(path, on=ON)) == content(read_workbook(original, on=ON))


@needs_libreoffice
@pytest.mark.parametrize("target", ["xlsx", "ods"])
def test_libreoffice_changes_nothing(target: str, original: Path, tmp_path: Path) -> None:
    converted = libreoffice_convert(original, target, tmp_path)
    reading = read_workbook(converted, on=ON)
    assert content(reading) == content(read_workbook(original, on=ON))
    assert codes(reading) == AS_IT_IS
    assert reading.records.settings.soon_days == 21
    assert reading.records.people.rows[0].typed_person == "Durand Marie"


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs"]), max_size=20
).filter(lambda text: not text.startswith(("=", "#", "_x")) and "_x" not in text)


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "person": texts.map(lambda text: f"Essai{text}"),
                "dated": st.dates(date(2000, 1, 1), date(2040, 1, 1)),
                "action": texts,
                "deadline": st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2040, 1, 1))),
                "status": st.sampled_from(["(1) À proposer", "(2) En cours", "Sans suite"]),
                "minutes": st.integers(5, 600),
                "collective": st.sampled_from(["OUI", "NON"]),
            }
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_fills_a_new_workbook_is_read_back(
    tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    path = saved_workbook(tmp_path / "rempli.xlsx", Filling(rows={"tSuivi": rows}))
    found = read_workbook(path, on=ON).records.follow_ups.rows
    assert [
        {
            "person": row.person,
            "dated": row.day,
            "action": row.action,
            "deadline": row.due,
            "status": row.status,
            "minutes": row.minutes,
            "collective": "OUI" if row.collective else "NON",
        }
        for row in found
    ] == [
        {
            **row,
            "person": unicodedata.normalize("NFC", row["person"]),
            "action": unicodedata.normalize("NFC", row["action"]),
        }
        for row in rows
    ]
