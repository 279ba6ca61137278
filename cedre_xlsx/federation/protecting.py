"""The part that leaves a structure: protected as a publication is, bins and findings too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from cedre_xlsx._version import __version__
from cedre_xlsx.federation.amounts import bounds, is_exact
from cedre_xlsx.federation.counting import findings_by_rule, structure_of
from cedre_xlsx.federation.model import Amount, Between, Bin, Figure, Part, TableLine
from cedre_xlsx.federation.protected_bins import DAYS, WEEKS, Known, protected_bins
from cedre_xlsx.federation.telling import told
from cedre_xlsx.federation.words import definitions_digest, unit_of
from cedre_xlsx.reports.statistics.compute import counter
from cedre_xlsx.reports.statistics.definitions import Unit
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.owed_tables import WEEKS as BANDS
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Problem
from cedre_xlsx.schema.records import Records

_IN_TIME, _FIRST_PROPOSAL = "first_proposal_on_time_rate", "first_proposal_days_median"
_WEEKS_WORKED = "weeks_worked_median"
#: Where the classes of findings begin, above the threshold.
_SIZES = tuple(
    step * 10**power for power in range(9) for step in (1, 2, 5)
)  # 1, 2, 5, 10, 20, 50, 100…


def shared_part(
    records: Records,
    year: int,
    *,
    on: date,
    problems: Sequence[Problem] | None = None,
    with_sensitive: bool = False,
    exact_days: bool = False,
) -> Part:
    """What may leave of one year of a workbook.

    What a publication hides is hidden here, and what it gives by a class is given by it. With the
    `problems` of the reading, findings are given by their order of size. `exact_days` tells the
    cases of medians day by day, for exact medians: a delay may then be that of one person.

    Raises CedreError where the workbook says nothing of the year, or Paramètres no structure.
    """
    settings = records.settings
    if not settings.structure.strip():
        raise CedreError(
            "Paramètres ne dit pas le nom de la structure, sans lequel ses chiffres ne peuvent "
            "être ajoutés à d'autres : écrivez-le, puis recommencez."
        )
    published = publish(records, year, on=on, with_sensitive=with_sensitive)
    if published.is_silent:
        raise CedreError(f"{published.note} Rien n'est donc à envoyer.")
    said = told(published, settings)
    private = counter(records, on)(year)
    threshold = settings.publication_threshold
    least_bin = 0 if exact_days else threshold
    found = {} if problems is None else findings_by_rule(records, problems, on)
    return Part(
        definitions=definitions_digest(),
        tool_version=__version__,
        structure=structure_of(settings),
        year=year,
        counted_on=on,
        public=True,
        threshold=threshold,
        with_sensitive=with_sensitive,
        figures=said.figures,
        histograms=_histograms(
            private, said.figures, said.tables, (threshold, least_bin, settings.proposal_days)
        ),
        tables=said.tables,
        quality={code: size_of(count, threshold) for code, count in found.items()},
        left_out=said.left_out,
    )


def _histograms(
    private: Statistics,
    figures: Mapping[str, Figure],
    tables: Mapping[str, Sequence[TableLine]],
    limits: tuple[int, int, int],
) -> dict[str, tuple[Bin, ...]]:
    """The cases of the medians whose number is published, as far as they may be told.

    `limits` are the threshold, how many cases a bin holds at least, and the days within which a
    first proposal is in time.
    """
    if private.private is None:  # the lines are in a workbook of before
        return {}
    threshold, least_bin, in_time = limits
    found: dict[str, tuple[Bin, ...]] = {}
    for identifier, figure in private.private.figures.items():
        one = figures.get(identifier)
        amounts = figure.counted.amounts
        if one is None or amounts is None or not unit_of(identifier).is_median:
            continue
        cases = len(amounts)
        if not is_exact(one.denominator) or cases < threshold:
            continue
        known: list[Known] = []
        if identifier == _FIRST_PROPOSAL:
            known = [_known(in_time, [figures[_IN_TIME].numerator], (), cases)]
        elif identifier == _WEEKS_WORKED:
            known = _known_weeks(tables.get("weeks", ()), cases)
        counts = Counter(int(one) for one in amounts)
        scale = WEEKS if unit_of(identifier) is Unit.WEEKS else DAYS
        found[identifier] = protected_bins(counts, least_bin, known, scale)
    return found


def _known_weeks(lines: Sequence[TableLine], cases: int) -> list[Known]:
    """What the table of weeks says of how many worked so many weeks at most."""
    said = {line.labels["Semaines"]: line.cells["Personnes"] for line in lines}
    bands = [said.get(label, Between(least=0, most=None)) for _, label in BANDS]
    return [
        _known(most, bands[: place + 1], bands[place + 1 :], cases)
        for place, (most, _) in enumerate(BANDS)
    ]


def _known(up_to: int, within: Sequence[Amount], beyond: Sequence[Amount], cases: int) -> Known:
    """What is published of how many cases are up to a number: from those within it, and those
    beyond it.
    """
    least = sum(int(bounds(one)[0]) for one in within)
    most = _most(within, cases)
    if beyond:
        least = max(least, cases - _most(beyond, cases))
        most = min(most, cases - sum(int(bounds(one)[0]) for one in beyond))
    return Known(up_to, least, most)


def _most(amounts: Sequence[Amount], cases: int) -> int:
    highs = [bounds(one)[1] for one in amounts]
    return min(cases, sum(cases if high is None else int(high) for high in highs))


def size_of(count: int, threshold: int) -> Amount:
    """A number of findings by its order of size: under the threshold, to 9, 10 to 19, 20 to 49…

    An exact one, set beside a number that is hidden, such as exits without a category, might give
    it back.
    """
    if count < threshold:
        return Between(least=1, most=threshold - 1)
    starts = [threshold, *(size for size in _SIZES if size > threshold)]
    low, high = (
        max(one for one in starts if one <= count),
        min(one for one in starts if one > count),
    )
    return Between(least=low, most=high - 1)
