"""PER, what a followed person is still waiting for: proposal, engagement, contact, work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.after_exit import EXIT_PRESSED
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.contract_over import contracts_over, date_the_exit, still_working
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person


@rule("PER06", "Aucune proposition dans le délai", Severity.WARNING, "fiche n°16")
def no_proposal(context: Context) -> Iterator[Fault]:
    """Quoi : rien n'a été proposé depuis l'inscription (ni ligne de suivi, ni engagement, ni
    mission ; un papier remis à d'autres n'en est pas une), et le délai de Paramètres (30 jours)
    est passé.

    Pourquoi : la structure s'engage à faire une proposition à chaque étape, dans un délai qu'elle
    se fixe : une mission ou au moins une action dans le mois, par exemple.

    Exemple qui échoue : au 06/02/2026, inscription le 05/01/2026 et aucune ligne depuis.

    Exemple qui passe : au 04/02/2026, trente jours après l'inscription, ou avec une seule ligne de
    suivi, même tardive.

    Comment corriger : proposer une action et la noter dans Suivi ; sinon, décider en réunion.
    """
    limit = context.settings.proposal_days
    for person, pathway, registered in context.well_dated:
        if (context.on - registered).days <= limit:
            continue
        if person.proposals_since(registered, date.max) or _has_undated(person):
            continue
        yield person_fault(
            context,
            pathway,
            "registered",
            f"Inscription le {french_day(registered)}, et aucune proposition depuis : ni ligne de "
            f"suivi, ni engagement, ni mission. Le délai est de {counted(limit, 'jour')}.",
            "Proposez une action ou une mission et notez-la, ou parlez-en en réunion d'équipe.",
        )


@rule("PER07", "Aucun engagement dans le délai", Severity.WARNING, "fiche n°16")
def no_engagement(context: Context) -> Iterator[Fault]:
    """Quoi : aucun engagement n'a été pris depuis l'inscription, et le délai de Paramètres
    (90 jours) est passé.

    Pourquoi : le parcours se construit par engagements réciproques ; même oral, un engagement
    laisse une trace que l'équipe retrouve.

    Exemple qui échoue : au 06/05/2026, inscription le 05/01/2026 et aucune ligne d'Engagements.

    Exemple qui passe : au 05/04/2026, quatre-vingt-dix jours après l'inscription ; ou un
    engagement oral noté dans Engagements.

    Comment corriger : convenir d'un engagement et l'ajouter à la feuille Engagements.
    """
    limit = context.settings.engagement_days
    if not context.records.engagements.found:
        return
    for person, pathway, registered in context.well_dated:
        start = min(
            day for day in (registered, pathway.interview, pathway.pre_reception) if day is not None
        )
        if (context.on - registered).days <= limit or any(
            row.agreed is None or row.agreed >= start for row in person.engagements
        ):
            continue
        yield person_fault(
            context,
            pathway,
            "registered",
            f"Inscription le {french_day(registered)}, et aucun engagement depuis. "
            f"Le délai est de {counted(limit, 'jour')}.",
            "Convenez d'un engagement, oral ou écrit, et notez-le dans la feuille Engagements.",
        )


@rule("PER08", "Pas de contact récent", Severity.WARNING, "fiche n°16")
def no_contact(context: Context) -> Iterator[Fault]:
    """Quoi : le dernier contact d'une personne suivie date de plus que le délai de Paramètres
    (60 jours). Un contact est une ligne de suivi, un engagement, un bilan ou un jour de mission ;
    un papier remis à d'autres (--note) n'en est pas un.

    Pourquoi : suivre le parcours dans le temps, pour ne perdre personne de vue ; faire le point
    même quand tout va bien (fiche n°18).

    Exemple qui échoue : au 10/05/2026, dernière ligne de suivi le 01/03/2026.

    Exemple qui passe : la même personne, en mission jusqu'au 20/03/2026, ou en pause.

    Comment corriger : reprendre contact et noter la ligne ; si la personne est partie, dater sa
    sortie ; si elle est indisponible, remplir En pause jusqu'au.
    """
    limit = context.settings.contact_days
    for person, pathway, registered in context.well_dated:
        last = max(registered, person.last_contact(context.on) or registered)
        if (context.on - last).days <= limit or _has_undated(person):
            continue
        what = "Aucun contact depuis l'inscription," if last == registered else "Dernier contact :"
        yield person_fault(
            context,
            pathway,
            "last_name",
            f"{what} le {french_day(last)}. Le délai est de {counted(limit, 'jour')}.",
            "Prenez des nouvelles et notez-le dans Suivi ; sinon, datez la sortie ou la pause.",
        )


@rule("PER13", "Pas de travail depuis longtemps", Severity.INFO, "fiche n°14")
def no_work(context: Context) -> Iterator[Fault]:
    """Quoi : une personne suivie n'a pas travaillé depuis plus que le délai de Paramètres
    (60 jours). Se dit seulement si la structure note ses missions.

    Pourquoi : chaque type d'engagement s'appuie sur des mises en situation de travail et sur
    d'autres actions ; un tableau de bord montre les périodes travaillées et non travaillées.

    Exemple qui échoue : au 10/05/2026, dernière mission terminée le 01/03/2026.

    Exemple qui passe : une mission commencée le 01/02/2026 et sans date de fin : elle continue.

    Comment corriger : chercher une mission, ou dater la fin de celle qui continue.
    """
    limit = context.settings.work_days
    if not context.records.missions.rows:
        return
    for person, pathway, registered in context.well_dated:
        last = person.last_work(context.on)
        since = max(registered, last or registered)
        if (context.on - since).days <= limit or _has_undated_mission(person):
            continue
        message = (
            f"Dernier jour de mission : le {french_day(last)}."
            if last
            else f"Aucune mission depuis l'inscription, le {french_day(registered)}."
        )
        yield person_fault(
            context,
            pathway,
            "last_name",
            f"{message} Le délai est de {counted(limit, 'jour')}.",
            "Cherchez une mission qui serve l'engagement, ou parlez-en en réunion.",
        )


_ENDS = (("contract_end", "Le contrat"), ("pass_end", "Le PASS IAE"))
#: The setting of each end: how long before it is announced.
_AHEAD = {"contract_end": "contract_days", "pass_end": "pass_days"}


@rule("PER14", "Contrat ou PASS IAE bientôt fini", Severity.INFO, "fiche n°16")
def ending_soon(context: Context) -> Iterator[Fault]:
    """Quoi : le contrat ou le PASS IAE d'une personne suivie finit dans le délai de Paramètres
    (30 jours pour le contrat, 90 pour le PASS).

    Pourquoi : préparer la suite avec la personne pendant qu'il en est temps.

    Exemple qui échoue : au 10/05/2026, Fin de contrat le 30/05/2026 ; Fin de PASS IAE le
    30/07/2026.

    Exemple qui passe : au 10/05/2026, Fin de contrat le 30/09/2026.

    Comment corriger : décider de la suite (renouvellement, sortie, relais) et mettre la date à
    jour.
    """
    for _, pathway, _ in context.followed:
        for field, what in _ENDS:
            day: date | None = getattr(pathway, field)
            limit: int = getattr(context.settings, _AHEAD[field])
            if day is not None and 0 <= (day - context.on).days <= limit:
                yield person_fault(
                    context,
                    pathway,
                    field,
                    f"{what} finit le {french_day(day)}.",
                    "Préparez la suite avec la personne, puis mettez la date à jour.",
                    field,
                )


@rule("PER15", "Contrat ou PASS IAE dépassé", Severity.WARNING, "fiche n°16")
def ended(context: Context) -> Iterator[Fault]:
    """Quoi : la fin du contrat ou du PASS IAE est passée, et la personne est toujours suivie. Pour
    un contrat, il est dit si le PASS court encore, et quelle mission vient après. Sans mission, au
    bout de 25 jours, c'est la sortie qui est à enregistrer (PER28, PER29).

    Pourquoi : sans contrat ni PASS en cours, les missions ne peuvent pas continuer ; un PASS qui
    court sans contrat s'use pour rien ; ou bien la date n'est plus à jour.

    Exemple qui échoue : au 10/05/2026, Fin de contrat le 30/04/2026, pas de sortie.

    Exemple qui passe : au 10/05/2026, Fin de contrat ce jour-là.

    Comment corriger : mettre la date à jour après un renouvellement, ou dater la sortie.
    """
    for over in contracts_over(context):
        if over.mission is not None:
            said = still_working(context, over, over.mission)
        elif over.is_exit_due and (context.on - over.ended).days >= EXIT_PRESSED.length:
            continue
        else:
            said = _still_there("Le contrat", over.pathway, over.ended, over.pass_until)
        yield person_fault(context, over.pathway, "contract_end", *said, "contract_end")
    for _, pathway, _ in context.followed:
        if pathway.pass_end is not None and pathway.pass_end < context.on:
            said = _still_there("Le PASS IAE", pathway, pathway.pass_end)
            yield person_fault(context, pathway, "pass_end", *said, "pass_end")


def _still_there(
    what: str, row: PersonRow, day: date, pass_until: date | None = None
) -> tuple[str, str]:
    """The words for an end that is past, and what to do."""
    running = f", le PASS IAE court jusqu'au {french_day(pass_until)}" if pass_until else ""
    return (
        f"{what} est fini depuis le {french_day(day)}{running}, "
        "et la personne est toujours dans la file active.",
        f"Mettez la date à jour, ou {date_the_exit(row)}"
        + (" ; voyez s'il faut suspendre le PASS." if running else "."),
    )


@rule("PER21", "Pré-accueil sans inscription", Severity.WARNING, "fiche n°16")
def never_registered(context: Context) -> Iterator[Fault]:
    """Quoi : une personne a été reçue (pré-accueil ou entretien), n'est pas inscrite, et le délai
    de proposition de Paramètres (30 jours) est passé depuis.

    Pourquoi : qui n'est pas inscrit n'est ni dans la synthèse ni dans les chiffres : sans réponse
    de la structure, plus personne ne pense à cette demande.

    Exemple qui échoue : au 06/02/2026, pré-accueil le 06/01/2026, Date d'inscription vide.

    Exemple qui passe : au 05/02/2026, trente jours après le pré-accueil ; une personne inscrite
    depuis, sortie, ou en pause jusqu'à une date à venir.

    Comment corriger : noter la date d'inscription, ou En pause jusqu'au si la personne attend ; si
    elle ne viendra pas, retirer sa ligne, ou justifier le constat dans Contrôle.
    """
    limit = context.settings.proposal_days
    for person in context.records.persons.values():
        row = person.latest
        received = max(filter(None, (row.pre_reception, row.interview)), default=None)
        if received is None or is_far_off(received, context.on) or row.is_paused(context.on):
            continue
        if not row.lacks("registered", "exited") or _registered_since(person, received):
            continue
        if (context.on - received).days > limit:
            yield person_fault(
                context,
                row,
                "registered",
                f"Personne reçue le {french_day(received)}, et pas inscrite depuis. "
                f"Le délai est de {counted(limit, 'jour')}.",
                "Notez la date d'inscription, ou En pause jusqu'au si la personne attend ; si elle "
                "ne viendra pas, retirez sa ligne, ou justifiez le constat dans Contrôle.",
            )


def _registered_since(person: Person, received: date) -> bool:
    """Whether another of the person's rows has the registration that followed."""
    return any(row.registered is not None and row.registered >= received for row in person.pathways)


def _has_undated(person: Person) -> bool:
    """Whether a line has no date that was understood: when it happened, nobody can say."""
    return (
        any(row.day is None and not row.is_hand_over for row in person.follow_ups)
        or any(row.agreed is None or "reviewed" in row.unreadable for row in person.engagements)
        or _has_undated_mission(person)
    )


def _has_undated_mission(person: Person) -> bool:
    return any(row.start is None or "end" in row.unreadable for row in person.missions)
