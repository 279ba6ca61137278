"""What a verb is given, looked at before any work: what is wrong with it is one French sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.errors import CedreError

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

FIRST_YEAR, LAST_YEAR = 1900, 2199
#: A number of months, which is no year.
Months = int
#: A number of things, which is no year either.
Count = int


def _is_path(value: object) -> bool:
    return isinstance(value, str | Path) and "\0" not in str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are(value: object, what: Callable[[object], bool]) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(map(what, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


#: The types of the parameters as they are written there: what is wanted, and whether it is that.
KINDS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "Path | str": ("un chemin", _is_path),
    "Path | str | MapFile": (
        "un chemin, ou une correspondance",
        lambda value: _is_path(value) or type(value).__name__ == "MapFile",
    ),
    "Path | str | FormMap": (
        "un chemin, ou une correspondance",
        lambda value: _is_path(value) or type(value).__name__ == "FormMap",
    ),
    "str": ("un texte", _is_text),
    "System | str": ("un texte", _is_text),
    "bytes": ("des octets", lambda value: isinstance(value, bytes)),
    "bool": ("vrai ou faux", lambda value: isinstance(value, bool)),
    "int": ("un nombre entier", _is_number),
    "Count": ("un nombre entier", _is_number),
    "Months": ("un nombre de mois", _is_number),
    "date": (
        "une date, sans heure",
        lambda value: isinstance(value, date) and not isinstance(value, datetime),
    ),
    "Sequence[Path | str]": ("une liste de chemins", lambda value: _are(value, _is_path)),
    "Sequence[str]": ("une liste de textes", lambda value: _are(value, _is_text)),
    "Sequence[int]": ("une liste d'années", lambda value: _are(value, _is_number)),
    "tuple[str, str]": (
        "deux textes",
        lambda value: _are(value, _is_text) and len(value) == 2,  # type: ignore[arg-type]
    ),
}
_OR_NONE = " | None"


def checked(verb: Callable[P, T]) -> Callable[P, T]:
    """The verb, which raises CedreError for an argument that it cannot work with.

    Those are values of another type than the parameter's, and days and years that nobody counts.
    """
    signature = inspect.signature(verb)
    types = {name: str(one.annotation) for name, one in signature.parameters.items()}

    @wraps(verb)
    def called(*arguments: P.args, **options: P.kwargs) -> T:
        for name, value in signature.bind(*arguments, **options).arguments.items():
            wanted = types[name].removesuffix(_OR_NONE)
            may_lack = types[name].endswith(_OR_NONE) and value is None
            if wanted in KINDS and not may_lack:
                _refuse(f"{verb.__name__} : {name}", wanted, value)
        return verb(*arguments, **options)

    return called


def _refuse(argument: str, wanted: str, value: object) -> None:
    words, accepts = KINDS[wanted]
    if not accepts(value):
        raise CedreError(f"{argument} doit être {words} (reçu : {type(value).__name__}).")
    years: Any = value if wanted == "Sequence[int]" else (value,) if wanted == "int" else ()
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CedreError(_impossible("L'année", str(year)))
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CedreError(_impossible("La date", french_day(value)))


def _impossible(what: str, typed: str) -> str:
    return f"{what} {typed} n'est pas possible ; donnez-en une de {FIRST_YEAR} à {LAST_YEAR}."


def chosen(kind: type[E], typed: str, what: str) -> E:
    """The member of a list that was named, in any case; CedreError when it has no such one."""
    for one in kind:
        if one.value.casefold() == typed.strip().casefold():
            return one
    raise CedreError(f"« {typed} » n'est pas {what} : {listed(list(kind), 'ou')}.")
