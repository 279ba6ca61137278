"""The platform's export of applications: one line an application, several lines a person.

The accepted application that begins last tells the contract; the PASS is the person's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from cedre_xlsx.intake.forms import APPLICATIONS
from cedre_xlsx.intake.model import SourceRow, SourceTable
from cedre_xlsx.intake.names import is_masked
from cedre_xlsx.intake.structures import of_others
from cedre_xlsx.intake.targets import TableMap, Target
from cedre_xlsx.intake.understood_table import UnderstoodTable, understood_table
from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import REFERRERS
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank

_ACCEPTED = "candidature acceptee"
#: Of someone who is not accompanied here: their line makes nobody.
_ELSEWHERE = {
    "candidature declinee": "candidature déclinée",
    "embauche ailleurs": "embauché ailleurs",
}
_NEVER = date.min
_NAMED = 5  # people in a sentence


def read_applications(
    source: SourceTable, settings: Settings, reader: Reader
) -> tuple[UnderstoodTable, tuple[str, ...]]:
    """The lines of an export, those of other structures aside; what is to be said of it.

    Lines of the same names and birth are read as one. Raises CedreError for an export of another
    structure, or without a line.
    """
    columns = _Columns(source)
    if not source.rows:
        raise CedreError(f"{source.place} : l'export n'a aucune ligne ; rien n'est écrit.")
    others, notes = of_others(source, columns["Nom structure employeur"], settings)
    typed = columns["Statut de la candidature"]
    words = {cell: word_key(plain_text(cell)) for cell in set(typed)}
    statuses = [words[cell] for cell in typed]
    starts = columns["Dates de début d’embauche"]
    ranking = _ranking(statuses, starts, reader.on)
    named = _by_names(columns)
    aside = {**_not_hired_here(named, statuses), **others}
    groups = _together(named, ranking, aside)
    first = [group[0] for group in groups]
    numbers = [row.number for row in source.rows]
    winners = replace(source, rows=_completed(source, columns, groups))
    mapping = TableMap(winners, t.PEOPLE, tuple(_targets(source)), APPLICATIONS.key)
    read = understood_table(
        mapping,
        reader,
        aside={rank: aside[one] for rank, one in enumerate(first) if one in aside},
        ranking=[ranking[one] for one in first],
        made=_made(_Columns(winners), [ranking[one][0] > 0 for one in first])
        | {"registered": [_first_start(group, ranking, starts) for group in groups]},
        together=[tuple([numbers[one] for one in group]) for group in groups],
    )
    return replace(read, only_fills=_ONLY_FILLS), (*notes, *_not_hired(read, source))


#: What the export only guesses: the first hire it knows of, who sent the person.
_ONLY_FILLS = frozenset({"registered", "referrer", "precision"})


#: How much the application of a line counts: whether it was accepted, from which day on.
_Rank = tuple[int, int]
_NOT_HIRED: _Rank = (0, 0)


def _ranking(statuses: Sequence[str], starts: Sequence[Cell], on: date) -> list[_Rank]:
    """How the application of each line ranks among those of its person."""
    hired = {start: (1, (_day(start, on) or _NEVER).toordinal()) for start in set(starts)}
    return [
        hired[start] if status == _ACCEPTED else _NOT_HIRED
        for status, start in zip(statuses, starts, strict=True)
    ]


def _first_start(group: Sequence[int], ranking: Sequence[_Rank], starts: Sequence[Cell]) -> Cell:
    """The start of the first accepted application of someone; None without one."""
    hired = [one for one in group if ranking[one][0]]
    return starts[min(hired, key=ranking.__getitem__)] if hired else None


def _not_hired(read: UnderstoodTable, source: SourceTable) -> Iterator[str]:
    """Who has no accepted application, in a sentence."""
    rows = (row for rank, row in enumerate(read.people.rows) if rank not in read.aside)
    names = [row.person for row in rows if row.registered is None]
    if names:
        shown = listed([f"« {name} »" for name in names[:_NAMED]])
        rest = f" et {len(names) - _NAMED} autres" if len(names) > _NAMED else ""
        yield (
            f"{source.place} : sans embauche acceptée, donc sans date d'inscription : "
            f"{shown}{rest}."
        )


#: The lines that name someone in the same words, by their ranks.
_Named = Mapping[tuple[Cell, ...], list[int]]


def _by_names(columns: _Columns) -> _Named:
    """The lines by names and birth as they stand, in the order of the first."""
    found: defaultdict[tuple[Cell, ...], list[int]] = defaultdict(list)
    for rank, who in enumerate(_names(columns)):
        found[who].append(rank)
    return found


def _together(named: _Named, ranking: Sequence[_Rank], aside: Mapping[int, str]) -> list[list[int]]:
    """The lines of each person, the one that wins first; a line that is aside, or whose names are
    hidden, is alone.
    """
    groups: list[list[int]] = []
    for (last, first, _), ranks in named.items():
        if is_masked(plain_text(last), plain_text(first)):
            groups += ([rank] for rank in ranks)
        elif aside and not aside.keys().isdisjoint(ranks):
            groups += ([rank] for rank in ranks if rank in aside)
            groups.append([rank for rank in ranks if rank not in aside])
        else:
            groups.append(ranks)
    groups = sorted(filter(None, groups))
    for group in groups:
        if len(group) > 1:
            group.sort(key=ranking.__getitem__, reverse=True)
    return groups


#: What is the person's, whatever the application: another line may tell it.
_OF_THE_PERSON = (
    "Civilité candidat", "Numéro PASS IAE", "Début PASS IAE", "Fin PASS IAE", "Ville candidat",
)  # fmt: skip


def _completed(
    source: SourceTable, columns: _Columns, groups: Sequence[Sequence[int]]
) -> tuple[SourceRow, ...]:
    """The line of each group that wins, with what only the others tell of the person."""
    ranks = [rank for rank in map(columns.rank, _OF_THE_PERSON) if rank is not None]
    rows = source.rows
    made = [rows[group[0]] for group in groups]
    firsts = [row.cells for row in made]
    for rank in ranks:
        cells = [first[rank] for first in firsts]
        blank = {cell for cell in dict.fromkeys(cells) if is_blank(cell)}
        for place, cell in enumerate(cells) if blank else ():
            if cell in blank and len(groups[place]) > 1:
                others = [rows[one].cells[rank] for one in groups[place][1:]]
                made[place] = _with(made[place], rank, others)
    return tuple(made)


def _with(row: SourceRow, rank: int, others: Sequence[Cell]) -> SourceRow:
    """A row with the first of other cells that holds something, where there is one."""
    found = next((cell for cell in others if not is_blank(cell)), None)
    if found is None:
        return row
    return row._replace(cells=[*row.cells[:rank], found, *row.cells[rank + 1 :]])


#: What the accepted application tells, or several columns together.
_MADE = frozenset({"registered", "contract_end", "referrer"})


class _Columns:
    """The cells of an export by the headings of its form, empty where it lacks one."""

    def __init__(self, source: SourceTable) -> None:
        self._source = source
        headings = APPLICATIONS.headings_of(source)
        self._ranks = {one: rank for rank, one in enumerate(headings) if one}

    def rank(self, heading: str) -> int | None:
        """Which column of the file has a heading; None where it lacks it."""
        return self._ranks.get(heading)

    def __getitem__(self, heading: str) -> Sequence[Cell]:
        rank = self._ranks.get(heading)
        source = self._source
        return [None] * len(source.rows) if rank is None else source.column(rank)


def _targets(source: SourceTable) -> list[Target]:
    """Where the columns of the file go; what is made of several is not taken twice."""
    found = []
    for heading in APPLICATIONS.headings_of(source):
        target = APPLICATIONS.targets.get(heading, APPLICATIONS.other)
        is_made = target.field in _MADE
        found.append(Target(why="repris de la candidature acceptée") if is_made else target)
    return found


def _not_hired_here(named: _Named, statuses: Sequence[str]) -> dict[int, str]:
    """Why some lines make nobody: those of people who have no other than a refusal."""
    elsewhere = {rank for rank, status in enumerate(statuses) if status in _ELSEWHERE}
    if not elsewhere:
        return {}
    nobody = (ranks for ranks in named.values() if elsewhere.issuperset(ranks))
    return {
        rank: f"{_ELSEWHERE[statuses[rank]]} : la personne n'est pas reprise ; ajoutez-la vous-même"
        " si vous l'accompagnez"
        for rank in sorted(chain.from_iterable(nobody))
    }


def _names(columns: _Columns) -> Iterator[tuple[Cell, ...]]:
    parts = ("Nom candidat", "Prénom candidat", "Date de naissance candidat")
    return zip(*(columns[one] for one in parts), strict=True)


def _made(columns: _Columns, accepted: Sequence[bool]) -> dict[str, Sequence[Cell]]:
    """What is made of several columns: the contract of an accepted application, the kind of
    orienteur, the town where two people have one name.
    """
    starts, ends = columns["Dates de début d’embauche"], columns["Dates de fin d’embauche"]
    begun = [cell if is_one else None for cell, is_one in zip(starts, accepted, strict=True)]
    ended = [cell if is_one else None for cell, is_one in zip(ends, accepted, strict=True)]
    origins = columns["Source de la candidature"]
    pairs = list(zip(origins, columns["Nom organisation prescripteur"], strict=True))
    kinds = {one: _referrer(plain_text(one[0]), plain_text(one[1])) for one in set(pairs)}
    return {
        "registered": begun,
        "contract_start": begun,
        "contract_end": ended,
        "referrer": [kinds[one] for one in pairs],
        "precision": _towns_of_namesakes(columns),
    }


def _towns_of_namesakes(columns: _Columns) -> list[Cell]:
    """The town of each line whose name two births have; None for all others."""
    births: dict[tuple[Cell, Cell], Cell] = {}
    several = set()
    names = list(_names(columns))
    for last, first, born in names:
        if born is not None and born != "" and births.setdefault((last, first), born) != born:
            several.add((last, first))
    if not several:
        return [None] * len(names)
    towns = columns["Ville candidat"]
    return [town if one[:2] in several else None for one, town in zip(names, towns, strict=True)]


def _referrer(origin: str, body: str) -> str:
    """The kind of orienteur of an application: that of the organisation, where its name says it."""
    source = word_key(origin)
    if source == "candidature spontanee":
        return "Candidature spontanée"
    if source not in ("prescripteur habilite", "orienteur"):
        return ""  # the structure's own, or another employer's: nothing says who sent them
    words = f" {word_key(body)} ".replace(" pole emploi ", " france travail ")
    for kind in REFERRERS:
        if f" {word_key(kind)} " in words:
            return kind
    return (
        "Autre prescripteur habilité"
        if source == "prescripteur habilite"
        else ("Orienteur non habilité")
    )


def _day(cell: Cell, on: date) -> date | None:
    if isinstance(cell, str):
        return read_date(cell, on).day if cell.strip() else None
    return cell if isinstance(cell, date) else None
