"""*Faire un classeur de vos anciens tableaux*: a new workbook out of old tables, shown first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx import api
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.sources import ACCEPTED, Sources, preview, sources_of
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.api.importing import Import

_MOST = 200


def show(_ask: Ask, _says: Says) -> Answer:
    """What may be taken over."""
    kinds = [(one.value, one.label) for one in StructureKind]
    return Answer("migrer.html", {"accepted": ACCEPTED, "kinds": kinds})


def look(ask: Ask, says: Says) -> Answer:
    """What the new workbook would hold."""
    sources = sources_of(ask)
    target = _target(ask, sources)
    found = _found(ask, says, sources, target)
    shown = {
        **preview(found, sources),
        "output": target.relative_to(ask.folder).as_posix(),
        "report": f"{target.stem} - reprise.csv",
        "structure": ask.text("structure"),
        "kind": ask.text("type"),
    }
    return Answer("migrer_apercu.html", shown)


def make(ask: Ask, says: Says) -> Answer:
    """Write it, and go on with it."""
    sources = sources_of(ask)
    target = _target(ask, sources)
    found = _found(ask, says, sources, target)
    if found.unsure and not ask.ticked("bon_endroit"):
        raise CedreError(
            "personne n'a dit que les colonnes vont au bon endroit ; rien n'est écrit. Relisez où "
            "elles vont, puis cochez la case."
        )
    says.tell(f"Écriture de {target.name}…")
    done = api.apply_migration(found)
    files = (done.path, *([done.report] if done.report else []))
    shown = {
        "name": target.name,
        "sentence": done.sentence,
        "warnings": tuple(one for one in done.done.warnings),
        "left": done.done.left[:_MOST],
        "left_count": len(done.done.left),
        "files": files,
    }
    return Answer("migrer_fait.html", shown, made=files, opens=done.path)


def _target(ask: Ask, sources: Sources) -> Path:
    """Where the new workbook goes: as it was typed, else after the first file."""
    typed = ask.path("nom")
    if typed is None:
        stem = sources.paths[0].stem
        return api.free_path(ask.folder / f"CEDRE - {stem}.xlsx")
    return typed if typed.suffix else typed.with_name(f"{typed.name}.xlsx")


def _found(ask: Ask, says: Says, sources: Sources, target: Path) -> Import:
    says.tell(f"Lecture de {', '.join(sources.names[:3])}…")
    if target.exists():
        free = api.free_path(target).name
        raise CedreError(
            f"« {target.name} » est déjà dans le dossier ; rien n'est écrit. Donnez un autre nom, "
            f"par exemple « {free} »."
        )
    return api.find_migration(
        sources.paths,
        target,
        structure=ask.text("structure"),
        kind=ask.text("type") or None,
        sheet=sources.sheet or None,
        mapping=sources.mapping,
        on=ask.day,
    )


VIEW = View(
    name="migrer",
    title="Faire un classeur de vos anciens tableaux",
    purpose="Vos listes et suivis deviennent un classeur neuf ; chaque ligne est retrouvée.",
    show=show,
    actions=(Action("apercu", look), Action("faire", make, writes=True)),
    needs_workbook=False,
    is_light=True,
    group="Le classeur",
)
