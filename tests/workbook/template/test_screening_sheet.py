"""`Repérage`: the grid as fiche n°15 prints it, and formulas that say what `screen` says."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.screening import NOTHING_SAID, QUESTIONS
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.form_screening import (
    SEPARATOR,
    TypeColumns,
    advice_formula,
    against_formula,
    chosen_formulas,
    level_formula,
    supports_formula,
)
from cedre_xlsx.workbook.template.screening_sheet import (
    ADVICE_CELL,
    AGAINST_COLUMN,
    ANSWER_COLUMN,
    LEVEL_COLUMN,
    QUESTION_ROW,
    RESULT_ROW,
    SUPPORTS_COLUMN,
)
from tests.method.screened import advice, screen
from tests.support import needs_libreoffice, values_of
from tests.workbook.template.test_libreoffice import recalculated
from tests.workbook.template.test_person_form import differences, errors

SHEET = "Repérage"
COMBINATIONS = list(product(*(["", *(a.text for a in q.answers)] for q in QUESTIONS)))


@pytest.fixture(scope="module")
def data() -> bytes:
    settings = Settings()
    first, *others = settings.types
    return build_workbook(
        Filling(settings=replace(settings, types=(*others, replace(first, code="CDP"))))
    )


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def test_the_grid_is_the_one_of_fiche_15(data: bytes) -> None:
    rows = values_of(data)[SHEET]
    (start,) = (n for n, row in enumerate(rows) if row[1:3] == [
        "Engagements", "Priorité centrée sur le rapport à l'emploi"])  # fmt: skip
    assert [[row[0], row[1], row[2], row[3], row[4], row[6]] for row in rows[start + 1 :][:6]] == [
        ["CDP", "Coup de pouce", "Non", "Oui, caractère d'urgence", "Courte", "Oui"],
        ["SA", "Soutien actif", "Non", "Oui, en réponse à une demande effective", "Moyenne", "Non"],
        ["T", "TEMPLUS", "Non", "Oui", "Longue", "Non"],
        ["MPP", "Mobilisation et préparation professionnelle", "Oui", "Non", "Moyenne", "Non"],
        ["D", "Découverte", "Oui", "Non", "Courte ou moyenne", "Oui"],
        ["VP", "Validation professionnelle", "Oui", "Non", "Courte ou moyenne", "Oui"],
    ]


def test_questions_wait_for_an_answer_of_their_list(book: Workbook) -> None:
    sheet = book[SHEET]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for row, question in enumerate(QUESTIONS, start=QUESTION_ROW):
        assert sheet[f"A{row}"].value.endswith(typeset(question.text))
        rule = rules[f"{ANSWER_COLUMN}{row}"]
        assert (rule.formula1, rule.errorStyle) == (question.list_name, "stop")
        assert sheet[f"{ANSWER_COLUMN}{row}"].value is None
    assert len(rules) == len(QUESTIONS)
    assert sheet.protection.sheet
    free = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    answers = range(QUESTION_ROW, QUESTION_ROW + len(QUESTIONS))
    assert free == {f"{letter}{row}" for letter in "FG" for row in answers}


def test_nothing_is_said_before_an_answer(data: bytes) -> None:
    rows = values_of(data)[SHEET]
    for row in rows[RESULT_ROW - 1 : RESULT_ROW - 1 + len(TYPES)]:
        assert [row[2], row[3], row[6]] == ["", "", ""]
    assert rows[RESULT_ROW - 1 + len(TYPES)][0] == NOTHING_SAID


@needs_libreoffice
def test_formulas_give_the_values_written_beside_them(data: bytes, tmp_path: Path) -> None:
    computed = recalculated(data, tmp_path)
    assert differences(data, computed) == {}
    assert errors(computed) == []


@needs_libreoffice
def test_the_sheet_answers_as_the_rules_do(book: Workbook, tmp_path: Path) -> None:
    answers = ("Le rapport à l'emploi", "NON", "", "Courte : moins de trois mois",
               "En recherche ou à confirmer", "OUI")  # fmt: skip
    sheet = book[SHEET]
    for row, answer in enumerate(answers, start=QUESTION_ROW):
        sheet[f"{ANSWER_COLUMN}{row}"] = answer or None
    saved = BytesIO()
    book.save(saved)
    rows = values_of(recalculated(saved.getvalue(), tmp_path))[SHEET]
    fits = screen(dict(zip((q.id for q in QUESTIONS), answers, strict=True)))
    places = [ord(letter) - 65 for letter in (LEVEL_COLUMN, SUPPORTS_COLUMN, AGAINST_COLUMN)]
    assert [[rows[RESULT_ROW - 1 + n][place] for place in places] for n in range(len(TYPES))] == [
        [f.level, SEPARATOR.join(f.supports), SEPARATOR.join(f.against)] for f in fits
    ]
    assert rows[int(ADVICE_CELL[1:]) - 1][0] == advice(fits)


@needs_libreoffice
def test_formulas_and_rules_agree_on_every_combination(data: bytes, tmp_path: Path) -> None:
    """The formulas of the sheet, put beside each of the 2,592 combinations of answers."""
    book = load_workbook(BytesIO(data))
    sheet = book.create_sheet("Cas")
    columns = _type_columns(book)
    size = len(QUESTIONS)
    for row, combination in enumerate(COMBINATIONS, start=1):
        cells = [sheet.cell(row, n) for n in range(1, size + 1)]
        for cell, answer in zip(cells, combination, strict=True):
            cell.value = answer or None
        chosen = [sheet.cell(row, n).coordinate for n in range(size + 1, 2 * size + 1)]
        for place, formula in zip(
            chosen, chosen_formulas([cell.coordinate for cell in cells]), strict=True
        ):
            sheet[place] = f"={formula}"
        first = 2 * size + 1
        last = first + len(TYPES) - 1
        for n, its in enumerate(columns):
            sheet.cell(row, first + n, f"={level_formula(its, chosen)}")
            sheet.cell(row, last + 1 + 2 * n, f"={supports_formula(its, chosen)}")
            sheet.cell(row, last + 2 + 2 * n, f"={against_formula(its, chosen)}")
        levels = f"{sheet.cell(row, first).coordinate}:{sheet.cell(row, last).coordinate}"
        sheet.cell(row, last + 1 + 2 * len(TYPES), f"={advice_formula(levels, chosen)}")
    saved = BytesIO()
    book.save(saved)
    computed = values_of(recalculated(saved.getvalue(), tmp_path))["Cas"]
    wrong = {}
    for row, combination in zip(computed, COMBINATIONS, strict=True):
        fits = screen(dict(zip((q.id for q in QUESTIONS), combination, strict=True)))
        expected = [
            *(fit.level for fit in fits),
            *(SEPARATOR.join(side) for fit in fits for side in (fit.supports, fit.against)),
            advice(fits),
        ]
        if row[2 * size :] != expected:
            wrong[combination] = (row[2 * size :], expected)
    assert wrong == {}


def _type_columns(book: Workbook) -> list[TypeColumns]:
    """The table of the hidden sheet, found by its titles."""
    titles = {cell.value: cell.column_letter for cell in book["Listes"][1]}
    last = 2 + sum(len(question.answers) for question in QUESTIONS)

    def area(kind: str, side: str) -> str:
        letter = titles[f"Repérage : {kind}, {side}"]
        return f"Listes!${letter}$3:${letter}${last}"

    return [
        TypeColumns(*(area(kind.name, side) for side in ("points", "pour", "contre")))
        for kind in TYPES
    ]
