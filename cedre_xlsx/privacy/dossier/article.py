"""What article 15 of the RGPD asks to be told beside the data themselves."""

from __future__ import annotations

from typing import NamedTuple

from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.settings import Settings

BLANK = "…………………………………………"


class Said(NamedTuple):
    """A heading of the article, and what is said under it; `BLANK` where the structure says it."""

    title: str
    text: str


def article_of(settings: Settings) -> tuple[Said, ...]:
    """What is said to somebody who asks what a structure holds of them."""
    months = counted(settings.retention_months, "mois", "mois")
    name = settings.structure or "la structure"
    return (
        Said("Pourquoi ces données", "Suivre votre parcours d'insertion : vos engagements, vos "
             "actions, vos missions, les difficultés à lever, et compter l'activité de l'année "
             "sans vos nom et prénom."),
        Said("Quelles données", "Votre identité, votre parcours, ce qui a été proposé et fait avec "
             "vous, vos missions, vos freins à l'emploi, les notes de l'équipe et les remarques "
             "du contrôle. Tout est dans les pages qui suivent, avec sa cellule."),
        Said("Qui les reçoit", f"Les accompagnateurs de {name}. Ce qui vous est remis, ou a été "
             "remis à un partenaire avec votre accord, est noté dans Suivi. "
             f"Autres destinataires : {BLANK}"),
        Said("Combien de temps", f"{months} après le dernier contact ; au-delà, vos lignes sont "
             "rendues anonymes, pour les chiffres. Si une date et un motif sont notés pour vous, "
             "ils sont dans Personnes."),
        Said("D'où elles viennent", "De vous, de l'équipe, de l'orienteur et des donneurs d'ordre "
             "nommés sur vos lignes."),
        Said("Hors de l'Union européenne", f"Transferts : {BLANK}"),
        Said("Décision automatisée", "Aucune : le contrôle signale des oublis à l'équipe, il ne "
             "décide rien de vous."),
        Said("Vos droits", "Faire rectifier ou effacer ces données, en limiter l'usage, vous y "
             f"opposer : écrivez à {name} ({BLANK}). Réclamation : CNIL, www.cnil.fr."),
    )  # fmt: skip
