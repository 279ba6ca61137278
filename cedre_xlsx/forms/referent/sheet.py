"""The sheet of one person for the *référent unique*: its lines, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.referent.fields import BARRIERS_SHOWN, EXITS_SHOWN, TYPED, label_of
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import decimal
from cedre_xlsx.method.hand_overs import SHEET_HANDED
from cedre_xlsx.method.hours import Hours, Per, hours_between
from cedre_xlsx.method.text import fold, squeeze, word_key
from cedre_xlsx.method.values import Deadline
from cedre_xlsx.method.vocabulary import FRANCE_TRAVAIL_CATEGORIES, Attendance, Status
from cedre_xlsx.paperwork.actions import is_of_a_former_pathway
from cedre_xlsx.rules.withheld import Withheld
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records, Table
from cedre_xlsx.schema.tables import SETTINGS_SHEET

R = TypeVar("R", bound=Row)

#: With more of them the page would be two: the latest are shown, and how many there are.
MOST_MISSIONS, MOST_ENGAGEMENTS = 10, 8
_OF_A_MISSION = ("start", "end", "nature", "trade")
_OF_AN_ENGAGEMENT = ("type", "agreed", "deadline", "achieved")
_LONGEST = 60  # characters of a name or a trade
_INTERVIEW = re.compile(r"\b(?:entretien|rendez-vous|rdv)s?\b")
_PER = {
    Per.MISSION: "", Per.DAY: " par jour", Per.WEEK: " par semaine", Per.MONTH: " par mois",
    Per.YEAR: " par an",
}  # fmt: skip
_OWN_TYPE = "Autre engagement"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the page tells: `cell` is where it stands, "" for what was counted."""

    label: str
    value: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading."""

    title: str
    lines: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table under a heading; each row has a cell for each of the `heads`.

    `widths` are those of its columns, in shares of the page.
    """

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Told, ...], ...]


@dataclass(frozen=True, slots=True)
class ReferentSheet:
    """All that the page tells of one person, as it is printed: there is nothing else on it.

    `person` is `Personne`, by which the team knows them; the page has the name alone. `handed` are
    the days on which it was handed over before, and `remarks` what to see to first.
    """

    person: str
    name: str
    structure: Told | None
    blocks: tuple[Block, ...]
    listings: tuple[Listing, ...]
    handed: tuple[date, ...] = ()
    remarks: tuple[str, ...] = ()

    def lines(self) -> Iterator[Told]:
        """Everything that the page tells, in its order."""
        if self.structure:
            yield self.structure
        for block in self.blocks:
            yield from block.lines
        for listing in self.listings:
            for row in listing.rows:
                yield from (told for told in row if told.value)


def referent_sheet(records: Records, person: Person, on: date) -> ReferentSheet:
    """What the *référent unique* is told of someone's latest pathway, on a day."""
    head = person.latest
    cells = _Cells(records, person, on)
    structure = squeeze(records.settings.structure)
    blocks = tuple(block for block in _blocks(records, person, cells) if block.lines)
    listings = tuple(one for one in _listings(records, person, cells) if one.rows)
    return ReferentSheet(
        person=person.name,
        name=_cut(f"{head.last_name} {head.first_name}"),
        structure=Told("Structure", _cut(structure), SETTINGS_SHEET) if structure else None,
        blocks=blocks,
        listings=listings,
        handed=tuple(sorted(_handed(person))),
        remarks=(*_remarks(head), *cells.names_to_see, *(f"{note}." for note in cells.notes)),
    )


def referent_form(sheet: ReferentSheet, origin: Origin) -> Form:
    """What the *référent unique* is told, as the form is set."""
    return {
        "form": "referent",
        "running": french(f"Fiche pour le référent unique : {sheet.name}"),
        "foot": origin.foot,
        "structure": french(sheet.structure.value) if sheet.structure else "",
        "day": french(f"Situation au {french_day(origin.on)}"),
        "blocks": [
            {
                "title": french(block.title),
                "lines": [[french(told.label), french(told.value)] for told in block.lines],
            }
            for block in sheet.blocks
        ],
        "listings": [
            {
                "title": french(listing.title),
                "heads": [french(head) for head in listing.heads],
                "widths": list(listing.widths),
                "rows": [[french(told.value) for told in row] for row in listing.rows],
            }
            for listing in sheet.listings
        ],
    }


class _Cells:
    """Reads what may be shown, and nothing else; knows the pathway that is told of."""

    def __init__(self, records: Records, person: Person, on: date) -> None:
        head = person.latest
        self._records = records
        self._texts = Withheld(records, person)
        self.head = head
        self.on = on
        begun = (head.pre_reception, head.interview, head.registered)
        self.first = min((day for day in begun if day is not None), default=date.min)
        self.last = min(on, head.exited or on)

    def told(self, table: Table[R], row: R, field: str) -> Told:
        """One cell: KeyError for a column that is not declared as shown."""
        label = label_of(type(row), field)
        value = self._text(row, field)
        if field in TYPED and not self._texts.text(table, row, field):
            value = ""
        place = table.place(row, field)
        return Told(label, value, f"{place.sheet}!{place.cell}" if place.cell else "")

    @property
    def notes(self) -> tuple[str, ...]:
        """The cells that are not shown for what the check finds in them."""
        return self._texts.notes

    @property
    def names_to_see(self) -> Iterator[str]:
        """What is found in the names, which are printed as they are."""
        people = self._records.people
        return (f"{one}." for one in self._texts.of_the_names(people, self.head))

    def within(self, day: date | None) -> bool:
        """Whether it is a day of the pathway, by the day of the sheet."""
        return day is not None and self.first <= day <= self.last

    def _text(self, row: Row, field: str) -> str:
        value = getattr(row, field)
        match value:
            case None | "":
                return ""
            case Deadline():  # its words may say anything
                return french_day(value.day) if value.day else ""
            case date():
                return french_day(value)
            case Hours():
                return f"{decimal(value.amount)} h{_PER[value.per]}"
            case float() | int():
                return f"{decimal(value)} h{_PER[Per.WEEK] if field == 'weekly_hours' else ''}"
        return self._listed(field, str(value))

    def _listed(self, field: str, text: str) -> str:
        """A text of a list as the list has it, "" where it is not one that may be named."""
        if field == "france_travail":
            return _one_of(text, FRANCE_TRAVAIL_CATEGORIES)
        if field == "barrier":
            return _one_of(text, BARRIERS_SHOWN)
        if field == "exit_category":
            return _one_of(text, [one.value for one in EXITS_SHOWN])
        if field == "type":
            kind = self._records.settings.type_of(text)
            return kind.method.name if kind and kind.method else _OWN_TYPE
        return _cut(text)


def _blocks(records: Records, person: Person, cells: _Cells) -> Iterator[Block]:
    for title, fields in (
        ("La personne", ("title", "last_name", "first_name", "advisor")),
        ("Le parcours", ("pre_reception", "interview", "registered", "exited", "exit_category")),
        ("Le référent unique", ("referent", "france_travail", "engagement_contract")),
        ("Le PASS IAE et le contrat",
         ("pass_start", "pass_end", "contract_start", "contract_end")),
    ):  # fmt: skip
        told = (cells.told(records.people, cells.head, field) for field in fields)
        yield Block(title, tuple(one for one in told if one.value))
    yield Block("L'accompagnement", tuple(_counts(person.follow_ups, cells)))
    yield Block("Les freins en cours", tuple(_barriers(records, person, cells)))


def _counts(rows: Iterable[FollowUpRow], cells: _Cells) -> Iterator[Told]:
    """How many interviews were held, and to how many appointments the person came."""
    mine = [row for row in rows if cells.within(row.day)]
    held = sum(map(_is_interview, mine))
    if held:
        yield Told("Entretiens réalisés", str(held))
    noted = [row.attendance for row in mine if row.attendance is not None]
    if noted:
        for label, attendance in (
            ("Présences notées", Attendance.THERE),
            ("Absences excusées", Attendance.EXCUSED),
            ("Absences non excusées", Attendance.ABSENT),
        ):
            yield Told(label, str(noted.count(attendance)))


def _is_interview(row: FollowUpRow) -> bool:
    """Whether a line is an interview with the person alone that took place."""
    held = row.status is Status.DONE or (row.status is None and bool(row.outcome))
    missed = row.attendance is not None and row.attendance.is_absence
    words = f"{row.action} {row.dated.text if row.dated else ''}"
    return held and not missed and not row.collective and bool(_INTERVIEW.search(fold(words)))


def _barriers(records: Records, person: Person, cells: _Cells) -> Iterator[Told]:
    said: set[str] = set()
    for row in person.barriers:
        if row.lifted is not None and row.lifted <= cells.on:
            continue
        if row.identified is not None and row.identified > cells.on:
            continue
        if is_of_a_former_pathway(person, row):
            continue
        told = cells.told(records.barriers, row, "barrier")
        if told.value and told.value not in said:
            said.add(told.value)
            yield told


def _listings(records: Records, person: Person, cells: _Cells) -> Iterator[Listing]:
    missions = [row for row in person.missions if cells.within(row.start)]
    engagements = [row for row in person.engagements if cells.within(row.agreed)]
    last_missions, last_engagements = missions[-MOST_MISSIONS:], engagements[-MOST_ENGAGEMENTS:]
    yield Listing(
        _missions_title(missions, len(last_missions), cells),
        tuple(label_of(MissionRow, field) for field in (*_OF_A_MISSION, "hours")),
        (1, 1, 1.1, 2.4, 1.5),
        tuple(
            tuple(
                cells.told(records.missions, row, field)
                for field in (*_OF_A_MISSION, row.hours_field)
            )
            for row in last_missions
        ),
    )
    yield Listing(
        _shown_of("Engagements réciproques", "derniers", len(last_engagements), len(engagements)),
        tuple(label_of(EngagementRow, field) for field in _OF_AN_ENGAGEMENT),
        (3, 1, 1, 1.5),
        tuple(
            tuple(cells.told(records.engagements, row, field) for field in _OF_AN_ENGAGEMENT)
            for row in last_engagements
        ),
    )


def _missions_title(missions: Sequence[MissionRow], shown: int, cells: _Cells) -> str:
    """How many, and the hours of work noted up to the day; those of a placement are not work.

    They are added as they are shown, so that the page can be summed by hand.
    """
    title = _shown_of("Missions", "dernières", shown, len(missions))
    hours = sum(
        round(hours_between(row.start, row.end, row.work, cells.first, cells.on, cells.on), 2)
        for row in missions
        if row.salaried and "end" not in row.unreadable
    )
    return f"{title} ; {decimal(hours)} heures de travail notées" if hours else title


def _shown_of(title: str, last: str, shown: int, count: int) -> str:
    few = f"les {shown} {last} sur {count}"
    return f"{title} ({count if shown == count else few})"


def _handed(person: Person) -> set[date]:
    """The days on which Suivi says that it was handed over."""
    return {
        row.day
        for row in person.follow_ups
        if row.day is not None and fold(row.action).startswith(fold(SHEET_HANDED))
    }


def _remarks(head: PersonRow) -> Iterator[str]:
    if head.lacks("referent"):
        yield "Référent unique n'est pas rempli : vérifiez à qui vous remettez cette fiche."
    if head.lacks("informed_on"):
        yield (
            "Informée le n'est pas rempli : dites d'abord à la personne ce qui part, à qui, et "
            "pourquoi."
        )


def _one_of(text: str, names: Iterable[str]) -> str:
    return next((name for name in names if word_key(name) == word_key(text)), "")


def _cut(text: str) -> str:
    plain = squeeze(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rstrip() + "…"
