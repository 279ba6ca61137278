"""What each printed form holds: texts ready to be set, from the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx._version import __version__
from cedre_xlsx.forms.typesetting import Form, logo_name
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Title
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Person, Records

_TITLES = {Title.MR: "Monsieur", Title.MRS: "Madame"}
_OF_AGE = 18  # years


@dataclass(frozen=True, slots=True)
class Origin:
    """What every page says of where it comes from, and the logo if there is one."""

    workbook: str
    on: date
    logo: Path | None = None

    @property
    def foot(self) -> str:
        """The foot of the page."""
        return f"{self.workbook} · {french_day(self.on)} · cedre-xlsx {__version__}"


def convention(records: Records, row: EngagementRow, origin: Origin) -> Form:
    """The convention of one engagement (fiche outil n°19), to be signed or already reviewed."""
    name = records.canonical_name(row.person)
    person = records.persons[name] if name else None
    head = person.latest if person else None
    shown = f"{head.first_name} {head.last_name}".strip() if head else row.person
    return {
        "form": "convention",
        "foot": french(origin.foot),
        "structure": french(records.settings.structure),
        "logo": logo_name(origin.logo) if origin.logo else None,
        "number": french(row.sheet_number),
        "reference": row.reference,
        "date": _day(row.agreed),
        "title": _TITLES[head.title] if head and head.title else "Monsieur / Madame",
        "name": french(shown),
        "advisor": french(row.advisor or (head.advisor if head else "")),
        "needs": french(row.needs),
        "object": french(row.object),
        "structure_means": french(row.structure_means),
        "person_means": french(row.person_means),
        "deadline": _deadline(row.deadline),
        "review_planned": _deadline(row.review_planned),
        "frequency": french(row.frequency),
        "place": french(records.settings.place),
        "minor": _may_be_minor(head.birth_year if head else None, row.agreed or origin.on),
        "reviewed": _day(row.reviewed),
        "achieved": row.achieved.value if row.achieved else "",
        "follow_up": {True: "OUI", False: "NON", None: ""}[row.follow_up],
        "comments": french(row.comments),
    }


def individual_sheet(records: Records, person: Person, origin: Origin) -> Form:
    """The individual sheet of one person (exemple n°4), with every line of follow-up."""
    head = person.latest
    steps = [
        f"{row.type} ({_day(row.agreed)})" if row.agreed else row.type
        for row in person.engagements
        if row.type
    ]
    return {
        "form": "person",
        "foot": french(origin.foot),
        "last_name": french(f"{head.title or ''} {head.last_name}".strip()),
        "first_name": french(head.first_name),
        "advisor": french(head.advisor),
        "pre_reception": _day(head.pre_reception),
        "interview": _day(head.interview),
        "registered": _day(head.registered),
        "request": french(head.request),
        "succession": " → ".join(steps),
        "lines": [_line(row) for row in person.follow_ups],
    }


def _line(row: FollowUpRow) -> list[str]:
    return [
        _dated(row.dated),
        french(row.action),
        french(row.objective),
        row.engagement or "",
        _deadline(row.deadline),
        french(row.outcome),
        _minutes(row.minutes),
    ]


def _day(value: date | None) -> str:
    return french_day(value) if value else ""


def _dated(value: DatedText | None) -> str:
    return "" if value is None else french(value.text) or _day(value.day)


def _deadline(value: Deadline | None) -> str:
    return "" if value is None else french(value.text) or _day(value.day)


def _minutes(value: int | None) -> str:
    if value is None:
        return ""
    hours, minutes = divmod(value, 60)
    return f"{hours} h {minutes:02}" if hours else f"{minutes} min"


def _may_be_minor(birth_year: int | None, day: date) -> bool:
    """Whether the year of birth leaves the person possibly under age that day."""
    return birth_year is not None and day.year - birth_year <= _OF_AGE
