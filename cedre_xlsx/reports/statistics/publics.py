"""The State's lines on the people who worked in the year (its yearly extraction)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cedre_xlsx.method.text import fold
from cedre_xlsx.method.vocabulary import ExitCategory, Title
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID
from cedre_xlsx.reports.statistics.selection import Selection, Source
from cedre_xlsx.reports.statistics.values import Line
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.people import PersonRow

_CAP = ("Formation de niveau CAP ou BEP", "Diplôme obtenu CAP ou BEP")
_BELOW_CAP = "Pas de formation au-delà de la scolarité obligatoire"
_NOT_CERTIFYING = "Qualifications non certifiantes"
_YOUNG, _SENIOR = 26, 50  # years of age


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its label, the field that it needs, and whom it counts in which year."""

    label: str
    field: str
    counts: Callable[[PersonRow, int], bool]


_LINES: tuple[_Line, ...] = (
    _Line("dont hommes", "title", lambda row, year: row.title is Title.MR),
    _Line("dont femmes", "title", lambda row, year: row.title is Title.MRS),
    _Line("dont bénéficiaires du RSA", "rsa", lambda row, year: fold(row.rsa) != "non"),
    _Line("dont bénéficiaires de l'ASS", "ass", lambda row, year: row.ass is True),
    _Line("dont bénéficiaires de l'AAH", "aah", lambda row, year: row.aah is True),
    _Line("dont personnes reconnues RQTH", "rqth", lambda row, year: row.rqth is True),
    _Line("dont résidants en ZRR", "zrr", lambda row, year: row.zrr is True),
    _Line("dont résidants en QPV", "qpv", lambda row, year: row.qpv is True),
    _Line("dont moins de 26 ans", "birth_year", lambda row, year: _age(row, year) < _YOUNG),
    _Line("dont 50 ans et plus", "birth_year", lambda row, year: _age(row, year) >= _SENIOR),
    _Line(
        "dont inscrits à France Travail depuis 12 à 23 mois", "unemployment",
        lambda row, year: row.unemployment == "De 12 à 23 mois",
    ),
    _Line(
        "dont inscrits à France Travail depuis 24 mois et plus", "unemployment",
        lambda row, year: row.unemployment == "24 mois et plus",
    ),
    _Line("dont niveau CAP-BEP", "education", lambda row, year: row.education in _CAP),
    _Line("dont inférieur au CAP", "education", lambda row, year: row.education == _BELOW_CAP),
    _Line(
        "dont qualifications non certifiantes", "education",
        lambda row, year: row.education == _NOT_CERTIFYING,
    ),
)  # fmt: skip


#: The field of Personnes that each line needs, by its label.
LINES: Mapping[str, str] = {line.label: line.field for line in _LINES}
#: The first line.
WORKERS = "Salariés en insertion ayant travaillé dans l'année"
#: The line of the exits.
EXAMINED = "Total des sorties examinées"
#: The lines under it.
DYNAMIC: Mapping[str, ExitCategory] = {
    "dont en emploi durable": ExitCategory.DURABLE,
    "dont en emploi de transition": ExitCategory.TRANSITION,
    "dont sorties positives": ExitCategory.POSITIVE,
}


def _age(row: PersonRow, year: int) -> int:
    assert row.birth_year is not None, "asked only of those whose year of birth is known"
    return year - row.birth_year


def publics(year: Year) -> tuple[Line[Selection | None], ...]:
    """Each line with its people, and those for whom the column is empty."""
    source, workers = year.sources.people, year.at_work
    rows = year.frames.rows_of(workers)
    made = [_row(WORKERS, source.of(workers), source.at(()))]
    for line in _LINES:
        told = [getattr(row, line.field) not in (None, "") for row in rows]
        counts = [
            known and line.counts(row, year.year) for row, known in zip(rows, told, strict=True)
        ]
        counted = _picked(source, workers, counts) if any(told) else None
        made.append(_row(line.label, counted, _picked(source, workers, [not one for one in told])))
    counted_exits = year.countable
    category = counted_exits["category"]
    everybody = source.of(counted_exits)
    made.append(_row(EXAMINED, everybody, source.of(counted_exits, category == "")))
    for label, one in DYNAMIC.items():
        made.append(_row(label, source.of(counted_exits, category == one.value), source.at(())))
    return tuple(made)


def _picked(source: Source, frame: pd.DataFrame, wanted: Sequence[bool]) -> Selection:
    return source.of(frame, pd.Series(wanted, index=frame.index, dtype=bool))


def _row(label: str, counted: Selection | None, unknown: Selection) -> Line[Selection | None]:
    return Line({"Public": label}, {"Personnes": counted, NOT_SAID: unknown})
