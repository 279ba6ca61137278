"""The State's lines on the people who worked in the year (its yearly extraction)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cedre_xlsx.method.text import fold
from cedre_xlsx.method.vocabulary import ExitCategory, Title
from cedre_xlsx.reports.statistics.model import TableRow
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


def _age(row: PersonRow, year: int) -> int:
    assert row.birth_year is not None, "asked only of those whose year of birth is known"
    return year - row.birth_year


def publics(year: Year) -> tuple[TableRow, ...]:
    """Each line with its count, and for how many people the column is empty."""
    workers = _pathway_of_each(year)
    made: list[TableRow] = [_row(WORKERS, len(workers), 0)]
    for line in _LINES:
        known = [row for row in workers if getattr(row, line.field) not in (None, "")]
        count = sum(line.counts(row, year.year) for row in known)
        made.append(_row(line.label, count if known else None, len(workers) - len(known)))
    counted = year.countable["category"]
    made.append(_row("Total des sorties examinées", len(counted), int((counted == "").sum())))
    for label, category in (
        ("dont en emploi durable", ExitCategory.DURABLE),
        ("dont en emploi de transition", ExitCategory.TRANSITION),
        ("dont sorties positives", ExitCategory.POSITIVE),
    ):
        made.append(_row(label, int((counted == category.value).sum()), 0))
    return tuple(made)


def _pathway_of_each(year: Year) -> Sequence[PersonRow]:
    """The latest pathway of each person who worked, that of the year where there is one."""
    found: dict[str, PersonRow] = {}
    for frame in (year.frames.pathways, year.people):
        for person, row in zip(frame["person"], year.frames.rows_of(frame), strict=True):
            if person in year.workers:
                found[person] = row
    return tuple(found.values())


def _row(label: str, count: int | None, unknown: int) -> TableRow:
    return {"Public": label, "Personnes": count, "Non renseigné": unknown}
