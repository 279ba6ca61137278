"""*Actualiser*: what a refresh would do, then the refresh."""

from __future__ import annotations

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View


def show(ask: Ask, says: Says) -> Answer:
    """What would change."""
    says.tell("Lecture du classeur et aperçu de l'actualisation…")
    return Answer("actualiser.html", {"done": api.refresh(ask.book, on=ask.day, dry_run=True)})


def write(ask: Ask, says: Says) -> Answer:
    """Rebuild the sheets."""
    says.tell("Actualisation du classeur…")
    return Answer("actualiser.html", {"done": api.refresh(ask.book, on=ask.day)})


VIEW = View(
    name="actualiser",
    title="Actualiser",
    purpose="Refaire Synthèse, Réunion, Périodes, Contrôle et Statistiques dans le classeur.",
    show=show,
    actions=(Action("ecrire", write, writes=True),),
    group="La semaine",
)
