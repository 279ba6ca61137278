"""Parts of one's own workbooks: exact figures, which stay with the team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cedre_xlsx._version import __version__
from cedre_xlsx.federation.model import Bin, Part, Structure
from cedre_xlsx.federation.telling import told
from cedre_xlsx.federation.words import definitions_digest, figure_labels, unit_of
from cedre_xlsx.method.text import readable
from cedre_xlsx.reports.statistics.compute import counter
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding, Problem
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings

_SIRET_DIGITS = 14
_LONGEST_NAME = 200


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


def structure_of(settings: Settings, name: str = "") -> Structure:
    """Who Paramètres says that it is; `name` where it has none."""
    digits = "".join(one for one in settings.siret if one.isascii() and one.isdigit())
    typed = " ".join(readable(settings.structure).split()) or name or "Structure sans nom"
    return Structure(
        name=typed[:_LONGEST_NAME],
        siret=digits if len(digits) == _SIRET_DIGITS else None,
        kind=settings.kind.value if settings.kind is not None else None,
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


def findings_by_rule(records: Records, problems: Sequence[Problem], on: date) -> dict[str, int]:
    """How many findings each rule has that nobody justified, at the date of the count."""
    found: Sequence[Finding] = run(records.living, problems, on=on)
    counts = Counter(one.code for one in found if one.waived is None)
    return dict(sorted(counts.items()))
