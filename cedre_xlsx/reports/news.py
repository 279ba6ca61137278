"""What is new since the last meeting: who came, who left, what was added, moved, or did not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.reports.agenda_order import AdvisorAgenda, under_advisors
from cedre_xlsx.reports.agenda_points import Section, subject_of
from cedre_xlsx.reports.decisions import PouredDecision
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import BARRIERS, ENGAGEMENTS, FOLLOW_UP, MISSIONS
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.since import Since
from cedre_xlsx.workbook.typed_lines import OWN

#: Lines of one advisor that are shown: more would push the agenda off its page.
MOST = 12
_SUBJECT = 90  # characters of what a line is about
_LENGTH = 150  # characters of the line of people without a move
#: The columns of names: another one is the same person.
_NAMES = frozenset({"person", "last_name", "first_name", "precision"})
#: What is said of a new line of each table, and the cell that leads to it.
_ADDED = {
    FOLLOW_UP.table: ("action ajoutée", "action"),
    ENGAGEMENTS.table: ("engagement ajouté", "object"),
    MISSIONS.table: ("mission ajoutée", "client"),
    BARRIERS.table: ("frein ajouté", "barrier"),
}


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One thing that is new: of whom, what it is about, what became of it, where it stands.

    `rank` is that of its kind: the smallest first.
    """

    person: str
    subject: str
    remark: str
    place: Place
    rank: int
    line: str

    @property
    def identity(self) -> str:
        """What its row is known by from one agenda to the next; never that of a point."""
        return f"depuis-{digest(name_key(self.person), self.place.sheet, self.line)}"


@dataclass(frozen=True, slots=True)
class News:
    """What one advisor has to tell of the time since `day`: `still` are those without a move."""

    day: date
    lines: tuple[NewsLine, ...] = ()
    still: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Since when, and how much it is."""
        count = counted(len(self.lines), "changement") if self.lines else "rien de nouveau"
        return f"Depuis le {french_day(self.day)} ({count})"

    @property
    def shown(self) -> tuple[NewsLine, ...]:
        """The lines that there is room for."""
        return self.lines[:MOST]

    @property
    def rest(self) -> tuple[str, ...]:
        """How many others there are, and who is without a move: a sentence each."""
        others = len(self.lines) - MOST
        more = [f"… et {counted(others, 'autre')}."] if others > 0 else []
        return (*more, *([f"Sans mouvement : {_names(self.still)}."] if self.still else []))


def news_by_advisor(
    records: Records, since: Since | None, poured: Sequence[PouredDecision], on: date
) -> dict[str, News]:
    """The news of each advisor, by the key of the name; {} where nothing earlier is known.

    Lines that decisions became are told with these.
    """
    if since is None:
        return {}
    decided = {one.line.row for one in poured if one.line is not None}
    lines = sorted(_lines(records, since, decided), key=_order)
    still = list(_without_move(records, since, on))
    told = [*((one.person, one) for one in lines), *((name, None) for name in still)]
    found = {}
    for advisor, mine in under_advisors(records, [(name, (name, line)) for name, line in told], on):
        found[name_key(advisor)] = News(
            since.day,
            tuple(line for _, line in mine if line is not None),
            tuple(name for name, line in mine if line is None),
        )
    return found


def with_news(
    records: Records, agendas: Sequence[AdvisorAgenda], news: Mapping[str, News], on: date
) -> tuple[AdvisorAgenda, ...]:
    """The agendas, with those of advisors who have nothing but news, in the same order."""
    if not news:
        return tuple(agendas)
    unplaced = [one for one in agendas if one.advisor == Section.UNPLACED.label]
    agendas = [one for one in agendas if one not in unplaced]
    known = {name_key(one.advisor): one for one in agendas}
    about = [item.person for one in agendas for item in one.items]
    about += [line.person for one in news.values() for line in one.lines]
    about += [name for one in news.values() for name in one.still]
    order = [advisor for advisor, _ in under_advisors(records, ((o, o) for o in about), on)]
    groups = (known.get(name_key(one), AdvisorAgenda(one, ())) for one in order)
    return (*groups, *unplaced)


def _order(line: NewsLine) -> tuple[object, ...]:
    return line.rank, fold(line.person), line.place.sheet, line.place.row or 0


def _tables(records: Records) -> tuple[Table[Any], ...]:
    return (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip


def _lines(records: Records, since: Since, decided: Collection[int]) -> Iterator[NewsLine]:
    for table in _tables(records):
        changed = since.tables.get(table.spec.table)
        if changed is None:
            continue
        added = set(changed.added)
        if table is records.follow_ups:
            added -= set(decided)
        for row in table.rows:
            if row.row in added:
                yield _added(records, table, row)
            elif row.row in changed.changed:
                yield from _changed(records, table, row, changed.changed[row.row])


def _added(records: Records, table: Table[Any], row: Row) -> NewsLine:
    if isinstance(row, PersonRow):
        day = row.registered or row.pre_reception
        said = f"inscription le {french_day(day)}" if day else ""
        return _news(records, table, row, 0, "Nouvelle arrivée", said, "last_name")
    said, field = _ADDED[table.spec.table]
    return _news(records, table, row, 3, _about(row), said, field)


def _changed(
    records: Records, table: Table[Any], row: Row, columns: Collection[str]
) -> Iterator[NewsLine]:
    if isinstance(row, PersonRow) and "exited" in columns and row.exited is not None:
        said = f"le {french_day(row.exited)}"
        yield _news(records, table, row, 1, "Sortie", said, "exited")
    if isinstance(row, (FollowUpRow, EngagementRow)) and "deadline" in columns:
        typed = row.deadline.text if row.deadline else ""
        due = typed or (french_day(row.due) if row.due else "")
        said = f"échéance déplacée : {due}" if due else "échéance retirée"
        yield _news(records, table, row, 2, subject_of(row), said, "deadline")


def _about(row: Row) -> str:
    """What a line is about, in the words of the team."""
    if isinstance(row, (FollowUpRow, EngagementRow)):
        return subject_of(row)
    names = ("client", "trade", "barrier")
    return next((str(text) for name in names if (text := getattr(row, name, ""))), "")


def _news(
    records: Records, table: Table[Any], row: Any, rank: int, subject: str, remark: str, field: str
) -> NewsLine:
    name = records.name_or_typed(row.person)
    short = subject if len(subject) <= _SUBJECT else f"{subject[:_SUBJECT].rstrip()}…"
    return NewsLine(name, short, remark, table.place(row, field), rank, row.key)


def _without_move(records: Records, since: Since, on: date) -> Iterator[str]:
    """Who is in the active file since before that day, without a line added or changed since: what
    stands in the team's own columns aside, and who they are called.
    """
    moved = {
        records.name_or_typed(row.person)
        for table in _tables(records)
        if (told := since.tables.get(table.spec.table)) is not None
        for row in table.rows
        if row.row in told.added or _is_moved(told.changed.get(row.row, ()))
    }
    for name, person in records.persons.items():
        pathway = person.pathway_on(on)
        is_known = pathway is not None and pathway.began is not None and pathway.began < since.day
        if is_known and name not in moved and person.is_followed(on):
            yield name


def _is_moved(columns: Collection[str]) -> bool:
    return any(not name.startswith(OWN) and name not in _NAMES for name in columns)


def _names(names: Sequence[str]) -> str:
    """As many names as a line takes, and how many others."""
    shown: list[str] = []
    for name in names:
        if shown and len(", ".join((*shown, name))) > _LENGTH:
            break
        shown.append(name)
    others = len(names) - len(shown)
    return ", ".join(shown) + (f" et {counted(others, 'autre')}" if others else "")
