"""*Conservation*: whose time is over and why, the letters to them, their lines made anonymous."""

from __future__ import annotations

from collections.abc import Sequence

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.papers import (
    day_of,
    folder_name,
    folder_of,
    names_of,
    papers_made,
    refuse_unagreed,
    telling_what_exists,
)

_FOLDER = "lettres"
_UNAGREED = (
    "rien n'est écrit : cochez « J'ai compris que c'est sans retour » pour rendre anonyme, ou "
    "revenez en arrière."
)


def show(ask: Ask, says: Says) -> Answer:
    """Whose time is over, who is kept, and why."""
    says.tell("Lecture du classeur…")
    found = api.find_retention(ask.book, on=ask.day)
    return Answer(
        "conservation.html",
        {
            "head": found.head,
            "sentence": found.sentence,
            "blocks": found.blocks,
            "due": len(found.due),
            "told": found.told,
            "unplaced": found.unplaced,
            "warnings": found.warnings,
            "proposed": _FOLDER,
        },
    )


def preview_letters(ask: Ask, says: Says) -> Answer:
    """Which letters would be made."""
    says.tell("Choix des lettres…")
    folder = folder_of(ask, _FOLDER)
    found = _letters(ask, dry_run=True)
    return Answer(
        "lettres.html",
        {
            "names": names_of(found.paths),
            "existing": names_of(found.existing),
            "place": folder_name(ask, folder),
            "warnings": found.warnings,
            "day": day_of(ask),
            "fields": ("lettre", "dossier"),
        },
    )


def write_letters(ask: Ask, says: Says) -> Answer:
    """Set them and write them."""
    says.tell("Mise en page des lettres…")
    with telling_what_exists(ask, lambda: _letters(ask, dry_run=True).existing):
        done = _letters(ask, says)
    return papers_made(
        ask, done.paths, back="conservation", warnings=done.warnings, undrawn=done.undrawn
    )


def preview(ask: Ask, says: Says) -> Answer:
    """What would be written to make those anonymous whose time is over."""
    own: list[str] = []
    found = _anonymisation(ask, says, own)
    made = found.made
    return Answer(
        "anonymiser.html",
        {
            "sentence": found.sentence,
            "blocks": found.found.blocks[:1] if found.found.due else (),
            "is_nobody": made is None,
            "sentences": made.sentences if made else (),
            "left": made.left if made else (),
            "own_sheets": tuple(own),
            "cleans": ask.ticked("feuilles"),
            "copy": found.copy.name,
            "copy_is_there": found.copy.exists(),
            "warnings": found.found.warnings,
            "day": day_of(ask),
        },
    )


def write(ask: Ask, says: Says) -> Answer:
    """Make them anonymous, once that was agreed to."""
    refuse_unagreed(ask, "compris", _UNAGREED)
    found = _anonymisation(ask, says, [])
    says.tell("Écriture du classeur…")
    done = api.apply_anonymisation(found, copy=ask.ticked("copie"))
    return Answer(
        "anonymise.html",
        {
            "sentence": done.sentence,
            "sentences": done.sentences,
            "left": done.left,
            "warnings": done.warnings,
            "copy": done.copy.name if done.copy else "",
        },
        made=(done.copy,) if done.copy else (),
    )


def _letters(ask: Ask, says: Says | None = None, *, dry_run: bool = False) -> api.Notices:
    refuse_unagreed(ask, "lettre", "aucune lettre n'est cochée : cochez au moins une personne.")
    return api.print_notices(
        ask.book,
        folder=folder_of(ask, _FOLDER),
        people=ask.texts("lettre"),
        on=day_of(ask),
        force=ask.ticked("remplacer"),
        dry_run=dry_run,
        progress=says.progress if says else None,
    )


def _anonymisation(ask: Ask, says: Says, own: list[str]) -> api.Anonymisation:
    """What would be written; the team's own sheets that name these people are put into `own`."""

    def consent(titles: Sequence[str]) -> Sequence[str]:
        own.extend(titles)
        return titles if ask.ticked("feuilles") else ()

    return api.find_anonymisation(ask.book, on=day_of(ask), tell=says.tell, consent=consent)


VIEW = View(
    name="conservation",
    title="Conservation",
    purpose="De qui les données sont gardées trop longtemps ; prévenir ; rendre anonyme.",
    show=show,
    actions=(
        Action("lettres", preview_letters),
        Action("ecrire-lettres", write_letters, writes=True),
        Action("apercu", preview),
        Action("anonymiser", write, writes=True),
    ),
    group="Le classeur",
)
