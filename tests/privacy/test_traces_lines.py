"""Who stays keeps every letter of their name on lines of theirs, whatever these say of who goes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from cedre_xlsx.privacy.name_forms import NamedPerson
from cedre_xlsx.privacy.traces.clean import cleaned
from tests.privacy.test_traces import rows_of, sheet_of

JEAN = NamedPerson("Martin", "Jean", "Nord", "P-2024-003")
ROSE = NamedPerson("Petit", "Rose", "", "P-2024-002")
GONE = (JEAN, ROSE)
PAUL, JEAN_SUD = NamedPerson("Martin", "Paul"), NamedPerson("Martin", "Jean", "Sud")
LIVING = (PAUL, JEAN_SUD, NamedPerson("Rose", "Marie"), NamedPerson("Durand", "Jean"))
J, R = JEAN.code, ROSE.code

Rows = Sequence[Sequence[str]]
PEOPLE = ("Nom", "Prénom", "Précision (homonymes)", "Personne", "La demande", "À nous")
FOLLOW_UP = ("Personne", "Suites données", "À nous")


def in_table(sheet: str, table: str, rows: Rows) -> bytes:
    """A workbook of one sheet of ours, the first row the headings of its table."""
    book, saved = openpyxl.Workbook(), io.BytesIO()
    shown = book.active
    assert shown is not None
    shown.title = sheet
    for row in rows:
        shown.append(row)
    last = shown.cell(len(rows), len(rows[0])).coordinate
    shown.add_table(Table(displayName=table, ref=f"A1:{last}"))
    book.save(saved)
    return saved.getvalue()


# A line of Personnes; what it says afterwards; the cells that are told.
THEIR_LINES = {
    "brother": (
        ("Martin", "Paul", "", "Martin Paul", "Frère de Jean Martin (Nord)", ""),
        ("Martin", "Paul", None, "Martin Paul", f"Frère de {J}", None), [],
    ),
    "nothing else said": (
        ("Martin", "Paul", "", "Martin Paul", "x", ""),
        ("Martin", "Paul", None, "Martin Paul", "x", None), [],
    ),
    "namesake": (
        ("Martin", "Jean", "Sud", "Martin Jean (Sud)", "Homonyme de Martin Jean (Nord)", ""),
        ("Martin", "Jean", "Sud", "Martin Jean (Sud)", f"Homonyme de {J}", None), [],
    ),
    "first name": (
        ("Durand", "Jean", "", "Durand Jean", "Ami de MARTIN Jean (Nord)", ""),
        ("Durand", "Jean", None, "Durand Jean", f"Ami de {J}", None), [],
    ),
    "first name as a last name": (
        ("Rose", "Marie", "", "Rose Marie", "Fille de Rose Petit", ""),
        ("Rose", "Marie", None, "Rose Marie", f"Fille de {R}", None), [],
    ),
    "a word in a column of the team": (
        ("Martin", "Paul", "", "Martin Paul", "Frère de Martin Jean (Nord)", "Martin"),
        ("Martin", "Paul", None, "Martin Paul", f"Frère de {J}", "Martin"), ["F2"],
    ),
    "who is not known": (
        ("Martin", "Zoé", "", "Martin Zoé", "x", ""),
        ("Martin", "Zoé", None, "Martin Zoé", "x", None), ["A2", "D2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", THEIR_LINES)
def test_a_line_of_who_stays_keeps_its_name(name: str) -> None:
    line, expected, told = THEIR_LINES[name]
    result = cleaned(in_table("Personnes", "tPersonnes", (PEOPLE, line)), GONE, living=LIVING)
    assert rows_of(result.data)[1] == list(expected)
    assert [one.place for one in result.left] == [f"Personnes!{cell}" for cell in told]


def test_the_person_of_another_line_is_theirs() -> None:
    rows = (FOLLOW_UP, ("Martin Jean (Sud)", "A vu M. Martin Jean (Nord), Martin ira mieux", ""))
    result = cleaned(in_table("Suivi", "tSuivi", rows), GONE, living=LIVING)
    kept = ["Martin Jean (Sud)", f"A vu M. {J}, Martin ira mieux", None]
    assert rows_of(result.data)[1] == kept
    assert [(one.place, one.form) for one in result.left] == [("Suivi!B2", "Martin")]


@pytest.mark.parametrize("sheet", ["Périodes", "Réunion"])
def test_a_sheet_that_is_made_says_them_in_silence(sheet: str) -> None:
    """The namesake without a Précision is called as anybody calls who goes."""
    living = [NamedPerson("Martin", "Jean")]
    book, saved = openpyxl.Workbook(), io.BytesIO()
    shown = book.active
    assert shown is not None
    shown.title = sheet
    shown.append(["Martin Jean", "Ami de Martin Jean (Nord)"])
    book.save(saved)
    result = cleaned(saved.getvalue(), GONE, living=living)
    assert rows_of(result.data) == [["Martin Jean", f"Ami de {J}"]]
    assert result.left == ()


# A line of a sheet of the team's own; what it says afterwards; the cells that are told.
OWN_LINES = {
    "brother who stays": (["Martin", "Paul", "frère de Martin Jean (Nord)"],
                          ["Martin", "Paul", f"frère de {J}"], []),
    "the other order": (["Paul", "Martin", "frère de Martin Jean (Nord)"],
                        ["Paul", "Martin", f"frère de {J}"], []),
    "small letters": (["martin", "paul", "frère de martin jean nord"],
                      ["martin", "paul", f"frère de {J}"], []),
    "title between": (["Martin", "M.", "Paul", "frère de Jean Martin (Nord)"],
                      ["Martin", "M.", "Paul", f"frère de {J}"], []),
    "who stays, alone": (["Martin", "Paul", "Martin viendra"],
                         ["Martin", "Paul", "Martin viendra"], []),
    "a husband nobody knows": (["Petit", "Luc", "mari de Rose Petit"],
                               ["Petit", "Luc", f"mari de {R}"], ["A1"]),
    "a daughter nobody knows": (["Rose", "Lebrun", "fille de Rose Petit"],
                                ["Rose", "Lebrun", f"fille de {R}"], ["A1"]),
    "herself": (["Petit", "Rose", "Mme Petit viendra"], [R, R, "Mme Petit viendra"], ["C1"]),
    "herself beside him": (["Luc", "Petit", "Rose"], ["Luc", R, R], []),
    "either": (["Martin", "Jean", "voir Martin Jean (Nord)"],
               ["Martin", "Jean", f"voir {J}"], ["A1", "B1"]),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN_LINES)
def test_two_cells_make_the_name_of_one_person(name: str) -> None:
    cells, expected, told = OWN_LINES[name]
    result = cleaned(sheet_of(cells), GONE, own_sheets=["Sheet"], living=LIVING)
    assert rows_of(result.data) == [expected]
    assert [one.place for one in result.left] == [f"Sheet!{cell}" for cell in told]


_NAMES = st.sampled_from(["Martin", "Petit", "Jean", "Rose", "Paul", "MARTIN", "Jean-Paul", "Roşe"])
_SAID = st.lists(
    st.sampled_from(
        ["Martin Jean (Nord)", "Rose Petit", "Martin", "petit", "Jean", "J. Martin", "Mme Petit",
         "frère de", "R. P.", ", vu avec", "MartinJean"]
    ),
    max_size=4,
).map(" ".join)  # fmt: skip
_LIVING = st.builds(NamedPerson, _NAMES, _NAMES | st.just(""), st.sampled_from(["", "Sud", "Jean"]))


def called(one: NamedPerson) -> str:
    """As the workbook names them."""
    return f"{one.last_name} {one.first_name}".strip() + (one.precision and f" ({one.precision})")


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(_LIVING, _SAID, _SAID), min_size=1, max_size=4))
def test_names_of_living_lines_keep_their_letters(
    lines: list[tuple[NamedPerson, str, str]],
) -> None:
    """Whatever those who stay are called, and whatever is said on their lines."""
    living = [one for one, _, _ in lines]
    people = [
        (one.last_name, one.first_name, one.precision, called(one), *said) for one, *said in lines
    ]
    follow_up = [(called(one), *said) for one, *said in lines]
    for sheet, table, rows, names in (
        ("Personnes", "tPersonnes", [PEOPLE, *people], 4),
        ("Suivi", "tSuivi", [FOLLOW_UP, *follow_up], 1),
    ):
        data = in_table(sheet, table, rows)
        result = cleaned(data, GONE, living=living)
        before, after = rows_of(data), rows_of(result.data)
        assert [row[:names] for row in after] == [row[:names] for row in before]
        columns = tuple(f"{sheet}!{letter}" for letter in "ABCD"[:names])
        assert [one for one in result.left if one.place.startswith(columns)] == []
