"""What is said of dates and deadlines that were not understood, or only just."""

from __future__ import annotations

from datetime import date

from cedre_xlsx.method.dates import Fault
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.values import Deadline
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.raw import Cell


def said_as_text(cell: Cell, day: date | None, value: object) -> Odd:
    """A date that the spreadsheet takes for a text."""
    return Odd(
        value,
        "LEC09",
        f"{shown(cell)} est une date tapée en texte : elle est comprise, mais ne se trie pas.",
        f"Retapez la date : {french_day(day)}." if day else "Retapez la date.",
        unreadable=False,
    )


_WHY = {
    Fault.UNCLEAR: "n'est pas une date",
    Fault.IMPOSSIBLE: "n'existe pas au calendrier",
    Fault.IMPLAUSIBLE: "n'est pas une date vraisemblable",
    Fault.NO_YEAR: "n'a pas d'année",
    Fault.SEVERAL: "contient plusieurs dates",
}


def no_date(cell: Cell, fault: Fault, on: date, value: object = None) -> Odd:
    """A cell of a date that holds none, or an impossible one."""
    if isinstance(cell, date):
        fault = Fault.IMPLAUSIBLE
    return Odd(
        value,
        "LEC03",
        f"{shown(cell)} {_WHY[fault]}.",
        _ADVICE.get(fault, "Tapez jour/mois/année : {day}.").format(day=french_day(on)),
    )


_ADVICE = {
    Fault.IMPOSSIBLE: "Le jour vient avant le mois. Tapez jour/mois/année : {day}.",
    Fault.IMPLAUSIBLE: "Vérifiez l'année. Tapez jour/mois/année : {day}.",
    Fault.NO_YEAR: "Ajoutez l'année : {day}.",
    Fault.SEVERAL: "Gardez une seule date : {day}.",
}


def no_deadline(cell: Cell, fault: Fault, value: Deadline, on: date) -> Odd:
    """A deadline that gives neither a date nor a condition; its text is kept."""
    if isinstance(cell, date):
        fault = Fault.IMPLAUSIBLE
    why = {
        **_WHY,
        Fault.UNCLEAR: "ne donne pas de date",
        Fault.NO_ROW_DATE: "compte à partir de la date de la ligne, qui manque",
        Fault.NO_YEAR: "n'a pas d'année, et la date de la ligne manque",
    }
    return Odd(
        value,
        "LEC04",
        f"L'échéance {shown(cell)} {why[fault]}.",
        f"Ajoutez une date au texte : « avant le {french_day(on)} », par exemple. "
        "« sous 15 jours » et « fin juin » sont compris.",
    )


def only_a_condition(cell: Cell, value: Deadline, on: date) -> Odd:
    """A deadline that waits for an event, and has no date."""
    return Odd(
        value,
        "LEC06",
        f"{shown(cell)} est une condition : l'échéance n'a pas de date.",
        "Rien à faire si la condition suffit ; sinon, ajoutez une date au plus tard : "
        f"« au plus tard le {french_day(on)} », par exemple.",
        unreadable=False,
    )
