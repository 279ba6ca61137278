"""What a person's freins and actions say of each need: its level, what was done, what is planned.

Only what is sure is said: a frein that is one need of the form and no other, a level that was
noted, an action whose objective names one need and whose first words say of which kind it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.method.vocabulary import Accompaniment, Status
from cedre_xlsx.paperwork.fields import MOST_ACTIONS
from cedre_xlsx.paperwork.form import as_listed
from cedre_xlsx.paperwork.model import Answer
from cedre_xlsx.paperwork.needs import NEEDS, need_of_barrier, needs_named, needs_sharing
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Person, Records

RESOLVED = "Sans objet / problématique résolue"
_INSIDE, _OUTSIDE = "Prestations internes", "Prestations externes"
#: How an action begins, whatever its case and accents, and what the form calls it.
_KINDS = {
    "atelier": "Ateliers",
    "ateliers": "Ateliers",
    "formation": "Formation",
    "immersion": "Immersion",
    "pmsmp": "PMSMP",
    "accompagnement personnalisé": "Accomp personnalisé",
    "prestation interne": _INSIDE,
    "prestation externe": _OUTSIDE,
}
_BY_ACCOMPANIMENT = {
    Accompaniment.INSIDE: (_INSIDE,),
    Accompaniment.OUTSIDE: (_OUTSIDE,),
    Accompaniment.BOTH: (_INSIDE, _OUTSIDE),
}

NOTHING = "ni frein ni action sûre dans le classeur, ce qui ne dit pas que le besoin est nul"
NO_BARRIER = "aucun frein noté, ce qui ne dit pas que le besoin est nul"
NO_LEVEL = "aucun niveau actuel noté dans Freins"
NOWHERE = "ce frein n'a pas de ligne dans le formulaire"
_NO_ROOM = "le formulaire prend deux actions, plus récentes"
NO_ACTION = "aucune action sûre dans Suivi ni dans Freins"


@dataclass(frozen=True, slots=True)
class NeedAnswers:
    """What is said of one need: its level, its actions carried out, those planned; `no_action` is
    why a list of them is empty.
    """

    level: Answer
    done: tuple[Answer, ...]
    planned: tuple[Answer, ...]
    no_action: str


def action_answer(
    actions: Sequence[Answer], rank: int, choices: Sequence[str] | None, no_action: str
) -> tuple[Answer, tuple[str, ...]]:
    """The action of a rank among those that the list of its cell has, and why others are left.

    The form may go without an action, and without a second one.
    """
    why = {one: as_listed(one.value, choices)[1] for one in actions}
    fit = [one for one in actions if not why[one]]
    notes = tuple(
        f"{one.source} : {why[one] or _NO_ROOM}, à reporter à la main"
        for one in actions
        if why[one] or one in fit[MOST_ACTIONS:]
    )
    if rank < min(len(fit), MOST_ACTIONS):
        return fit[rank], notes
    return Answer(why="" if rank or fit else no_action), notes


@dataclass
class _Found:
    """What was gathered for one need: freins, and actions from the latest on, with their source."""

    barriers: list[BarrierRow] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    planned: list[tuple[str, str]] = field(default_factory=list)


def need_answers(
    records: Records, person: Person, on: date
) -> tuple[dict[str, NeedAnswers], tuple[str, ...]]:
    """What is said of each need, by its name; and what of the person found no line of the form."""
    found = {need.name: _Found() for need in NEEDS}
    notes: list[str] = []
    shared: dict[str, str] = {}
    for row in freins_of_now(person, on):
        need = need_of_barrier(row.barrier)
        if need is not None:
            found[need.name].barriers.append(row)
            continue
        sharing = needs_sharing(row.barrier)
        shared |= dict.fromkeys(sharing, row.barrier)
        place = f"{_place(records, row)}, « {squeeze(row.barrier)} »"
        what = f"ce frein touche plusieurs besoins du formulaire ({listed(list(sharing))})"
        notes.append(f"{place} : {what if sharing else NOWHERE}, à reporter à la main")
    notes += _gather_actions(records, person, on, found)
    for one in found.values():
        _gather_accompaniments(records, one)
    said = {name: _said(records, one, on, shared.get(name, "")) for name, one in found.items()}
    return said, tuple(notes)


def _said(records: Records, one: _Found, on: date, shared: str) -> NeedAnswers:
    """What is said of a need; `shared` is the frein that it has a part of, "" for none."""
    if not (one.barriers or one.done or one.planned or shared):
        return NeedAnswers(Answer(why=NOTHING), (), (), NOTHING)
    level, planned = _level(records, one, shared), _planned(records, one, on)
    return NeedAnswers(level, _chosen(one.done), planned, NO_ACTION)


def freins_of_now(person: Person, on: date) -> Iterator[BarrierRow]:
    """The freins of the pathway of now: those lifted before it are another one's."""
    start = person.latest.registered
    for row in person.barriers:
        is_past = start is not None and row.lifted is not None and row.lifted < start
        if row.barrier and not is_past and (row.identified is None or row.identified <= on):
            yield row


def _gather_actions(
    records: Records, person: Person, on: date, found: dict[str, _Found]
) -> Iterator[str]:
    """Put each action of the pathway to its need, the latest first; those that are unsure."""
    for row in actions_of_now(person, on):
        needs, kind = needs_named(row.objective), _kind(row.action)
        if not needs or not kind:
            continue
        place = f"{records.follow_ups.place(row, 'action').address}, « {squeeze(row.action)} »"
        if len(needs) > 1:
            named = listed([need.name for need in needs])
            yield f"{place} : son objectif nomme plusieurs besoins ({named}), à reporter à la main"
        elif row.status is None:
            yield f"{place} : sans Statut, rien ne dit si c'est fait ou prévu"
        else:
            one = found[needs[0].name]
            (one.done if row.status is Status.DONE else one.planned).append((kind, place))


def actions_of_now(person: Person, on: date) -> Iterator[FollowUpRow]:
    """The lines of Suivi of the pathway of now by that day, the latest first; none dropped."""
    start = person.latest.registered
    for row in reversed(person.follow_ups):
        is_now = row.day is not None and row.day <= on and (start is None or row.day >= start)
        if is_now and row.status is not Status.DROPPED:
            yield row


def _kind(action: str) -> str:
    """What the form calls an action, by the words with which it begins; "" for another one."""
    said = f"{word_key(action)} "
    begun = (kind for words, kind in _KINDS.items() if said.startswith(f"{word_key(words)} "))
    return next(begun, "")


def _gather_accompaniments(records: Records, one: _Found) -> None:
    for row in one.barriers:
        kinds = _BY_ACCOMPANIMENT.get(row.accompaniment, ()) if row.accompaniment else ()
        place = f"{_place(records, row)}, accompagnement : {row.accompaniment}"
        one.done += ((kind, place) for kind in kinds)


def _chosen(actions: Sequence[tuple[str, str]]) -> tuple[Answer, ...]:
    """The kinds of actions, each once, with the first one of each."""
    kinds: dict[str, str] = {}
    for kind, place in actions:
        kinds.setdefault(kind, place)
    return tuple(Answer(kind, place) for kind, place in kinds.items())


def _planned(records: Records, one: _Found, on: date) -> tuple[Answer, ...]:
    """The actions planned; where there is none and every frein is lifted, that it is solved."""
    lifted = [row for row in one.barriers if row.lifted is not None and row.lifted <= on]
    if one.planned or not lifted or len(lifted) < len(one.barriers):
        return _chosen(one.planned)
    return (Answer(RESOLVED, f"{_place(records, lifted[-1])}, frein levé"),)


def _level(records: Records, one: _Found, shared: str) -> Answer:
    """The level of a need: that of its freins, where they have one and the same."""
    if not one.barriers:
        return Answer(why=f"le frein « {shared} » est à répartir" if shared else NO_BARRIER)
    still = [row for row in one.barriers if row.lifted is None] or one.barriers
    odd = next((row for row in still if "current_level" in row.unreadable), None)
    if odd is not None:
        return Answer(why=f"le niveau actuel de la ligne {odd.row} de Freins n'est pas compris")
    noted = [(row, mark) for row in still if (mark := _mark(row))]
    if not noted:
        return Answer(why=NO_LEVEL)
    marks = {mark for _, mark in noted}
    if len(marks) > 1 or len(noted) < len(still):
        told = listed([f"{squeeze(row.barrier)} {_mark(row) or 'non noté'}" for row in still])
        return Answer(why=f"freins de niveaux différents, à choisir : {told}")
    return Answer(marks.pop(), listed([_place(records, row) for row, _ in noted]))


def _mark(row: BarrierRow) -> str:
    """The sign of a frein's level of now: (++), (+), (-) or (--); "" without one."""
    return str(row.current_level or "").partition(" ")[0]


def _place(records: Records, row: BarrierRow) -> str:
    return records.barriers.place(row, "barrier").address
