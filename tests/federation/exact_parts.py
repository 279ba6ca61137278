"""Parts with the exact figures of a workbook: the measure of protected ones and of their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cedre_xlsx._version import __version__
from cedre_xlsx.federation.counting import findings_by_rule, structure_of
from cedre_xlsx.federation.model import Bin, Part, Structure
from cedre_xlsx.federation.reading import part_from
from cedre_xlsx.federation.telling import told
from cedre_xlsx.federation.words import definitions_digest, figure_labels, unit_of
from cedre_xlsx.reports.statistics.compute import counter
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.schema.findings import Problem
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings


def parts_of(
    records: Records,
    years: Sequence[int],
    *,
    on: date,
    problems: Sequence[Problem] | None = None,
    structure: Structure | None = None,
) -> tuple[Part, ...]:
    """The exact figures of some years of one workbook, whose records are laid out once.

    With the `problems` of its reading, the findings are counted too. `structure` is who it is,
    where it is not who Paramètres says: an antenna by the name of its file, say.
    """
    count = counter(records, on)
    quality = {} if problems is None else findings_by_rule(records, problems, on)
    who = structure or structure_of(records.settings)
    return tuple(_part(count(year), records.settings, on, who, quality) for year in years)


def _part(
    statistics: Statistics,
    settings: Settings,
    on: date,
    structure: Structure,
    quality: dict[str, int],
) -> Part:
    said = told(statistics, settings)
    return Part(
        definitions=definitions_digest(),
        tool_version=__version__,
        structure=structure,
        year=statistics.year,
        counted_on=on,
        public=False,
        figures=said.figures,
        histograms=exact_histograms(statistics),
        tables=said.tables,
        quality=dict(quality),
        left_out=said.left_out,
    )


def exact_histograms(statistics: Statistics) -> dict[str, tuple[Bin, ...]]:
    """The cases of each median, one bin a number of days or weeks; none of a year whose lines are
    in a workbook of before.
    """
    if statistics.private is None or statistics.is_silent:
        return {}
    found: dict[str, tuple[Bin, ...]] = {}
    for identifier, figure in statistics.private.figures.items():
        if identifier not in figure_labels() or not unit_of(identifier).is_median:
            continue
        amounts = figure.counted.amounts
        counts = Counter(int(one) for one in (() if amounts is None else amounts))
        found[identifier] = tuple(
            Bin(least=value, most=value, count=count) for value, count in sorted(counts.items())
        )
    return found


def read_back(part: Part) -> Part:
    """An exact part as a file would give it, were its small numbers protected."""
    sent = part.model_copy(update={"public": True, "threshold": 5}).to_json()
    read = part_from(sent.encode(), "part.json")
    return read.model_copy(update={"public": part.public, "threshold": part.threshold})
