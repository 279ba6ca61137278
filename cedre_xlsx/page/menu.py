"""The menu: what can be done, by groups, in the order of a week's use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cedre_xlsx.page.model import View

#: The parts of the menu, as they are shown.
GROUPS = ("La semaine", "Les chiffres", "Le classeur", "Savoir")


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the menu, and its views in their order."""

    title: str
    views: tuple[View, ...]


def menu(views: Sequence[View], *, has_workbook: bool) -> tuple[Group, ...]:
    """What can be done now, by groups: those of `GROUPS`, then any other; a view of no group is in
    none. Without a workbook, only what needs none.
    """
    shown = [view for view in views if view.group and (has_workbook or not view.needs_workbook)]
    titles = dict.fromkeys((*GROUPS, *(view.group for view in shown)))
    groups = (Group(one, tuple(v for v in shown if v.group == one)) for one in titles)
    return tuple(group for group in groups if group.views)
