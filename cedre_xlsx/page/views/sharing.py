"""*Chiffres pour le réseau*: all that would leave, then the file."""

from __future__ import annotations

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError


def show(ask: Ask, _says: Says) -> Answer:
    """What is asked: the year, what it may tell."""
    return Answer("partager.html", {"year": ask.day.year - 1, **_asked(ask)})


def preview(ask: Ask, says: Says) -> Answer:
    """Every number that would leave; nothing is written."""
    says.tell("Compte de l'année, puis choix de ce qui peut partir…")
    shared = api.share(
        ask.book,
        year=_year(ask),
        on=ask.day,
        with_sensitive=ask.ticked("sensible"),
        exact_days=ask.ticked("jours"),
    )
    year = shared.part.year
    return Answer(
        "partager.html",
        {
            **_asked(ask),
            "year": year,
            "sections": shared.sections,
            "warnings": shared.warnings,
            "file": f"chiffres-{year}.json",
        },
    )


def write(ask: Ask, says: Says) -> Answer:
    """Write the file that leaves."""
    target = ask.path("fichier")
    if target is None:
        raise CedreError("le fichier n'a pas de nom. Donnez-en un, en .json.")
    if target.suffix.lower() != ".json":
        raise CedreError(f"{target.name} : ce fichier de chiffres a un nom en .json.")
    says.tell("Compte de l'année, puis choix de ce qui peut partir…")
    shared = api.share(
        ask.book,
        year=_year(ask),
        output=target,
        on=ask.day,
        with_sensitive=ask.ticked("sensible"),
        exact_days=ask.ticked("jours"),
        force=ask.ticked("remplacer"),
    )
    written = () if shared.path is None else (shared.path,)
    told = {"written": written, "warnings": shared.warnings, "year": shared.part.year}
    return Answer("partager.html", {**_asked(ask), **told}, made=written)


def _year(ask: Ask) -> int:
    year = ask.number("annee", "L'année")
    if year is None:
        raise CedreError("aucune année n'est donnée ; écrire par exemple 2026.")
    return year


def _asked(ask: Ask) -> dict[str, object]:
    from cedre_xlsx.api.sharing import EXACT_DAYS  # loads much: not for the server

    return {
        "sections": (),
        "warnings": (),
        "written": (),
        "file": "",
        "sensitive": ask.ticked("sensible"),
        "days": ask.ticked("jours"),
        "exact_days": EXACT_DAYS,
    }


VIEW = View(
    name="partager",
    title="Chiffres pour le réseau",
    purpose="Préparer les chiffres d'une année pour un réseau, sans un nom.",
    show=show,
    actions=(Action("voir", preview), Action("ecrire", write, writes=True)),
    group="Les chiffres",
)
