"""*Reprendre*: exports and tables of the team poured into the workbook, shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.sources import ACCEPTED, Sources, preview, sources_of
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.api.importing import Import

#: The new lines whose places are shown.
_MOST = 200


def show(ask: Ask, _says: Says) -> Answer:
    """What may be poured."""
    lying = [
        one.path.relative_to(ask.folder).as_posix()
        for one in api.workbooks_in(ask.folder)
        if one.path != ask.workbook
    ]
    return Answer("reprendre.html", {"lying": lying, "accepted": ACCEPTED})


def look(ask: Ask, says: Says) -> Answer:
    """What would be done."""
    sources = sources_of(ask)
    found = _found(ask, says, sources)
    return Answer("reprendre_apercu.html", {**preview(found, sources), "kept": None})


def keep(ask: Ask, says: Says) -> Answer:
    """Write the whole preview in a file beside the workbook, and show it again."""
    sources = sources_of(ask)
    found = _found(ask, says, sources)
    target = api.free_path(ask.book.with_name(f"{ask.book.stem} - aperçu.csv"))
    kept = api.write_preview(found, target)
    shown = {**preview(found, sources), "kept": kept}
    return Answer("reprendre_apercu.html", shown, made=(kept,))


def pour(ask: Ask, says: Says) -> Answer:
    """Pour it, with the replacements that were ticked."""
    sources = sources_of(ask)
    found = _found(ask, says, sources)
    if found.unsure and not ask.ticked("bon_endroit"):
        raise CedreError(
            "personne n'a dit que les colonnes vont au bon endroit ; rien n'est écrit. Relisez où "
            "elles vont, puis cochez la case."
        )
    replaces = api.replacing_cells(found, ask.texts("remplacer"), others=ask.ticked("les_autres"))
    done = api.apply_import(found, replaces=replaces, tell=says.tell)
    return Answer(
        "reprendre_fait.html",
        {
            "sentence": done.sentence,
            "warnings": tuple(one for one in done.warnings),
            "places": done.places[:_MOST],
            "place_count": len(done.places),
            "changed": tuple(one.line for one in done.changed[:_MOST]),
            "changed_count": len(done.changed),
            "kept_count": len(done.kept),
            "left": done.left[:_MOST],
            "left_count": len(done.left),
        },
    )


def _found(ask: Ask, says: Says, sources: Sources) -> Import:
    return api.find_import(
        sources.paths,
        ask.book,
        sheet=sources.sheet or None,
        mapping=sources.mapping,
        on=ask.day,
        tell=says.tell,
    )


VIEW = View(
    name="reprendre",
    title="Reprendre",
    purpose="Verser dans le classeur un export de la plateforme, ou vos propres tableaux.",
    show=show,
    actions=(
        Action("apercu", look),
        Action("garder", keep, writes=True),
        Action("verser", pour, writes=True),
    ),
    group="Le classeur",
)
