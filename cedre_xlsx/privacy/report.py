"""Whose time is over, told in French: the counts first, then each person with the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.privacy.due import NOTICE_DAYS
from cedre_xlsx.privacy.model import Due, Reason, Retention, Soon, Spared, ToCheck, where
from cedre_xlsx.schema.retention import Trace

_STILL_ACTIVE = (
    "sans date de sortie : notez-la d'abord, sinon la ligne anonyme reste comptée dans la file "
    "active"
)


@dataclass(frozen=True, slots=True)
class TheirTime:
    """What is said of the time of somebody: a line, and what goes with it, each with its cell."""

    name: str
    said: str = ""
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[str]:
        """What is said, a line each, the notes set in."""
        yield f"{self.name} : {self.said}".rstrip()
        yield from (f"  {note}" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Block:
    """People of whom the same is to be done, under a title that says what."""

    title: str
    people: tuple[TheirTime, ...]


def counts_line(retention: Retention) -> str:
    """How many of each, in one sentence."""
    due = counted(len(retention.due), "personne")
    soon, spared = len(retention.soon), len(retention.spared)
    return (
        f"{due} dont le temps est passé ; {soon} dans les {NOTICE_DAYS} jours ; "
        f"{counted(spared, 'gardée')} ; {len(retention.to_check)} à vérifier."
    )


def report(retention: Retention) -> Iterator[str]:
    """Everybody, a few lines each, under what is to be done about them."""
    for block in blocks(retention):
        yield from ("", block.title)
        for one in block.people:
            yield from (f"  {line}" for line in one.lines)
    if retention.unplaced:
        yield ""
        yield unplaced_line(retention.unplaced)


def blocks(retention: Retention) -> tuple[Block, ...]:
    """Everybody under what is to be done about them; what is of nobody is left out."""
    told = (
        ("Le temps est passé, à rendre anonymes :", map(_due, retention.due)),
        (f"Dans les {NOTICE_DAYS} jours :", map(_soon, retention.soon)),
        ("Gardées, et pourquoi :", map(_spared, retention.spared)),
        (
            "À vérifier, rien n'est fait de ces personnes avant :",
            map(_to_check, retention.to_check),
        ),
    )
    made = (Block(title, tuple(people)) for title, people in told)
    return tuple(one for one in made if one.people)


def unplaced_line(count: int) -> str:
    """What is said of lines that are nobody's."""
    if count == 1:
        return (
            "1 ligne n'est au nom de personne de Personnes, et peut dire un contact récent : "
            "« cedre-xlsx check » dit laquelle ; corrigez-la d'abord."
        )
    return (
        f"{count} lignes ne sont au nom de personne de Personnes, et peuvent dire un contact "
        "récent : « cedre-xlsx check » dit lesquelles ; corrigez-les d'abord."
    )


def _due(one: Due) -> TheirTime:
    notes = (_STILL_ACTIVE,) if one.is_still_active else ()
    said = f"depuis le {french_day(one.since)} ; {_last(one.last)}"
    return TheirTime(one.person.name, said, notes)


def _soon(one: Soon) -> TheirTime:
    return TheirTime(one.person.name, f"le {french_day(one.day)} ; {_last(one.last)}")


def _spared(one: Spared) -> TheirTime:
    said = f"sinon dès le {french_day(one.since)} ; {_last(one.last)}"
    return TheirTime(one.person.name, said, tuple(map(_reason, one.reasons)))


def _to_check(one: ToCheck) -> TheirTime:
    return TheirTime(one.person.name, "", tuple(map(_reason, one.doubts)))


def _reason(reason: Reason) -> str:
    wrong = "à corriger : " if reason.to_correct else ""
    return f"{wrong}{reason.text} ({where(reason.place)})"


def _last(last: Trace) -> str:
    return f"{last.what} le {french_day(last.day)} ({where(last.place)})"
