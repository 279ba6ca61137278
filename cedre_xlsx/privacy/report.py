"""Whose time is over, told in French: the counts first, then each person with the cells."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.privacy.due import NOTICE_DAYS
from cedre_xlsx.privacy.model import Due, Reason, Retention, Soon, Spared, ToCheck, where
from cedre_xlsx.schema.retention import Trace

_STILL_ACTIVE = (
    "sans date de sortie : notez-la d'abord, sinon la ligne anonyme reste comptée dans la file "
    "active"
)


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
    yield from _block("Le temps est passé, à rendre anonymes :", map(due_lines, retention.due))
    yield from _block(f"Dans les {NOTICE_DAYS} jours :", map(_soon, retention.soon))
    yield from _block("Gardées, et pourquoi :", map(_spared, retention.spared))
    yield from _block(
        "À vérifier, rien n'est fait de ces personnes avant :", map(_to_check, retention.to_check)
    )
    if retention.unplaced:
        yield ""
        yield unplaced_line(retention.unplaced)


def due_lines(one: Due) -> Iterator[str]:
    """Since when, and what says so."""
    yield f"{one.person.name} : depuis le {french_day(one.since)} ; {_last(one.last)}"
    if one.is_still_active:
        yield f"  {_STILL_ACTIVE}"


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


def _block(title: str, people: Iterator[Iterator[str]]) -> Iterator[str]:
    is_first = True
    for lines in people:
        if is_first:
            yield from ("", title)
        is_first = False
        yield from (f"  {line}" for line in lines)


def _soon(one: Soon) -> Iterator[str]:
    yield f"{one.person.name} : le {french_day(one.day)} ; {_last(one.last)}"


def _spared(one: Spared) -> Iterator[str]:
    yield f"{one.person.name} : sinon dès le {french_day(one.since)} ; {_last(one.last)}"
    yield from (f"  {_reason(reason)}" for reason in one.reasons)


def _to_check(one: ToCheck) -> Iterator[str]:
    yield f"{one.person.name} :"
    yield from (f"  {_reason(doubt)}" for doubt in one.doubts)


def _reason(reason: Reason) -> str:
    wrong = "à corriger : " if reason.to_correct else ""
    return f"{wrong}{reason.text} ({where(reason.place)})"


def _last(last: Trace) -> str:
    return f"{last.what} le {french_day(last.day)} ({where(last.place)})"
