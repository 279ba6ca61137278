"""MIS04, LEC18: whether the hours of missions can be meant, and whether they are surely counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from cedre_xlsx.method.days import add_months, day_off
from cedre_xlsx.method.french import counted, decimal
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.hours import Hours, Per, hours_between
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.missions import called, mission_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import figure
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.missions import HOURS_COLUMNS, MissionRow

_HOURS_A_DAY = 24
_DAYS_A_WEEK = 7
#: The hours of all days of the longest unit; of a mission, those of eleven years of full time.
_MOST = {Per.DAY: 24, Per.WEEK: 168, Per.MONTH: 744, Per.YEAR: 8_784, Per.MISSION: 20_000}
#: A mission without an end may go on for so long after it began.
_MONTHS_WITHOUT_END = 12
#: A public holiday falls in the weeks of May, one after the other; this many hold a whole one.
_WEEKS_WITH_HOLIDAYS = 6


@rule("MIS04", "Heures invraisemblables", Severity.WARNING, "exemple n°4")
def implausible_hours(context: Context) -> Iterator[Fault]:
    """Quoi : les heures des missions d'une personne, additionnées, dépassent dans une semaine
    celles de Paramètres (48) ; ou une mission a plus d'heures que ses jours, plus de 20 000, ou un
    nombre négatif. Sans Fin, ses jours vont jusqu'au jour du contrôle, au moins un an après son
    début, à raison de 48 heures par semaine.

    Pourquoi : une erreur de frappe fausse les heures et les équivalents temps plein de l'année.

    Exemple qui échoue : 350 heures du 01/06/2026 au 30/06/2026, pour 35 ; 25 000 heures à partir du
    01/06/2026, sans Fin.

    Exemple qui passe : trois missions de 10 heures chez trois particuliers, la même semaine.

    Comment corriger : vérifier les heures, les dates, et si la mission n'est pas notée deux fois.
    """
    most = context.settings.max_weekly_hours
    by_person: defaultdict[str, list[PersonLine[MissionRow]]] = defaultdict(list)
    for line in context.missions:
        said = _impossible(line.row)
        endless = "" if said else _too_many_without_end(line.row, most, context.on)
        if said:
            yield mission_fault(context, line, said[0], said[1], _CHECK_HOURS)
        elif endless:
            yield mission_fault(context, line, line.row.hours_field, endless, _GIVE_END)
        elif _counts(line.row):
            by_person[line.name].append(line)
    for lines in by_person.values():
        for line, monday, hours in _crowded_weeks(lines, most, context.on):
            yield mission_fault(
                context,
                line,
                line.row.hours_field,
                f"{hours:.0f} heures de mission dans la semaine du {french_day(monday)}, "
                f"toutes missions comptées : le vraisemblable est {figure(most)}.",
                _CHECK_HOURS,
            )


_CHECK_HOURS = (
    "Vérifiez les heures et les dates de la mission, et qu'elle n'est pas notée deux fois."
)
_GIVE_END = "Vérifiez les heures, et tapez la fin de la mission si elle est connue."


def _impossible(row: MissionRow) -> tuple[str, str] | None:
    """The column and the message of a number of hours that no mission can have."""
    for column in HOURS_COLUMNS:
        value: float | Hours | None = getattr(row, column)
        amount = value.amount if isinstance(value, Hours) else value
        if amount is not None and amount < 0:
            return column, f"{called(row)} a un nombre d'heures négatif : {figure(amount)}."
    work = row.work
    if work is None:
        return None
    if work.amount > _MOST[work.per]:
        most = f"au total, plus de {_MOST[Per.MISSION]}"
        unit = most if work.per is Per.MISSION else _PER[work.per]
        return row.hours_field, f"{called(row)} a {decimal(work.amount)} heures {unit}."
    if work.per is Per.MISSION and row.start is not None and row.end is not None:
        days = (row.end - row.start).days + 1
        if 0 < days * _HOURS_A_DAY < work.amount:
            return (
                row.hours_field,
                f"{called(row)} a {figure(work.amount)} heures en {counted(days, 'jour')}.",
            )
    return None


def _too_many_without_end(row: MissionRow, most: float, on: date) -> str:
    """The message of a total that no weeks can hold up to `on`, nor in the first year.

    An end that is not understood is as none.
    """
    work, start = row.work, row.start
    is_ended = row.end is not None and "end" not in row.unreadable
    if work is None or work.per is not Per.MISSION or start is None or is_ended:
        return ""
    until = max(on, add_months(start, _MONTHS_WITHOUT_END) - timedelta(days=1))
    plausible = most * ((until - start).days + 1) / _DAYS_A_WEEK
    if work.amount <= plausible:
        return ""
    return (
        f"{called(row)} a {figure(work.amount)} heures sans fin connue : à {figure(most)} par "
        f"semaine, le vraisemblable est {plausible:.0f} jusqu'au {french_day(until)}."
    )


def _counts(row: MissionRow) -> bool:
    """Whether the hours can be laid on days; a total without an end cannot yet."""
    if row.start is None or "end" in row.unreadable or (row.end and row.end < row.start):
        return False
    work = row.work
    return bool(work and work.amount and (row.end or work.per is not Per.MISSION))


def _crowded_weeks(
    lines: list[PersonLine[MissionRow]], most: float, on: date
) -> Iterator[tuple[PersonLine[MissionRow], date, float]]:
    """The weeks with too many hours, each with its longest mission; a mission once.

    The hours of a week grow where a mission starts, at the latest in the week after it; hours by
    the day also after a week that has a public holiday: the weeks after are looked at too.
    """
    spans = sorted(
        ((row.start or on, row.end or date.max, line) for line in lines for row in (line.row,)),
        key=lambda span: (span[0], span[2].row.row),
    )
    said: set[int] = set()
    active: list[tuple[date, date, PersonLine[MissionRow]]] = []
    coming = 0
    for monday in sorted({day for start, _, line in spans for day in _mondays(start, line.row)}):
        sunday = monday + timedelta(days=_DAYS_A_WEEK - 1)
        while coming < len(spans) and spans[coming][0] <= sunday:
            active.append(spans[coming])
            coming += 1
        active = [span for span in active if span[1] >= monday]
        shares = [
            (_hours(line.row, end, monday, sunday, on), -line.row.row, line)
            for _, end, line in active
        ]
        total = sum(share[0] for share in shares)
        if total > most:
            biggest = max(shares, key=lambda share: share[:2])[2]
            if biggest.row.row not in said:
                said.add(biggest.row.row)
                yield biggest, monday, total


def _mondays(day: date, row: MissionRow) -> list[date]:
    """The Mondays of the first weeks of a mission that starts on that day."""
    weeks = _WEEKS_WITH_HOLIDAYS if row.work and row.work.per is Per.DAY else 2
    if day.toordinal() <= _DAYS_A_WEEK or (date.max - day).days <= weeks * _DAYS_A_WEEK:
        return []
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(weeks=index) for index in range(weeks)]


def _hours(row: MissionRow, end: date, first: date, last: date, on: date) -> float:
    return hours_between(row.start, end, row.work, first, last, on)


_MONTHS = {Per.MONTH: 1, Per.YEAR: 12}
_UNITS = {Per.WEEK: "une semaine", Per.MONTH: "un mois", Per.YEAR: "un an"}


@rule("LEC18", "Heures à préciser", Severity.WARNING, "exemple n°4")
def unsure_hours(context: Context) -> Iterator[Fault]:
    """Quoi : les heures d'une mission salariée sont notées par semaine, par mois ou par an, et elle
    est finie avant ; ou par jour, et elle commence ou finit un samedi, un dimanche ou un jour
    férié.

    Pourquoi : elles sont comptées à proportion des jours de la semaine, du mois ou de l'an, et par
    jour du lundi au vendredi sans les jours fériés ; ici, ce n'est sans doute pas ce qui a été
    travaillé.

    Exemple qui échoue : « 35 h/semaine » du lundi 04/05/2026 au vendredi 08/05/2026, soit 25 heures
    comptées ; « 7 h/jour » le samedi 09/05/2026, aucune.

    Exemple qui passe : « 35 h/semaine » pendant deux semaines, « 7 h/jour » du lundi au vendredi,
    « 20 h/mois » d'une mission sans fin.

    Comment corriger : taper le total de la mission dans Heures.
    """
    for line in context.missions:
        row = line.row
        work, start, end = row.work, row.start, row.end
        if not row.salaried or work is None or not work.amount or start is None:
            continue
        if "end" in row.unreadable or (end and end < start):
            continue
        why = _why_unsure(work.per, start, end)
        if why:
            until = end or context.on
            total = hours_between(start, end, work, start, until, context.on)
            yield mission_fault(
                context,
                line,
                row.hours_field,
                f"{called(row)} {why} : ses {figure(work.amount)} heures {_PER[work.per]} en font "
                f"{figure(round(total, 2))}.",
                _total_to_type(work, start, end, total),
            )


_PER = {Per.DAY: "par jour", Per.WEEK: "par semaine", Per.MONTH: "par mois", Per.YEAR: "par an"}


def _why_unsure(per: Per, start: date, end: date | None) -> str:
    """What makes that hours of this unit are not surely those that were worked."""
    if per is Per.DAY:
        if day_off(start):
            return f"commence {day_off(start)}"
        return f"finit {day_off(end)}" if end and day_off(end) else ""
    if end is None or per is Per.MISSION or end >= _end_of_unit(start, per):
        return ""
    return f"dure moins d'{_UNITS[per]}"


def _end_of_unit(start: date, per: Per) -> date:
    """The last day of the first week, month or year of a mission."""
    if per is Per.WEEK:
        return start + timedelta(days=min(_DAYS_A_WEEK - 1, (date.max - start).days))
    return add_months(start, _MONTHS[per]) - timedelta(days=1)


def _total_to_type(work: Hours, start: date, end: date | None, total: float) -> str:
    """The help: the total that is probably meant."""
    if end is None:
        return "Tapez les heures par semaine, ou datez la fin et tapez le total dans Heures."
    match work.per:
        case Per.DAY:
            meant = [total or work.amount * ((end - start).days + 1)]
        case Per.WEEK:
            meant = [work.amount]
        case Per.MONTH:
            meant = [work.amount, total]
        case _:
            meant = [total]
    said = " ou ".join(figure(round(one, 2)) for one in meant)
    return f"Tapez le total de la mission dans Heures : {said} ?"
