"""*Réunion*: what was decided becomes lines of Suivi, and the compte rendu is made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views.papers import day_of, folder_name, folder_of, telling_what_exists

_FOLDER, _DAY = "comptes-rendus", "Date de la réunion"


def show(ask: Ask, says: Says) -> Answer:
    """What would be poured on the day of the meeting, and who may have been there."""
    says.tell("Lecture des décisions de Réunion…")
    day, folder = day_of(ask, _DAY), folder_of(ask, _FOLDER)
    found = _found(ask)
    return Answer(
        "reunion.html",
        {
            "found": found,
            "day": day,
            "place": folder_name(ask, folder),
            "existing": _existing(found),
            "changed_day": _is_another_day(ask, day),
        },
    )


def pour(ask: Ask, says: Says) -> Answer:
    """Write the lines, then the compte rendu where it is wanted: for the day that was shown."""
    day = day_of(ask, _DAY)
    if _is_another_day(ask, day):
        return show(ask, says)
    wants_pdf, folder = ask.ticked("pdf"), folder_of(ask, _FOLDER)
    says.tell("Écriture dans Suivi, et mise en page du compte rendu…" if wants_pdf else
              "Écriture dans Suivi…")  # fmt: skip
    with telling_what_exists(ask, lambda: _existing(_found(ask))):
        done = api.minutes(
            ask.book,
            on=day,
            present=_present(ask),
            folder=folder if wants_pdf else None,
            force=ask.ticked("remplacer"),
        )
    made = (done.pdf,) if done.pdf else ()
    return Answer("reunion_faite.html", {"done": done, "made_files": made}, made=made)


def _is_another_day(ask: Ask, day: date) -> bool:
    shown = ask.text("jour_montre")
    return bool(shown) and shown != day.isoformat()


def _found(ask: Ask) -> api.Minutes:
    return api.minutes(ask.book, on=day_of(ask, _DAY), folder=folder_of(ask, _FOLDER), dry_run=True)


def _existing(found: api.Minutes) -> tuple[Path, ...]:
    """The compte rendu of that day where it lies there already."""
    return (found.would_be,) if found.would_be and found.would_be.exists() else ()


def _present(ask: Ask) -> list[str]:
    """Who was there: the boxes, then the lines of the others."""
    others = (line.strip() for text in ask.texts("autres") for line in text.splitlines())
    return list(dict.fromkeys((*ask.texts("present"), *filter(None, others))))


VIEW = View(
    name="reunion",
    title="Réunion",
    purpose="Verser les décisions de la réunion dans Suivi, et faire le compte rendu.",
    show=show,
    actions=(Action("voir", show), Action("verser", pour, writes=True)),
    group="La semaine",
)
