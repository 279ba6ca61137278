"""PER23 to PER26, the PASS IAE: when it may be prolonged, on which grounds, when it may be closed.

They rest on the columns of the pack `pass`: a workbook without any of them hears nothing. The rules
of the PASS themselves are a dated table, `method.pass_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import grouped
from cedre_xlsx.method.pass_grounds import OpenGround, Situation, open_grounds
from cedre_xlsx.method.pass_rules import PassRules, Window, pass_rules
from cedre_xlsx.method.plausibility import YEARS_OF_A_CONTRACT, is_far_off
from cedre_xlsx.rules.context import Context, Followed
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.plausible_people import age_words
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.packs import PASS
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import column_letter

#: So many days before its end, a window says how many are left.
_LAST_DAYS = 30


@rule("PER23", "Prolongation du PASS IAE possible", Severity.INFO, "fiche n°16")
def prolongation_open(context: Context) -> Iterator[Fault]:
    """Quoi : le PASS IAE d'une personne suivie peut être prolongé : la fenêtre pour le demander,
    qui s'ouvre avant sa fin et se ferme après, est ouverte.

    Pourquoi : décider avec la personne pendant qu'il en est temps ; un accord se demande à
    l'avance.

    Exemple qui échoue : au 12/05/2026, Fin de PASS IAE le 12/05/2027.

    Exemple qui passe : au 12/05/2026, Fin de PASS IAE le 13/05/2027 ; une personne sortie ou en
    pause ; un classeur sans le jeu de colonnes pass.

    Comment corriger : rien à corriger ; une fois prolongé, mettre Fin de PASS IAE à jour.
    """
    rules = pass_rules()
    for one in _in_window(context, rules):
        since, until = french_day(one.window.first), french_day(one.window.last)
        text = f"Prolongation du PASS IAE possible depuis le {since}, jusqu'au {until}."
        suspended = one.row.pass_suspended_until
        if suspended is not None and suspended >= context.on:
            text = (
                f"Prolongation du PASS IAE possible jusqu'au {until}, mais pas tant qu'il est "
                f"suspendu, jusqu'au {french_day(suspended)}."
            )
        yield person_fault(
            context,
            one.row,
            "pass_end",
            f"{text}{_left_of(one.window, context.on)}",
            "Décidez de la suite avec la personne ; pour prolonger, la demande se fait sur la "
            f"plateforme de l'inclusion. {_dated(rules)}",
            one.row.pass_end,
        )


@rule("PER24", "Motifs de prolongation du PASS IAE", Severity.INFO, "fiche n°16")
def grounds_open(context: Context) -> Iterator[Fault]:
    """Quoi : pendant la fenêtre de prolongation, les motifs encore ouverts à la personne, d'après
    Type de structure, Année de naissance et RQTH, et ce qui reste du plafond de chacun, d'après
    Début et Fin de PASS IAE. Ce que le classeur ne dit pas est « à vérifier ».

    Pourquoi : chaque motif a sa condition, son plafond et son accord à demander.

    Exemple qui échoue : au 12/05/2026, Fin de PASS IAE le 12/12/2026, née en 1970 : 50 ans et plus.

    Exemple qui passe : au 12/05/2026, Fin de PASS IAE le 13/05/2027 : rien n'est encore à demander.

    Comment corriger : remplir ce qui est à vérifier, puis choisir le motif avec la personne.
    """
    rules = pass_rules()
    for one in _in_window(context, rules):
        beyond = _beyond(rules, one.row, context.on)
        found = open_grounds(rules, _situation(context, one.row, beyond), context.on, one.window)
        agreed = [each.ground.short for each in found if each.ground.prescriber_agrees]
        ask = f"Un prescripteur habilité doit donner son accord pour : {' ; '.join(agreed)}. "
        yield person_fault(
            context,
            one.row,
            "pass_end",
            f"{_told(found)}{_assumed(rules, beyond)}",
            f"Choisissez le motif avec la personne. {ask if agreed else ''}{_dated(rules)}",
            one.row.pass_end,
        )


@rule("PER25", "PASS IAE suspendu, clôture possible", Severity.INFO, "fiche n°16")
def closing_possible(context: Context) -> Iterator[Fault]:
    """Quoi : le PASS IAE est suspendu, et peut l'être depuis assez longtemps pour que la structure
    puisse le clore : ni le début du PASS ou du contrat, ni un jour de mission, ni la durée maximale
    d'une suspension ne disent le contraire. Le début d'une suspension n'est pas noté.

    Pourquoi : ce délai passé sans interruption, clore le PASS ou le reprendre se décide.

    Exemple qui échoue : PASS suspendu jusqu'au 30/06/2026, dernière mission le 11/05/2025.

    Exemple qui passe : la même personne, en mission le 12/05/2025, au 12/05/2026.

    Comment corriger : voir le début de la suspension sur la plateforme, et décider.
    """
    rules = pass_rules()
    for person, row, _ in _followed(context):
        until = row.pass_suspended_until
        if until is None:
            continue
        work = person.last_work(context.on)
        active = [day for day in (work, row.contract_start, row.pass_start) if day is not None]
        if rules.may_be_closed(context.on, until, active):
            since = french_day(rules.closing_from(context.on))
            last = (
                f"dernière mission le {french_day(work)}"
                if work
                else "aucune mission salariée passée"
            )
            yield person_fault(
                context,
                row,
                "pass_suspended_until",
                f"PASS IAE suspendu jusqu'au {french_day(until)} : s'il l'est sans interruption "
                f"depuis le {since} ou avant, la structure peut le clore ({last}).",
                "À vérifier sur la plateforme : le classeur ne garde pas le début d'une suspension."
                f" {_dated(rules)}",
                until,
            )


@rule("PER26", "Règles du PASS IAE anciennes", Severity.INFO, "fiche n°16")
def old_rules(context: Context) -> Iterator[Fault]:
    """Quoi : les règles du PASS IAE que l'outil connaît ont plus d'un an, à la date du contrôle.
    Se dit une fois, dans un classeur dont une personne suivie a un PASS noté.

    Pourquoi : fenêtres, motifs et plafonds changent ; un chiffre périmé ferait manquer une date.

    Exemple qui échoue : un contrôle au 27/05/2027, avec les règles au 26/05/2026.

    Exemple qui passe : le même contrôle au 26/05/2027, ou sans aucun PASS noté.

    Comment corriger : vérifier sur la plateforme, et installer une version plus récente.
    """
    rules = pass_rules()
    people = context.records.people
    if not rules.is_old(context.on) or not any(
        row.pass_end or row.pass_suspended_until for _, row, _ in _followed(context)
    ):
        return
    field = next(one for one in ("pass_end", "pass_suspended_until") if one in people.columns)
    cell = f"{column_letter(people.columns[field])}{people.header_row}"
    header = people.spec.columns[field].header
    yield Fault(
        Place(people.sheet, people.header_row, header, cell),
        f"Les règles du PASS IAE de cet outil sont celles du {french_day(rules.dated)}, il y a "
        "plus d'un an : elles ont pu changer.",
        f"Vérifiez-les sur {rules.check_at} avant de vous y fier, et installez une version plus "
        "récente de cedre-xlsx.",
    )


def _left_of(window: Window, on: date) -> str:
    """What is said of the last days of a window; "" before."""
    left = (window.last - on).days
    if left > _LAST_DAYS:
        return ""
    return f" Il reste {_days(left)}." if left else " Aujourd'hui est le dernier jour."


class _InWindow(NamedTuple):
    """A pathway whose PASS may be prolonged, and when."""

    row: PersonRow
    window: Window


def _followed(context: Context) -> tuple[Followed, ...]:
    """The people of whom something may be said, where the workbook has the pack."""
    people = context.records.people
    pack = (name for name, column in people.spec.columns.items() if column.pack == PASS)
    return context.followed if any(name in people.columns for name in pack) else ()


def _in_window(context: Context, rules: PassRules) -> Iterator[_InWindow]:
    for _, row, _ in _followed(context):
        window = rules.window(row.pass_end, context.on) if row.pass_end else None
        if window is not None:
            yield _InWindow(row, window)


def _situation(context: Context, row: PersonRow, beyond: int | None) -> Situation:
    """What the workbook says of someone; a year of birth that cannot be right says nothing."""
    birth = None if age_words(row, context.on) else row.birth_year
    return Situation(context.settings.kind, birth, row.rqth, beyond, "rqth" in row.unreadable)


def _beyond(rules: PassRules, row: PersonRow, on: date) -> int | None:
    """The days of a PASS beyond its own length; None where its start is not known, or not sure."""
    start, end = row.pass_start, row.pass_end
    if start is None or end is None or start > end or is_far_off(start, on, YEARS_OF_A_CONTRACT):
        return None
    return rules.beyond(start, end)


def _told(found: tuple[OpenGround, ...]) -> str:
    """The grounds, those that are sure before those that are not."""
    sure = " ; ".join(_said(one) for one in found if one.is_sure)
    unsure = " ; ".join(_said(one) for one in found if not one.is_sure)
    if not sure:
        return f"Motifs à vérifier : {unsure}."
    return f"Motifs : {sure}." + (f" À vérifier : {unsure}." if unsure else "")


def _said(one: OpenGround) -> str:
    """A ground, what is to be verified of it, and what remains of its ceiling."""
    said, ceiling = list(one.doubts), one.ground.ceiling_days
    if ceiling is not None:
        whole = grouped(ceiling)
        used = (
            f"plafond {whole} jours" if one.left is None else f"reste {_days(one.left)} sur {whole}"
        )
        said.append(used)
    return f"{one.ground.short} ({', '.join(said)})" if said else one.ground.short


def _days(count: int) -> str:
    return f"{grouped(count)} {'jour' if count < 2 else 'jours'}"


def _assumed(rules: PassRules, beyond: int | None) -> str:
    """What the remains of the ceilings rest on; "" where nothing was used."""
    if beyond is None:
        return " Sans un Début de PASS IAE sûr, ce qui reste des plafonds est à vérifier."
    if beyond == 0:
        return ""
    return (
        f" {_days(beyond)} au-delà de {grouped(rules.length_days)}, comptés comme prolongés : s'il "
        "y a eu des suspensions, il reste davantage."
    )


def _dated(rules: PassRules) -> str:
    return f"Règles au {french_day(rules.dated)}."
