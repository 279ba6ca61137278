"""How far each person's days may be moved without the check saying anything else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cedre_xlsx.method.text import fold
from cedre_xlsx.privacy.pseudonyms.proof import Said
from cedre_xlsx.privacy.pseudonyms.source import CopiedRow, CopiedTable
from cedre_xlsx.rules.follow_up_lines import is_individual
from cedre_xlsx.schema.columns import Data
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read.raw import Cell

#: The weeks that are tried for a person, in an order drawn for each, before none at all.
WEEKS = tuple(week for week in range(-8, 9) if week)
Offsets = Mapping[str, timedelta]
#: What the check says where the days of people are moved so far.
Oracle = Callable[[Offsets], Counter[Said]]


@dataclass(frozen=True, slots=True)
class Moves:
    """How far the days of each person are moved, by the key of the person; how many are moved."""

    offsets: Offsets
    people: int
    moved: int


def find_moves(
    tables: Sequence[CopiedTable], records: Records, oracle: Oracle, random: Random
) -> Moves:
    """The moves of which the check says what it says of none."""
    groups = _groups(tables, records)
    tried = {group: [*random.sample(WEEKS, len(WEEKS)), 0] for group in set(groups.values())}
    wanted = oracle({})
    while True:
        offsets = {who: timedelta(weeks=tried[group][0]) for who, group in groups.items()}
        found = oracle(offsets)
        unlike = (wanted - found) + (found - wanted)
        if not unlike:
            break
        _try_others(tried, groups, unlike, tables)
    still = sum(1 for one in offsets.values() if one)
    return Moves(offsets, len(groups), still)


def _groups(tables: Sequence[CopiedTable], records: Records) -> dict[str, str]:
    """Who is moved with whom: those of a collective session stay together."""
    group = {row.whose: row.whose for table in tables for row in table.rows if row.whose}

    def head(who: str) -> str:
        while group[who] != who:
            who = group[who]
        return who

    for session in _sessions(tables, records):
        first, *others = [head(who) for who in session if who in group]
        for other in others:
            group[head(other)] = head(first)
    return {who: head(who) for who in group}


def _sessions(tables: Sequence[CopiedTable], records: Records) -> Iterable[list[str]]:
    """Who was at each session of a group, marked or not: one day, one action."""
    rows = {row.row: row for table in tables if table.spec.table == "tSuivi" for row in table.rows}
    row_of = next(table.row_of for table in tables if table.spec.table == "tSuivi")
    found: defaultdict[tuple[date, str], dict[str, None]] = defaultdict(dict)
    for line in records.follow_ups.rows:
        row = rows.get(row_of.get(line.row, 0))
        is_one = line.collective or (line.minutes and not is_individual(line.action))
        if is_one and line.day and row and row.whose:
            found[line.day, fold(line.action)][row.whose] = None
    return [list(who) for who in found.values()]


def _try_others(
    tried: Mapping[str, list[int]],
    groups: Mapping[str, str],
    unlike: Iterable[Said],
    tables: Sequence[CopiedTable],
) -> None:
    """Go on to the next number of weeks for those whose lines are told otherwise; where they have
    none left, for those whose lines are like theirs; else nobody is moved.
    """
    owners = {(table.spec.sheet, row.row): row.whose for table in tables for row in table.rows}
    next_ones: dict[str, None] = {}
    for one in unlike:
        group = groups.get(owners.get((one.sheet, one.row), ""), "")
        some = [group] if len(tried.get(group, ())) > 1 else _beside(one, groups, tables)
        next_ones |= {other: None for other in some if len(tried.get(other, ())) > 1}
    for group in next_ones:
        del tried[group][0]
    if not next_ones:
        for weeks in tried.values():
            del weeks[:-1]


def _beside(one: Said, groups: Mapping[str, str], tables: Sequence[CopiedTable]) -> Iterable[str]:
    """The groups of the lines that have a day or a text in common with that of a finding."""
    for table in tables:
        mine = next((row for row in table.rows if row.row == one.row), None)
        if table.spec.sheet == one.sheet and mine is not None:
            cells = set(_telling(table, mine))
            return [
                groups[row.whose]
                for row in table.rows
                if row.whose in groups and not cells.isdisjoint(_telling(table, row))
            ]
    return list(groups.values())


def _telling(table: CopiedTable, row: CopiedRow) -> Iterable[Cell]:
    told = {name: table.spec.columns[name].told for name in row.cells}
    return (cell for name, cell in row.cells.items() if told[name] in (Data.DATE, Data.TEXT))
