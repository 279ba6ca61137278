"""The grounds on which the PASS IAE of one person may be prolonged: what is sure, what is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.pass_rules import Ground, PassRules, Window
from cedre_xlsx.method.vocabulary import StructureKind


class Situation(NamedTuple):
    """What a workbook says of someone, as far as grounds ask; None where it does not say.

    `beyond` are the days of the PASS beyond its own length: prolonged so far, at most.
    `is_disabled_unread`: something is typed of it that was not understood.
    """

    kind: StructureKind | None
    birth_year: int | None
    disabled: bool | None
    beyond: int | None
    is_disabled_unread: bool = False


class OpenGround(NamedTuple):
    """A ground that may be used; `doubts` are what is to be verified of it, each a French phrase.

    `left` are the days that remain of its ceiling, at least; None without a ceiling, or where
    nothing says how much was used.
    """

    ground: Ground
    left: int | None
    doubts: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the workbook says all that the ground asks for."""
        return not (self.doubts or self.ground.asks_more)


def open_grounds(
    rules: PassRules, someone: Situation, on: date, window: Window
) -> tuple[OpenGround, ...]:
    """The grounds that are open to someone on a day of a window, or may be by its end.

    One whose condition is surely not met is left out: another kind of structure, no RQTH, too young
    up to the end of the window. What the workbook does not tell is a doubt, never taken for granted
    in either way. A ceiling that seems used up is a doubt as well: suspensions may be what the PASS
    lasts longer by.
    """
    return tuple(
        OpenGround(ground, _left(ground, someone.beyond), tuple(_doubts(ground, someone, on)))
        for ground in rules.grounds
        if not _is_closed(ground, someone, window)
    )


def _is_closed(ground: Ground, someone: Situation, window: Window) -> bool:
    if ground.kinds and someone.kind is not None and someone.kind not in ground.kinds:
        return True
    if ground.disability and someone.disabled is False:
        return True
    if ground.age is None or someone.birth_year is None:
        return False
    return someone.birth_year + ground.age > window.last.year


def _left(ground: Ground, beyond: int | None) -> int | None:
    if ground.ceiling_days is None or beyond is None:
        return None
    return max(ground.ceiling_days - beyond, 0)


def _doubts(ground: Ground, someone: Situation, on: date) -> Iterator[str]:
    if ground.kinds and someone.kind is None:
        yield "type de structure inconnu"
    if ground.disability and someone.disabled is None:
        yield "non comprise" if someone.is_disabled_unread else "non notée"
    if ground.age is not None:
        yield from _doubt_of_age(ground.age, someone.birth_year, on)
    if _left(ground, someone.beyond) == 0:
        yield "plafond atteint, sauf suspensions"


def _doubt_of_age(age: int, birth_year: int | None, on: date) -> Iterator[str]:
    """Only the year of birth is known: in the year of that birthday, the month decides."""
    if birth_year is None:
        yield "année de naissance inconnue"
    elif birth_year + age == on.year:
        yield f"{age} ans dans l'année"
    elif birth_year + age > on.year:
        yield f"{age} ans en {birth_year + age}"
