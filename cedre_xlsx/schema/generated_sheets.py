"""The sheets that `refresh` makes, by what they show: a workbook's own are known by that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from cedre_xlsx.schema.decisions import Reference, reference_in
from cedre_xlsx.schema.tables import (
    CONTROL,
    FUSION,
    MEETING_SHEET,
    MEMORY,
    OLD_NOTES,
    PERIODS_SHEET,
    STATISTICS_SHEET,
    SYNTHESIS,
    WHO_SHEET,
)

#: How the hidden names of these sheets begin.
MARK_PREFIX = "_cedre_"
#: How the hidden names begin that say, until the next refresh, who was given another name.
RENAME_PREFIX = f"{MARK_PREFIX}Renom_"
#: How the hidden names begin that say which line of `Suivi` a decision became.
POURED_PREFIX = f"{MARK_PREFIX}Versee_"


@dataclass(frozen=True, slots=True)
class GeneratedKind:
    """One sheet that `refresh` makes.

    `mark` is the hidden defined name that points to it; `sheet` its tab in a new workbook; `title`
    the text of its A1; `headings` the texts of its heading row that are always the same.
    """

    mark: str
    sheet: str
    title: str = ""
    headings: tuple[str, ...] = ()


SYNTHESIS_KIND = GeneratedKind(
    f"{MARK_PREFIX}Synthese",
    SYNTHESIS.sheet,
    SYNTHESIS.title,
    tuple(column.header for column in SYNTHESIS.columns.values()),
)
MEETING_KIND = GeneratedKind(
    f"{MARK_PREFIX}Reunion",
    MEETING_SHEET,
    "Ordre du jour de la réunion d'équipe",
    ("Personne", "Action, engagement", "À savoir", "Cellule"),
)
PERIODS_KIND = GeneratedKind(
    f"{MARK_PREFIX}Periodes",
    PERIODS_SHEET,
    "Périodes travaillées et non travaillées",
    ("Personne", "Accompagnateur", "Total", "Jours depuis la dernière mission"),
)
CONTROL_KIND = GeneratedKind(
    f"{MARK_PREFIX}Controle",
    CONTROL.sheet,
    CONTROL.title,
    tuple(column.header for column in CONTROL.columns.values()),
)
#: Made when it is first needed, and added to ever after. The team may do all that it likes with it:
#: it is known by its mark, whatever it shows.
OLD_NOTES_KIND = GeneratedKind(
    f"{MARK_PREFIX}Notes_anciennes",
    OLD_NOTES.sheet,
    headings=tuple(column.header for column in OLD_NOTES.columns.values()),
)
#: Made by `merge`, and gone once all is chosen: a refresh leaves it as it is.
FUSION_KIND = GeneratedKind(
    f"{MARK_PREFIX}Fusion",
    FUSION.sheet,
    headings=tuple(column.header for column in FUSION.columns.values()),
)
#: Hidden; written by what closes a year, or makes lines anonymous, and by nothing else.
MEMORY_KIND = GeneratedKind(
    f"{MARK_PREFIX}Memoire",
    MEMORY.sheet,
    MEMORY.title,
    tuple(column.header for column in MEMORY.columns.values()),
)
#: Those that every workbook has once.
LASTING_KINDS = (SYNTHESIS_KIND, MEETING_KIND, PERIODS_KIND, CONTROL_KIND)

_WHO_WORDS = WHO_SHEET.replace(" ", "_")
#: How the marks begin of the sheets that name who counts.
WHO_MARK_PREFIX = f"{MARK_PREFIX}{_WHO_WORDS}_"
_YEARLY_MARK = re.compile(rf"{MARK_PREFIX}({STATISTICS_SHEET}|{_WHO_WORDS})_(\d{{1,4}})", re.I)


def statistics_kind(year: int) -> GeneratedKind:
    """The sheet of a year's figures."""
    title = f"{STATISTICS_SHEET} {year}"
    return GeneratedKind(
        f"{MARK_PREFIX}{STATISTICS_SHEET}_{year}",
        title,
        title,
        ("Chiffre", "Objectif", "Définition"),
    )


def who_kind(year: int) -> GeneratedKind:
    """The sheet of the lines behind a year's figures; its lists are headed one by one."""
    return GeneratedKind(
        f"{MARK_PREFIX}{_WHO_WORDS}_{year}",
        f"{WHO_SHEET} {year}",
        f"{WHO_SHEET} en {year} : liste nominative, ne pas diffuser",
    )


def kind_of(mark: str) -> GeneratedKind | None:
    """What a hidden name marks; None for one that this version does not know."""
    for kind in (*LASTING_KINDS, OLD_NOTES_KIND, FUSION_KIND, MEMORY_KIND):
        if kind.mark.casefold() == mark.casefold():
            return kind
    yearly = _YEARLY_MARK.fullmatch(mark)
    if yearly is None:
        return None
    made = statistics_kind if yearly[1].casefold() == STATISTICS_SHEET.casefold() else who_kind
    return made(int(yearly[2]))


def yearly_years(sheets: Iterable[Recognised]) -> frozenset[int]:
    """The years that some sheets of a workbook are of."""
    found = (_YEARLY_MARK.fullmatch(one.kind.mark) for one in sheets if one.tab)
    return frozenset(int(one[2]) for one in found if one is not None)


def rename_name(old: str, new: str) -> tuple[str, str]:
    """The hidden name that tells a new name, and what it stands for; both names as prints."""
    return f"{RENAME_PREFIX}{old}", f'"{new}"'


def renames_in(names: Mapping[str, str]) -> dict[str, str]:
    """The prints of people's former names, with those of the new ones, among defined names."""
    prefix = RENAME_PREFIX.casefold()
    return {
        name[len(prefix) :].casefold(): text.strip('"').casefold()
        for name, text in names.items()
        if name.casefold().startswith(prefix)
    }


def poured_name(reference: Reference, identity: str, said: str = "") -> tuple[str, str]:
    """The hidden name that tells which line of Suivi a decision became, and what it stands for:
    the prints of the line, as `line_identity` gives them, and that of what was `said` then.
    """
    told = f"{identity}|{said}" if said else identity
    return f"{POURED_PREFIX}{reference.on:%Y%m%d}_{reference.rank}", f'"{told}"'


def poured_in(names: Mapping[str, str]) -> dict[Reference, tuple[str, str]]:
    """The prints of the lines that decisions became, among defined names, each with that of what
    the decision said ("" where the name does not tell).
    """
    found = {}
    for name, text in names.items():
        told = _POURED.fullmatch(name)
        if told is not None:
            reference = reference_in(f"{told[3]}/{told[2]}/{told[1]} n° {told[4]}")
            if reference is not None:
                identity, _, said = text.strip('"').casefold().partition("|")
                found[reference] = identity, said
    return found


_POURED = re.compile(rf"{POURED_PREFIX}(\d{{4}})(\d\d)(\d\d)_(\d{{1,4}})", re.I)


class Knowledge(Enum):
    """How a sheet that `refresh` makes was known in a workbook."""

    MARKED = auto()  # by its mark
    ADOPTED = auto()  # its mark was lost; one sheet alone shows all that it should
    ABSENT = auto()  # there is none
    UNSURE = auto()  # no mark, or on an empty sheet; several may be it, or one lacks something
    BARE = auto()  # neither mark nor keys, but its tab, and its title or all of its headings
    ELSEWHERE = auto()  # its mark stands on a sheet that holds something else


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is known of one sheet that `refresh` makes in a workbook, by the names of tabs.

    `tabs` are the sheet, or those in doubt, or the one that holds something else; `instead` those
    where, in this last case, what it should show seems to stand.
    """

    kind: GeneratedKind
    how: Knowledge
    tabs: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def tab(self) -> str:
        """The tab of the sheet; "" unless it is known for certain."""
        return self.tabs[0] if self.how in (Knowledge.MARKED, Knowledge.ADOPTED) else ""
