"""*Plusieurs classeurs*: workbooks of the folder, or shared figures, counted as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError


def show(ask: Ask, says: Says) -> Answer:
    """What can be counted in the folder."""
    says.tell("Recherche de ce qui peut être compté dans le dossier…")
    found = api.countable_in(ask.folder)
    return Answer(
        "consolider.html",
        {
            "workbooks": _names(ask, found.workbooks),
            "parts": _names(ask, found.parts),
            "year": ask.day.year,
            "done": None,
        },
    )


def write(ask: Ask, says: Says) -> Answer:
    """The new workbook."""
    target = ask.path("fichier")
    if target is None:
        raise CedreError("le nouveau classeur n'a pas de nom. Donnez-en un, en .xlsx.")
    years = [year for year in (ask.number("annee", "L'année"),) if year is not None]
    public = ask.ticked("public")
    says.tell("Lecture des fichiers…")
    done = api.consolidate(
        _chosen(ask),
        target,
        years=years,
        on=ask.day,
        public=public,
        with_sensitive=public and ask.ticked("sensible"),
        own=ask.text("notre"),
        workers=1,  # this process, which is ended to cancel
        force=ask.ticked("remplacer"),
        progress=says.progress,
    )
    named = replace(done, path=_below(ask, done.path))
    return Answer(
        "consolider.html",
        {
            "done": named.sentence,
            "warnings": done.warnings,
            "left_out": tuple(
                replace(one, path=_below(ask, one.path)).sentence for one in done.left_out
            ),
            "path": done.path,
        },
        made=(done.path,),
    )


def _below(ask: Ask, path: Path) -> Path:
    """A path as it is called in the folder."""
    return path.relative_to(ask.folder) if path.is_relative_to(ask.folder) else path


def _chosen(ask: Ask) -> list[Path]:
    """The files that were ticked, or all of the kind that is asked for."""
    if ask.ticked("tous"):
        found = api.countable_in(ask.folder)
        return list(found.parts if ask.text("sorte") == "chiffres" else found.workbooks)
    typed = ask.texts("source")
    if not typed:
        raise CedreError("aucun fichier n'est coché. Cochez ceux qui sont à compter.")
    return [ask.within(one) for one in typed]


def _names(ask: Ask, paths: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(_below(ask, path).as_posix() for path in paths)


VIEW = View(
    name="consolider",
    title="Plusieurs classeurs",
    purpose="Compter plusieurs classeurs, ou les chiffres de plusieurs structures, comme un seul.",
    show=show,
    actions=(Action("ecrire", write, writes=True),),
    needs_workbook=False,
    group="Les chiffres",
)
