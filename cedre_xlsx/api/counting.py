"""`stats`: a year's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import lacks_sentence, not_found, opened_to_count
from cedre_xlsx.method.text import readable

if TYPE_CHECKING:
    from cedre_xlsx.reports.statistics import Behind, CountedLine, Indicator, Statistics


NOT_OVER = (
    "l'année n'est pas finie. Publiée deux fois, à deux dates, elle laisse deviner de petits "
    "nombres par différence : ne la publier qu'une fois, finie."
)


def is_early(statistics: Statistics, on: date) -> bool:
    """Whether these figures are a publication of a year that is not over."""
    return statistics.hidden is not None and statistics.year >= on.year


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of one year and where they come from.

    `not_found` are the sheets that people fill and that were not found: nothing of them counts.
    """

    workbook: str
    on: date
    statistics: Statistics
    not_found: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before these figures are used."""
        early = NOT_OVER if is_early(self.statistics, self.on) else ""
        return tuple(filter(None, [lacks_sentence(self.not_found), early]))

    def to_json_object(self) -> dict[str, Any]:
        """The object that `--format json` prints, with its origin."""
        return {
            "workbook": self.workbook,
            "date": self.on.isoformat(),
            "tool_version": __version__,
            "public": self.statistics.hidden is not None,
            **self.statistics.to_json_object(),
        }

    def to_text(self) -> str:
        """The figures as a terminal shows them."""
        from cedre_xlsx.reports.statistics.text import render_text

        return render_text(self.statistics, workbook=self.workbook, on=self.on, version=__version__)

    def to_csv(self) -> str:
        """The figures as a table for a spreadsheet."""
        from cedre_xlsx.reports.statistics.text import render_csv

        return render_csv(self.statistics, workbook=self.workbook, on=self.on, version=__version__)

    def who(self, figure: str) -> WhoCounts:
        """Who counts in one figure, named by its id or its French label.

        Raises CedreError when there is no such figure, and for a publication, which names nobody.
        """
        one = self.statistics.indicator(figure)
        return WhoCounts(self, one, self.statistics.who(one.id))


@dataclass(frozen=True, slots=True)
class WhoCounts:
    """The lines of the workbook behind one figure: they name people."""

    figures: YearFigures
    indicator: Indicator
    behind: Behind

    @property
    def sentence(self) -> str:
        """The figure, its year and its value, in the unit of its lines."""
        from cedre_xlsx.reports.statistics.who_text import who_title

        return who_title(self.indicator, self.figures.statistics.year)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know of a list of names, and of its year."""
        from cedre_xlsx.reports.statistics.who_text import PRIVATE

        return tuple(filter(None, [PRIVATE, self.figures.statistics.note]))

    @property
    def parts(self) -> tuple[tuple[str, tuple[CountedLine, ...]], ...]:
        """The lines by part, under what the part is called."""
        from cedre_xlsx.reports.statistics.who_text import parts_of

        return tuple(parts_of(self.behind))

    def to_json_object(self) -> dict[str, Any]:
        """The object that `--format json` prints, with its origin."""
        from cedre_xlsx.reports.statistics.who_text import who_json_object

        return {
            "workbook": self.figures.workbook,
            "date": self.figures.on.isoformat(),
            "tool_version": __version__,
            "year": self.figures.statistics.year,
            **who_json_object(self.indicator, self.behind),
        }

    def to_text(self) -> str:
        """The lines behind a figure as a terminal shows them."""
        from cedre_xlsx.reports.statistics.who_text import render_who_text

        return render_who_text(self.indicator, self.behind, **self._origin)

    def to_csv(self) -> str:
        """The lines behind a figure as a table for a spreadsheet."""
        from cedre_xlsx.reports.statistics.who_text import render_who_csv

        return render_who_csv(self.indicator, self.behind, **self._origin)

    @property
    def _origin(self) -> dict[str, Any]:
        return {
            "year": self.figures.statistics.year,
            "note": self.figures.statistics.note,
            "workbook": self.figures.workbook,
            "on": self.figures.on,
            "version": __version__,
        }


@checked
@without_collection
def stats(
    path: Path | str,
    *,
    year: int | None = None,
    on: date | None = None,
    public: bool = False,
    with_sensitive: bool = False,
) -> YearFigures:
    """Count one year of a workbook, which is only read. The year of `on` by default.

    `public` hides the counts under the threshold of Paramètres, all that would give them back, and
    names; and, but `with_sensitive`, what tells of health or justice.
    """
    path = Path(path)
    day = on or date.today()
    records = opened_to_count(path, day).records
    from cedre_xlsx.reports.statistics import compute

    wanted = day.year if year is None else year
    if public:
        from cedre_xlsx.reports.statistics.public import publish

        found = publish(records, wanted, on=day, with_sensitive=with_sensitive)
    else:
        found = compute(records, wanted, on=day)
    return YearFigures(readable(path.name), day, found, not_found(records))
