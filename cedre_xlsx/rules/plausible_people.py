"""PER18 to PER20, ENG24: ages that nobody has, and advisors whom Paramètres does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.plausibility import is_far_off, likely_year
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.engagements import engagement_fault
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.people import PersonRow

T = TypeVar("T")

_YOUNGEST, _OLDEST = 16, 75
#: Between two names of one cell.
_AND = re.compile(r"\s*(?:[+/&,;]|\bet\b)\s*")


@rule("PER18", "Âge invraisemblable", Severity.WARNING, "exemple n°4")
def implausible_age(context: Context) -> Iterator[Fault]:
    """Quoi : d'après l'année de naissance, la personne a moins de 16 ans au début de son parcours,
    ou plus de 75 ans le jour du contrôle (le jour de sa sortie, si elle est sortie).

    Pourquoi : l'âge entre dans les chiffres de l'année ; un chiffre de l'année de naissance a été
    tapé pour un autre, ou c'est l'année de l'inscription.

    Exemple qui échoue : année de naissance 2012 ou 1946, inscription le 05/01/2026.

    Exemple qui passe : 2010 ou 1951, la même inscription : seize ans, ou soixante-quinze, dans
    l'année.

    Comment corriger : retaper l'année de naissance, en quatre chiffres.
    """
    for row in context.records.people.rows:
        said = age_words(row, context.on)
        if said:
            yield person_fault(
                context,
                row,
                "birth_year",
                f"Année de naissance {row.birth_year} : {quoted(row.person)} {said}.",
                _likely_birth(row, context.on),
            )


def _span(row: PersonRow, on: date) -> tuple[int, int]:
    """The years in which the person was first and last there."""
    dates = (row.pre_reception, row.interview, row.registered)
    begins = min((day for day in dates if day and not is_far_off(day, on)), default=on)
    ends = row.exited if row.exited and row.exited < on and not is_far_off(row.exited, on) else on
    return begins.year, max(begins, ends).year


def age_words(row: PersonRow, on: date) -> str:
    """Why the year of birth of a row cannot be right; "" where it may be, or is not given."""
    if row.birth_year is None:
        return ""
    first, last = _span(row, on)
    young, old = first - row.birth_year, last - row.birth_year
    if young < _YOUNGEST:
        when = "au début du parcours" if row.began else "aujourd'hui"
        if young < 0:
            return "n'aurait pas été au monde au début du parcours"
        return f"aurait {counted(young, 'an')} {when}"
    return f"aurait {old} ans en {last}" if old > _OLDEST else ""


def _likely_birth(row: PersonRow, on: date) -> str:
    """The year whose two last digits were swapped, where one has a plausible age."""
    first, last = _span(row, on)
    year = row.birth_year or 0
    swapped = year // 100 * 100 + year % 10 * 10 + year // 10 % 10
    century = year - 100 if year > last - _OLDEST else year + 100
    likely = [one for one in (swapped, century) if last - _OLDEST <= one <= first - _YOUNGEST]
    if len(likely) == 1:
        return f"Vouliez-vous dire {likely[0]} ?"
    return "Vérifiez l'année de naissance, en quatre chiffres."


class _Spelling(NamedTuple):
    """An advisor's name that Paramètres does not have, its other spellings, and its lines."""

    typed: str
    others: tuple[str, ...]
    lines: int


@rule("PER19", "Accompagnateur inconnu", Severity.WARNING, "fiche n°16")
def unknown_advisor(context: Context) -> Iterator[Fault]:
    """Quoi : l'accompagnateur d'une personne qui n'est pas sortie n'est pas dans Paramètres. Dit
    une fois par nom, sur la première ligne ; rien n'est dit si Paramètres n'en nomme aucun.

    Pourquoi : l'ordre du jour et les chiffres se rangent par accompagnateur ; un nom écrit
    autrement fait une page à part, que personne ne regarde.

    Exemple qui échoue : « SM », « Sophie » ou « Sophie Martn », quand Paramètres a « Sophie
    Martin ».

    Exemple qui passe : « sophie MARTIN » ou « Martin Sophie » : ni la casse ni l'ordre ne comptent.

    Comment corriger : choisir le nom dans la liste, ou ajouter l'accompagnateur à Paramètres.
    """
    rows = [row for row in context.records.people.rows if row.exited is None]
    for row, said in _unknown(context, ((row, row.advisor) for row in rows)):
        message, help_text = _advisor_words(context, said, "personne")
        yield person_fault(context, row, "advisor", message, help_text, name_key(said.typed))


#: So long before the first action, a registration is of another year; so many days ahead, too.
_YEARS_BEFORE, _DAYS_AHEAD = 7, 60


@rule("PER20", "Inscription loin du suivi", Severity.WARNING, "exemple n°4")
def registered_elsewhen(context: Context) -> Iterator[Fault]:
    """Quoi : une personne qui n'est pas sortie est inscrite plus de sept ans avant sa première
    action, ou à une date à venir dans plus de soixante jours. Pour une année de plus loin encore,
    voir PER17.

    Pourquoi : un chiffre de l'année tapé pour un autre sort la personne des entrées de l'année.

    Exemple qui échoue : inscription le 05/01/2016, première action le 12/01/2026.

    Exemple qui passe : inscription le 05/01/2020, première action notée en 2026 ; une inscription
    prévue le mois prochain.

    Comment corriger : retaper l'année de l'inscription.
    """
    firsts = _first_actions(context)
    for row in context.records.people.rows:
        day = row.registered
        if day is None or row.exited is not None or is_far_off(day, context.on):
            continue
        first = firsts.get(context.records.name_or_typed(row.person))
        if (day - context.on).days > _DAYS_AHEAD:
            why, last = "à venir", context.on
        elif first and first > add_months(day, 12 * _YEARS_BEFORE):
            why, last = f"bien avant sa première action, le {french_day(first)}", first
        else:
            continue
        likely = likely_year(day, last.year - 1, last.year)
        yield person_fault(
            context,
            row,
            "registered",
            f"L'inscription de {quoted(row.person)} est du {french_day(day)}, {why}.",
            f"Vouliez-vous dire {french_day(likely)} ?"
            if likely and likely <= last
            else "Vérifiez l'année de l'inscription.",
        )


def _first_actions(context: Context) -> dict[str, date]:
    """The first action of each person, by name; years far off aside."""
    firsts: dict[str, date] = {}
    for line in context.actions:
        day = line.row.day
        if day is not None and not is_far_off(day, context.on) and not line.row.is_hand_over:
            firsts[line.name] = min(day, firsts.get(line.name, day))
    return firsts


@rule("ENG24", "Accompagnateur inconnu (Engagements)", Severity.WARNING, "fiche n°19")
def unknown_advisor_of_engagement(context: Context) -> Iterator[Fault]:
    """Quoi : l'accompagnateur d'un engagement pas encore évalué n'est pas dans Paramètres. Dit une
    fois par nom, s'il n'est pas déjà dit sur Personnes (PER19).

    Pourquoi : la convention nomme qui s'engage pour la structure ; un nom écrit autrement ne se
    retrouve pas.

    Exemple qui échoue : « Sophie Martn », quand Paramètres a « Sophie Martin ».

    Exemple qui passe : « Martin Sophie » ; un engagement évalué, d'un accompagnateur parti depuis.

    Comment corriger : choisir le nom dans la liste, ou ajouter l'accompagnateur à Paramètres.
    """
    said_before = {
        name_key(row.advisor) for row in context.records.people.rows if row.exited is None
    }
    lines = (
        (line, line.row.advisor)
        for line in context.open_engagements
        if not context.is_gone(line) and name_key(line.row.advisor) not in said_before
    )
    found: Iterable[tuple[PersonLine[EngagementRow], _Spelling]] = _unknown(context, lines)
    for line, said in found:
        message, help_text = _advisor_words(context, said, "engagement")
        yield engagement_fault(context, line, "advisor", message, help_text)


def _unknown(context: Context, typed: Iterable[tuple[T, str]]) -> Iterator[tuple[T, _Spelling]]:
    """The first line of each name that Paramètres lacks, and how many lines have it."""
    known = {name_key(name) for name in context.settings.advisors}
    if not known:
        return
    first: dict[str, T] = {}
    spellings: dict[str, list[str]] = {}
    for line, name in typed:
        key = name_key(name)
        if key and key not in known:
            first.setdefault(key, line)
            spellings.setdefault(key, []).append(name)
    for key, line in first.items():
        spelling, *others = dict.fromkeys(spellings[key])
        yield line, _Spelling(spelling, tuple(others), len(spellings[key]))


def _advisor_words(context: Context, said: _Spelling, noun: str) -> tuple[str, str]:
    also = f"écrit aussi {listed([quoted(name) for name in said.others], 'et')}, "
    where = f" ({also if said.others else ''}{counted(said.lines, noun)})" if said.lines > 1 else ""
    message = f"L'accompagnateur {quoted(said.typed)} n'est pas dans Paramètres{where}."
    parts = _AND.split(said.typed)
    likely = tuple(
        dict.fromkeys(
            name for part in parts for name in _likely_advisors(part, context.settings.advisors)
        )
    )
    if likely:
        return message, f"Vouliez-vous dire {listed([quoted(name) for name in likely], 'ou')} ?"
    return message, "Choisissez dans la liste, ou ajoutez ce nom aux accompagnateurs de Paramètres."


def _likely_advisors(typed: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Who has these initials, or this word in their name; else the nearest names."""
    key = name_key(typed)
    letters = "".join(char for char in fold(typed) if char.isalpha())
    by_initials = [name for name in known if sorted(_initials(name)) == sorted(letters)]
    by_word = [name for name in known if set(key.split()) <= set(name_key(name).split())]
    return tuple(by_initials or by_word) or nearest(typed, known)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name_key(name).split())
