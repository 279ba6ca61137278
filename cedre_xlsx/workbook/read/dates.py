"""What is said of dates and deadlines that were not understood, or only just."""

from __future__ import annotations

from datetime import date

from cedre_xlsx.method.date_cells import ReadDate
from cedre_xlsx.method.dates import Fault
from cedre_xlsx.method.deadlines import ReadDeadline
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.grammar.delays import DELAYS
from cedre_xlsx.method.grammar.periods import PERIODS
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


def said_without_year(cell: Cell, day: date, value: object) -> Odd:
    """A date whose year was understood, and that will be of another one later."""
    return Odd(
        value,
        "LEC09",
        f"{shown(cell)} n'a pas d'année : c'est compris comme {french_day(day)}, pour le moment.",
        f"Ajoutez l'année : {french_day(day)}.",
        unreadable=False,
    )


_WHY = {
    Fault.UNCLEAR: "n'est pas une date",
    Fault.IMPOSSIBLE: "n'existe pas au calendrier",
    Fault.IMPLAUSIBLE: "n'est pas une date vraisemblable",
    Fault.NO_YEAR: "n'a pas d'année",
    Fault.SEVERAL: "contient plusieurs dates",
    Fault.NO_ROW_DATE: "n'est pas une date",
    Fault.SLIP: "semble mal tapé : {part}",
    Fault.NO_ROLE: "contient {part}, dont le rôle n'est pas clair",
    Fault.WEEKDAY: "se contredit : le jour de la semaine et la date ne vont pas ensemble",
    Fault.START: "dit quand commencer, ou compte à partir d'un autre jour : ce n'est pas une "
    "échéance",
    Fault.DONE: "dit que c'est fait, et non pour quand c'est",
    Fault.VAGUE: "n'est pas sûr",
    Fault.DEPENDS: "dépend d'autre chose",
    Fault.PUT_OFF: "a été repoussé, sans nouvelle date",
    Fault.NOT_A_DAY: "ne dit pas un jour précis",
}
_WHY_DEADLINE = {
    **_WHY,
    Fault.UNCLEAR: "ne donne pas de date",
    Fault.NO_ROW_DATE: "compte à partir de la date de la ligne, qui manque",
    Fault.NO_YEAR: "n'a pas d'année, et la date de la ligne manque",
    Fault.SEVERAL: "donne plusieurs jours",
}


def _why(faults: dict[Fault, str], read: ReadDate | ReadDeadline) -> str:
    return faults[read.fault or Fault.UNCLEAR].format(part=f"« {read.part} »")


def _meant(read: ReadDate | ReadDeadline) -> str:
    """The question that proposes the day probably meant."""
    return f"Vouliez-vous dire {french_day(read.proposed)} ?" if read.proposed else ""


def no_date(cell: Cell, read: ReadDate, on: date, value: object = None) -> Odd:
    """A cell of a date that holds none, or an impossible one."""
    if isinstance(cell, date):
        read = ReadDate(None, Fault.IMPLAUSIBLE)
    advice = _ADVICE.get(read.fault or Fault.UNCLEAR, "Tapez jour/mois/année : {day}.")
    return Odd(
        value,
        "LEC03",
        f"{shown(cell)} {_why(_WHY, read)}.",
        f"{_meant(read)} {advice.format(day=french_day(read.proposed or on))}".strip(),
    )


_ADVICE = {
    Fault.IMPOSSIBLE: "Le jour vient avant le mois. Tapez jour/mois/année : {day}.",
    Fault.IMPLAUSIBLE: "Vérifiez l'année. Tapez jour/mois/année : {day}.",
    Fault.NO_YEAR: "Ajoutez l'année : {day}.",
    Fault.SEVERAL: "Gardez une seule date : {day}.",
    Fault.WEEKDAY: "Vérifiez le jour, puis tapez la date : {day}.",
    Fault.NOT_A_DAY: "Tapez le jour seul : {day}.",
    Fault.VAGUE: "Tapez le jour seul : {day}.",
}


def no_deadline(cell: Cell, read: ReadDeadline, on: date) -> Odd:
    """A deadline that gives neither a date nor a condition; its text is kept."""
    if isinstance(cell, date):
        read = ReadDeadline(read.deadline, Fault.IMPLAUSIBLE)
    done = read.fault is Fault.DONE
    return Odd(
        read.deadline,
        "LEC04",
        f"L'échéance {shown(cell)} {_why(_WHY_DEADLINE, read)}.",
        _IS_DONE if done else f"{_meant(read)} {_advice(read, on)}".strip(),
        unless_done=done,
    )


#: Two lines of the table of what is understood, as examples.
_UNDERSTOOD = f"« {DELAYS[-1].examples[0][0]} » et « {PERIODS[0].examples[0][0]} »"
_IS_DONE = (
    "Dites-le dans Statut (Suivi) ou dans Évaluation réalisée le (Engagements), ou tapez une date "
    "d'échéance."
)


def _advice(read: ReadDeadline, on: date) -> str:
    if read.proposed:
        return f"Tapez la date : {french_day(read.proposed)}."
    return (
        f"Ajoutez une date au texte : « avant le {french_day(on)} », par exemple. "
        f"{_UNDERSTOOD} sont compris."
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
