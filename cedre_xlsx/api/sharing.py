"""`share`: what a structure says of a year to its network, in a file without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.counting import NOT_OVER
from cedre_xlsx.api.opening import lacks_sentence, not_found, opened_to_count
from cedre_xlsx.method.text import readable

if TYPE_CHECKING:
    from cedre_xlsx.federation.model import Part

EXACT_DAYS = (
    "chaque nombre de jours est dit, pour des médianes exactes : un délai peut être celui d'une "
    "seule personne, que ses proches reconnaîtraient."
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What leaves of a workbook: `path` is the file that was written, None where none was."""

    workbook: str
    part: Part
    path: Path | None = None
    warnings: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The file that leaves."""
        return self.part.to_json()

    def to_text(self) -> str:
        """Every number of it, as a person reads it before it leaves."""
        from cedre_xlsx.federation.text import part_text

        return part_text(self.part)

    @property
    def sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The numbers of the part by subject: what each is called, and its lines."""
        from cedre_xlsx.federation.text import part_sections

        return tuple(
            (title, tuple(line.strip() for line in lines))
            for title, lines in part_sections(self.part)
        )


@checked
@without_collection
def share(
    path: Path | str,
    *,
    year: int,
    output: Path | str | None = None,
    on: date | None = None,
    with_sensitive: bool = False,
    exact_days: bool = False,
    force: bool = False,
) -> Shared:
    """The figures of a year for one's network; with `output`, written there. The workbook is only
    read.

    Small numbers are protected as `stats` does with `public`. `exact_days` tells the days behind
    the medians one by one. Raises CedreError where the workbook says nothing of the year or of
    who the structure is, and where `output` is there already, unless `force` and
    it holds shared figures.
    """
    path, day = Path(path), on or date.today()
    if output is not None:
        _refuse(Path(output), force=force)
    reading = opened_to_count(path, day)
    from cedre_xlsx.federation.protecting import shared_part

    part = shared_part(
        reading.records, year, on=day, problems=reading.problems,
        with_sensitive=with_sensitive, exact_days=exact_days,
    )  # fmt: skip
    warnings = (
        lacks_sentence(not_found(reading.records)),
        NOT_OVER if year >= day.year else "",
        EXACT_DAYS if exact_days else "",
    )
    written = None if output is None else _written(part, Path(output), force=force)
    return Shared(readable(path.name), part, written, tuple(filter(None, warnings)))


def _refuse(output: Path, *, force: bool) -> None:
    """Raise CedreError, before any work, where the file may not be written: over another than
    shared figures it never is.
    """
    from cedre_xlsx.federation.kinds import SHARED_FIGURES, is_part, refuse_over_others
    from cedre_xlsx.files.replace import already_there, ensure_may_be_written

    ensure_may_be_written(output)
    refuse_over_others(output, is_ours=is_part(output), what=SHARED_FIGURES)
    if output.exists() and not force:
        raise already_there(output)


def _written(part: Part, output: Path, *, force: bool) -> Path:
    from cedre_xlsx.files.replace import write_new

    write_new(output, part.to_json().encode(), overwrite=force)
    return output
