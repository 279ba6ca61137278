"""*Une copie sans noms*: a new workbook in which nobody has their name."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.papers import refuse_existing


def show(ask: Ask, _says: Says) -> Answer:
    """Under which name."""
    proposed = _proposed(ask)
    name = proposed.relative_to(ask.folder).as_posix()
    return Answer("sansnoms.html", {"proposed": name, "is_there": proposed.exists()})


def write(ask: Ask, says: Says) -> Answer:
    """Make the copy."""
    target = ask.path("copie") or _proposed(ask)
    if target.exists() and not ask.ticked("remplacer"):
        refuse_existing([target])
    key = ask.path("cle")
    says.tell("Copie du classeur sous d'autres noms, puis contrôle des deux…")
    with api.folder_made(key.parent) if key is not None else nullcontext():
        done = api.pseudonymise(
            ask.book, target, key=key, on=ask.day, force=ask.ticked("remplacer")
        )
    made = (done.path, done.key) if done.key else (done.path,)
    return Answer(
        "sansnoms_fait.html",
        {"sentences": done.sentences, "dropped": done.dropped, "unlike": done.unlike,
         "files": made},
        made=made,
    )  # fmt: skip


def _proposed(ask: Ask) -> Path:
    return ask.book.with_name(f"{ask.book.stem} sans noms.xlsx")


VIEW = View(
    name="sansnoms",
    title="Une copie sans noms",
    purpose="Un classeur de noms inventés, pour une formation, une aide ou une recherche.",
    show=show,
    actions=(Action("ecrire", write, writes=True),),
    group="Le classeur",
)
