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


#: How many repairs are shown at once, each with its box.
_MOST = 2_000


def show(ask: Ask, says: Says) -> Answer:
    """What could be repaired."""
    says.tell("Lecture du classeur et recherche de ce qui peut être réparé…")
    found = api.find_repairs(ask.book, on=ask.day)
    return Answer("reparer.html", {
        "groups": _groups(found.items), "count": len(found.items),
        "more": max(len(found.items) - _MOST, 0),
        "left": found.left_lines,
    })  # fmt: skip


def write(ask: Ask, says: Says) -> Answer:
    """Make what was ticked; what it brings with it is shown before, once."""
    keys = ask.texts("reparation")
    if not keys:
        raise CedreError("rien n'est coché ; rien n'est écrit. Cochez au moins une réparation.")
    return _written(ask, says, keys, None)


def write_all(ask: Ask, says: Says) -> Answer:
    """Make all of them, where they are too many to be ticked."""
    return _written(ask, says, None, None)


def preview_rename(ask: Ask, says: Says) -> Answer:
    """Where the old name stands, and what would stand there."""
    rename = _names(ask)
    says.tell(f"Recherche de « {rename[0]} » dans le classeur…")
    found = api.find_repairs(ask.book, on=ask.day, rename=rename)
    ours = [one for one in found.items if one.renames]
    left = tuple(one.line for one in found.left if one.repair.renames)
    return Answer("reparer_nom.html", {"rename": rename, "groups": _groups(ours),
                                       "count": len(ours), "left": left})  # fmt: skip


def write_rename(ask: Ask, says: Says) -> Answer:
    """Carry the name, and repair nothing else."""
    return _written(ask, says, ask.texts("reparation"), _names(ask))


def _written(
    ask: Ask, says: Says, keys: Sequence[str] | None, rename: tuple[str, str] | None
) -> Answer:
    says.tell("Réparation du classeur…")
    found = api.find_repairs(ask.book, on=ask.day, rename=rename, only=keys)
    if found.brought and rename is None and not ask.ticked("avec"):
        shown = {"groups": _groups(found.items), "brought": _groups(found.brought)}
        return Answer("reparer_avec.html", {**shown, "keys": tuple(keys or ())})
    done = api.apply_repairs(found)
    return Answer("reparer_fait.html", {
        "sentence": done.sentence, "warnings": done.warnings,
        "groups": _groups([*done.made, *done.brought]),
    })  # fmt: skip


def _names(ask: Ask) -> tuple[str, str]:
    return ask.text("ancien"), ask.text("nouveau")


def _shown(repair: api.Repair) -> Shown:
    return Shown(repair.key, repair.sheet, repair.cell, repair.heading, repair.before,
                 repair.shown_after, repair.why, repair.rule)  # fmt: skip


def _groups(repairs: Sequence[api.Repair]) -> tuple[Group, ...]:
    """A sheet after the other, as they come; the first ones where they are many."""
    shown = [_shown(one) for one in repairs[:_MOST]]
    first = {one.sheet: number for number, one in reversed([*enumerate(shown)])}
    by_sheet = groupby(sorted(shown, key=lambda one: first[one.sheet]), lambda one: one.sheet)
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
        Action("tout", write_all, writes=True),
        Action("nom", preview_rename),
        Action("renommer", write_rename, writes=True),
    ),
    group="La semaine",
)
