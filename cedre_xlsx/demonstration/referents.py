"""What the pack `referent` holds of the invented people: who follows them, who came."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle

from cedre_xlsx.demonstration.days import working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.method.vocabulary import AbsenceReason, Attendance, Status
from cedre_xlsx.schema import tables as t

_PEOPLE, _SUIVI = t.PEOPLE.table, t.FOLLOW_UP.table
#: Orienteur → who is the référent unique, and the category at France Travail.
_REFERENTS = {
    "France Travail": ("France Travail, agence de Valbruyère", "B"),
    "Mission locale": ("Mission locale du Pays vert", "A"),
    "Service social du conseil départemental": ("Département, pôle insertion", "F"),
    "Cap emploi": ("Cap emploi de Valbruyère", "A"),
}
_NOTED_DAYS = 365  # since when the team notes who came


def note_referents(made: Draft) -> None:
    """Fill the columns of the pack, of those who are there and of the lines of the last year."""
    for row in made.rows[_PEOPLE]:
        registered = row.get("registered")
        known = _REFERENTS.get(str(row.get("referrer")))
        if known and isinstance(registered, date) and not row.get("exited"):
            row["referent"], row["france_travail"] = known
            row["engagement_contract"] = working_day(registered - timedelta(days=20))
    reasons = cycle(AbsenceReason)
    for row in made.rows[_SUIVI]:
        day = row.get("dated")
        if not isinstance(day, date) or (made.on - day).days > _NOTED_DAYS:
            continue
        if row.get("status") == Status.DONE.value:
            row["attendance"] = Attendance.THERE.value
        elif row.get("status") == Status.DROPPED.value:
            row["attendance"] = Attendance.EXCUSED.value
            row["absence_reason"] = next(reasons).value
