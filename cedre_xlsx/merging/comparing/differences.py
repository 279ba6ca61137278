"""What differs between two copies of a workbook: people first, each with the lines about them.

Rows are known by what they say, whatever their order. What `refresh` makes is not compared, but
what people typed there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cedre_xlsx.merging.comparing.changes import (
    Differences,
    LineDifference,
    PersonChanges,
    SheetChanges,
)
from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.merging.comparing.free_texts import free_changes, remark_changes
from cedre_xlsx.merging.comparing.lines import (
    TablePair,
    column_remarks,
    line_changes,
    pair_of,
    renamed_people,
)
from cedre_xlsx.merging.comparing.notes import note_changes
from cedre_xlsx.merging.comparing.own_sheets import sheet_changes, sheet_remarks
from cedre_xlsx.merging.comparing.parameters import parameter_changes
from cedre_xlsx.merging.comparing.people import People
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.tables import DATA_TABLES, PEOPLE

#: Of the lines of the smaller copy, those that the other one must have to be a copy of it.
_LEAST_SHARED = 0.1
_FEW = 5  # lines, of which nothing can be told


def differences(before: Copy, after: Copy) -> Differences:
    """All that was added, removed or changed from one copy to the other."""
    people = People(before, after)
    persons = pair_of(PEOPLE.table, people)
    if persons is not None:
        people = replace(people, renamed=renamed_people(persons))
    others = (pair_of(s.table, people) for s in DATA_TABLES if s is not PEOPLE)
    pairs = [pair for pair in (persons, *others) if pair is not None]
    if not _are_related(pairs):
        return Differences(related=False)
    lines = [found for pair in pairs for found in line_changes(pair, people)]
    lines += ((people.is_now(line.person), line) for line in note_changes(before, after))
    of_people, of_nobody = _by_person(lines, people)
    return Differences(
        tuple(of_people),
        tuple(_of_sheets(before, after, of_nobody)),
        tuple(_remarks(before, after, pairs)),
    )


def _of_sheets(before: Copy, after: Copy, lines: list[LineDifference]) -> Iterator[SheetChanges]:
    yield from _by_sheet(lines)
    for made in (free_changes, remark_changes, parameter_changes, sheet_changes):
        yield from made(before, after)


def _are_related(pairs: Iterable[TablePair]) -> bool:
    """Whether enough lines are in both copies, or too few lines are in one to tell."""
    counts = [(len(p.before.prints), len(p.after.prints), len(p.alignment.pairs)) for p in pairs]
    fewest = min(sum(one for one, _, _ in counts), sum(other for _, other, _ in counts))
    return fewest < _FEW or sum(shared for _, _, shared in counts) >= _LEAST_SHARED * fewest


def _by_person(
    lines: Iterable[tuple[str, LineDifference]], people: People
) -> tuple[list[PersonChanges], list[LineDifference]]:
    """The lines of each person in the order of their names, and those of nobody."""
    of_people: defaultdict[str, list[LineDifference]] = defaultdict(list)
    of_nobody: list[LineDifference] = []
    for key, line in lines:
        (of_people[key] if key else of_nobody).append(line)
    formers = set(people.renamed.values())
    was = {people.was(one): one for one in people.before.records.persons}
    now = {people.is_now(one): one for one in people.after.records.persons}
    found = []
    for key, theirs in of_people.items():
        name = now.get(key) or was.get(key) or theirs[0].person
        former = was.get(key, "") if key in formers else ""
        found.append(PersonChanges(name, tuple(theirs), former, people.advisor(key, name)))
    return sorted(found, key=lambda one: fold(one.name)), of_nobody


def _by_sheet(lines: Iterable[LineDifference]) -> Iterator[SheetChanges]:
    sheets: defaultdict[str, list[LineDifference]] = defaultdict(list)
    for line in lines:
        sheets[line.sheet].append(line)
    for title, theirs in sheets.items():
        yield SheetChanges(title, tuple(theirs))


def _remarks(before: Copy, after: Copy, pairs: Iterable[TablePair]) -> Iterator[str]:
    was, now = before.records.template_version, after.records.template_version
    if was and now and was != now:
        yield (
            f"Le modèle n'est pas le même : version {was} dans {before.name}, {now} dans "
            f"{after.name}."
        )
    known = {pair.before.typed.table for pair in pairs}
    for spec in DATA_TABLES:
        for copy, other in ((before, after), (after, before)):
            if spec.table in copy.tables and spec.table not in known:
                count = len(copy.tables[spec.table].lines)
                yield (
                    f"Le tableau de {spec.sheet} ({count} lignes) n'a pas été trouvé dans "
                    f"{other.name} : ses lignes ne sont pas comparées."
                )
    yield from sheet_remarks(before, after)
    for pair in pairs:
        yield from column_remarks(pair)
