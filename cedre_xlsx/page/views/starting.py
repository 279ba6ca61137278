"""*Nouveau*: an empty workbook, opened at once."""

from __future__ import annotations

from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.packs import PACKS

_PICTURE = "logo"


def show(ask: Ask, _says: Says) -> Answer:
    """What a new workbook is asked for."""
    return _form(ask)


def change(ask: Ask, _says: Says) -> Answer:
    """The form again, as it was filled."""
    return _form(ask)


def look(ask: Ask, _says: Says) -> Answer:
    """What would be written; the form again, with another name, where that one is taken."""
    found = _found(ask)
    if found.free is not None:
        return _form(ask, found)
    return Answer("nouveau_apercu.html", {"found": found, "packs": PACKS, "ask": ask})


def make(ask: Ask, says: Says) -> Answer:
    """Write it, and go on with it."""
    found = _found(ask)
    if found.free is not None:
        return _form(ask, found)
    says.tell(f"Écriture de {found.path.name}…")
    made = api.new(
        found.path,
        structure=found.structure,
        kind=found.kind,
        advisors=found.advisors,
        logo=found.logo,
        packs=found.packs,
    )
    return Answer("nouveau_fait.html", {"name": made.name, "path": made}, made=(made,), opens=made)


def _form(ask: Ask, taken: api.NewWorkbook | None = None) -> Answer:
    name = ask.text("nom")
    if taken is not None and taken.free is not None:
        name = taken.free.relative_to(ask.folder).as_posix()
    shown = {
        "taken": taken,
        "name": name,
        "structure": ask.text("structure"),
        "kind": ask.text("type"),
        "kinds": [(one.value, one.label) for one in StructureKind],
        "advisors": "\n".join(_advisors(ask)),
        "chosen": ask.texts("jeu"),
        "packs": PACKS,
    }
    return Answer("nouveau.html", shown)


def _found(ask: Ask) -> api.NewWorkbook:
    pictures = ask.uploads.get(_PICTURE, ())
    return api.find_new(
        _path(ask),
        structure=ask.text("structure"),
        kind=ask.text("type") or None,
        advisors=_advisors(ask),
        logo=pictures[0] if pictures else None,
        packs=ask.texts("jeu"),
    )


def _path(ask: Ask) -> Path:
    path = ask.path("nom")
    if path is None:
        raise CedreError("le classeur n'a pas de nom. Donnez-lui en un, par exemple suivi.xlsx.")
    return path


def _advisors(ask: Ask) -> tuple[str, ...]:
    lines = ask.text("accompagnateurs").splitlines()
    return tuple(dict.fromkeys(filter(None, (one.strip() for one in lines))))


VIEW = View(
    name="nouveau",
    title="Nouveau",
    purpose="Commencer un classeur vide, avec votre structure et vos accompagnateurs.",
    show=show,
    actions=(Action("apercu", look), Action("revenir", change), Action("creer", make, writes=True)),
    needs_workbook=False,
    is_light=True,
    group="Le classeur",
)
