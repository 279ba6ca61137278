"""Some of the repairs that were found, made without the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cedre_xlsx.api.opening import OpenBook, book_of
from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.repair.model import Repair

if TYPE_CHECKING:
    from cedre_xlsx.api.fixing import Repairs
    from cedre_xlsx.workbook.repair.find import Renaming


def chosen_repairs(
    every: Repairs, keys: Sequence[str], book: OpenBook, on: date, renaming: Renaming | None
) -> Repairs:
    """The repairs of these keys; the same as `every` where all are chosen.

    Renaming a person is one choice. What gives back a list, a table or a formula may give back
    what another repair is about: the result is read again, and says so in `brought`. Raises
    CedreError for a key of no repair of this file, and for a repair that is not made alone.
    """
    from cedre_xlsx.workbook.repair.write import repaired

    asked = frozenset(keys)
    _refuse_unknown(every, asked)
    renames = any(one.renames and one.key in asked for one in every.items)
    wanted = [one for one in every.items if one.key in asked or (renames and one.renames)]
    unasked = [one for one in every.items if one.key not in asked]
    if len(wanted) == len(every.items):
        return replace(every, brought=tuple(unasked))
    data, made, left = repaired(book.data, wanted, book.reading.living.records, book.workbook)
    if left:
        raise _not_alone(every, left[0].repair, f" ({left[0].why})")
    again = _found_in(data, every, on, renaming) if made else every.items
    still = {one.key for one in again}
    for one in made:
        if one.key in still:
            raise _not_alone(every, one)
    places = {_place(one) for one in again}
    brought = tuple(one for one in unasked if _place(one) not in places)
    return replace(every, items=made, data=data, brought=brought)


def _refuse_unknown(every: Repairs, keys: frozenset[str]) -> None:
    unknown = len(keys - {one.key for one in every.items})
    if unknown:
        is_not = counted(
            unknown, "réparation choisie n'est plus à faire", "réparations choisies ne sont plus à "
            "faire",
        )  # fmt: skip
        raise CedreError(
            f"{every.path} : {is_not} ; rien n'est écrit. Regardez de nouveau ce qui est à réparer."
        )


def _not_alone(every: Repairs, repair: Repair, why: str = "") -> CedreError:
    return CedreError(
        f"{every.path} : « {repair.place} : {repair.why} » ne se fait pas sans d'autres "
        f"réparations du classeur{why} ; rien n'est écrit. Choisissez-les aussi, ou toutes."
    )


def _found_in(
    data: bytes, every: Repairs, on: date, renaming: Renaming | None
) -> tuple[Repair, ...]:
    """What would still be repaired in the result."""
    from cedre_xlsx.workbook.repair.find import repairs_in

    made = book_of(data, every.path, on)
    return repairs_in(made.workbook, made.reading.living, on, renaming)


def _place(repair: Repair) -> tuple[str, str, str]:
    """Where it is and what the check calls it: what a part of it leaves goes by the same."""
    return repair.sheet, repair.cell, repair.rule if repair.loss or repair.lists else ""
