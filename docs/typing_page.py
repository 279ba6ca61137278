"""The page of what one may type, made from the tables of the grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cedre_xlsx.method.grammar.expression import Expression

PAGE = Path("docs/taper.md")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_HEAD = """# Ce que l'on peut taper

Cette page est faite à partir de la grammaire que la commande suit : chaque exemple est vérifié. \
Deux règles suffisent à la retenir : une lecture est sûre, ou elle est signalée avec la lecture \
proposée ; et une échéance est un maximum, donc une période vaut son dernier jour.

Les exemples sont tapés sur une ligne datée du {row}.
"""
_DATES = """## Une date

`05/10/2026`, `5/10/26`, `05.10.26`, `5 octobre 2026`, `lundi 5 oct. 2026`, `2026-10-05` : le jour \
vient toujours avant le mois. Dans Dates, une remarque peut suivre : `05/10/26 tél`. Sans année, \
une date de Suivi est comprise si elle est des six derniers mois, et il est conseillé d'ajouter \
l'année ; une échéance sans année est le premier tel jour à partir de la date de la ligne.

Plusieurs dates dans une échéance disent qu'elle a été déplacée : `15/11 reporté au 10/12`.
"""
_SAID = {
    "condition": "une condition, sans date",
    "début": "un début : ce n'est pas une échéance, et c'est signalé",
    "fait": "c'est fait : rien à signaler si le statut le dit aussi",
    "imprécis": "signalé, avec la lecture probable quand il y en a une",
}
_HOURS = """## Des heures de mission

Dans Heures, le total de la mission : `35`, `35 h`, `7h30`, `151,67`. Dans Heures par semaine, les \
heures d'une semaine : `35`, `35 h/sem`. Une autre unité (`7h/jour`, `20h/mois`, `1 jour`) est \
signalée avec ce qu'elle fait par semaine.
"""
_SURE = """## Ce qui est toujours signalé

Une lettre dans un nombre (`15/1O/2026`), une barre oubliée (`1511/2026`), un nombre dont le rôle \
n'est pas dit (`15/11/2026 20`), un jour de la semaine qui ne va pas avec la date, une unité qui \
ne va pas avec la colonne, un doute (`15/11 ?`, `vers le 15/11`), deux jours entre lesquels \
choisir (`15/11 ou 20/11`).
"""


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{_DAYS[day.weekday()]} {day:%d/%m/%Y}"


def _table(head: tuple[str, str], lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---|---|"
    yield from (f"| {typed} | {means} |" for typed, means in lines)
    yield ""


def _read(examples: Iterable[tuple[str, str]], *, sure: bool) -> str:
    """The examples of one line, each with its reading."""
    return " · ".join(
        f"`{typed}` : {read}" if sure else f"`{typed}` : signalé, {read} ?"
        for typed, read in examples
    )


def page() -> bytes:
    """The page, as Markdown."""
    from cedre_xlsx.method.deadline_parts import TABLE
    from cedre_xlsx.method.grammar.expression import ROW
    from cedre_xlsx.method.grammar.situations import EXAMPLES
    from cedre_xlsx.method.grammar.times import TIMES

    deadlines = (
        (_read(((typed, _day(day)) for typed, day in one.examples), sure=_is_sure(one)), one.means)
        for one in TABLE
        if one.examples
    )
    times = (
        (
            _read(((typed, f"{spent} min") for typed, spent in one.examples), sure=one.sure),
            one.means,
        )
        for one in TIMES
    )
    return "\n".join(
        (
            _HEAD.format(row=_day(ROW.isoformat())),
            _DATES,
            "## Une échéance, un délai\n",
            *_table(("ce que l'on tape", "ce que c'est"), deadlines),
            "## Une échéance sans date\n",
            *_table(
                ("ce que l'on tape", "ce qui en est fait"),
                ((f"`{typed}`", _SAID[sort]) for typed, sort in EXAMPLES),
            ),
            "## Un temps consacré\n",
            *_table(("ce que l'on tape", "ce que c'est"), times),
            "Un nombre seul est en minutes, à partir de 5 ; `1` à `4` sont signalés : heures ou "
            "minutes ?\n",
            _HOURS,
            _SURE.rstrip("\n"),
            "",
        )
    ).encode("utf-8")


def _is_sure(expression: Expression) -> bool:
    from cedre_xlsx.method.grammar.expression import Sort

    return expression.sort is not Sort.UNCLEAR
