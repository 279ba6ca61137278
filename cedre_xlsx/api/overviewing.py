"""`overview`: a year's figures as they are read, with the years before, their charts and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.counting import NOT_OVER, is_early
from cedre_xlsx.api.opening import lacks_sentence, not_found, opened_to_count
from cedre_xlsx.method.text import readable

if TYPE_CHECKING:
    from cedre_xlsx.reports.statistics.overview import Overview


@dataclass(frozen=True, slots=True)
class YearShown:
    """The figures of a year in texts, and where they come from."""

    workbook: str
    on: date
    structure: str
    shown: Overview
    warnings: tuple[str, ...] = ()


@checked
@without_collection
def overview(
    path: Path | str,
    *,
    year: int | None = None,
    on: date | None = None,
    public: bool = False,
    with_sensitive: bool = False,
) -> YearShown:
    """What the sheet `Statistiques AAAA` shows of a year of a workbook, which is only read: that of
    `on` by default.

    `public` and `with_sensitive` are as in `stats`; each of the years before is then as its own
    publication has it.
    """
    path, day = Path(path), on or date.today()
    records = opened_to_count(path, day).records
    from cedre_xlsx.reports.statistics.overview import counted_years, overview_of

    wanted = day.year if year is None else year
    years = counted_years(records, wanted, on=day, public=public, with_sensitive=with_sensitive)
    early = NOT_OVER if is_early(years[-1], day) else ""
    return YearShown(
        workbook=readable(path.name),
        on=day,
        structure=readable(records.settings.structure),
        shown=overview_of(years, records, day),
        warnings=tuple(filter(None, [lacks_sentence(not_found(records)), early])),
    )
