"""MIS, missions of work: whose, when, how many hours. And PER16, the freins of nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.hours import hours_between
from cedre_xlsx.method.text import fold
from cedre_xlsx.rules.context import Context, Line
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import figure, quoted
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import line_key, mission_key
from cedre_xlsx.schema.settings import FORMER_FTE_HOURS, PROPOSED_FTE_HOURS
from cedre_xlsx.schema.tables import SETTINGS_SHEET

_ROME = re.compile(r"[A-Z]\d{4}", re.IGNORECASE)
_BETWEEN_CODES = re.compile(r"[\s,;/]+")
_HOURS_A_DAY = 24
_DAYS_A_WEEK = 7


def mission_fault(
    context: Context, line: Line[MissionRow], column: str, message: str, help_text: str
) -> Fault:
    """A fault on a line of Missions, known by its start and its client."""
    place = context.records.missions.place(line.row, column)
    return Fault(place, message, help_text, line.name, mission_key(line.row))


def called(row: MissionRow) -> str:
    """How a message names a mission: its client, else its trade, and its start."""
    where = row.client or row.trade
    named = f"La mission {quoted(where)}" if where else "La mission"
    return f"{named} du {french_day(row.start)}" if row.start else named


@rule("PER16", "Personne inconnue (Freins)", Severity.ERROR, "fiche n°17")
def barrier_of_nobody(context: Context) -> Iterator[Fault]:
    """Quoi : le nom d'une ligne de Freins n'est celui de personne dans Personnes, ou il en désigne
    plusieurs.

    Pourquoi : un frein se lit avec le parcours de la personne ; sans elle, il n'est compté nulle
    part.

    Exemple qui échoue : « Lefevbre Karine », quand Personnes a « Lefebvre Karine ».

    Exemple qui passe : « Mme LEFEBVRE Karine ».

    Comment corriger : choisir le nom dans la liste, ou ajouter la personne à Personnes.
    """
    table = context.records.barriers
    if not context.records.people.found:
        return
    for row in table.rows:
        known = row.person and context.records.canonical_name(row.person)
        if not known and "person" not in row.unreadable and not context.is_note(table, row):
            yield Fault(
                table.place(row, "person"),
                *context.guesser.say(row.person),
                row.person,
                line_key(row.barrier, row.identified),
            )


@rule("MIS01", "Personne inconnue (Missions)", Severity.ERROR, "fiche n°17")
def unknown_person(context: Context) -> Iterator[Fault]:
    """Quoi : le nom d'une ligne de Missions n'est celui de personne dans Personnes, ou il en
    désigne plusieurs.

    Pourquoi : les heures et les périodes travaillées se comptent par personne.

    Exemple qui échoue : « Lefevbre Karine », quand Personnes a « Lefebvre Karine ».

    Exemple qui passe : « Karine Lefebvre » : l'ordre ne compte pas.

    Comment corriger : choisir le nom dans la liste, ou ajouter la personne à Personnes.
    """
    if context.records.people.found:
        for line in context.missions:
            if line.person is None and "person" not in line.row.unreadable:
                yield mission_fault(context, line, "person", *context.guesser.say(line.name))


@rule("MIS02", "Dates de mission inversées", Severity.ERROR, "exemple n°4")
def dates_reversed(context: Context) -> Iterator[Fault]:
    """Quoi : la fin d'une mission précède son début.

    Pourquoi : les heures se répartissent sur les jours de la mission ; inversées, elles
    disparaissent des statistiques.

    Exemple qui échoue : Début 24/04/2026, Fin 20/04/2026.

    Exemple qui passe : Début et Fin le même jour ; Fin vide, la mission continue.

    Comment corriger : reprendre les deux dates sur le contrat de mise à disposition.
    """
    for line in context.missions:
        row = line.row
        if row.start is not None and row.end is not None and row.end < row.start:
            yield mission_fault(
                context,
                line,
                "end",
                f"{called(row)} finit avant de commencer, le {french_day(row.end)}.",
                "Vérifiez les deux dates : l'une des deux a été mal tapée.",
            )


@rule("MIS03", "Mission en double", Severity.WARNING, "exemple n°4")
def twice(context: Context) -> Iterator[Fault]:
    """Quoi : la même mission est notée deux fois : même personne, mêmes dates, même donneur
    d'ordre, même métier, mêmes heures. Le constat est sur la seconde.

    Pourquoi : ses heures comptent double dans le rapport d'activité.

    Exemple qui échoue : deux lignes identiques, copiées.

    Exemple qui passe : deux missions qui se chevauchent chez deux particuliers ; deux passages le
    même jour chez le même, d'heures différentes.

    Comment corriger : supprimer l'une des deux lignes.
    """
    first: dict[tuple[object, ...], MissionRow] = {}
    for line in context.missions:
        row = line.row
        if row.start is None or not (row.client or row.trade):
            continue
        same = (
            line.name,
            row.nature,
            row.start,
            row.end,
            fold(row.client),
            fold(row.trade),
            row.hours,
            row.weekly_hours,
        )
        other = first.setdefault(same, row)
        if other is not row:
            yield mission_fault(
                context,
                line,
                "start",
                f"{called(row)} est déjà à la ligne {other.row} : ses heures comptent double.",
                "Supprimez l'une des deux lignes.",
            )


@rule("MIS04", "Heures invraisemblables", Severity.WARNING, "exemple n°4")
def implausible_hours(context: Context) -> Iterator[Fault]:
    """Quoi : les heures des missions d'une personne, additionnées, dépassent dans une semaine
    celles de Paramètres (48) ; ou une mission a plus d'heures que ses jours, ou un nombre négatif.

    Pourquoi : une erreur de frappe fausse les heures et les équivalents temps plein de l'année.

    Exemple qui échoue : 350 heures du 01/06/2026 au 30/06/2026, pour 35.

    Exemple qui passe : trois missions de 10 heures chez trois particuliers, la même semaine.

    Comment corriger : vérifier les heures, les dates, et si la mission n'est pas notée deux fois.
    """
    by_person: defaultdict[str, list[Line[MissionRow]]] = defaultdict(list)
    for line in context.missions:
        said = _impossible(line.row)
        if said:
            yield mission_fault(context, line, said[0], said[1], _CHECK_HOURS)
        elif _counts(line.row):
            by_person[line.name].append(line)
    most = context.settings.max_weekly_hours
    for lines in by_person.values():
        for line, monday, hours in _crowded_weeks(lines, most, context.on):
            column = "hours" if line.row.hours is not None else "weekly_hours"
            yield mission_fault(
                context,
                line,
                column,
                f"{hours:.0f} heures de mission dans la semaine du {french_day(monday)}, "
                f"toutes missions comptées : le vraisemblable est {figure(most)}.",
                _CHECK_HOURS,
            )


_CHECK_HOURS = (
    "Vérifiez les heures et les dates de la mission, et qu'elle n'est pas notée deux fois."
)


def _impossible(row: MissionRow) -> tuple[str, str] | None:
    """The column and the message of a number of hours that no mission can have."""
    for column in ("hours", "weekly_hours"):
        value: float | None = getattr(row, column)
        if value is not None and value < 0:
            return column, f"{called(row)} a un nombre d'heures négatif : {figure(value)}."
    if row.hours is not None and row.start is not None and row.end is not None:
        days = (row.end - row.start).days + 1
        if 0 < days * _HOURS_A_DAY < row.hours:
            return (
                "hours",
                f"{called(row)} a {figure(row.hours)} heures en {counted(days, 'jour')}.",
            )
    return None


def _counts(row: MissionRow) -> bool:
    """Whether the hours can be laid on days; a total without an end cannot yet."""
    if row.start is None or "end" in row.unreadable or (row.end and row.end < row.start):
        return False
    return bool(row.hours and row.end) or bool(row.hours is None and row.weekly_hours)


def _crowded_weeks(
    lines: list[Line[MissionRow]], most: float, on: date
) -> Iterator[tuple[Line[MissionRow], date, float]]:
    """The weeks with too many hours, each with its longest mission; a mission once.

    The hours of a week only grow where a mission starts, at the latest in the week after it.
    """
    spans = sorted(
        ((row.start or on, row.end or date.max, line) for line in lines for row in (line.row,)),
        key=lambda span: (span[0], span[2].row.row),
    )
    said: set[int] = set()
    active: list[tuple[date, date, Line[MissionRow]]] = []
    coming = 0
    for monday in sorted({day for start, _, _ in spans for day in _two_mondays(start)}):
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


def _two_mondays(day: date) -> tuple[date, ...]:
    if day.toordinal() <= _DAYS_A_WEEK or (date.max - day).days <= 2 * _DAYS_A_WEEK:
        return ()
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=_DAYS_A_WEEK)


def _hours(row: MissionRow, end: date, first: date, last: date, on: date) -> float:
    return hours_between(row.start, end, row.hours, row.weekly_hours, first, last, on)


@rule("MIS05", "Code ROME mal formé", Severity.WARNING, "exemple n°5")
def malformed_rome(context: Context) -> Iterator[Fault]:
    """Quoi : le code ROME n'est pas une lettre et quatre chiffres.

    Pourquoi : le tableau de synthèse nomme les métiers par leur code ; un code faux ne se compte
    pas avec les autres.

    Exemple qui échoue : « 45113 », « K130 », « Jardinage ».

    Exemple qui passe : « A1203 », « k1304 », « A1203 / K1304 ».

    Comment corriger : chercher le code du métier sur le site de France Travail.
    """
    for line in context.missions:
        rome = line.row.rome.strip()
        if rome and not all(_ROME.fullmatch(code) for code in _BETWEEN_CODES.split(rome) if code):
            yield mission_fault(
                context,
                line,
                "rome",
                f"{quoted(rome)} n'est pas un code ROME.",
                "Une lettre et quatre chiffres : K1304. Le métier en clair va dans Métier.",
            )


@rule("MIS06", "Mission en dehors du parcours", Severity.WARNING, "exemple n°4")
def outside_the_pathway(context: Context) -> Iterator[Fault]:
    """Quoi : une mission salariée commence avant l'inscription, ou continue après la sortie.

    Pourquoi : les missions se font pendant le parcours ; une date est fausse, ou l'inscription
    n'est pas notée. Pour une mission qui commence après la
    sortie, voir PER09.

    Exemple qui échoue : inscription le 18/04/2026, mission commencée le 02/04/2026.

    Exemple qui passe : mission commencée le jour de l'inscription ; un stage avant l'inscription.

    Comment corriger : corriger la date de la mission, de l'inscription ou de la sortie.
    """
    for line in context.missions:
        row = line.row
        if line.person is None or row.start is None or not row.salaried:
            continue
        pathways = line.person.pathways
        if any({"registered", "exited"} & pathway.unreadable for pathway in pathways):
            continue
        around = next((p for p in reversed(pathways) if _contains(p, row.start)), None)
        if around is None:
            if not any(p.exited is not None and p.exited < row.start for p in pathways):
                yield _before_registration(context, line, pathways)
        elif around.exited is not None and (row.end or context.on) > around.exited:
            yield _after_exit(context, line, around.exited)


def _contains(pathway: PersonRow, day: date) -> bool:
    return (
        pathway.registered is not None
        and pathway.registered <= day
        and (pathway.exited is None or day <= pathway.exited)
    )


def _before_registration(
    context: Context, line: Line[MissionRow], pathways: tuple[PersonRow, ...]
) -> Fault:
    dates = [p.registered for p in pathways if p.registered is not None]
    when = (
        f"avant l'inscription, le {french_day(min(dates))}"
        if dates
        else "alors que la personne n'est pas inscrite"
    )
    return mission_fault(
        context,
        line,
        "start",
        f"{called(line.row)} commence {when}.",
        "Corrigez la date de la mission, ou celle de l'inscription.",
    )


def _after_exit(context: Context, line: Line[MissionRow], exited: date) -> Fault:
    row = line.row
    until = f"finit le {french_day(row.end)}" if row.end else "n'a pas de date de fin"
    return mission_fault(
        context,
        line,
        "end",
        f"{called(row)} {until}, alors que la sortie est du {french_day(exited)}.",
        "Datez la fin de la mission, ou corrigez la date de sortie.",
    )


@rule("MIS09", "Base d'un ETP à remplir ou à vérifier", Severity.INFO, "fiche n°16")
def no_base(context: Context) -> Iterator[Fault]:
    """Quoi : des heures de mission sont notées, et la base annuelle d'un équivalent temps plein
    n'est pas remplie dans Paramètres, ou est celle d'un ACI pour une structure d'un autre type.

    Pourquoi : cette base dépend du type de structure et de l'année ; une base prise au hasard
    donnerait des ETP faux. Sans elle, ils ne sont pas comptés.

    Exemple qui échoue : une mission de 12 heures, la ligne « Base annuelle d'un équivalent temps
    plein » vide ; 1 820 heures, la base d'un ACI, pour une AI, une ETTI ou une EI.

    Exemple qui passe : 1 820 heures, pour un ACI ; aucune heure de mission notée.

    Comment corriger : taper dans Paramètres la base de l'annexe financière de la convention (ACI :
    1 820 heures). Si votre annexe dit bien 1 820, justifier le constat dans Contrôle.
    """
    base, kind = context.settings.fte_hours, context.settings.kind
    proposed = PROPOSED_FTE_HOURS.get(kind) if kind else None
    is_of_another = base == FORMER_FTE_HOURS and proposed not in (None, base)
    if base is not None and not is_of_another:
        return
    if not any(line.row.salaried and (line.row.hours or line.row.weekly_hours)
               for line in context.missions):  # fmt: skip
        return
    sheet = next((table.sheet for table in context.records.choices), SETTINGS_SHEET)
    yield Fault(
        Place(sheet),
        f"La base d'un équivalent temps plein est de {figure(FORMER_FTE_HOURS)} heures, celle d'un "
        f"ACI, et votre structure est de type {kind} : les ETP sont peut-être faux."
        if is_of_another
        else "Des heures de mission sont notées, sans base annuelle d'un équivalent temps plein : "
        "les ETP ne sont pas comptés.",
        f"Tapez {figure(proposed)} (proposé pour le type {kind}, à vérifier sur l'annexe "
        "financière) dans la ligne « Base annuelle d'un équivalent temps plein »."
        if proposed
        else "Tapez-la dans Paramètres, d'après l'annexe financière de votre convention.",
    )
