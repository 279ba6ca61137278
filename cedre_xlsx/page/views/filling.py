"""*Remplir le formulaire d'un autre*: someone else's form filled for one person, shown first."""

from __future__ import annotations

from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.as_seen import ensure_as_seen, prints
from cedre_xlsx.schema.errors import CedreError, ChangedError, UnknownFormError

_KINDS = (".xlsx", ".xlsm")
#: Fields: the cells of a form, and what goes into each, as somebody chose it.
_CELL, _FIELD = "case", "champ"
#: Fields: the digests of the form, and of the correspondence followed or replaced, as shown.
_FORM_SEEN, _MAP_SEEN = "lus", "suivie"
_REDO = "Choisissez de nouveau le formulaire, et regardez l'aperçu."


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


def choose(ask: Ask, says: Says) -> Answer:
    """What seems to go into each cell, to be corrected."""
    seen = _form_seen(ask)
    says.tell("Lecture du formulaire et de ses libellés…")
    return _choices(ask, api.form_choices(_model(ask), ask.book, _chosen(ask) or None), seen)


def look(ask: Ask, says: Says) -> Answer:
    """What would go into each cell; what seems to be asked there, where nothing says it yet."""
    seen = _form_seen(ask)
    try:
        found, by_hand = _found(ask, says)
    except UnknownFormError:
        return _choices(ask, api.form_choices(_model(ask), ask.book), seen)
    plan = found.plan
    shown = {
        "model": found.model.name,
        "person": found.person,
        "title": plan.title,
        "sourced": any(one.source for one in plan.written),
        "written": [
            (one.place.address, one.place.label, one.text, one.instead, one.source)
            for one in plan.written
        ],
    }
    return Answer("remplir_apercu.html", {**shown, **_lines(ask, found, by_hand, seen)})


def write(ask: Ask, says: Says) -> Answer:
    """Write the filled form in the folder: what was shown, or nothing."""
    seen = _form_seen(ask)
    try:
        found, by_hand = _found(ask, says)
    except UnknownFormError:
        raise ChangedError(
            "la correspondance que l'aperçu suivait n'est plus à côté du classeur ; rien n'est "
            "écrit. Remettez-la, ou dites de nouveau ce qui va dans chaque case."
        ) from None
    _form_seen(ask)  # while it was read
    if by_hand is None or ask.ticked("garder"):
        ensure_as_seen(ask, _MAP_SEEN, _map_path(found, by_hand), remedy=_REDO)
    target = ask.path("nom") or found.default_output
    if target.exists():
        raise CedreError(
            f"« {target.name} » est déjà dans le dossier ; rien n'est écrit. Donnez un autre nom, "
            f"par exemple « {api.free_path(target).name} »."
        )
    done = api.apply_fill(found, target)
    made = [done.output] if done.output else []
    if by_hand is not None and ask.ticked("garder"):
        made.append(api.keep_correspondence(by_hand))
    shown = {"sentence": done.sentence, "files": tuple(made), **_lines(ask, found, by_hand, seen)}
    return Answer("remplir_fait.html", shown, made=tuple(made))


def _choices(ask: Ask, found: api.FormChoices, seen: str) -> Answer:
    """The empty cells of a form, each with a list of what may go there."""
    return Answer(
        "remplir_cases.html",
        {
            "model": found.model.name,
            "boxes": found.boxes,
            "groups": found.fields,
            "known": frozenset(one for _, fields in found.fields for one in fields),
            "unseen": found.notes,
            "mapping": found.path.name if found.is_kept else "",
            **_asked(ask, seen),
        },
    )


def _asked(ask: Ask, seen: str) -> dict[str, object]:
    """What the next form hides of what was asked in the first one, and of the form as it is."""
    return {
        "form_seen": seen,
        "person": ask.text("personne"),
        "lying_model": ask.text("modele"),
        "wished": ask.text("mois"),
    }


def _lines(
    ask: Ask, found: api.Fill, by_hand: api.FormCorrespondence | None, seen: str
) -> dict[str, object]:
    plan = found.plan
    keeps = by_hand is not None and not by_hand.not_kept
    return {
        **_asked(ask, seen),
        "map_seen": prints(_map_path(found, by_hand)),
        "by_hand": tuple(_chosen(ask).items()) if by_hand is not None else None,
        "kept_as": by_hand.path.name if by_hand is not None and keeps else "",
        "kept_is_there": by_hand is not None and by_hand.path.exists(),
        "kept_is_anothers": by_hand is not None and by_hand.is_anothers,
        "not_kept": by_hand.not_kept if by_hand is not None else "",
        "kept": [one.line for one in plan.kept],
        "blank": plan.blank_lines(),
        "notes": plan.notes,
        "warnings": list(found.warnings),
        "mapping": found.mapping.name if found.mapping else "",
        "output": api.free_path(found.default_output).relative_to(ask.folder).as_posix(),
    }


def _chosen(ask: Ask) -> dict[str, str]:
    """What somebody chose for each cell; "" for nothing."""
    return dict(zip(ask.fields.get(_CELL, ()), ask.fields.get(_FIELD, ()), strict=False))


def _found(ask: Ask, says: Says) -> tuple[api.Fill, api.FormCorrespondence | None]:
    """What filling would do, and by what somebody chose, where somebody did."""
    person = ask.text("personne")
    if not person:
        raise CedreError("pour qui remplir ce formulaire ? Choisissez une personne.")
    says.tell("Lecture du formulaire et du classeur…")
    model, fields = _model(ask), _chosen(ask)
    by_hand = api.form_correspondence(model, ask.book, fields) if fields else None
    found = api.find_fill(
        model,
        ask.book,
        person=person,
        months=ask.number("mois", "Durée souhaitée"),
        mapping=by_hand.map if by_hand else None,
        on=ask.day,
    )
    return found, by_hand


def _form_seen(ask: Ask) -> str:
    """The digest of the form. Raises ChangedError where it is no more the one that was shown."""
    path = _model(ask)
    if not path.is_file():  # what reads it says so
        return prints(path)
    return ensure_as_seen(ask, _FORM_SEEN, path, remedy=_REDO)


def _map_path(found: api.Fill, by_hand: api.FormCorrespondence | None) -> Path | None:
    """The file that says what goes where, else the one that would be kept; None without."""
    return by_hand.path if by_hand is not None else found.mapping


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
    actions=(
        Action("cases", choose),
        Action("apercu", look),
        Action("ecrire", write, writes=True),
    ),
    group="La semaine",
)
