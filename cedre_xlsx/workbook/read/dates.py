"""What is said of dates and deadlines that were not understood, or only just."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cedre_xlsx.method.date_cells import ReadDate
from cedre_xlsx.method.dates import WEEKDAYS, NoDate
from cedre_xlsx.method.deadlines import ReadDeadline
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.grammar.delays import DELAYS
from cedre_xlsx.method.grammar.periods import PERIODS
from cedre_xlsx.method.plausibility import has_weekday, wrong_weekdays
from cedre_xlsx.method.values import Deadline
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.proposals import proposed_day
from cedre_xlsx.workbook.read.raw import Cell


def wrong_weekday(cell: str, day: date | None) -> Odd | None:
    """A date whose weekday, typed beside it, is another day's. Of a text that the row keeps, a rule
    says it.
    """
    if day is not None and has_weekday(cell):
        for typed, other in wrong_weekdays(cell, day, day):
            return Odd(day, "LEC16", *weekday_words(cell, typed, other), unreadable=False)
    return None


def said_as_text(cell: Cell, day: date | None, value: object) -> object:
    """A date that the spreadsheet takes for a text; nothing, where a rule has more to say of it."""
    if isinstance(cell, str) and wrong_weekday(cell, day):
        return value
    return Odd(
        value,
        "LEC09",
        f"{shown(cell)} est une date tapée en texte : elle est comprise, mais ne se trie pas.",
        f"Retapez la date : {french_day(day)}." if day else "Retapez la date.",
        unreadable=False,
    )


def said_without_year(cell: Cell, day: date, value: object) -> Odd:
    """A date whose year only the lines beside it tell."""
    return Odd(
        value,
        "LEC09",
        f"{shown(cell)} n'a pas d'année : c'est compris comme {french_day(day)}, d'après les "
        "lignes voisines.",
        f"Ajoutez l'année : {french_day(day)}.",
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
    NoDate.UNCLEAR: "n'est pas une date",
    NoDate.IMPOSSIBLE: "n'existe pas au calendrier",
    NoDate.IMPLAUSIBLE: "n'est pas une date vraisemblable",
    NoDate.NO_YEAR: "n'a pas d'année",
    NoDate.SEVERAL: "contient plusieurs dates",
    NoDate.NO_ROW_DATE: "n'est pas une date",
    NoDate.SLIP: "semble mal tapé{e}{part}",
    NoDate.NO_ROLE: "contient {of}, dont le rôle n'est pas clair",
    NoDate.WEEKDAY: "se contredit : le jour de la semaine et la date ne vont pas ensemble",
    NoDate.START: "dit quand commencer, ou compte à partir d'un autre jour : ce n'est pas une "
    "échéance",
    NoDate.DONE: "dit que c'est fait, et non pour quand c'est",
    NoDate.VAGUE: "n'est pas sûr{e}",
    NoDate.DEPENDS: "dépend d'autre chose",
    NoDate.PUT_OFF: "a été repoussé{e}, sans nouvelle date",
    NoDate.NOT_A_DAY: "ne dit pas un jour précis",
    NoDate.PAST: "n'a pas d'année, et tombe peu avant la date de la ligne",
    NoDate.AT_LEAST: "donne un minimum : une échéance est un maximum",
    NoDate.LASTS: "semble dire combien de temps dure quelque chose, et non un délai",
}
_WHY_DEADLINE = {
    **_WHY,
    NoDate.UNCLEAR: "ne donne pas de date{part}",
    NoDate.NO_ROW_DATE: "compte à partir de la date de la ligne, qui manque",
    NoDate.NO_YEAR: "n'a pas d'année, et la date de la ligne manque",
    NoDate.SEVERAL: "donne plusieurs jours",
}


def _why(
    faults: dict[NoDate, str], cell: Cell, read: ReadDate | ReadDeadline, feminine: str = ""
) -> str:
    """Why the cell is not understood, with what of it is at fault where it is not the whole."""
    of = shown(read.part) if read.part.strip() else "un mot ou un signe"
    if read.fault is NoDate.UNCLEAR:  # the part is the question
        return faults[read.fault].format(part=f" : {read.part}" if read.part else "")
    part = f" : {of}" if read.part.strip() and read.part != cell else ""
    return faults[read.fault or NoDate.UNCLEAR].format(part=part, of=of, e=feminine)


def no_date(cell: Cell, read: ReadDate, on: date, value: object = None) -> Odd:
    """A cell of a date that holds none, or an impossible one."""
    if isinstance(cell, date):
        read = ReadDate(None, NoDate.IMPLAUSIBLE)
    return Odd(value, "LEC03", f"{shown(cell)} {_why(_WHY, cell, read)}.", _advice(cell, read, on))


def _advice(cell: Cell, read: ReadDate, on: date) -> str:
    """What to type instead, made from what is typed wherever something in it is like a date."""
    fault = read.fault or NoDate.UNCLEAR
    likely = read.proposed or proposed_day(cell, on)
    if likely is None:
        return _WITHOUT_A_GUESS.get(fault, f"Remplacez {shown(cell)} par {_form(cell)}.")
    return _WITH_A_GUESS.get(fault, "Vouliez-vous dire {day} ?").format(day=french_day(likely))


def _form(cell: Cell, row_date: date | None = None) -> str:
    """How a date is typed, in the year that is typed already, else in that of its line."""
    typed = _YEAR.search(cell) if isinstance(cell, str) else None
    return f"jj/mm/{typed[0] if typed else row_date.year if row_date else 'aaaa'}"


_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_WITH_A_GUESS = {
    NoDate.IMPOSSIBLE: "Le jour vient avant le mois. Vouliez-vous dire {day} ?",
    NoDate.IMPLAUSIBLE: "Vérifiez l'année. Vouliez-vous dire {day} ?",
    NoDate.NO_YEAR: "Ajoutez l'année : {day}.",
    NoDate.SEVERAL: "Gardez une seule date : {day}.",
    NoDate.WEEKDAY: "Vérifiez le jour, puis tapez la date : {day}.",
    NoDate.NOT_A_DAY: "Tapez le jour seul : {day}.",
    NoDate.VAGUE: "Tapez le jour seul : {day}.",
}
_WITHOUT_A_GUESS = {
    NoDate.IMPOSSIBLE: "Le jour vient avant le mois : tapez jour/mois/année.",
    NoDate.IMPLAUSIBLE: "Vérifiez l'année, et tapez-la en quatre chiffres.",
}
#: Two lines of the table of what is understood, as examples.
_UNDERSTOOD = f"« {DELAYS[-1].examples[0][0]} » et « {PERIODS[0].examples[0][0]} »"
_IS_DONE = "C'est au statut ou à l'évaluation de le dire : tapez ici la date d'échéance."


def no_deadline(cell: Cell, read: ReadDeadline, on: date, row_date: date | None) -> Odd:
    """A deadline that gives neither a date nor a condition; its text is kept."""
    if isinstance(cell, date):
        read = ReadDeadline(read.deadline, NoDate.IMPLAUSIBLE)
    message = f"L'échéance {shown(cell)} {_why(_WHY_DEADLINE, cell, read, 'e')}."
    return Odd(read.deadline, "LEC04", message, _advice_on_a_deadline(cell, read, on, row_date))


def _advice_on_a_deadline(cell: Cell, read: ReadDeadline, on: date, row_date: date | None) -> str:
    if read.fault is NoDate.DONE:
        return _IS_DONE
    likely = read.proposed
    if likely is None and read.fault not in (NoDate.START, NoDate.NO_ROLE):
        likely = proposed_day(cell, on, row_date)
    if likely is not None:
        other = f" ou {french_day(read.or_else)}" if read.or_else else ""
        return f"Vouliez-vous dire {french_day(likely)}{other} ?"
    return (
        f"Ajoutez une date au texte : {_with_a_date(cell, 'avant le', row_date)}, par exemple. "
        f"{_UNDERSTOOD} sont compris."
    )


def _with_a_date(cell: Cell, words: str, row_date: date | None) -> str:
    """What is typed, with a date after it."""
    return f"{shown(cell)[:-2]}, {words} {_form(cell, row_date)} »"


def only_a_condition(cell: Cell, value: Deadline, row_date: date | None) -> Odd:
    """A deadline that waits for an event, and has no date."""
    return Odd(
        value,
        "LEC06",
        f"{shown(cell)} est une condition : l'échéance n'a pas de date.",
        "Rien à faire si la condition suffit ; sinon, ajoutez une date au plus tard : "
        f"{_with_a_date(cell, 'au plus tard le', row_date)}, par exemple.",
        unreadable=False,
    )
