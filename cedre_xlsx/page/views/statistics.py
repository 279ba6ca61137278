"""*Statistiques*: the figures of a year with their definitions, and who counts in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from cedre_xlsx import api
from cedre_xlsx.page.drawing import drawing
from cedre_xlsx.page.model import Answer, Ask, Says, View

#: Lines of who counts on one page: a figure of a large association has tens of thousands.
LINES = 500


def show(ask: Ask, says: Says) -> Answer:
    """The figures of a year, or who counts in one of them."""
    if ask.text("qui"):
        return _who(ask, says)
    public = ask.ticked("public")
    sensitive = public and ask.ticked("sensible")
    then = ", puis choix de ce qui peut être publié" if public else ""
    says.tell(f"Compte de l'année{then}…")
    year = ask.number("annee", "L'année")
    told = api.overview(ask.book, year=year, on=ask.day, public=public, with_sensitive=sensitive)
    shown = told.shown
    charts = [*shown.charts, *(chart for table in shown.tables for chart in table.charts)]
    return Answer(
        "statistiques.html",
        {
            "told": told,
            "shown": shown,
            "drawings": {chart.title: drawing(chart) for chart in charts},
            "texts": {one.number: one for one in shown.definitions},
            "sensitive": sensitive,
        },
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """A line of the workbook that counts: where it is, what it counts for; "" for one."""

    place: str
    person: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a part of a figure that one page shows, of all `count` of it."""

    title: str
    count: int
    lines: tuple[_Counted, ...]


def _who(ask: Ask, says: Says) -> Answer:
    says.tell("Compte de l'année…")
    found = api.stats(ask.book, year=ask.number("annee", "L'année"), on=ask.day)
    who = found.who(ask.text("qui"))
    page = max(ask.number("page", "La page") or 1, 1)
    every = sum(len(lines) for _, lines in who.parts)
    return Answer(
        "quicompte.html",
        {
            "sentence": who.sentence,
            "warnings": who.warnings,
            "definition": who.indicator.definition,
            "parts": tuple(_parts(who, page)),
            "amounts": any(one.amount != 1 for _, lines in who.parts for one in lines),
            "year": found.statistics.year,
            "figure": who.indicator.id,
            "number": page,
            "pages": max(-(-every // LINES), 1),
            "every": every,
        },
    )


def _parts(who: api.WhoCounts, page: int) -> Iterator[_Part]:
    """What one page shows: the parts follow each other."""
    first = (page - 1) * LINES
    flat = [(title, one) for title, lines in who.parts for one in lines]
    shown = flat[first : first + LINES]
    counts = {title: len(lines) for title, lines in who.parts}
    for title, lines in groupby(shown, key=lambda pair: pair[0]):
        yield _Part(
            title,
            counts[title],
            tuple(
                _Counted(
                    f"{one.sheet}, ligne {one.row}",
                    one.person,
                    None if one.amount == 1 else one.amount,
                )
                for _, one in lines
            ),
        )
    if not flat:
        yield from (_Part(title, 0, ()) for title in counts)


VIEW = View(
    name="statistiques",
    title="Statistiques",
    purpose="Les chiffres d'une année, leurs définitions, et qui compte dans chacun.",
    show=show,
    group="Les chiffres",
)
