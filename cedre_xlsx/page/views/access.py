"""*Le dossier d'une personne*: all that the workbook holds of somebody, for her who asks."""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.papers import (
    day_of,
    folder_name,
    folder_of,
    names_of,
    papers_made,
    refuse_existing,
    refuse_unagreed,
)
from cedre_xlsx.schema.errors import CedreError, OpenElsewhereError, PasswordError

_FOLDER = "dossiers"
_UNAGREED = "rien n'est écrit : vérifiez que c'est bien la personne qui demande, puis cochez-le."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dossier: its title, how many lines it has."""

    title: str
    lines: int


def show(ask: Ask, says: Says) -> Answer:
    """The form that asks whose dossier is to be made."""
    says.tell("Lecture des noms du classeur…")
    return _form(ask)


def preview(ask: Ask, says: Says) -> Answer:
    """How much would be given, and what is to be read again; the form again where nothing can."""
    says.tell("Recherche de tout ce qui est d'elle…")
    try:
        found, folder = _found(ask), folder_of(ask, _FOLDER)
    except (PasswordError, OpenElsewhereError):
        raise
    except CedreError as error:
        return _form(ask, str(error))
    files = found.papers(folder)
    return Answer(
        "dossier_apercu.html",
        {
            "person": found.content.person,
            "parts": tuple(Part(one.title, len(one.lines)) for one in found.content.parts),
            "doubts": found.content.doubts,
            "noted": tuple(one.sentence for one in found.noted),
            "warnings": found.warnings,
            "names": names_of(files),
            "existing": names_of(one for one in files if one.exists()),
            "place": folder_name(ask, folder),
            "day": day_of(ask),
            "fields": ("personne", "noter", "dossier"),
        },
    )


def write(ask: Ask, says: Says) -> Answer:
    """Write its two files, and the line of Suivi where it is wanted."""
    refuse_unagreed(ask, "verifie", _UNAGREED)
    says.tell("Mise en page du dossier…")
    found, folder = _found(ask), folder_of(ask, _FOLDER)
    if not ask.ticked("remplacer"):
        refuse_existing(one for one in found.papers(folder) if one.exists())
    done = api.apply_dossier(found, folder, force=ask.ticked("remplacer"))
    return papers_made(
        ask,
        (done.pdf, done.workbook),
        back="dossier",
        noted=done.noted,
        warnings=done.warnings,
        undrawn=(done.pdf,) if done.undrawn else (),
    )


def _found(ask: Ask) -> api.Dossier:
    return api.find_dossier(
        ask.book, ask.text("personne"), note=ask.ticked("noter"), on=day_of(ask)
    )


def _form(ask: Ask, failure: str = "") -> Answer:
    people = api.people(ask.book, on=ask.day)
    return Answer("dossier.html", {"people": people, "failure": failure, "proposed": _FOLDER})


VIEW = View(
    name="dossier",
    title="Le dossier d'une personne",
    purpose="Tout ce que le classeur contient d'une personne, pour elle (droit d'accès).",
    show=show,
    actions=(Action("apercu", preview), Action("ecrire", write, writes=True)),
    group="Le classeur",
)
