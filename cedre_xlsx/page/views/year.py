"""*Nouvelle année*: what the workbook of a new year would hold, then that workbook."""

from __future__ import annotations

from datetime import date

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError

#: From this month, the year that is asked for is the next one.
_TOWARDS_THE_NEXT = 7


def show(ask: Ask, _says: Says) -> Answer:
    """Which year, and under which name."""
    year = _coming(ask.day)
    return Answer("annee.html", {"year": year, "name": api.name_of_new(ask.book, year).name})


def preview(ask: Ask, says: Says) -> Answer:
    """What would be carried."""
    says.tell("Lecture du classeur, puis aperçu du nouveau…")
    return _answer(ask, dry_run=True)


def write(ask: Ask, says: Says) -> Answer:
    """Write the new workbook; the page goes on with it."""
    says.tell("Écriture du nouveau classeur…")
    return _answer(ask, dry_run=False)


def _answer(ask: Ask, *, dry_run: bool) -> Answer:
    year = ask.number("annee", "L'année")
    if year is None:
        raise CedreError("aucune année n'est donnée ; donnez-en une en quatre chiffres.")
    done = api.start_year(ask.book, year, output=ask.beside("nom"), on=ask.day, dry_run=dry_run)
    context = {
        "sentence": done.sentence, "warnings": done.warnings,
        "tables": done.tables, "totals": done.totals, "closed": done.closed,
        "names_left": done.names_left, "names_left_said": done.names_left_sentence,
        "after": done.advice, "written": done.written, "year": year, "name": done.path.name,
    }  # fmt: skip
    if dry_run:
        return Answer("annee_apercu.html", context)
    return Answer("annee_apercu.html", context, made=(done.path,), opens=done.path)


def _coming(day: date) -> int:
    return day.year + (day.month >= _TOWARDS_THE_NEXT)


VIEW = View(
    name="annee",
    title="Nouvelle année",
    purpose="Commencer le classeur d'une nouvelle année à côté de celui-ci, qui ne change pas.",
    show=show,
    actions=(Action("apercu", preview), Action("ecrire", write, writes=True)),
    is_light=True,
    group="Le classeur",
)
