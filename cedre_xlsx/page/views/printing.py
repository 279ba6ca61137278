"""*Imprimer*: which papers, what would be written of them, then the papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views import handing
from cedre_xlsx.page.views.papers import (
    day_of,
    folder_name,
    folder_of,
    names_of,
    papers_made,
    telling_what_exists,
)
from cedre_xlsx.schema.errors import CedreError, OpenElsewhereError, PasswordError

_FOLDER = "impressions"
#: The fields of the form, which the preview hands on to the writing.
FIELDS = (
    "personne", "fiche", "conventions", "bilan", "noter", "reference", "dues", "reunion", "annee",
    "public", "tout", "ensemble", "dossier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """The papers asked for, as `print_forms` is told of them, and the folder for them."""

    folder: Path
    options: Mapping[str, Any] = field(default_factory=dict)


def show(ask: Ask, says: Says) -> Answer:
    """The form that asks which papers to print."""
    says.tell("Lecture des noms du classeur…")
    return _form(ask)


def preview(ask: Ask, says: Says) -> Answer:
    """What would be written; the form again, with why, where it cannot be."""
    says.tell("Lecture du classeur et choix des papiers…")
    try:
        wanted = _wanted(ask)
        found = _would_be(ask, wanted)
    except (PasswordError, OpenElsewhereError):
        raise
    except CedreError as error:
        return _form(ask, str(error))
    return Answer(
        "imprimer_apercu.html",
        {
            "found": found,
            "names": names_of((*found.paths, *found.texts)),
            "existing": names_of(found.existing),
            "place": folder_name(ask, wanted.folder),
            "day": day_of(ask),
            "fields": FIELDS,
        },
    )


def make(ask: Ask, says: Says) -> Answer:
    """Set the papers and write them."""
    wanted = _wanted(ask)
    says.tell("Mise en page des PDF…")
    with telling_what_exists(ask, lambda: _would_be(ask, wanted).existing):
        done = api.print_forms(
            ask.book,
            folder=wanted.folder,
            force=ask.ticked("remplacer"),
            progress=says.progress,
            **wanted.options,
        )
    return papers_made(
        ask,
        (*done.paths, *done.texts),
        back="imprimer",
        noted=done.noted,
        to_see_to=done.to_see_to,
        warnings=done.warnings,
        undrawn=done.undrawn,
    )


def preview_referent(ask: Ask, says: Says) -> Answer:
    """What would leave for the *référent unique*; the form again where nothing can."""
    try:
        return handing.preview(ask, says)
    except (PasswordError, OpenElsewhereError):
        raise
    except CedreError as error:
        return _form(ask, str(error), "referent")


def _would_be(ask: Ask, wanted: Wanted) -> api.Printed:
    return api.print_forms(ask.book, folder=wanted.folder, dry_run=True, **wanted.options)


def _form(ask: Ask, failure: str = "", failed: str = "apercu") -> Answer:
    """The form; with `failure`, why what was asked in one of its two parts cannot be."""
    return Answer(
        "imprimer.html",
        {
            "choices": api.choices(ask.book, on=ask.day),
            "failure": failure,
            "failed": failed,
            "proposed": _FOLDER,
            "proposed_referent": handing.FOLDER,
        },
    )


def _wanted(ask: Ask) -> Wanted:
    """What the form asks for. Raises CedreError where its parts do not go together."""
    who = ask.texts("personne")
    of_someone = ("fiche", "conventions", "bilan")
    if who and not any(map(ask.ticked, of_someone)):
        raise CedreError(
            f"rien n'est coché pour {who[0]} : cochez sa fiche, ses conventions ou son bilan."
        )
    if not who and any(map(ask.ticked, of_someone)):
        raise CedreError("la personne n'est pas dite : tapez son nom, ou décochez ses papiers.")
    year = ask.number("annee", "L'année")
    if ask.ticked("public") and year is None:
        raise CedreError("l'année à publier n'est pas dite : tapez-la, par exemple 2026.")
    if ask.ticked("noter") and not ask.ticked("bilan"):
        raise CedreError("c'est la remise du bilan qui se note : cochez aussi le bilan.")
    return Wanted(
        folder_of(ask, _FOLDER),
        {
            "people": who if ask.ticked("fiche") else (),
            "conventions_of": who if ask.ticked("conventions") else (),
            "reviews": who if ask.ticked("bilan") else (),
            "note": ask.ticked("noter"),
            "conventions": ask.texts("reference"),
            "due": ask.ticked("dues"),
            "meeting": ask.ticked("reunion"),
            "boards": (year,) if year is not None else (),
            "public": ask.ticked("public"),
            "everything": ask.ticked("tout"),
            "merge": ask.ticked("ensemble"),
            "on": day_of(ask),
        },
    )


VIEW = View(
    name="imprimer",
    title="Imprimer",
    purpose="Faire les PDF : fiches, conventions, bilans, ordre du jour, page du conseil.",
    show=show,
    actions=(
        Action("apercu", preview),
        Action("faire", make, writes=True),
        Action("referent", preview_referent),
        Action("remettre", handing.hand_over, writes=True),
    ),
    group="La semaine",
)
