"""MIS, missions of work: whose, where, when. And PER16, the freins of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import figure, quoted
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.settings import FORMER_FTE_HOURS, PROPOSED_FTE_HOURS
from cedre_xlsx.schema.tables import SETTINGS_SHEET

_ROME = re.compile(r"[A-Z]\d{4}", re.IGNORECASE)
_BETWEEN_CODES = re.compile(r"[\s,;/]+")


def mission_fault(
    context: Context, line: PersonLine[MissionRow], column: str, message: str, help_text: str
) -> Fault:
    """A fault on a line of Missions, known by its start and its client."""
    place = context.records.missions.place(line.row, column)
    return Fault(place, message, help_text, line.name, line.row.key)


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
                row.key,
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


def is_rome(text: str) -> bool:
    """Whether a text is one code ROME or several: a letter, four figures."""
    return all(_ROME.fullmatch(code) for code in _BETWEEN_CODES.split(text) if code)


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
        if rome and not is_rome(rome):
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
    context: Context, line: PersonLine[MissionRow], pathways: tuple[PersonRow, ...]
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


def _after_exit(context: Context, line: PersonLine[MissionRow], exited: date) -> Fault:
    row = line.row
    until = f"finit le {french_day(row.end)}" if row.end else "n'a pas de date de fin"
    return mission_fault(
        context,
        line,
        "end",
        f"{called(row)} {until}, alors que la sortie est du {french_day(exited)}.",
        "Datez la fin de la mission, ou corrigez la date de sortie.",
    )


@rule("MIS15", "Mission sans début", Severity.WARNING, "exemple n°4")
def without_start(context: Context) -> Iterator[Fault]:
    """Quoi : une ligne de Missions a une fin ou des heures, et pas de début.

    Pourquoi : les heures se répartissent sur les jours de la mission ; sans son début, elle n'est
    comptée nulle part.

    Exemple qui échoue : Fin 24/04/2026, 20 heures, Début vide.

    Exemple qui passe : Début et Fin remplis ; une ligne sans dates ni heures, encore à compléter.

    Comment corriger : reprendre le début sur le contrat de mise à disposition.
    """
    if "start" not in context.records.missions.columns:
        return
    for line in context.missions:
        row = line.row
        if row.lacks("start") and not row.lacks("end", "hours", "weekly_hours"):
            yield mission_fault(
                context,
                line,
                "start",
                f"{called(row)} n'a pas de début : elle n'est comptée nulle part.",
                "Remplissez Début : le premier jour de la mission.",
            )


@rule("MIS09", "Base d'un ETP à remplir ou à vérifier", Severity.INFO, "fiche n°16")
def no_base(context: Context) -> Iterator[Fault]:
    """Quoi : des heures de mission sont notées, et la base annuelle d'un équivalent temps plein
    n'est pas remplie dans Paramètres, ou est celle d'un ACI pour une structure d'un autre type, ou
    dont le type n'est pas choisi.

    Pourquoi : cette base dépend du type de structure et de l'année ; une base prise au hasard
    donnerait des ETP faux. Sans elle, ils ne sont pas comptés.

    Exemple qui échoue : une mission de 12 heures, la ligne « Base annuelle d'un équivalent temps
    plein » vide ; 1 820 heures, la base d'un ACI, pour une AI, une ETTI ou une EI, ou sans Type de
    structure.

    Exemple qui passe : 1 820 heures, pour un ACI ; aucune heure de mission notée.

    Comment corriger : taper dans Paramètres la base de l'annexe financière de la convention (ACI :
    1 820 heures), et y choisir le Type de structure. Si votre annexe dit bien 1 820, justifier le
    constat dans Contrôle.
    """
    base, kind = context.settings.fte_hours, context.settings.kind
    proposed = PROPOSED_FTE_HOURS.get(kind) if kind else None
    is_of_another = base == FORMER_FTE_HOURS and proposed != base
    if base is not None and not is_of_another:
        return
    if not any(line.row.salaried and (line.row.hours or line.row.weekly_hours)
               for line in context.missions):  # fmt: skip
        return
    sheet = next((table.sheet for table in context.records.choices), SETTINGS_SHEET)
    whose = f"votre structure est de type {kind}" if kind else "le Type de structure est vide"
    advice = "Tapez-la dans Paramètres, d'après l'annexe financière de votre convention."
    if proposed:
        advice = (
            f"Tapez {figure(proposed)} (proposé pour le type {kind}, à vérifier sur l'annexe "
            "financière) dans la ligne « Base annuelle d'un équivalent temps plein »."
        )
    elif is_of_another:
        advice = "Choisissez le Type de structure dans Paramètres, et vérifiez-y la base."
    yield Fault(
        Place(sheet),
        f"La base d'un équivalent temps plein est de {figure(FORMER_FTE_HOURS)} heures, celle d'un "
        f"ACI, et {whose} : les ETP sont peut-être faux."
        if is_of_another
        else "Des heures de mission sont notées, sans base annuelle d'un équivalent temps plein : "
        "les ETP ne sont pas comptés.",
        advice,
    )
