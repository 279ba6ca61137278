"""The table of the stretches of the calendar: fin juin, 2e trimestre, T4, semaine 23, avant "
"Noël."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from cedre_xlsx.method.dates import MONTH_NAMES, MONTHS, NoDate
from cedre_xlsx.method.grammar.calendar_days import (
    BEGINNING,
    MIDDLE,
    first_of_months,
    first_of_part,
    last_of_month,
    later,
    monday,
    typed_year,
    yearly,
)
from cedre_xlsx.method.grammar.expression import Expression, Sort
from cedre_xlsx.method.grammar.words import MONTH_PART, RANK, RANKS, WEEK_PARTS, YEAR

Match = re.Match[str]
Day = date | NoDate | None

_OF = r"(?:de |d'|en )?"
_MONTH = re.compile(
    rf"(?:\b(?P<part>{MONTH_PART}|(?:{RANK}|derniere) (?:semaine|quinzaine|sem|quinz))\b[. \-:_]*"
    r"(?:du |de |d'|le )?)?(?:\b(?:(?:au|du) )?mois d[e'] ?)?"
    rf"\b(?P<month>{MONTH_NAMES})\b(?! (?:jours?|semaines?|mois|ans?)\b)\.?"  # sept jours
    rf"(?:(?: {_OF}|-(?=[23][0-9]))(?P<year>{YEAR}))?"
)
_MONTH_IN_FIGURES = re.compile(
    rf"(?:^|(?<=[ (]))(?<!n° )(?<!\bno )(?:\b(?P<part>{MONTH_PART})[ \-]*)?"
    r"(?P<month>0?[1-9]|1[0-2])[/.\-](?P<year>20[0-9]{2})(?![0-9/.\-])"
)
_QUARTER = re.compile(
    rf"\b(?P<rank>{RANK}) (?P<unit>trimestre|semestre|trim\.?)(?: {_OF}(?P<year>{YEAR}))?"
)
#: "T4" is a quarter alone, with its year, or after such a word: "logement T4" is none.
_SHORT_QUARTER = re.compile(
    r"(?:^|(?<=^fin )|(?<=^avant )|(?<=^pour )|(?<=fin du )|(?<=^sur )|(?<=^au )|(?<=courant )"
    r"|(?<=d'ici )|(?<=fin )|(?<=ou )|(?<=et ))t ?(?P<rank>[1-4])(?: ?[/\-]? ?(?:de "
    r")?(?P<year>20[0-9]{2}|[23][0-9](?![0-9/:h]| ?h)))?(?![0-9])"
    r"|\bt ?(?P<rank2>[1-4]) ?[/\-]? ?(?:de )?(?P<year2>20[0-9]{2})(?![0-9])"
)
_YEAR_END = re.compile(
    r"\b(?P<part>debut|fin|courant|en|mi|milieu)(?: de| d'|-|)[ ]?(?:l'annee |annee "
    r")?(?P<year>20[0-9]{2}|(?<=debut )[23][0-9]|(?<=fin )[23][0-9])(?![0-9a-z/.,:]| ?h)"
)
_HALF_OR_WEEK = re.compile(
    r"\bs ?(?P<rank>[12])(?: ?[/\-]? ?(?:de |en )?(?P<year>20[0-9]{2})|(?![0-9]))"
)
_WEEK = re.compile(
    r"\b(?:(?P<part>debut|deb\.|milieu|mi)[ \-]*(?:de |de la )?)?(?:semaine|sem\.?|s) ?(?:n°? ?|"
    r"no ?)?(?P<week>[0-9]{1,2})(?![0-9a-z])"
    r"(?: ?(?:/|-|de |d'|en )? ?(?P<year>[0-9]{4})(?![0-9a-z]))?"
)
#: The days that have a name, whatever the year.
FEASTS = {
    "noel": (12, 25), "la toussaint": (11, 1), "toussaint": (11, 1), "le jour de l'an": (1, 1),
    "jour de l'an": (1, 1), "le nouvel an": (1, 1), "nouvel an": (1, 1),
    "la st sylvestre": (12, 31), "st sylvestre": (12, 31), "la saint-sylvestre": (12, 31),
    "saint-sylvestre": (12, 31), "st-sylvestre": (12, 31),
}  # fmt: skip
_FEAST = re.compile(
    r"(?<!vacances )(?<!vacances de )(?<!conges )(?<!conges de )(?<!vacances de la )"
    r"\b(?P<before>avant )?"
    rf"(?P<feast>{'|'.join(sorted(FEASTS, key=len, reverse=True))})\b(?: (?P<year>{YEAR}))?"
)
#: A month and a year that may be a day and a month as well, and a year alone.
_BARE_MONTH = re.compile(r"^(?P<month>0?[1-9]|1[0-2])[/.](?P<year>[23][0-9])$")
_BARE_YEAR = re.compile(r"^(?P<year>20[2-9][0-9])$")


def _month(match: Match, row: date | None, on: date) -> Day:
    name, part = match["month"], match["part"] or ""
    month = int(name) if name.isdigit() else MONTHS[name]

    if _may_be_a_day(match["year"], lambda year: last_of_month(year, month), row, on):
        return NoDate.NO_ROLE  # "fin juin 15": the 15th, or 2015?

    def end(year: int) -> date:
        last = last_of_month(year, month)
        if part.startswith("derniere") or " " in part:
            return _ranked_part(part, last)
        if part.startswith("deb"):
            return date(year, month, BEGINNING)
        if part in ("mi", "milieu"):
            return date(year, month, MIDDLE)
        return later(date(year, month, 1), -1) if part == "avant" else last

    return yearly(end, match["year"], row, on)


def _may_be_a_day(
    typed: str | None, end: Callable[[int], date], row: date | None, on: date
) -> bool:
    """Whether two figures are of a year that is over, or far: then they may be a day."""
    if not typed or len(typed.lstrip("'")) == len("2026") or row is None:
        return False
    year = typed_year(typed, on)
    return year is not None and not row <= end(year) <= end(row.year + _NEXT_YEARS)


#: How far ahead a year of two figures is surely one.
_NEXT_YEARS = 5


def _ranked_part(part: str, last: date) -> date:
    """The last day of "premiere quinzaine", of "derniere semaine"."""
    if part.startswith("derniere"):
        return last
    days = RANKS[part[0]] * (MIDDLE if "quinz" in part else 7)
    return last.replace(day=days) if days < 28 else last


def _quarter(match: Match, row: date | None, on: date) -> Day:
    rank = RANKS[match["rank"][0]]
    last = rank * (3 if match["unit"].startswith("trim") else 6)
    return yearly(lambda year: last_of_month(year, last), match["year"], row, on)


def _short_quarter(match: Match, row: date | None, on: date) -> Day:
    last = 3 * int(match["rank"] or match["rank2"])
    typed = match["year"] or match["year2"]
    if _may_be_a_day(typed, lambda year: last_of_month(year, last), row, on):
        return NoDate.NO_ROLE
    return yearly(lambda year: last_of_month(year, last), typed, row, on)


#: The month that a part of a year ends with.
_PARTS_OF_A_YEAR = {"debut": 1, "mi": 6, "milieu": 6}


def _year(match: Match, row: date | None, on: date) -> Day:
    month = _PARTS_OF_A_YEAR.get(match["part"], 12)
    if _may_be_a_day(match["year"], lambda year: last_of_month(year, month), row, on):
        return NoDate.NO_ROLE
    return yearly(lambda year: last_of_month(year, month), match["year"], row, on)


def _half_year(match: Match, row: date | None, on: date) -> Day:
    last = 6 * int(match["rank"])
    return yearly(lambda year: last_of_month(year, last), match["year"], row, on)


def _week(match: Match, row: date | None, on: date) -> Day:
    week = int(match["week"])
    rank = WEEK_PARTS.get((match["part"] or "")[:3], 7)
    return yearly(lambda year: date.fromisocalendar(year, week, rank), match["year"], row, on)


def _feast(match: Match, row: date | None, on: date) -> Day:
    month, day = FEASTS[match["feast"]]
    shift = -1 if match["before"] else 0
    return yearly(lambda year: later(date(year, month, day), shift), match["year"], row, on)


def _bare(match: Match, row: date | None, on: date) -> Day:
    month = int(match.groupdict().get("month") or 12)
    return yearly(lambda year: last_of_month(year, month), match["year"], row, on)


def _first_of_part(match: Match, end: date) -> date:
    return first_of_part(end, is_part=match["part"] not in (None, "courant", "avant"))


def _first_of_quarter(match: Match, end: date) -> date:
    return first_of_months(end, 3 if match["unit"].startswith("trim") else 6)


def _first_of_year(match: Match, end: date) -> date:
    """The first day of a year, of its first month, of the three months to its middle or end."""
    months = {"en": 12, "courant": 12, "debut": 1}.get(match["part"], 3)
    return first_of_months(end, months)


def _first_before(match: Match, end: date) -> date:
    return first_of_months(end, 1) if match["before"] else end


#: The first line that a text matches takes its words: order counts.
PERIODS: tuple[Expression, ...] = (
    Expression(
        Sort.PERIOD, _MONTH,
        "un mois, ou sa partie : son dernier jour, le 10 pour son début, le 15 pour son milieu, "
        "la veille pour « avant » ; sans année, le premier à venir après la date de la ligne",
        _month,
        (("fin juin", "2027-06-30"), ("début février", "2027-02-10"), ("mi-mai", "2027-05-15"),
         ("juin 2027", "2027-06-30"), ("avant juillet", "2027-06-30"),
         ("courant novembre", "2026-11-30"), ("première semaine de juin", "2027-06-07"),
         ("2e quinzaine de novembre", "2026-11-30"), ("1re quinz. nov.", "2026-11-15"),
         ("nov-26", "2026-11-30")),
        _first_of_part,
    ),
    Expression(
        Sort.PERIOD, _MONTH_IN_FIGURES, "un mois en chiffres, avec son année", _month,
        (("06/2027", "2027-06-30"), ("fin 06/2027", "2027-06-30")), _first_of_part,
    ),
    Expression(
        Sort.PERIOD, _QUARTER, "un trimestre ou un semestre : son dernier jour", _quarter,
        (("2e trimestre", "2027-06-30"), ("4e trimestre 2026", "2026-12-31"),
         ("1er semestre 2027", "2027-06-30")),
        _first_of_quarter,
    ),
    Expression(
        Sort.PERIOD, _SHORT_QUARTER, "un trimestre en abrégé : son dernier jour", _short_quarter,
        (("T4", "2026-12-31"), ("T1 2027", "2027-03-31"), ("T1 27", "2027-03-31"),
         ("fin T2", "2027-06-30")),
        lambda _, end: first_of_months(end, 3),
    ),
    Expression(
        Sort.PERIOD, _YEAR_END,
        "une année : le 31 décembre, le 31 janvier pour son début, le 30 juin pour son milieu",
        _year,
        (("fin 2026", "2026-12-31"), ("fin d'année 2026", "2026-12-31"),
         ("début 2027", "2027-01-31"), ("en 2027", "2027-12-31"), ("fin 26", "2026-12-31")),
        _first_of_year,
    ),
    Expression(
        Sort.UNCLEAR, _HALF_OR_WEEK, "semaine ou semestre ?", _half_year,
        (("S1 2027", "2027-06-30"), ("S2", "2026-12-31")),
    ),
    Expression(
        Sort.PERIOD, _WEEK, "une semaine par son numéro : son dimanche, son mardi pour son "
                            "début", _week,
        (("semaine 48", "2026-11-29"), ("sem. 48", "2026-11-29"), ("S48", "2026-11-29"),
         ("début sem. 48", "2026-11-24"),
         ("semaine 2 de 2027", "2027-01-17")),
        lambda _, end: monday(end),
    ),
    Expression(
        Sort.PERIOD, _FEAST, "un jour qui a un nom : la veille pour « avant »", _feast,
        (("avant Noël", "2026-12-24"), ("à Noël", "2026-12-25"), ("Toussaint", "2026-11-01"),
         ("avant le nouvel an", "2026-12-31"), ("St Sylvestre", "2026-12-31")),
        _first_before,
    ),
    Expression(
        Sort.UNCLEAR, _BARE_MONTH, "un mois et une année, ou un jour et un mois ?", _bare,
        (("11/26", "2026-11-30"),),
    ),
    Expression(
        Sort.UNCLEAR, _BARE_YEAR, "une année seule : quel jour ?", _bare, (("2027", "2027-12-31"),),
    ),
)  # fmt: skip
