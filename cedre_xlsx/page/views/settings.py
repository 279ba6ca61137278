"""*Réglages*: what `Paramètres` says, and what of it is not understood."""

from __future__ import annotations

from cedre_xlsx import api
from cedre_xlsx.page.model import Answer, Ask, Says, View


def show(ask: Ask, says: Says) -> Answer:
    """Each setting; nothing is changed here."""
    says.tell("Lecture de Paramètres…")
    return Answer("reglages.html", {"told": api.settings(ask.book, on=ask.day)})


VIEW = View(
    name="reglages",
    title="Réglages",
    purpose="Ce que dit la feuille Paramètres, et ce qui n'y est pas compris.",
    show=show,
    group="Le classeur",
)
