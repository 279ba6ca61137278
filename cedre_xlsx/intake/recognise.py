"""Who the people of foreign tables are in the workbook; whoever may be two people is a doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cedre_xlsx.intake.people import Crowd, Someone, agree, differ, pass_of
from cedre_xlsx.method.near_names import near_pairs
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records

#: With the same birth, words of so few letters may be one slip apart: Joly, Joli.
_SHORT_SLIP = 3


def recognise(crowd: Crowd, records: Records, told: Mapping[str, str]) -> None:
    """Say who each is in the workbook; `told` gives, for a name, whose it is, "" for someone new.

    Names are compared as reading does.
    """
    by_pass = _by_pass(records)
    wishes = {name_key(name): whose for name, whose in told.items()}
    settled = {*wishes, *map(name_key, wishes.values())}
    for one in crowd.people if records.pathways else ():
        if wishes.get(one.key) != "":
            _recognise(one, records, by_pass)
    unsettled = [one for one in crowd.people if one.key not in settled]
    _doubt_near_names(unsettled, records)
    _doubt_parts(unsettled, crowd.people, records)
    _doubt_order(unsettled)


def _by_pass(records: Records) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, rows in records.pathways.items():
        for row in rows:
            if pass_of(row):
                found[pass_of(row)].add(name)
    return found


def _recognise(one: Someone, records: Records, by_pass: Mapping[str, set[str]]) -> None:
    of_pass = {name for number in one.passes for name in by_pass.get(number, ())}
    if len(of_pass) > 1:
        one.doubt = "son PASS IAE est celui de plusieurs personnes du classeur"
    elif of_pass:
        person = records.persons[min(of_pass)]
        years = {row.birth_year for row in person.pathways if row.birth_year}
        if agree(one.key, one.years, name_key(person.name), years):
            one.known = person
        else:
            one.doubt = f"son PASS IAE est celui de « {person.name} » du classeur"
    elif records.is_ambiguous(one.key):
        one.doubt = f"« {one.name} » désigne plusieurs personnes du classeur"
    else:
        name = records.canonical_name(one.key)
        known = records.persons.get(name) if name else None
        one.doubt = _why_another(one, known) if known else ""
        one.known = None if one.doubt else known


def _why_another(one: Someone, person: Person) -> str:
    """What says that a person of the same name may be someone else; "" when nothing does."""
    years = {row.birth_year for row in person.pathways if row.birth_year}
    if one.years and years:
        if one.years & years:
            return ""
        return (
            f"même nom que « {person.name} » du classeur, "
            f"né(e) en {min(years)} et non en {one.year}"
        )
    if differ(one.passes, {pass_of(row) for row in person.pathways} - {""}):
        return f"même nom que « {person.name} » du classeur, dont le PASS IAE est un autre"
    return ""


def _doubt_near_names(people: Iterable[Someone], records: Records) -> None:
    """Nobody new is one slip of the keyboard from someone else, unless births or PASS say so."""
    unknown = {one.name: one for one in people if one.known is None and not one.doubt}
    known = {name: _told_by(name, rows) for name, rows in records.pathways.items()}
    every = (*known.values(), *unknown.values())
    if not unknown or all(one.passes for one in every):
        return
    names = (*known, *unknown)
    sure = set(near_pairs(names))
    for pair in dict.fromkeys((*sure, *near_pairs(names, shortest=_SHORT_SLIP))):
        for new, other in _new_and_other(pair, unknown):
            one, its = unknown[new], known.get(other) or unknown[other]
            if differ(one.years, its.years) or differ(one.passes, its.passes):
                continue
            if pair in sure or one.years & its.years:
                where = "du classeur" if other in known else "du même envoi"
                one.doubt = one.doubt or f"ressemble à « {other} » {where}"


def _told_by(name: str, rows: Sequence[PersonRow]) -> Someone:
    """Someone of the workbook, by what tells who it is."""
    years = {row.birth_year for row in rows if row.birth_year}
    return Someone(name, "", years, {pass_of(row) for row in rows} - {""})


def _new_and_other(
    pair: tuple[str, str], unknown: Mapping[str, Someone]
) -> Iterator[tuple[str, str]]:
    """Someone new and whom it is near; of two that are new, the one whose spelling is less sure."""
    new = [name for name in pair if name in unknown]
    if len(new) == 1:
        yield new[0], pair[0] if pair[1] == new[0] else pair[1]
    elif new:
        less, more = sorted(new, key=lambda name: unknown[name].weight)
        yield less, more


def _doubt_parts(people: Iterable[Someone], every: Iterable[Someone], records: Records) -> None:
    """Nobody new has a part of someone's name alone: "Petit", "Durand L." """
    short = [
        one
        for one in people
        if one.known is None and not one.doubt and _may_be_a_part(one.key.split())
    ]
    if not short:
        return
    names = {one.name: one.key.split() for one in every}
    names |= {name: name_key(name).split() for name in records.pathways}
    for one in short:
        mine = one.key.split()
        wholes = [name for name, words in names.items() if _is_part(mine, words)]
        if wholes:
            one.doubt = f"nom incomplet : peut-être « {wholes[0]} »"


def _doubt_order(people: Iterable[Someone]) -> None:
    """Nobody new is written with Nom and Prénom the wrong way round."""
    for one in people:
        if one.known is None and one.unparted and len(one.unparted) >= one.listed:
            one.doubt = one.doubt or next(iter(one.unparted.values()))


def _may_be_a_part(words: Sequence[str]) -> bool:
    return len(words) == 1 or any(len(word) == 1 for word in words)


def _is_part(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether words are some of those of a longer name, or their initials."""
    if len(words) > len(whole) or list(words) == list(whole):
        return False
    left = list(whole)
    for word in sorted(words, key=len, reverse=True):
        fit = next((one for one in left if one == word or (len(word) == 1 and one[:1] == word)), "")
        if not fit:
            return False
        left.remove(fit)
    return True
