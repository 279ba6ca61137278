"""What is counted of each file of a consolidation: functions that go to other processes by name."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from pydantic import TypeAdapter

from cedre_xlsx.api.opening import refuse_others, refuse_uncountable
from cedre_xlsx.federation.antenna import Antenna, antenna_of
from cedre_xlsx.federation.counting import findings_by_rule
from cedre_xlsx.federation.job import Task
from cedre_xlsx.federation.kinds import A_CONSOLIDATION, is_consolidation
from cedre_xlsx.federation.model import Part
from cedre_xlsx.federation.reading import MOST_BYTES, part_from
from cedre_xlsx.files.protection import clear_bytes, digest_on_disk
from cedre_xlsx.method.text import readable
from cedre_xlsx.reports.statistics.values import Indicator
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.system_errors import system_words
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.formats import stored_bytes
from cedre_xlsx.workbook.read.source import raw_workbook

H = TypeVar("H", bound=Hashable)
#: Parts that go to a process at a time, and that one is worth starting for: what takes long is
#: adding them, which is done here.
_PARTS_AT_A_TIME, _PARTS_WORTH = 32, 20_000


@dataclass(frozen=True)
class CountedWorkbook:
    """What one workbook gives: its figures and people, and what is said of the file."""

    antenna: Antenna
    structure: str
    version: str
    lines: int
    quality: Mapping[str, int]


_WORKBOOK = TypeAdapter(CountedWorkbook)


def workbook_task(
    years: tuple[int, ...], on: date, *, public: bool = False
) -> Task[CountedWorkbook]:
    """The figures of these years of a workbook, which is read once, as counted at `on`; for a
    publication, `public`, those of the years before too.
    """
    return Task(
        read=stored_bytes,
        work=partial(counted_workbook, years=years, on=on, public=public),
        dump=_WORKBOOK.dump_json,
        load=_WORKBOOK.validate_json,
        key=f"workbook {years} {on} {public}",
    )


def counted_workbook(
    data: bytes, path: Path, *, years: tuple[int, ...], on: date, public: bool
) -> CountedWorkbook:
    """What a workbook gives, of its bytes as they lie on the disk.

    Raises CedreError for one that cannot be read, or is none of ours. What lies beside it is not
    looked at: it may not be there.
    """
    clear = clear_bytes(data, path)
    if is_consolidation(clear):
        raise CedreError(f"{path} : {A_CONSOLIDATION}")
    reading = read_raw(raw_workbook(clear, path), on=on, sha256=digest_on_disk(clear))
    refuse_others(path, reading)
    refuse_uncountable(path, reading)
    records = reading.records
    return CountedWorkbook(
        antenna=antenna_of(records, years, on=on, public=public),
        structure=" ".join(readable(records.settings.structure).split()),
        version=records.template_version,
        lines=sum(len(table.rows) for table in data_tables(records)),
        quality=findings_by_rule(records, reading.problems, on),
    )


def lean(one: CountedWorkbook, met: dict[object, Any]) -> CountedWorkbook:
    """A count that holds what others hold already, where that is equal: hundreds are kept together.

    `met` is what was met so far.
    """
    antenna = one.antenna
    people = tuple(
        replace(who, years=_met(who.years, met), passes=_met(who.passes, met))
        for who in antenna.people
    )
    years = {
        year: replace(figures, indicators=tuple(_said_once(f) for f in figures.indicators))
        for year, figures in antenna.years.items()
    }
    return replace(one, antenna=replace(antenna, people=people, years=years))


def _met(value: H, met: dict[object, Any]) -> H:
    found: H = met.setdefault(value, value)
    return found


def _said_once(figure: Indicator) -> Indicator:
    return replace(figure, label=intern(figure.label), definition=intern(figure.definition))


def part_task() -> Task[Part]:
    """The part that a file holds."""
    return Task(
        read=_part_bytes,
        work=_part,
        dump=_dumped,
        load=partial(part_from, name="reprise"),
        key="part",
        batch=_PARTS_AT_A_TIME,
        worth=_PARTS_WORTH,
    )


def _part(data: bytes, path: Path) -> Part:
    return part_from(data, readable(path.name))


def _dumped(part: Part) -> bytes:
    return part.model_dump_json().encode()


def _part_bytes(path: Path) -> bytes:
    """No more of a file than shows that it is too large for a part."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CedreError(
            f"{path} : ce fichier ne peut pas être lu ({system_words(error)})."
        ) from None
