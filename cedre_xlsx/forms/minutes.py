"""The compte rendu of a team meeting: who was there, what was decided, what was put off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.reports.agenda_order import AdvisorAgenda, Point, under_advisors
from cedre_xlsx.schema.decisions import Decision
from cedre_xlsx.schema.generated import is_kept_key
from cedre_xlsx.schema.records import Records

#: Points put off that are named for an advisor; the others are counted.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the compte rendu prints it."""

    person: str
    subject: str
    text: str
    who: str
    due: str


def decided(decision: Decision, person: str) -> Decided:
    """A decision of the meeting, under the name of now."""
    due = decision.due
    shown = french_day(due) if isinstance(due, date) else (due or "")
    return Decided(person, decision.subject, decision.text, decision.who, shown)


def minutes_form(
    records: Records,
    decisions: Sequence[Decided],
    agendas: Sequence[AdvisorAgenda],
    settled: Collection[str],
    present: Sequence[str],
    origin: Origin,
) -> Form:
    """The compte rendu; `agendas` are the points of the meeting, of which the `settled` ones, by
    their identities, were decided.
    """
    day = french_day(origin.on)
    return {
        "form": "minutes",
        "running": french(f"Compte rendu de la réunion d'équipe du {day}"),
        "foot": origin.foot,
        "structure": french(records.settings.structure),
        "title": french(f"COMPTE RENDU DE LA RÉUNION D'ÉQUIPE DU {day}"),
        "present": french(", ".join(present)),
        "count": french(counted(len(decisions), "décision")),
        "groups": [
            {"advisor": french(advisor), "lines": [_cells(one) for one in mine]}
            for advisor, mine in under_advisors(
                records, ((one.person, one) for one in decisions), origin.on
            )
        ],
        "put_off": [
            {"advisor": french(one.advisor), "lines": lines}
            for one in agendas
            if (lines := _put_off(one.points, settled))
        ],
        "notes": [[french(text) for text in note] for note in _notes(records)],
    }


def _cells(one: Decided) -> list[str]:
    return [french(text) for text in (one.person, one.text, one.who, one.due, one.subject)]


def _put_off(points: Sequence[Point], settled: Collection[str]) -> list[str]:
    """The points without a decision: those of the hour by their words, the others counted."""
    left = [one for one in points if one.item.identity not in settled]
    open_ones = [one.item for one in left if not one.folded]
    named = open_ones if len(open_ones) == len(left) <= _NAMED + 1 else open_ones[:_NAMED]
    lines = []
    for one in named:
        about = " : ".join(filter(None, (one.person, one.subject)))
        lines.append(f"{about} ({one.remark})" if one.remark else about)
    more = len(left) - len(named)
    if more:
        lines.append(f"et {counted(more, 'autre point', 'autres points')}")
    return [french(line) for line in lines]


def _notes(records: Records) -> Iterable[tuple[str, str, str]]:
    """What was noted in Synthèse: of whom, on what, the note."""
    for row in records.synthesis.rows:
        if row.notes.strip() and not is_kept_key(row.key):
            yield row.person, row.action, row.notes
