"""*Réparer*: what can be repaired, ticked, then made; a name carried everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError


@dataclass(frozen=True, slots=True)
class Shown:
    """One repair as the page shows it; without a `cell`, it is of a whole sheet."""

    key: str
    sheet: str
    cell: str
    heading: str
    before: str
    after: str
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Group:
    """The repairs of a sheet: of its cells, and of what is around them."""

    sheet: str
    cells: tuple[Shown, ...]
    around: tuple[Shown, ...]


def show(ask: Ask, says: Says) -> Answer:
    """What could be repaired."""
    says.tell("Lecture du classeur et recherche de ce qui peut être réparé…")
    found = api.find_repairs(ask.book, on=ask.day)
    groups = _groups([_shown(one) for one in found.items])
    return Answer("reparer.html", {"groups": groups, "count": len(found.items),
                                   "left": tuple(map(ask.short, found.left_lines))})  # fmt: skip


def write(ask: Ask, says: Says) -> Answer:
    """Make what was ticked; what it brings with it is shown before, once."""
    keys = ask.texts("reparation")
    if not keys:
        raise CedreError(
            "aucune réparation n'est cochée ; rien n'est écrit. Cochez-en au moins une."
        )
    return _written(ask, says, keys, None)


def preview_rename(ask: Ask, says: Says) -> Answer:
    """Where the old name stands, and what would stand there."""
    rename = _names(ask)
    says.tell(f"Recherche de « {rename[0]} » dans le classeur…")
    found = api.find_repairs(ask.book, on=ask.day, rename=rename)
    ours = [_shown(one) for one in found.items if one.renames]
    left = tuple(one.line for one in found.left if one.repair.renames)
    return Answer("reparer_nom.html", {"rename": rename, "groups": _groups(ours),
                                       "count": len(ours), "left": left})  # fmt: skip


def write_rename(ask: Ask, says: Says) -> Answer:
    """Carry the name, and repair nothing else."""
    return _written(ask, says, ask.texts("reparation"), _names(ask))


def _written(ask: Ask, says: Says, keys: Sequence[str], rename: tuple[str, str] | None) -> Answer:
    says.tell("Réparation de ce qui est coché…")
    found = api.find_repairs(ask.book, on=ask.day, rename=rename, only=keys)
    made, brought = ([_shown(one) for one in some] for some in (found.items, found.brought))
    if brought and not ask.ticked("avec"):
        return Answer("reparer_avec.html", {"groups": _groups(made), "brought": _groups(brought),
                                            "keys": tuple(keys)})  # fmt: skip
    done = api.apply_repairs(found)
    return Answer("reparer_fait.html", {
        "sentence": ask.short(done.sentence), "warnings": tuple(map(ask.short, done.warnings)),
        "groups": _groups([*made, *brought]),
    })  # fmt: skip


def _names(ask: Ask) -> tuple[str, str]:
    return ask.text("ancien"), ask.text("nouveau")


def _shown(repair: api.Repair) -> Shown:
    return Shown(repair.key, repair.sheet, repair.cell, repair.heading, repair.before,
                 repair.shown_after, repair.why, repair.rule)  # fmt: skip


def _groups(repairs: Sequence[Shown]) -> tuple[Group, ...]:
    """A sheet after the other, as they come."""
    first = {one.sheet: number for number, one in reversed([*enumerate(repairs)])}
    by_sheet = groupby(sorted(repairs, key=lambda one: first[one.sheet]), lambda one: one.sheet)
    return tuple(_group(sheet, tuple(ours)) for sheet, ours in by_sheet)


def _group(sheet: str, repairs: tuple[Shown, ...]) -> Group:
    around = tuple(one for one in repairs if not one.after)
    return Group(sheet, tuple(one for one in repairs if one.after), around)


VIEW = View(
    name="reparer",
    title="Réparer",
    purpose="Voir ce qui peut être réparé sans risque, cocher, réparer.",
    show=show,
    actions=(
        Action("ecrire", write, writes=True),
        Action("nom", preview_rename),
        Action("renommer", write_rename, writes=True),
    ),
    group="La semaine",
)
