"""What each printed form holds: texts ready to be set, from the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cedre_xlsx._version import __version__
from cedre_xlsx.forms.logo import Logo
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method import form_words as words
from cedre_xlsx.method.form_words import Agreed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records

_OF_AGE = 18  # years
#: In the place of a cell that holds something which was not understood: `check` says what.
UNCLEAR = "à vérifier"


@dataclass(frozen=True, slots=True)
class Origin:
    """What every page says of where it comes from, and the logo if there is one."""

    workbook: str
    on: date
    logo: Logo | None = None

    @property
    def line(self) -> str:
        """Where a paper comes from, in one line."""
        return f"{self.workbook} · {french_day(self.on)} · cedre-xlsx {__version__}"

    @property
    def foot(self) -> str:
        """What the foot of each page says."""
        return french(self.line)


def convention(records: Records, row: EngagementRow, origin: Origin) -> Form:
    """The convention of one engagement (fiche outil n°19), to be signed or already reviewed."""
    name = records.canonical_name(row.person)
    person = records.persons[name] if name else None
    head = person.latest if person else None
    title = head.title if head else None
    is_young = _may_be_minor(head.birth_year if head else None, row.agreed or origin.on)
    shown = f"{head.first_name} {head.last_name}".strip() if head else row.person
    return {
        "form": "convention",
        "running": french(f"Convention {row.reference}".strip()),
        "foot": origin.foot,
        "structure": french(records.settings.structure),
        "logo": origin.logo.name if origin.logo else None,
        "number": french(row.sheet_number),
        "reference": french(row.reference),
        "date": _day(row, "agreed"),
        "title": words.CIVILITY.of(title),
        "signatory": french(words.SIGNATORY.of(title)),
        "representative": words.REPRESENTATIVE if is_young else "",
        "needs_heading": french(words.NEEDS_HEADING.of(title)),
        "notes": _notes(records, title, _CONVENTION_NOTES),
        "next_note": french(words.NEXT_NOTE),
        "name": french(shown),
        "advisor": french(row.advisor or (head.advisor if head else "")),
        "needs": french(row.needs),
        "object": french(row.object),
        "structure_means": french(row.structure_means),
        "person_means": french(row.person_means),
        "deadline": _dated(row, "deadline"),
        "review_planned": _dated(row, "review_planned"),
        "frequency": french(row.frequency),
        "place": french(records.settings.place),
        "reviewed": _day(row, "reviewed"),
        "achieved": row.achieved.value if row.achieved else "",
        "follow_up": {True: "OUI", False: "NON", None: ""}[row.follow_up],
        "comments": french(row.comments),
    }


def individual_sheet(records: Records, person: Person, origin: Origin) -> Form:
    """The individual sheet of one person (exemple n°4), with every line of follow-up."""
    head = person.latest
    return {
        "form": "person",
        "running": french(f"Fiche individuelle de suivi de {person.name}"),
        "foot": origin.foot,
        "structure": french(records.settings.structure),
        "last_name": french(_named(head)),
        "first_name": french(head.first_name),
        "advisor": french(head.advisor),
        "pre_reception": _day(head, "pre_reception"),
        "interview": _day(head, "interview"),
        "registered": _day(head, "registered"),
        "request": french(head.request),
        "succession": " → ".join(filter(None, map(_step, person.engagements))),
        "lines": [_line(row) for row in person.follow_ups],
        "notes": _notes(records, head.title, _SHEET_NOTES),
    }


#: The notes of each form, by the place that they stand in.
_CONVENTION_NOTES: dict[str, Agreed | str] = {
    "reference": words.REFERENCE_NOTE,
    "needs": words.NEEDS_NOTE,
    "object": words.OBJECT_NOTE,
    "means": words.MEANS_NOTE,
    "deadline": words.DEADLINE_NOTE,
    "comments": words.COMMENTS_NOTE,
}
_SHEET_NOTES: dict[str, Agreed | str] = {"pathway": words.PATHWAY_NOTE}


def _notes(records: Records, title: object, notes: Mapping[str, Agreed | str]) -> dict[str, str]:
    """The notes that help, "" each where the setting is NON."""
    if not records.settings.form_notes:
        return dict.fromkeys(notes, "")
    return {
        place: french(note if isinstance(note, str) else note.of(title))
        for place, note in notes.items()
    }


def _named(head: PersonRow) -> str:
    """Civility, name, and the year of birth: the guide's age would be false the year after."""
    named = f"{head.title or ''} {head.last_name}".strip()
    if head.birth_year is None:
        return named
    return f"{named} – {words.BORN.of(head.title)} en {head.birth_year}"


def _step(row: EngagementRow) -> str:
    """One engagement of the succession: "CP (18/04/2003)"; "" without a type."""
    code = french(row.type or "") or _unclear(row, "type")
    day = _day(row, "agreed")
    return f"{code} ({day})" if code and day else code


def _line(row: FollowUpRow) -> list[str]:
    return [
        _dated(row, "dated"),
        french(row.action),
        french(row.objective),
        french(row.engagement or "") or _unclear(row, "engagement"),
        _dated(row, "deadline"),
        french(row.outcome),
        _minutes(row.minutes) or _unclear(row, "minutes"),
    ]


def _unclear(row: Row, field: str) -> str:
    return UNCLEAR if field in row.unreadable else ""


def _day(row: Row, field: str) -> str:
    value: date | None = getattr(row, field)
    return french_day(value) if value else _unclear(row, field)


def _dated(row: Row, field: str) -> str:
    """A date or a deadline as typed; a true date as the forms print it."""
    value: DatedText | Deadline | None = getattr(row, field)
    if value is None:
        return _unclear(row, field)
    return french(value.text) or (french_day(value.day) if value.day else "")


def _minutes(value: int | None) -> str:
    if value is None:
        return ""
    hours, minutes = divmod(value, 60)
    return f"{hours} h {minutes:02}" if hours else f"{minutes} min"


def _may_be_minor(birth_year: int | None, day: date) -> bool:
    """Whether the year of birth leaves the person possibly under age that day."""
    return birth_year is not None and day.year - birth_year <= _OF_AGE
