"""A whole invented association intermédiaire, some years of it, with the faults planted in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from cedre_xlsx.demonstration import content
from cedre_xlsx.demonstration.after_exit import note_what_became
from cedre_xlsx.demonstration.draft import Draft, draft
from cedre_xlsx.demonstration.faults import Planted, plant
from cedre_xlsx.demonstration.pass_holders import note_passes
from cedre_xlsx.demonstration.referents import note_referents
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.packs import AFTER, PASS, REFERENT
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import HEADER_ROW
from cedre_xlsx.workbook.template.filling import FilledRow, Filling


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A fault put there on purpose: the rule that finds it, and the cell it is found on."""

    code: str
    table: str
    row: int  # of the sheet
    heading: str


@dataclass(frozen=True, slots=True)
class Association:
    """What the workbook is made with, and the faults that a check must find in it."""

    filling: Filling
    faults: tuple[PlantedFault, ...]


def association(
    on: date, *, seed: int = 2026, people: int = 60, years: int = 3, clean: bool = False
) -> Association:
    """An association as it stands on a day: the same one for the same arguments.

    `clean` leaves out the faults, and the packs of columns that show some of them; a check on that
    day then finds no error and no warning.
    """
    chance = Random(seed)
    made = draft(chance, on, people, years)
    note_what_became(Random(f"{seed} after"), made)
    packs = frozenset({AFTER})
    planted: tuple[Planted, ...] = ()
    if not clean:
        note_referents(made)
        note_passes(made)
        packs |= {PASS, REFERENT}
        planted = plant(made)
    made.sort()
    faults = tuple(_located(made, fault) for fault in planted)
    return Association(_filling(made, on, years, packs), faults)


def _located(made: Draft, fault: Planted) -> PlantedFault:
    rank = next(i for i, row in enumerate(made.rows[fault.table]) if row is fault.row)
    return PlantedFault(fault.code, fault.table, HEADER_ROW + 1 + rank, fault.heading)


def _filling(made: Draft, on: date, years: int, packs: frozenset[str]) -> Filling:
    settings = Settings(
        structure=content.STRUCTURE,
        kind=StructureKind.AI,
        place=content.PLACE,
        started=date(on.year - years, 1, 1),
        headcount=sum(pathway.exited is None for pathway in made.pathways),
        advisors=content.ADVISORS,
        fte_hours=1607,
        breakdowns=("Orienteur",),
        siret=content.SIRET,
    )
    shown = next(one for one in reversed(made.pathways) if len(one.agreements) > 1)
    rows: dict[str, Sequence[FilledRow]] = dict(made.rows)
    return Filling(
        settings=settings,
        rows=rows,
        person=shown.name.person,
        reference=shown.agreements[-1].reference,
        packs=packs,
    )
