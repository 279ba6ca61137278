"""*Réunir deux copies*: what differs between them, both in a new file, what was chosen in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.as_seen import ensure_as_seen
from cedre_xlsx.schema.errors import CedreError

#: How many people and sheets are shown at once.
_MOST = 200
#: Field: the digests of the other copy, and of the one before both, as the preview read them.
_SEEN = "lus"


def show(ask: Ask, _says: Says) -> Answer:
    """The other workbooks of the folder."""
    return Answer("copies.html", {"others": _others(ask)})


def compare(ask: Ask, says: Says) -> Answer:
    """What differs from the chosen workbook to the other one."""
    other = _other(ask)
    says.tell(f"Comparaison de {ask.book.name} et {other.name}…")
    found = api.compare(ask.book, other, on=ask.day, person=ask.text("personne"))
    told = found.told()
    bases = [one for one in _others(ask) if one[0] != ask.text("copie")]
    return Answer("copies_comparees.html", {
        "before": found.before, "after": found.after, "filters": found.filters,
        "told": replace(told, groups=told.groups[:_MOST]),
        "more": max(len(told.groups) - _MOST, 0), "same": found.nothing_changed,
        "other": ask.text("copie"),
        "bases": bases, "name": f"{ask.book.stem} réuni{ask.book.suffix}",
    })  # fmt: skip


def preview(ask: Ask, says: Says) -> Answer:
    """What the file of both would hold."""
    says.tell("Aperçu des deux copies réunies…")
    return _merged(ask, dry_run=True)


def write(ask: Ask, says: Says) -> Answer:
    """Write the file of both; the page goes on with it."""
    says.tell("Écriture des deux copies réunies…")
    return _merged(ask, dry_run=False)


def preview_choices(ask: Ask, says: Says) -> Answer:
    """What was chosen in Fusion, and would be written."""
    says.tell("Lecture des choix de la feuille Fusion…")
    return _chosen(ask, dry_run=True)


def write_choices(ask: Ask, says: Says) -> Answer:
    """Write what was chosen in Fusion."""
    says.tell("Écriture de ce qui a été choisi dans Fusion…")
    return _chosen(ask, dry_run=False)


def _merged(ask: Ask, *, dry_run: bool) -> Answer:
    target = ask.beside("nom")
    if target is None:
        raise CedreError("le nouveau fichier n'a pas de nom ; donnez-lui-en un.")
    other, base = _other(ask), ask.path("avant")
    seen = ensure_as_seen(ask, _SEEN, other, base, remedy="Comparez de nouveau les deux copies.")
    done = api.merge(
        ask.book, [other], output=target, base=base, on=ask.day,
        dry_run=dry_run, force=ask.ticked("quand_meme"),
    )  # fmt: skip
    asked = tuple((name, ask.text(name)) for name in ("copie", "nom", "avant", "quand_meme"))
    context = {
        "sentence": done.outcome, "written": done.written, "to_choose": done.to_choose,
        "files": tuple(one.sentence for one in done.files),
        "told": tuple(done.told.items()), "warnings": done.warnings,
        "fields": (*asked, (_SEEN, seen)),
        "name": target.name,
    }  # fmt: skip
    if dry_run:
        return Answer("copies_reunies.html", context)
    return Answer("copies_reunies.html", context, made=(done.path,), opens=done.path)


def _chosen(ask: Ask, *, dry_run: bool) -> Answer:
    done = api.merge_apply(ask.book, on=ask.day, dry_run=dry_run)
    return Answer("copies_choix.html", {
        "sentence": done.sentence, "left": done.left,
        "warnings": done.warnings, "preview": dry_run,
        "may_write": dry_run and bool(done.applied or done.finished),
    })  # fmt: skip


def _others(ask: Ask) -> tuple[tuple[str, object], ...]:
    """The workbooks of the folder but the chosen one: their names, when they were saved."""
    return tuple(
        (one.path.relative_to(ask.folder).as_posix(), one.saved)
        for one in api.workbooks_in(ask.folder)
        if one.path != ask.workbook
    )


def _other(ask: Ask) -> Path:
    """The copy that was handed over, or else the one that was chosen in the folder."""
    handed = ask.uploads.get("depot", ())
    other = handed[0] if handed else ask.path("copie")
    if other is None:
        raise CedreError("aucune copie n'est choisie. Choisissez-en une, ou déposez-la.")
    return other


VIEW = View(
    name="copies",
    title="Réunir deux copies",
    purpose="Voir ce qui diffère entre deux copies d'un classeur, et les réunir dans un nouveau.",
    show=show,
    actions=(
        Action("comparer", compare),
        Action("apercu", preview),
        Action("ecrire", write, writes=True),
        Action("choix", preview_choices),
        Action("appliquer", write_choices, writes=True),
    ),
    is_light=True,
    group="Le classeur",
)
