"""What each column accepts, and what it says about itself when its cell is entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method.days import EPOCH
from cedre_xlsx.method.french import typeset
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.lists import ListSpec

_TITLE_LENGTH = 32  # Excel's limits, in characters
_TEXT_LENGTH = 255
_FIRST_DAY = (date(1950, 1, 1) - EPOCH).days
_LAST_DAY = (date(2099, 12, 31) - EPOCH).days
_DAY = f"{{cell}}>={_FIRST_DAY},{{cell}}<={_LAST_DAY}"

STOP = "stop"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class _Check:
    """A validation without its texts. In `formula`, {cell} is the first cell of the column."""

    type: str | None
    formula: str = ""
    second: str = ""
    operator: str | None = None
    style: str = STOP
    error: str = ""


def validate(
    sheet: Worksheet,
    cells: str,
    field: str,
    column: Column,
    *,
    own_key: bool = False,
    limits: tuple[int, int] | None = None,
) -> DataValidation:
    """Add the validation of a column to its cells, an A1 range.

    `own_key` is for the column of references of Engagements: each is typed once. `limits` bound
    a whole number that is not a year.
    """
    first = cells.partition(":")[0]
    check = _check(field, column)
    if own_key:
        check = _check_own_key(cells)
    elif limits is not None:
        check = _check_limits(*limits)
    rule = DataValidation(
        type=check.type,  # type: ignore[arg-type]
        operator=check.operator,  # type: ignore[arg-type]
        formula1=check.formula.format(cell=first) or None,
        formula2=check.second or None,
        allow_blank=True,
        errorStyle=check.style,  # type: ignore[arg-type]
    )
    rule.showErrorMessage = bool(check.type)
    rule.showInputMessage = bool(column.help)
    if column.help:
        rule.promptTitle = _shortened(column.header, _TITLE_LENGTH)
        rule.prompt = _shortened(column.help, _TEXT_LENGTH)
    if check.type:
        rule.errorTitle = _shortened(column.header, _TITLE_LENGTH)
        rule.error = _shortened(check.error, _TEXT_LENGTH)
    rule.add(cells)
    sheet.add_data_validation(rule)
    return rule


def _check(field: str, column: Column) -> _Check:
    """What the column accepts, by its kind."""
    if column.calculated:
        return _CALCULATED
    if column.choices is not None:
        return _check_choice(column.choices)
    if column.limits is not None:
        return _check_limits(*column.limits)
    if field == "advisor":
        return _ADVISOR
    return _BY_KIND.get(column.kind, _ANYTHING)


def _check_choice(choices: ListSpec) -> _Check:
    if choices.closed:
        text = f"Choisissez une valeur de la liste : {' · '.join(choices.values)}."
        return _Check("list", choices.name, error=text)
    return _Check(
        "list",
        choices.name,
        style=WARNING,
        error="Cette valeur n'est pas dans la liste. La garder quand même ?",
    )


def _check_own_key(cells: str) -> _Check:
    first, _, last = cells.partition(":")
    column = first.rstrip("0123456789")
    area = f"${column}${first[len(column) :]}:${column}${last[len(column) :]}"
    return _Check(
        "custom",
        f"COUNTIF({area},{{cell}})=1",
        style=WARNING,
        error="Cette référence existe déjà : chaque engagement a la sienne. La garder quand même ?",
    )


def _check_limits(lowest: int, highest: int) -> _Check:
    return _Check(
        "whole",
        str(lowest),
        str(highest),
        operator="between",
        error=f"Un nombre entier est attendu, de {lowest} à {highest}.",
    )


_ANYTHING = _Check(None)
_CALCULATED = _Check(
    "custom",
    "FALSE",
    style=WARNING,
    error="Cette colonne se remplit seule. Y taper un texte arrête son calcul. "
    "Le garder quand même ?",
)
_ADVISOR = _Check(
    "list",
    lists.ADVISORS_NAME,
    style=WARNING,
    error="Ce nom n'est pas dans la liste des accompagnateurs de Paramètres. "
    "Le garder quand même ?",
)
_NOT_A_DATE = "Une date est attendue : jj/mm/aaaa, entre 1950 et 2099."
_BY_KIND: dict[Kind, _Check] = {
    Kind.PERSON: _Check(
        "list",
        lists.PEOPLE_NAME,
        error="Choisissez un nom de la liste. Une personne nouvelle s'ajoute d'abord dans la "
        "feuille Personnes.",
    ),
    Kind.CODE: _Check(
        "list",
        lists.CODES_NAME,
        style=WARNING,
        error="Ce code n'est pas dans Paramètres (types d'engagement). Le garder quand même ?",
    ),
    Kind.REFERENCE: _Check(
        "list",
        lists.REFERENCES_NAME,
        style=WARNING,
        error="Cette référence n'est pas dans la feuille Engagements. La garder quand même ?",
    ),
    Kind.DATE: _Check(
        "date", str(_FIRST_DAY), str(_LAST_DAY), operator="between", error=_NOT_A_DATE
    ),
    Kind.DATED_TEXT: _Check(
        "custom",
        f'OR(ISNUMBER(SEARCH("?/?",{{cell}})),AND(ISNUMBER({{cell}}),{_DAY}))',
        style=WARNING,
        error="Aucune date n'est lisible ici : commencez par jj/mm/aaaa, une remarque peut "
        "suivre. Garder quand même ?",
    ),
    Kind.DEADLINE: _Check(
        "custom",
        f"OR(ISTEXT({{cell}}),AND(ISNUMBER({{cell}}),{_DAY}))",
        style=WARNING,
        error="Une date (jj/mm/aaaa) ou un texte est attendu : « sous 15 jours », par exemple. "
        "Garder quand même ?",
    ),
    Kind.DURATION: _Check(
        "custom",
        "OR(ISTEXT({cell}),AND(ISNUMBER({cell}),{cell}>=0,{cell}<=1440))",
        style=WARNING,
        error="Un temps est attendu : 45 min, 1h30, ou un nombre de minutes. Garder quand même ?",
    ),
    Kind.HOURS: _Check(
        "custom",
        "OR(ISTEXT({cell}),AND(ISNUMBER({cell}),{cell}>=0,{cell}<=10000))",
        style=WARNING,
        error="Un nombre d'heures est attendu : 35 ou 17,5. Garder quand même ?",
    ),
    Kind.INTEGER: _Check(
        "whole", "1900", "2099", operator="between", error="Une année est attendue : 1990."
    ),
    Kind.NUMBER: _Check(
        "decimal", "0", operator="greaterThanOrEqual", error="Un nombre est attendu : 3 ou 1,5."
    ),
}


def _shortened(text: str, limit: int) -> str:
    """The text, typeset, cut between two words where it is too long for Excel."""
    text = typeset(text)
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
