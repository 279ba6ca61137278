"""People who have another name since the last refresh: what was said of them is still theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from difflib import SequenceMatcher

from cedre_xlsx.method.text import name_key
from cedre_xlsx.rules.identity import parts_in
from cedre_xlsx.schema.generated import identity_in, is_line_key
from cedre_xlsx.schema.generated_sheets import renames_in
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.following import EMPTY, Parts, taken_apart
from cedre_xlsx.workbook.line_prints import parts_of

#: Names more alike than this may be two spellings of one (0: nothing in common, 1: the same).
_SAME_NAME = 0.75
#: So many lines in common are nobody else's.
_ENOUGH = 2

Lines = set[Parts]


def renamed(records: Records) -> dict[str, str]:
    """The prints of names that the last refresh knew and Personnes does not have, each with the
    name in Personnes that it became: as `fix --rename` was told, as the lines show that we wrote
    for the old name, else someone new who has most of its lines, or a name much alike.

    A name that still stands on a line is misspelt, or was not carried over yet. Only a match that
    is unique on both sides counts.
    """
    prints = {digest(name_key(name)): name for name in records.persons}
    found = {**_shown_as(records, prints), **_told(records, prints)}
    return {**_guessed(records, found), **found}


def new_prints(people: Mapping[str, str]) -> dict[str, str]:
    """What `renamed` gives, the names of now as prints too."""
    return {old: digest(name_key(now)) for old, now in people.items()}


def _told(records: Records, prints: Mapping[str, str]) -> dict[str, str]:
    """What `fix --rename` has left in the workbook; a name that changed twice is the last one."""
    told = renames_in(records.book.names) if records.book else {}
    found = {}
    for old in told:
        now, steps = old, 0
        while now in told and now not in prints and steps < len(told):
            now, steps = told[now], steps + 1
        if old not in prints and now in prints:
            found[old] = prints[now]
    return found


def _shown_as(records: Records, prints: Mapping[str, str]) -> dict[str, str]:
    """The names that someone replaced in the whole workbook, in the sheets of the last refresh too:
    the key of each of their lines is still of the old one.
    """
    shown: defaultdict[str, set[str | None]] = defaultdict(set)
    for old, person in _keyed_people(records):
        if old not in prints and old != digest(name_key(person)):
            shown[old].add(records.canonical_name(person))
    return {old: name for old, names in shown.items() if len(names) == 1 and (name := names.pop())}


def _keyed_people(records: Records) -> Iterator[tuple[str, str]]:
    """The print of the person in the key of each line of the last refresh, and the person shown."""
    for row in records.synthesis.rows:
        if row.person and is_line_key(row.key):
            yield taken_apart(identity_in(row.key))[0].split(".")[0], row.person
    for control in records.control.rows:
        parts = parts_in(taken_apart(identity_in(control.key))[0])
        if control.person and is_line_key(control.key) and parts:
            yield parts[0], control.person


def _guessed(records: Records, sure: Mapping[str, str]) -> dict[str, str]:
    known = {name_key(name): name for name in _names_before(records)}
    lost = {
        key: name
        for key, name in known.items()
        if records.canonical_name(name) is None and digest(key) not in sure
    }
    typed = _typed_names(records) if lost else set()
    lost = {key: name for key, name in lost.items() if key not in typed}
    if not lost:
        return {}
    taken = set(sure.values())
    news = {
        key: person
        for person in records.persons.values()
        if (key := name_key(person.name)) not in known and person.name not in taken
    }
    before = _lines_before(records)
    candidates = {
        old: [
            new
            for new, person in news.items()
            if _is_same(old, before[parts_of(name, "")[0]], new, person)
        ]
        for old, name in lost.items()
    }
    claims = Counter(new for found in candidates.values() for new in found)
    return {
        digest(old): news[found[0]].name
        for old, found in candidates.items()
        if len(found) == 1 and claims[found[0]] == 1
    }


def _typed_names(records: Records) -> set[str]:
    """The name_key of every name on the lines that people fill, Personnes aside."""
    tables = (records.follow_ups, records.engagements, records.missions, records.barriers)
    return {name_key(row.person) for table in tables for row in table.rows if row.person}


def _names_before(records: Records) -> set[str]:
    """The names on the lines of the last refresh, those kept below the tables aside."""
    rows = [(row.person, row.key) for row in records.synthesis.rows]
    rows += [(row.person, row.key) for row in records.control.rows]
    return {person for person, key in rows if person and is_line_key(key)}


def _lines_before(records: Records) -> defaultdict[str, Lines]:
    """The lines of the last refresh, by the print of their person."""
    found: defaultdict[str, Lines] = defaultdict(set)
    for row in records.synthesis.rows:
        name, _, _ = taken_apart(identity_in(row.key))
        person, *line = name.split(".")
        if is_line_key(row.key) and line and line[0] != EMPTY:
            found[person].add(tuple(line))
    for control in records.control.rows:
        parts = parts_in(taken_apart(identity_in(control.key))[0])
        if is_line_key(control.key) and len(parts) > 2:
            found[parts[0]].add(parts[1:])
    return found


def _is_same(old: str, before: Lines, new: str, person: Person) -> bool:
    """Whether someone new is the person of an old name."""
    common = len(before.intersection(_lines_of(person)))
    if common >= _ENOUGH and common * 2 >= len(before):
        return True
    shares_a_word = not set(old.split()).isdisjoint(new.split())
    if common and shares_a_word and common * 2 >= len(before):
        return True
    return SequenceMatcher(None, old, new).ratio() >= _SAME_NAME


def _lines_of(person: Person) -> Iterator[Parts]:
    for action in person.follow_ups:
        yield parts_of(person.name, action.key)[1:]
    for engagement in person.engagements:
        yield parts_of(person.name, engagement.key)[1:]
    for mission in person.missions:
        yield parts_of(person.name, mission.key)[1:]


def standing_lines(records: Records, people: Set[str]) -> dict[str, list[Set[str]]]:
    """The prints of the lines that are in the workbook, by the print of their person: such a line
    was not corrected, even where a sheet that refresh makes does not show it any more.
    """
    found: defaultdict[str, list[Set[str]]] = defaultdict(list)
    for table in (records.people, records.follow_ups, records.engagements, records.missions,
                  records.barriers):  # fmt: skip
        for row in table.rows:
            typed = str(getattr(row, "person", ""))
            person = digest(name_key(records.name_or_typed(typed)))
            if person in people and (key := row.key):
                found[person].append(set(parts_of("", key)[1:]))
    return dict(found)
