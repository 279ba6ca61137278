"""*Mettre à niveau*: what an older workbook would get, with the columns that are asked for."""

from __future__ import annotations

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.packs import PACKS


def show(ask: Ask, says: Says) -> Answer:
    """What would be done."""
    says.tell("Lecture du classeur et aperçu de la mise à niveau…")
    return _answer(ask, dry_run=True)


def write(ask: Ask, says: Says) -> Answer:
    """Bring the workbook up to date."""
    says.tell("Mise à niveau du classeur…")
    return _answer(ask, dry_run=False)


def _answer(ask: Ask, *, dry_run: bool) -> Answer:
    packs = ask.texts("jeu")
    done = api.upgrade(ask.book, packs=packs, dry_run=dry_run)
    return Answer("niveau.html", {
        "sentence": done.sentence,
        "done": done.done, "left": done.left, "written": done.written,
        "warnings": done.warnings,
        "packs": tuple((code, what, code in packs) for code, what in PACKS.items()),
    })  # fmt: skip


VIEW = View(
    name="niveau",
    title="Mettre à niveau",
    purpose="Donner à un classeur plus ancien les listes, réglages et couleurs d'aujourd'hui.",
    show=show,
    actions=(Action("apercu", show), Action("ecrire", write, writes=True)),
    group="Le classeur",
)
