"""What is said of dates and deadlines that were not understood, or only just."""

from __future__ import annotations

from datetime import date, timedelta

from cedre_xlsx.method.dates import WEEKDAYS, Fault
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.slips import has_weekday, wrong_weekdays
from cedre_xlsx.method.values import Deadline
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.proposals import proposed_day
from cedre_xlsx.workbook.read.raw import Cell


def said_as_text(cell: Cell, day: date | None, value: object) -> object:
    """A date that the spreadsheet takes for a text; or whose weekday is another day's.

    Of a text that the row keeps, a rule says that: here is nothing to say of it.
    """
    text = cell if isinstance(cell, str) else ""
    if day is not None and has_weekday(text):
        for typed, other in wrong_weekdays(text, day, day):
            said = weekday_words(text, typed, other)
            return Odd(value, "LEC16", *said, unreadable=False) if value == day else value
    return Odd(
        value,
        "LEC09",
        f"{shown(cell)} est une date tapée en texte : elle est comprise, mais ne se trie pas.",
        f"Retapez la date : {french_day(day)}." if day else "Retapez la date.",
        unreadable=False,
    )


def weekday_words(text: str, typed: str, day: date) -> tuple[str, str]:
    """The message and the help for a weekday that is not that of its date."""
    real = WEEKDAYS[day.weekday()]
    near = day + timedelta(days=(WEEKDAYS.index(typed) - day.weekday() + 3) % 7 - 3)
    return (
        f"{shown(text)} : le {french_day(day)} est un {real}, pas un {typed}.",
        f"Corrigez le jour ou la date : {real} {french_day(day)}, ou {typed} {french_day(near)} ?",
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
    return Odd(value, "LEC03", f"{shown(cell)} {_WHY[fault]}.", _advice(cell, fault, on))


def _advice(cell: Cell, fault: Fault, on: date) -> str:
    """What to type instead, made from what is typed wherever something in it is like a date."""
    likely = proposed_day(cell, on)
    if likely is None:
        return _WITHOUT_A_GUESS.get(fault, f"Tapez jour/mois/année : {french_day(on)}.")
    return _WITH_A_GUESS.get(fault, "Vouliez-vous dire {day} ?").format(day=french_day(likely))


_WITH_A_GUESS = {
    Fault.IMPOSSIBLE: "Le jour vient avant le mois. Vouliez-vous dire {day} ?",
    Fault.IMPLAUSIBLE: "Vérifiez l'année. Vouliez-vous dire {day} ?",
    Fault.NO_YEAR: "Ajoutez l'année : {day}.",
    Fault.SEVERAL: "Gardez une seule date : {day}.",
}
_WITHOUT_A_GUESS = {
    Fault.IMPOSSIBLE: "Le jour vient avant le mois : tapez jour/mois/année.",
    Fault.IMPLAUSIBLE: "Vérifiez l'année, et tapez-la en quatre chiffres.",
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
    likely = proposed_day(cell, on)
    if likely is not None:
        advice = f"Vouliez-vous dire {french_day(likely)} ?"
        return Odd(value, "LEC04", f"L'échéance {shown(cell)} {why[fault]}.", advice)
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
