"""The sheet for the *référent unique*: all that would leave, line by line, then the sheet."""

from __future__ import annotations

from cedre_xlsx import api
from cedre_xlsx.page.model import Answer, Ask, Says
from cedre_xlsx.page.views.papers import (
    day_of,
    folder_name,
    folder_of,
    names_of,
    papers_made,
    refuse_existing,
)

#: A folder of its own: this sheet goes to somebody else than the other papers.
FOLDER = "referent"
FIELDS = ("personne", "noter", "dossier")


def preview(ask: Ask, says: Says) -> Answer:
    """Everything that the sheet would tell, each with its cell."""
    says.tell("Lecture du classeur…")
    found, folder = _found(ask), folder_of(ask, FOLDER)
    papers = found.papers(folder)
    return Answer(
        "referent.html",
        {
            "sheets": found.sheets,
            "foot": found.origin.foot,
            "noted": tuple(one.sentence for one in found.noted),
            "warnings": found.warnings,
            "names": names_of(papers.paths),
            "existing": names_of(papers.existing),
            "place": folder_name(ask, folder),
            "day": day_of(ask),
            "fields": FIELDS,
        },
    )


def hand_over(ask: Ask, says: Says) -> Answer:
    """Write what was shown, and nothing else."""
    says.tell("Mise en page des PDF…")
    found, folder = _found(ask), folder_of(ask, FOLDER)
    if not ask.ticked("remplacer"):
        refuse_existing(found.papers(folder).existing)
    done = api.apply_referent(found, folder, force=ask.ticked("remplacer"))
    return papers_made(
        ask,
        done.paths,
        back="imprimer",
        noted=done.noted,
        warnings=done.warnings,
        undrawn=done.undrawn,
    )


def _found(ask: Ask) -> api.ReferentSheets:
    return api.find_referent(
        ask.book, ask.texts("personne"), note=ask.ticked("noter"), on=day_of(ask)
    )
