"""*Remplir le formulaire d'un autre*: someone else's form filled for one person, shown first."""

from __future__ import annotations

from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError

_KINDS = (".xlsx", ".xlsm")


def show(ask: Ask, says: Says) -> Answer:
    """The forms that lie there, and the people."""
    says.tell("Lecture du classeur…")
    lying = [
        one.path.relative_to(ask.folder).as_posix()
        for one in api.workbooks_in(ask.folder)
        if one.path != ask.workbook and one.path.suffix.lower() in _KINDS
    ]
    people = api.people(ask.book, on=ask.day)
    from cedre_xlsx.api.filling import LONGEST_WISH  # loads much: not for the server

    shown = {"people": people, "lying": lying, "months": range(1, LONGEST_WISH + 1)}
    return Answer("remplir.html", shown)


def look(ask: Ask, says: Says) -> Answer:
    """What would go into each cell."""
    found = _found(ask, says)
    plan = found.plan
    shown = {
        "model": found.model.name,
        "person": found.person,
        "title": plan.title,
        "written": [
            (one.place.address, one.place.label, one.text, one.instead, one.source)
            for one in plan.written
        ],
    }
    return Answer("remplir_apercu.html", {**shown, **_lines(ask, found)})


def write(ask: Ask, says: Says) -> Answer:
    """Write the filled form in the folder."""
    found = _found(ask, says)
    target = ask.path("nom") or found.default_output
    if target.exists():
        raise CedreError(
            f"« {target.name} » est déjà dans le dossier ; rien n'est écrit. Donnez un autre nom, "
            f"par exemple « {api.free_path(target).name} »."
        )
    done = api.apply_fill(found, target)
    made = (done.output,) if done.output else ()
    shown = {"sentence": done.sentence, "files": made, **_lines(ask, found)}
    return Answer("remplir_fait.html", shown, made=made)


def _lines(ask: Ask, found: api.Fill) -> dict[str, object]:
    plan = found.plan
    return {
        "kept": [one.line for one in plan.kept],
        "blank": plan.blank_lines(),
        "notes": plan.notes,
        "warnings": list(found.warnings),
        "mapping": found.mapping.name if found.mapping else "",
        "output": api.free_path(found.default_output).relative_to(ask.folder).as_posix(),
        "lying_model": ask.text("modele"),
        "wished": ask.text("mois"),
    }


def _found(ask: Ask, says: Says) -> api.Fill:
    person = ask.text("personne")
    if not person:
        raise CedreError("pour qui remplir ce formulaire ? Choisissez une personne.")
    says.tell("Lecture du formulaire et du classeur…")
    return api.find_fill(
        _model(ask),
        ask.book,
        person=person,
        months=ask.number("mois", "Durée souhaitée"),
        on=ask.day,
    )


def _model(ask: Ask) -> Path:
    """The form that was handed over, else the one chosen in the folder."""
    handed = ask.uploads.get("formulaire", ())
    if handed:
        return handed[0]
    chosen = ask.text("modele")
    if not chosen:
        raise CedreError(
            "aucun formulaire n'est choisi. Déposez-le, ou choisissez-en un du dossier."
        )
    return inside(ask.folder, chosen)


VIEW = View(
    name="remplir",
    title="Remplir le formulaire d'un autre",
    purpose="Une prolongation de PASS IAE, la fiche d'un partenaire : remplie depuis le classeur.",
    show=show,
    actions=(Action("apercu", look), Action("ecrire", write, writes=True)),
    group="La semaine",
)
