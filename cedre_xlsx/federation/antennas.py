"""The antennas of an association as one: totals, what each says, who is in several of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cedre_xlsx.federation.antenna import Antenna
from cedre_xlsx.federation.consolidation import (
    ConsolidatedYear,
    Consolidation,
    ConsolidationSort,
    Doubt,
    Failure,
    Seen,
    Shared,
    SourceFile,
)
from cedre_xlsx.federation.once import Once, once, said_again, said_once
from cedre_xlsx.federation.people import Group, Matched, matched
from cedre_xlsx.federation.settings import differing
from cedre_xlsx.federation.sums import added
from cedre_xlsx.method.french import listed
from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.shown import shown_label


def of_antennas(
    antennas: Sequence[tuple[SourceFile, Antenna]],
    *,
    title: str,
    on: date,
    version: str,
    failures: Sequence[Failure] = (),
    years: Sequence[int] | None = None,
    public: bool = False,
    with_sensitive: bool = False,
) -> Consolidation:
    """The workbooks of one association, each with its column, for some years or all that there are.

    It names people, unless it is `public`: then all years that were counted are taken to be
    published, those that are not asked for too.
    """
    sources = tuple(source for source, _ in antennas)
    those = [antenna for _, antenna in antennas]
    names = [source.name for source in sources]
    found = matched([antenna.people for antenna in those])
    every = sorted({year for antenna in those for year in antenna.years})
    shown = every if years is None else [year for year in every if year in years]
    corrected = {year: once(year, those, found.same) for year in every}
    made = {year: _year(year, those, corrected[year]) for year in every}
    if public:
        made = _published(made, those, found, with_sensitive=with_sensitive)
        found, corrected = Matched(), {}
    return Consolidation(
        sort=ConsolidationSort.ANTENNAS,
        title=title,
        on=on,
        version=version,
        sources=sources,
        years=tuple(made[year] for year in shown),
        shared=tuple(_shared(found, names, those, corrected)),
        doubts=tuple(Doubt(tuple(_seen(one, names, those)), f"{one.why}.") for one in found.doubts),
        failures=tuple(failures),
        differing=differing(names, [antenna.settings for antenna in those]),
        warnings=tuple(_lacking(names, those, shown)),
        public=public,
    )


def _published(
    years: Mapping[int, ConsolidatedYear],
    antennas: Sequence[Antenna],
    found: Matched,
    *,
    with_sensitive: bool,
) -> dict[int, ConsolidatedYear]:
    from cedre_xlsx.federation.publication import published

    totals = [one.total for one in years.values()]
    series = published(totals, antennas, found.same, with_sensitive=with_sensitive)
    return {
        year: replace(one, total=total, columns=tuple(series.masked_columns(year)))
        for (year, one), total in zip(years.items(), series.published, strict=True)
    }


def _year(year: int, antennas: Sequence[Antenna], corrected: Once) -> ConsolidatedYear:
    there = [antenna.years.get(year) for antenna in antennas]
    told = [one for one in there if one is not None]
    columns = tuple(None if one is None or one.is_silent else one.statistics for one in there)
    return ConsolidatedYear(
        year=year,
        total=added(year, told, corrected.correction),
        columns=columns,
        structures=sum(column is not None for column in columns),
    )


def _shared(
    found: Matched,
    names: Sequence[str],
    antennas: Sequence[Antenna],
    corrected: Mapping[int, Once],
) -> Iterator[Shared]:
    for group in found.same:
        yield Shared(
            people=tuple(_seen(group, names, antennas)),
            why=f"{group.why[0].upper()}{group.why[1:]}.",
            counted=_by_year(
                {year: said_once(one.counted.get(group, frozenset()))
                 for year, one in corrected.items()}
            ),
            again=_by_year(
                {year: said_again(one.again.get(group, frozenset()))
                 for year, one in corrected.items()}
            ),
        )  # fmt: skip


def _by_year(said: Mapping[int, Sequence[str]]) -> tuple[str, ...]:
    """In what someone counts once, year by year."""
    return tuple(f"{', '.join(texts)} {year}" for year, texts in said.items() if texts)


def _seen(group: Group, names: Sequence[str], antennas: Sequence[Antenna]) -> Iterator[Seen]:
    for antenna, index in group.people:
        one = antennas[antenna].people[index]
        yield Seen(names[antenna], one.name, one.birth_year)


def _lacking(
    names: Sequence[str], antennas: Sequence[Antenna], years: Sequence[int]
) -> Iterator[str]:
    """What antennas do not tell: a year, who counts in a closed one, figures of a pack."""
    for year in years:
        there = [
            (name, one)
            for name, antenna in zip(names, antennas, strict=True)
            if (one := antenna.years.get(year)) is not None
        ]
        for name, one in there:
            if one.is_silent:
                yield f"{year}, {name} : {one.note}"
        closed = [name for name, one in there if not one.is_silent and not one.has_lines]
        if closed:
            yield (
                f"{year} : {listed(closed)} n'a plus les lignes de l'année ; qui y est aussi suivi "
                "ailleurs compte dans chaque antenne, et les médianes du total ne sont pas données."
            )
    yield from _lacking_figures(names, antennas, years)


def _lacking_figures(
    names: Sequence[str], antennas: Sequence[Antenna], years: Sequence[int]
) -> Iterator[str]:
    """The figures of the last year that some antennas have and others have not."""
    there = [
        (name, {one.id: one for one in found.indicators})
        for name, antenna in zip(names, antennas, strict=True)
        if years and (found := antenna.years.get(years[-1])) is not None and not found.is_silent
    ]
    told = dict.fromkeys(identifier for _, own in there for identifier in own)
    by_lack: dict[tuple[str, ...], list[str]] = {}
    for identifier in told:
        without = tuple(name for name, own in there if identifier not in own)
        if without and "." not in identifier:
            by_lack.setdefault(without, []).append(shown_label(definition_of(identifier).label))
    for without, labels in by_lack.items():
        yield (
            f"{listed([*labels])} : le total est celui des antennes qui le comptent "
            f"({listed([*without])} : non, colonne ou réglage absent)."
        )
