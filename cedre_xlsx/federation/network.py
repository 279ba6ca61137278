"""What the structures of a network say together, as the workbook of a consolidation shows it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from cedre_xlsx.federation.consolidation import (
    ConsolidatedYear,
    Consolidation,
    ConsolidationSort,
    Failure,
    NetworkStanding,
    SourceFile,
)
from cedre_xlsx.federation.model import Amount, Between
from cedre_xlsx.federation.standing import own_place, standing
from cedre_xlsx.federation.united import United, UnitedFigure, UnitedTable
from cedre_xlsx.method.text import word_key
from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Indicator, Line, Number
from cedre_xlsx.schema.errors import CedreError

_PARTS = ("value", "numerator", "denominator", "unknown")


def of_network(
    years: Mapping[int, United],
    *,
    title: str,
    on: date,
    version: str,
    sources: Sequence[SourceFile] = (),
    own: str = "",
    failures: Sequence[Failure] = (),
    warnings: Sequence[str] = (),
) -> Consolidation:
    """The parts of a network, year by year; none of its structures has a column.

    `own` is the reader's structure, by its name or its SIRET, whose place is then told. Raises
    CedreError where no year has it.
    """
    names = {
        counted.structure.identity: counted.structure.name
        for year in sorted(years)
        for counted in years[year].structures
    }
    identity = _own(own, names)
    seen: set[str] = set()
    made = []
    for year in sorted(years):
        there = {counted.structure.identity for counted in years[year].structures}
        seen |= there
        missing = sorted(names[one] for one in seen - there)
        made.append(_year(years[year], missing, identity, names))
    return Consolidation(
        sort=ConsolidationSort.NETWORK,
        title=title,
        on=on,
        version=version,
        sources=tuple(sources),
        years=tuple(made),
        failures=tuple(failures),
        warnings=tuple(warnings),
        public=all(united.public for united in years.values()),
    )


def _own(typed: str, names: Mapping[str, str]) -> str:
    """The identity of the reader's structure."""
    if not typed:
        return ""
    for identity, name in names.items():
        if typed == identity or word_key(typed) == word_key(name):
            return identity
    raise CedreError(
        f"« {typed} » n'est le nom ni le n° SIRET d'aucune structure de ces fichiers ; vérifiez "
        "--own."
    )


def _year(
    united: United, missing: Sequence[str], own: str, names: Mapping[str, str]
) -> ConsolidatedYear:
    is_there = any(one.structure.identity == own for one in united.structures)
    return ConsolidatedYear(
        year=united.year,
        total=_statistics(united),
        structures=len(united.structures),
        missing=tuple(missing),
        late=tuple(one.structure.name for one in united.structures if one.is_early),
        standings={
            figure.id: told
            for figure in united.figures
            if (told := _standing(figure, own)) is not None
        },
        own=names[own] if own and is_there else "",
    )


def _standing(figure: UnitedFigure, own: str) -> NetworkStanding | None:
    told = standing(figure)
    if told is None:
        return None
    place = own_place(figure, own) if own else None
    return NetworkStanding(
        structures=told.structures,
        low=told.first_quartile,
        median=told.median,
        high=told.third_quartile,
        own=None if place is None else place.value,
        rank=None if place is None else place.above + 1,
    )


def _statistics(united: United) -> Statistics:
    """The figures of all, ranges as the classes of a publication."""
    classes: dict[tuple[str, int | None, str], tuple[float, float]] = {}
    hidden = 0
    for figure in united.figures:
        for part in _PARTS:
            hidden += _classed(classes, (figure.id, None, part), getattr(figure, part))
    for table in united.tables:
        for index, line in enumerate(table.lines):
            for column, amount in line.cells.items():
                hidden += _classed(classes, (table.name, index, column), amount)
    return Statistics(
        year=united.year,
        indicators=tuple(map(_indicator, united.figures)),
        tables={table.name: _lines(table) for table in united.tables},
        hidden=hidden if united.public else None,
        classes=classes,
    )


def _classed(
    classes: dict[tuple[str, int | None, str], tuple[float, float]],
    key: tuple[str, int | None, str],
    amount: Amount,
) -> bool:
    """Note the range of a number that has one; whether nothing is known of it."""
    if not isinstance(amount, Between):
        return False
    if amount.most is None and not amount.least:
        return True
    classes[key] = (amount.least, math.inf if amount.most is None else amount.most)
    return False


def _indicator(figure: UnitedFigure) -> Indicator:
    unknown = _exact(figure.unknown)
    return Indicator(
        id=figure.id,
        label=figure.label,
        value=_exact(figure.value),
        numerator=_exact(figure.numerator),
        denominator=_exact(figure.denominator),
        unknown=None if unknown is None else int(unknown),
        definition=definition_of(figure.id).whole,
    )


def _lines(table: UnitedTable) -> tuple[Line[Number], ...]:
    return tuple(
        Line(line.labels, {column: _exact(one) for column, one in line.cells.items()},
             line.is_total)
        for line in table.lines
    )  # fmt: skip


def _exact(amount: Amount) -> Number:
    return None if isinstance(amount, Between) else amount
