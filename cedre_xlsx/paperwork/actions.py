"""What a person's freins and actions say of each need: its level, what was done, what is planned.

Only what is sure is said: a frein that is one need of the form and no other, a level that was
noted, an action whose objective names one need and whose first words say of which kind it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.method.vocabulary import Accompaniment, Attendance, Status
from cedre_xlsx.paperwork.barrier_words import likely_barriers, listed_barrier
from cedre_xlsx.paperwork.fields import MOST_ACTIONS
from cedre_xlsx.paperwork.form import as_listed
from cedre_xlsx.paperwork.lacks import lacking, lacking_freins, lacking_lines
from cedre_xlsx.paperwork.model import FieldAnswer
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
#: How an action, or what came of it, says that it did not take place.
_REFUSED = re.compile(
    r"\b(?:refus|refusee?s?|annulee?s?|annulation|abandon|abandonnee?s?|reportee?s?"
    r"|n a pas eu lieu|pas venue?|absente?)\b"
)
_BY_ACCOMPANIMENT = {
    Accompaniment.INSIDE: (_INSIDE,),
    Accompaniment.OUTSIDE: (_OUTSIDE,),
    Accompaniment.BOTH: (_INSIDE, _OUTSIDE),
}

NOTHING = "ni frein ni action sûre dans le classeur, ce qui ne dit pas que le besoin est nul"
NO_BARRIER = "aucun frein noté, ce qui ne dit pas que le besoin est nul"
NO_LEVEL = "aucun niveau actuel noté dans Freins"
NOWHERE = "ce frein n'a pas de ligne dans le formulaire"
UNKNOWN = "ce frein n'est pas reconnu"
_NO_ROOM = "le formulaire prend deux actions, plus récentes"
NO_ACTION = "aucune action sûre dans Suivi ni dans Freins"


@dataclass(frozen=True, slots=True)
class NeedAnswers:
    """What is said of one need: its level, its actions carried out, those planned; `no_action` is
    why a list of them is empty, `no_plan` why that of those planned is.
    """

    level: FieldAnswer
    done: tuple[FieldAnswer, ...]
    planned: tuple[FieldAnswer, ...]
    no_action: str
    no_plan: str


def action_answer(
    actions: Sequence[FieldAnswer], rank: int, choices: Sequence[str] | None, no_action: str
) -> tuple[FieldAnswer, tuple[str, ...]]:
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
    return FieldAnswer(why="" if rank or fit else no_action), notes


@dataclass
class _Found:
    """What was gathered for one need: freins, and actions from the latest on, with their source.

    `doubts` are what keeps it from being solved, each with its place.
    """

    barriers: list[BarrierRow] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    planned: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def need_answers(
    records: Records, person: Person, on: date
) -> tuple[dict[str, NeedAnswers], tuple[str, ...]]:
    """What is said of each need, by its name; and what of the person found no line of the form."""
    found = {need.name: _Found() for need in NEEDS}
    shared: dict[str, str] = {}
    notes = [
        *_gather_freins(records, person, on, found, shared),
        *_gather_actions(records, person, on, found),
    ]
    for one in found.values():
        _gather_accompaniments(records, one)
    said = {name: _said(records, one, on, shared.get(name, "")) for name, one in found.items()}
    return said, tuple(notes)


def _said(records: Records, one: _Found, on: date, shared: str) -> NeedAnswers:
    """What is said of a need; `shared` is why a frein that may be it is not told, "" for none."""
    freins, lines = lacking_freins(records), lacking_lines(records)
    if not (one.barriers or one.done or one.planned or shared or freins or lines):
        return NeedAnswers(FieldAnswer(why=NOTHING), (), (), NOTHING, NOTHING)
    level = FieldAnswer(why=freins) if freins else _level(records, one, on, shared)
    planned, no_plan = _planned(records, one, on)
    no_action = lines or lacking(records.barriers, "accompaniment") or NO_ACTION
    return NeedAnswers(level, _chosen(one.done), planned, no_action, no_plan or lines or NO_ACTION)


def freins_of_now(person: Person, on: date) -> Iterator[BarrierRow]:
    """The freins of the pathway of now: those lifted before it are another one's."""
    start = person.latest.registered
    for row in person.barriers:
        is_past = start is not None and row.lifted is not None and row.lifted < start
        if row.barrier and not is_past and (row.identified is None or row.identified <= on):
            yield row


def _gather_freins(
    records: Records, person: Person, on: date, found: dict[str, _Found], shared: dict[str, str]
) -> Iterator[str]:
    """Put each frein to its need, and why it is not to those it may be; what is to be copied."""
    now = [*freins_of_now(person, on)]
    for row in person.barriers:
        need = need_of_barrier(row.barrier)
        if need is not None and row not in now and row.lifted is None:
            found[need.name].doubts.append(f"{_called(records, row)}, repéré depuis")
    for row in now:
        need, maybe = need_of_barrier(row.barrier), _needs_like(row.barrier)
        former = is_of_a_former_pathway(person, row)
        if need is not None and not former:
            found[need.name].barriers.append(row)
            continue
        names = (need.name,) if need is not None else maybe
        what = "est d'un parcours d'avant, à revoir" if former else "est à répartir"
        shared |= dict.fromkeys(names, f"le frein « {squeeze(row.barrier)} » {what}")
        for name in names:
            found[name].doubts.append(_called(records, row))
        yield f"{_called(records, row)} : {_left_frein(row, maybe, former=former)}"


def _left_frein(row: BarrierRow, maybe: Sequence[str], *, former: bool) -> str:
    """Why a frein is told nowhere, and what to do about it."""
    if former:
        assert row.identified is not None
        return of_a_former_pathway(row.identified)
    if listed_barrier(row.barrier) and not maybe:
        return f"{NOWHERE}, à reporter à la main"
    if listed_barrier(row.barrier):
        several = f"ce frein touche plusieurs besoins du formulaire ({listed(list(maybe))})"
        return f"{several}, à reporter à la main"
    if maybe:
        return f"{UNKNOWN} ; à reporter à la main, peut-être en {listed(list(maybe), 'ou')}"
    guess = " ou ".join(f"« {one} »" for one in likely_barriers(row.barrier))
    return f"{UNKNOWN}, à reporter à la main" + (f" ; vouliez-vous dire {guess} ?" if guess else "")


def _needs_like(barrier: str) -> tuple[str, ...]:
    """The needs that a frein is shared between, or that begin with its words ("Handicap")."""
    key = word_key(barrier)
    named = (need.name for need in NEEDS if f"{word_key(need.name)} ".startswith(f"{key} "))
    return needs_sharing(barrier) or tuple(named)


def of_a_former_pathway(identified: date) -> str:
    """Why a frein found on a day of a former pathway is told nowhere, and what to do about it."""
    since = french_day(identified)
    return f"repéré le {since}, dans un parcours d'avant, et pas levé ; à revoir avec la personne"


def is_of_a_former_pathway(person: Person, row: BarrierRow) -> bool:
    """Whether a frein that is not lifted was noted in a pathway that ended since."""
    ends = [one.exited for one in person.pathways[:-1] if one.exited is not None]
    is_open = row.lifted is None and "lifted" not in row.unreadable
    return bool(ends and row.identified and is_open and row.identified <= max(ends))


def actions_of_now(person: Person, on: date) -> Iterator[FollowUpRow]:
    """The lines of Suivi of the pathway of now by that day, the latest first; none dropped."""
    for row in _lines_of_now(person):
        if row.day is not None and row.day <= on:
            yield row


def _lines_of_now(person: Person) -> Iterator[FollowUpRow]:
    """The lines of the pathway of now, those without a day and to come included; none dropped, and
    none that notes a paper handed over.
    """
    start = person.latest.registered
    for row in reversed(person.follow_ups):
        is_past = start is not None and row.day is not None and row.day < start
        if not is_past and row.status is not Status.DROPPED and not row.is_hand_over:
            yield row


def _gather_actions(
    records: Records, person: Person, on: date, found: dict[str, _Found]
) -> Iterator[str]:
    """Put each action of the pathway to its need, the latest first; those that are unsure."""
    for row in _lines_of_now(person):
        needs, kind = needs_named(row.objective), _kind(row.action)
        place = f"{records.follow_ups.place(row, 'action').address}, « {squeeze(row.action)} »"
        is_done = row.status is Status.DONE and not (row.day and row.day > on)
        for need in needs:
            if not is_done:
                found[need.name].doubts.append(f"{place}, n'est pas réalisée")
        if not needs or not kind:
            continue
        why = _unsure(row, [need.name for need in needs], on)
        if why:
            yield f"{place} : {why}"
        else:
            one = found[needs[0].name]
            (one.done if is_done else one.planned).append((kind, place))


def _unsure(row: FollowUpRow, needs: list[str], on: date) -> str:
    """Why an action is told nowhere; "" for one that is sure."""
    by_hand = "à reporter à la main"
    if len(needs) > 1:
        return f"son objectif nomme plusieurs besoins ({listed(needs)}), {by_hand}"
    if "status" in row.unreadable:
        return f"son Statut n'est pas compris, {by_hand}"
    if row.status is None:
        return "sans Statut, rien ne dit si c'est fait ou prévu"
    if row.status is not Status.DONE:
        return ""
    denial = denied(row)
    if denial:
        return f"{denial} ; {by_hand}"
    if row.day is None:
        return f"au Statut {Status.DONE}, sans date comprise ; {by_hand}"
    return f"au Statut {Status.DONE}, mais datée d'après le bilan ; {by_hand}" * (row.day > on)


def denied(row: FollowUpRow) -> str:
    """What says of a line that is (3) Réalisée that nothing took place; "" for nothing."""
    refusal = _REFUSED.search(word_key(row.action)) or _REFUSED.match(word_key(row.outcome))
    if refusal:
        return f"au Statut {Status.DONE}, et ses mots disent le contraire"
    if row.attendance in (Attendance.EXCUSED, Attendance.ABSENT):
        return f"au Statut {Status.DONE}, avec « {row.attendance} »"
    return ""


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


def _chosen(actions: Sequence[tuple[str, str]]) -> tuple[FieldAnswer, ...]:
    """The kinds of actions, each once, with the first one of each."""
    kinds: dict[str, str] = {}
    for kind, place in actions:
        kinds.setdefault(kind, place)
    return tuple(FieldAnswer(kind, place) for kind, place in kinds.items())


def _planned(records: Records, one: _Found, on: date) -> tuple[tuple[FieldAnswer, ...], str]:
    """The actions planned; where there is none and every frein is lifted, that it is solved, else
    why that is not sure.
    """
    lifted = [row for row in one.barriers if _is_lifted(row, on)]
    if one.planned or not lifted or len(lifted) < len(one.barriers):
        return _chosen(one.planned), ""
    if one.doubts:
        return (), f"frein levé, mais résolu n'est pas sûr ({one.doubts[0]})"
    if lacking_lines(records):
        return (), f"frein levé, mais résolu n'est pas sûr ({lacking_lines(records)})"
    return (FieldAnswer(RESOLVED, f"{_place(records, lifted[-1])}, frein levé"),), ""


def _is_lifted(row: BarrierRow, on: date) -> bool:
    return row.lifted is not None and row.lifted <= on


def _level(records: Records, one: _Found, on: date, shared: str) -> FieldAnswer:
    """The level of a need: that of its freins, where they have one and the same."""
    if not one.barriers:
        return FieldAnswer(why=shared or NO_BARRIER)
    column = lacking(records.barriers, "current_level")
    if column:
        return FieldAnswer(why=column)
    still = [row for row in one.barriers if not _is_lifted(row, on)] or one.barriers
    for what, name in (("levé le", "lifted"), ("niveau actuel", "current_level")):
        odd = next((row for row in still if name in row.unreadable), None)
        if odd is not None:
            return FieldAnswer(why=f"le {what} de la ligne {odd.row} de Freins n'est pas compris")
    noted = [(row, mark) for row in still if (mark := _mark(row))]
    if not noted:
        return FieldAnswer(why=NO_LEVEL)
    marks = {mark for _, mark in noted}
    if all(_is_lifted(row, on) for row in still) and marks != {_NO_NEED}:
        left = listed(sorted(marks - {_NO_NEED}))
        return FieldAnswer(why=f"frein levé : le niveau noté, {left}, n'est plus celui du besoin")
    if len(marks) > 1 or len(noted) < len(still):
        told = listed([f"{squeeze(row.barrier)} {_mark(row) or 'non noté'}" for row in still])
        return FieldAnswer(why=f"freins de niveaux différents, à choisir : {told}")
    return FieldAnswer(marks.pop(), listed([_place(records, row) for row, _ in noted]))


_NO_NEED = "(--)"


def _mark(row: BarrierRow) -> str:
    """The sign of a frein's level of now: (++), (+), (-) or (--); "" without one."""
    return str(row.current_level or "").partition(" ")[0]


def _place(records: Records, row: BarrierRow) -> str:
    return records.barriers.place(row, "barrier").address


def _called(records: Records, row: BarrierRow) -> str:
    return f"{_place(records, row)}, « {squeeze(row.barrier)} »"
