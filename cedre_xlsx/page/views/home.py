"""The first view: the workbooks of the folder, one chosen or dropped, and what can be done."""

from __future__ import annotations

from cedre_xlsx import api
from cedre_xlsx.page.folder import is_inside
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError


def show(ask: Ask, _says: Says) -> Answer:
    """The workbooks that lie there."""
    lying = api.workbooks_in(ask.folder)
    named = [(one.path.relative_to(ask.folder).as_posix(), one) for one in lying]
    found = [(name, one.saved, one.open_by) for name, one in named if is_inside(ask.folder, name)]
    return Answer("accueil.html", {"found": found})


def drop(ask: Ask, _says: Says) -> Answer:
    """A workbook that was handed over is put into the folder, unless it lies there already."""
    handed = ask.uploads.get("depot", ())
    if not handed:
        raise CedreError("aucun fichier n'a été choisi. Choisissez un classeur, puis déposez-le.")
    kept = api.put_into(handed[0], ask.folder)
    return Answer("depose.html", {"name": kept.path.name, "was_there": kept.was_there},
                  made=() if kept.was_there else (kept.path,), opens=kept.path)  # fmt: skip


VIEW = View(
    name="accueil",
    title="Accueil",
    purpose="Choisir le classeur, et ce que l'on veut en faire.",
    show=show,
    actions=(Action("deposer", drop, writes=True),),
    needs_workbook=False,
    is_light=True,
)
