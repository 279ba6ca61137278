"""The rules of `method.screening` as formulas: its table in hidden `Listes`, and what it gives.

A cell a question says which answer was chosen, as a row of the table; a type's points and reasons
are looked up there and added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cedre_xlsx.method.screening import (
    EXCLUDED,
    NONE_FITS,
    NOTHING_SAID,
    ONE_FITS,
    PRIORITY_FIRST,
    PRIORITY_UNSAID,
    QUESTIONS,
    SEVERAL_FIT,
    Level,
)
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.workbook.styles import HIDDEN_KEY
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.cells import write
from cedre_xlsx.workbook.template.form_chain import FIRST_COLUMN, Helper
from cedre_xlsx.workbook.template.form_live import Live
from cedre_xlsx.workbook.template.lists_sheet import FIRST_ROW

#: Between two reasons.
SEPARATOR = " ; "
_INDEX = FIRST_COLUMN + 26
_ROWS = sum(len(question.answers) for question in QUESTIONS)


@dataclass(frozen=True, slots=True)
class TypeColumns:
    """The ranges of one type in the table: points, and reasons for and against."""

    points: str
    supports: str
    against: str


def draw_table(book: Book) -> tuple[TypeColumns, ...]:
    """Write the table and name the answers of each question; a type's ranges, in TYPES order."""
    answers = Helper(book, _INDEX, "Repérage : réponse")
    row = FIRST_ROW
    for question in QUESTIONS:
        last = row + len(question.answers) - 1
        book.name(question.list_name, f"{answers.at(row)}:${answers.letter}${last}")
        for answer in question.answers:
            write(book.lists, f"{answers.letter}{row}", answer.text, HIDDEN_KEY)
            row += 1
    return tuple(_draw_type(book, index) for index in range(len(TYPES)))


def _draw_type(book: Book, index: int) -> TypeColumns:
    """Each reason with the separator before it: they are joined, and the first one is dropped."""
    name = TYPES[index].name
    points, supports, against = (
        Helper(book, _INDEX + 2 + 3 * index + shift, f"Repérage : {name}, {title}")
        for shift, title in enumerate(("points", "pour", "contre"))
    )
    weights = [answer.weights[index] for question in QUESTIONS for answer in question.answers]
    for row, weight in enumerate(weights, start=FIRST_ROW):
        write(book.lists, f"{points.letter}{row}", weight.points, HIDDEN_KEY)
        if weight.reason:
            side = against if weight.points else supports
            write(book.lists, f"{side.letter}{row}", SEPARATOR + weight.reason, HIDDEN_KEY)
    return TypeColumns(*(_area(column) for column in (points, supports, against)))


def _area(column: Helper) -> str:
    return f"{column.at(FIRST_ROW)}:${column.letter}${FIRST_ROW + _ROWS - 1}"


def draw_chosen(book: Book, answers: Sequence[str]) -> tuple[str, ...]:
    """Write which answer each question has, from the cells where it is chosen; their addresses."""
    column = Helper(book, _INDEX + 1, "Repérage : choix")
    return tuple(
        column.put(row, Live(formula, "")).formula
        for row, formula in enumerate(chosen_formulas(answers), start=FIRST_ROW)
    )


def chosen_formulas(answers: Sequence[str]) -> tuple[str, ...]:
    """For each question's cell, the rank of its answer in the table; "" without one."""
    made, before = [], 0
    for question, cell in zip(QUESTIONS, answers, strict=True):
        made.append(
            f'IF(TRIM({cell})="","",IFERROR(MATCH(TRIM({cell}),{question.list_name},0)+{before},""))'
        )
        before += len(question.answers)
    return tuple(made)


def level_formula(columns: TypeColumns, chosen: Sequence[str]) -> str:
    """Whether the type fits, from the cells that `draw_chosen` wrote."""
    points = "+".join(f"IF(ISNUMBER({one}),INDEX({columns.points},{one}),0)" for one in chosen)
    total = f"(IF(ISNUMBER({chosen[0]}),0,1)+{points})"
    return (
        f'IF(COUNT({",".join(chosen)})=0,"",IF({total}=0,"{Level.FITS}",'
        f'IF({total}<{EXCLUDED},"{Level.DISCUSS}","{Level.NO}")))'
    )


def supports_formula(columns: TypeColumns, chosen: Sequence[str]) -> str:
    """What speaks for the type."""
    return _joined(_reasons(columns.supports, chosen))


def against_formula(columns: TypeColumns, chosen: Sequence[str]) -> str:
    """What speaks against it, or is to be talked over."""
    unsaid = (
        f'IF(OR(COUNT({",".join(chosen)})=0,ISNUMBER({chosen[0]})),"",'
        f'"{SEPARATOR}{PRIORITY_UNSAID}")'
    )
    return _joined(f"{_reasons(columns.against, chosen)}&{unsaid}")


def _reasons(column: str, chosen: Sequence[str]) -> str:
    return "&".join(f'IF(ISNUMBER({one}),INDEX({column},{one})&"","")' for one in chosen)


def _joined(reasons: str) -> str:
    return f"MID({reasons},{len(SEPARATOR) + 1},999)"


def advice_formula(levels: str, chosen: Sequence[str]) -> str:
    """What to do next, from the range where the levels stand."""
    fitting = f'COUNTIF({levels},"{Level.FITS}")'
    return (
        f'IF(COUNT({",".join(chosen)})=0,"{NOTHING_SAID}",'
        f'IF(NOT(ISNUMBER({chosen[0]})),"{PRIORITY_FIRST}",'
        f'IF({fitting}=1,"{ONE_FITS}",IF({fitting}>1,"{SEVERAL_FIT}","{NONE_FITS}"))))'
    )
