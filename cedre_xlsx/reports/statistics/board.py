"""The board's page: the ten figures that a report opens with, three years, what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import counted, day
from cedre_xlsx.reports.statistics.definitions import Unit
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.shown import class_text, shown_unit, shown_value
from cedre_xlsx.schema.settings import Settings

#: How many years stand side by side, the last one included.
YEARS = 3
#: What the page is called, and what its last words are under.
BOARD_TITLE, UNKNOWN_TITLE = "L'essentiel", "Ce que ces chiffres ne disent pas"


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the board's page, in words that a board member knows.

    `unknown` and `unknowns` say what its unknowns are, of one and of several; "" where another
    figure of the page says it. One that `is_base` is what those above it divide by.
    """

    id: str
    label: str
    unknown: str = ""
    unknowns: str = ""
    is_base: bool = False


HEADLINES: tuple[Headline, ...] = (
    Headline("active", "Personnes accompagnées dans l'année"),
    Headline(
        "entries", "Entrées : nouvelles inscriptions",
        "inscription sans date lisible, ou à venir", "inscriptions sans date lisible, ou à venir",
    ),
    Headline(
        "exits", "Sorties : fins de parcours",
        "sortie sans date lisible, ou à venir", "sorties sans date lisible, ou à venir",
    ),
    Headline(
        "dynamic_exit_rate", "Sorties dynamiques (emploi, formation…)",
        "sortie sans catégorie (comptée comme non dynamique)",
        "sorties sans catégorie (comptées comme non dynamiques)",
    ),
    Headline("durable_exit_rate", "dont sorties en emploi durable"),
    Headline("exits_countable", "sur ce nombre de sorties comptées", is_base=True),
    Headline(
        "engagements_signed", "Engagements réciproques conclus",
        "engagement sans date lisible, ou à venir", "engagements sans date lisible, ou à venir",
    ),
    Headline(
        "engagements_reviewed", "Engagements évalués (bilan fait)",
        "évaluation sans date lisible, ou à venir", "évaluations sans date lisible, ou à venir",
    ),
    Headline(
        "minutes", "Heures d'accompagnement notées",
        "action sans temps noté (les heures d'accompagnement sont un minimum)",
        "actions sans temps noté (les heures d'accompagnement sont un minimum)",
    ),
    Headline(
        "mission_hours", "Heures de travail en mission",
        "mission salariée sans heures notées (heures de travail et ETP sont un minimum)",
        "missions salariées sans heures notées (heures de travail et ETP sont un minimum)",
    ),
    Headline("etp", "Équivalents temps plein (ETP)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One figure over the years: None where a year has none, or does not say it exactly.

    A rate and its `target` go from 0 to 1; minutes are hours. `classes` are what a publication says
    instead, in French; "" where it says the number, or nothing.
    """

    headline: Headline
    unit: Unit
    values: tuple[float | None, ...]
    classes: tuple[str, ...]
    target: float | None = None


@dataclass(frozen=True, slots=True)
class BoardChart:
    """Some lines of the page, neighbours, as bars: a group a line, a bar a year."""

    title: str
    ids: tuple[str, ...]

    @property
    def is_of_rates(self) -> bool:
        """Whether its bars are shares."""
        return shown_unit(self.ids[0]) is Unit.RATE


CHARTS: tuple[BoardChart, ...] = (
    BoardChart("Personnes accompagnées, entrées et sorties", ("active", "entries", "exits")),
    BoardChart(
        "Sorties dynamiques, et en emploi durable", ("dynamic_exit_rate", "durable_exit_rate")
    ),
    BoardChart(
        "Engagements réciproques conclus et évalués", ("engagements_signed", "engagements_reviewed")
    ),
)


@dataclass(frozen=True, slots=True)
class Board:
    """The page of the last of its `years`; `unknown` is the sentence on what is not known."""

    years: tuple[int, ...]
    lines: tuple[BoardLine, ...]
    unknown: str

    def charted(self, chart: BoardChart) -> tuple[BoardLine, ...]:
        """The lines that a chart shows."""
        return tuple(line for line in self.lines if line.headline.id in chart.ids)


def board_of(years: Sequence[Statistics], settings: Settings, on: date) -> Board:
    """The page of the last of these years, as counted `on` that day."""
    return Board(
        years=tuple(one.year for one in years),
        lines=tuple(_line(headline, years, settings) for headline in HEADLINES),
        unknown=unknown_sentence(years[-1], on),
    )


def _line(headline: Headline, years: Sequence[Statistics], settings: Settings) -> BoardLine:
    return BoardLine(
        headline,
        shown_unit(headline.id),
        tuple(shown_value(year.indicator(headline.id)) for year in years),
        tuple(class_text(year, headline.id, None, "value") for year in years),
        target_of(headline.id, settings),
    )


def target_of(identifier: str, settings: Settings) -> float | None:
    """The target of a rate in Paramètres, from 0 to 1; None for a figure that has none."""
    targets = {
        "dynamic_exit_rate": settings.dynamic_target,
        "durable_exit_rate": settings.durable_target,
    }
    target = targets.get(identifier)
    return None if target is None else target / 100


def unknown_sentence(year: Statistics, on: date) -> str:
    """What is not known behind the page's figures of a year, in sentences."""
    if year.is_silent:
        return year.note
    told = list(_unknowns(year))
    sentences = [year.note] if year.note else []
    if year.year == on.year:
        sentences.append(f"L'année {year.year} est comptée jusqu'au {day(on)}.")
    if told:
        sentences.append(f"Ce qui manque : {' ; '.join(told)}.")
    elif year.hidden is None and not year.note:  # a publication may hide them
        sentences.append("Rien ne manque à ces chiffres : aucun inconnu.")
    if year.indicator("etp").value is None and year.indicator("mission_hours").value:
        sentences.append("Sans base annuelle d'heures dans Paramètres, pas d'ETP.")
    return " ".join(sentences)


def _unknowns(year: Statistics) -> Iterator[str]:
    for headline in HEADLINES:
        count = year.indicator(headline.id).unknown
        if headline.unknown and count:
            yield counted(count, headline.unknown, headline.unknowns)
