"""What the pack `pass` holds of the invented people, and people added for their PASS IAE.

One is near its end, one was prolonged, one is ill known, one suspended. The first three may ask
for a prolongation, and have what its form asks for: freins, actions whose objective names a need,
what is planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cedre_xlsx.demonstration.days import next_working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.demonstration.newcomers import (
    Found,
    Newcomer,
    ago,
    contact,
    mobilisation,
    newcomer_row,
)
from cedre_xlsx.method.pass_rules import pass_rules
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.template.filling import Cell

_PEOPLE, _SUIVI, _FREINS = t.PEOPLE.table, t.FOLLOW_UP.table, t.BARRIERS.table
_ENGAGEMENTS = t.ENGAGEMENTS.table
_YEAR = 365  # days of a prolongation, or of a suspension
#: Done with each: the action, its objective, its outcome.
_DONE = (
    ("Atelier code de la route", "Mobilité", "Suivi jusqu'au bout"),
    ("Immersion chez un fleuriste", "Projet professionnel", "Le métier plaît"),
    ("Atelier CV", "Recherche d'emploi", "CV prêt"),
)
_PLANNED = ("Formation de base", "Savoirs de base : français")


def note_passes(made: Draft) -> None:
    """Fill when the PASS of each began: with the pathway."""
    for row in made.rows[_PEOPLE]:
        if row.get("pass_end"):
            row["pass_start"] = row["registered"]


def _add(made: Draft, last: str, first: str, start: date, place: str, **cells: Cell) -> Row:
    """Someone followed since the PASS began, seen these last months, under an engagement: two
    mornings a week at a `place`.
    """
    row = newcomer_row(last, first, start, pass_start=start, **cells)
    person = f"{last} {first}"
    made.add(_PEOPLE, row)
    for days in (200, 160, 120, 75, 30):
        made.add(_SUIVI, contact(person, ago(made, days)))
    due = next_working_day(made.on + timedelta(days=90))
    engagement = mobilisation(made, person, ago(made, 180), due)
    made.add(_ENGAGEMENTS, {**engagement, "object": f"Travailler deux matinées, {place}"})
    return row


def _last_day(start: date, more: int = 0) -> date:
    """The last day of a PASS that began then, prolonged or moved by so many days."""
    return start + timedelta(days=pass_rules().length_days - 1 + more)


def _for_the_form(made: Draft, person: str, earlier: int) -> None:
    """What the form of a prolongation asks for; so many days `earlier` than for somebody else."""
    for rank, (action, objective, outcome) in enumerate(_DONE):
        line = contact(person, ago(made, 135 - 30 * rank + earlier))
        line |= {"action": action, "objective": objective, "outcome": outcome, "minutes": "2h"}
        made.add(_SUIVI, line)
    planned = contact(person, ago(made, 5 + earlier))
    planned |= {
        "action": _PLANNED[0],
        "objective": _PLANNED[1],
        "status": "(2) En cours",
        "outcome": "",
        "deadline": next_working_day(made.on + timedelta(days=25)),
    }
    made.add(_SUIVI, planned)
    found: Row = {"person": person, "identified": ago(made, 190), "accompaniment": "Interne"}
    made.add(_FREINS, {**found, "barrier": "Mobilité"})
    outside = {"accompaniment": "Externe", "partner": "Atelier des mots"}
    made.add(_FREINS, {**found, **outside, "barrier": "Français, illettrisme, langue"})


def _near_its_end(made: Draft) -> Iterator[Found]:
    """Past fifty, and the PASS ends within ninety days."""
    start = ago(made, 660)
    row = _add(
        made, "Réglisse", "Honorine", start, "au jardin partagé", title="Mme",
        birth_year=made.on.year - 54, pass_number="00000 26 00001", pass_end=_last_day(start),
        rqth="NON",
    )  # fmt: skip
    _for_the_form(made, "Réglisse Honorine", 0)
    for code in ("PER14", "PER23", "PER24"):
        yield code, _PEOPLE, row, "pass_end"


def _prolonged_once(made: Draft) -> Iterator[Found]:
    """Recognised as a disabled worker, and prolonged by a year already."""
    start = ago(made, 960)
    row = _add(
        made, "Serpolet", "Gustave", start, "à la ressourcerie", birth_year=made.on.year - 40,
        pass_number="00000 26 00002", pass_end=_last_day(start, _YEAR), rqth="OUI",
    )  # fmt: skip
    _for_the_form(made, "Serpolet Gustave", 7)
    for code in ("PER23", "PER24"):
        yield code, _PEOPLE, row, "pass_end"


def _ill_known(made: Draft) -> Iterator[Found]:
    """The window is open; neither the year of birth nor the RQTH is noted."""
    start = ago(made, 500)
    row = _add(
        made, "Valériane", "Apolline", start, "à la médiathèque", title="Mme", birth_year=None,
        pass_number="00000 26 00003", pass_end=_last_day(start),
    )  # fmt: skip
    _for_the_form(made, "Valériane Apolline", 14)
    for code in ("PER23", "PER24"):
        yield code, _PEOPLE, row, "pass_end"


def _suspended(made: Draft) -> Iterator[Found]:
    """The PASS is suspended, and nothing says that it was not for more than a year."""
    start = ago(made, 600)
    row = _add(
        made, "Millepertuis", "Edmond", start, "à l'atelier vélo", pass_end=_last_day(start, _YEAR),
        pass_suspended_until=made.on + timedelta(days=60), rqth="NON",
    )  # fmt: skip
    yield "PER25", _PEOPLE, row, "pass_suspended_until"


#: Each adds a person, and the cells where a rule finds something.
PASS_HOLDERS: tuple[Newcomer, ...] = (_near_its_end, _prolonged_once, _ill_known, _suspended)
