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
vient toujours avant le mois. Dans Dates, une remarque peut suivre : `05/10/26 tél`. Sans année \
(`5/10 tél`), une date de Suivi est comprise d'après les lignes voisines, si elle est de leur \
époque ; il est conseillé d'ajouter l'année. Seule, elle est signalée. Deux jours \
(`05/10/2026 et 12/10/2026`, `5/6 octobre 2026`), un doute (`vers le 05/10/2026`), une condition \
(`à partir du 05/10/2026`) ou un report (`05/10/2026 reporté au 12/10/2026`) sont signalés.

Une échéance sans année est le premier tel jour à partir de la date de la ligne ; s'il y en a un \
dans les trois mois qui la précèdent, c'est signalé, avec les deux années. Plusieurs dates dans \
une échéance disent qu'elle a été déplacée : `15/11 reporté au 10/12`.
"""
#: Of these, those that Dates has said of them, where nothing stands beside them.
_SAID_OF_DATES = frozenset({
    "5/10 tél", "05/10/2026 et 12/10/2026", "5/6 octobre 2026", "vers le 05/10/2026",
    "à partir du 05/10/2026", "05/10/2026 reporté au 12/10/2026", "15/11 reporté au 10/12",
})  # fmt: skip
_SAID = {
    "condition": "une condition, sans date",
    "début": "un début : ce n'est pas une échéance, et c'est signalé",
    "fait": "c'est fait : rien à signaler si le statut le dit aussi",
    "imprécis": "signalé, avec la lecture probable quand il y en a une",
    "passé": "un jour passé de peu, ou celui de l'an prochain : signalé, avec les deux",
    "minimum": "un minimum, quand une échéance est un maximum : c'est signalé",
    "durée": "ce que dure une chose : c'est signalé",
}
_HOURS = """## Des heures de mission

Dans Heures, le total de la mission : `35`, `35 h`, `7h30`, `151,67`, `35+35`, `5 jours de 7h`. \
Dans Heures par semaine, les heures d'une semaine : `35`, `5 x 7h`. Avec leur unité, l'une et \
l'autre comprennent : `35 h/sem`, `35h par semaine`, `24 heures hebdo`, `7 h/jour`, `7h/j`, \
`20 h/mois`, `20 h mensuelles`, `1607 h/an`, `80 h au total`. Quand les deux colonnes sont \
remplies, Heures compte.

| unité | ce qui est compté, du début à la fin de la mission ou, sans fin, au jour de la lecture |
|---|---|
| par semaine | un septième chaque jour, férié ou non : `35 h/sem` du 05/10 \
au 18/10/2026 fait 70 heures |
| par jour | chaque jour du lundi au vendredi, sauf les onze jours fériés : `7 h/jour` \
du 04/05 au 15/05/2026 fait 56 heures |
| par mois | à proportion des jours de chaque mois : `20 h/mois` du 01/10 au 15/11/2026 \
fait 30 heures |
| par an | à proportion des jours de l'année : `1607 h/an` du 01/01 au 31/12 fait 1 607 heures |

Une mission finie avant cette semaine, ce mois ou cet an, ou qui commence ou finit un jour non \
travaillé quand ses heures sont par jour, est signalée (LEC18), avec le total à taper. De tant à \
tant (`20 à 24h`), un minimum ou un doute (`environ 20 h/sem`) sont signalés ; `mi-temps`, `80 %`, \
`0,5 ETP` et `1 jour/sem` le sont avec ce qu'ils font pour 35 heures par semaine.
"""
_PEOPLE = """## Une année de naissance, un nom

L'année seule, ou la date : `1990`, `90`, `12/05/1990`, `née en 1990`. Une année à venir, un doute \
(`vers 1990`, `1990 ?`), deux années (`1990-91`) ou un nombre qui peut être un âge (`36`) sont \
signalés.

Un nom se retrouve quels que soient la casse, les accents, l'ordre et la civilité : `BENSAID \
Fatima`, `Mme Fatima Bensaïd`. Un nom à une lettre près est signalé, avec le plus proche ; pour un \
accompagnateur, ses initiales ou son prénom seul aussi. Pour un atelier sans noms, `Tous` ou \
`Groupe du mardi`, avec Collectif à OUI.
"""
_SURE = """## Ce qui est toujours signalé

Un caractère pour un autre dans un nombre : une lettre (`15/1O/2026`), un chiffre tapé sans la \
touche majuscule (`15/1é/2026`, `&5/10/2026`) ; une barre oubliée (`1511/2026`) ; un nombre dont \
le rôle n'est pas dit (`15/11/2026 20`) ; un doute (`15/11 ?`, `vers le 15/11`, `~15/10`) ; un \
choix (`15/11 ou 20/11`, `15/11, sinon 22/11`) ; un début ou un minimum (`à partir du 15/11`, \
`au moins 3 mois`) ; ce que dure une chose (`bail de 3 mois`) ; un délai et une date qui se \
contredisent (`dans 1 mois (20/10)`) ; ce qui compte à partir d'un autre jour \
(`la veille du 30/11`).

Un jour de la semaine qui ne va pas avec la date, et une unité qui ne va pas avec la colonne, le \
sont aussi ; un point d'interrogation dans Statut, Civilité ou OUI/NON (« fait ? ») également.
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
            "minutes ? Un temps donné à peu près (`~1h`, `1h30 env.`) est compté tel quel : le "
            "temps consacré s'estime ; un doute (`1h30 ?`) est signalé.\n",
            _HOURS,
            "## Statut, Civilité, OUI ou NON\n",
            "Une majuscule, un accent et la ponctuation ne comptent pas : le tableau est sans "
            "accents. Le début d'une valeur suffit. Une remarque peut suivre : `fait le 12/10`, "
            "`refusé par la personne`.\n",
            *_table(("ce que l'on tape", "ce qui est compris"), _values()),
            _PEOPLE,
            _SURE.rstrip("\n"),
            "",
        )
    ).encode("utf-8")


def _values() -> Iterator[tuple[str, str]]:
    """Each value of Statut, Civilité and OUI/NON, after the spellings that are understood."""
    from cedre_xlsx.method.choices import NO, YES
    from cedre_xlsx.schema.lists import STATUS, TITLE

    for spec in (STATUS, TITLE):
        for value in spec.values:
            typed = [spelling for spelling, meant in spec.spellings.items() if meant == value]
            yield " · ".join(f"`{one}`" for one in typed), f"{spec.title} : {value}"
    for value, spellings in (("OUI", YES), ("NON", NO)):
        yield " · ".join(f"`{one}`" for one in sorted(spellings)), value


def _is_sure(expression: Expression) -> bool:
    from cedre_xlsx.method.grammar.expression import Sort

    return expression.sort is not Sort.UNCLEAR
