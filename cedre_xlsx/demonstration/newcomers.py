"""People added for one fault each: somebody forgotten, somebody kept too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from cedre_xlsx.demonstration import content
from cedre_xlsx.demonstration.days import next_working_day, working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.template.filling import Cell

#: Code of the rule, table, row, field of the cell.
Found = tuple[str, str, Row, str]
Newcomer = Callable[[Draft], Iterator[Found]]

_PEOPLE, _SUIVI, _ENGAGEMENTS = t.PEOPLE.table, t.FOLLOW_UP.table, t.ENGAGEMENTS.table
_REQUEST = "Cherche quelques heures de travail par semaine."


def ago(made: Draft, days: int) -> date:
    """The working day so many days before that of the count, or the one before it."""
    return working_day(made.on - timedelta(days=days))


def newcomer_row(last: str, first: str, registered: date, **cells: Cell) -> Row:
    """The row of someone added; `cells` are those in which they differ."""
    return {
        "last_name": last,
        "first_name": first,
        "precision": "",
        "title": "M.",
        "birth_year": registered.year - 33,
        "advisor": content.ADVISORS[1],
        "pre_reception": registered,
        "interview": registered,
        "registered": registered,
        "request": _REQUEST,
        "informed_on": registered,
        **cells,
    }


def contact(person: str, day: date) -> Row:
    """A line of Suivi that says that the person was there."""
    return {
        "person": person,
        "dated": day,
        "action": "Entretien téléphonique",
        "objective": "Garder le lien",
        "status": "(3) Réalisée",
        "outcome": "Tout va bien, rappeler le mois prochain",
        "minutes": "15 min",
        "participant": content.ADVISORS[1],
    }


def mobilisation(made: Draft, person: str, agreed: date, due: date) -> Row:
    """An engagement of mobilisation, under the next reference of its year."""
    made_that_year = [
        str(row["reference"])
        for row in made.rows[_ENGAGEMENTS]
        if str(row["reference"]).startswith(f"MPP-{agreed.year}-")
    ]
    number = max((int(ref.rpartition("-")[2]) for ref in made_that_year), default=0) + 1
    return {
        "reference": f"MPP-{agreed.year}-{number:03d}",
        "sheet_number": "1",
        "person": person,
        "agreed": agreed,
        "advisor": content.ADVISORS[1],
        "type": "MPP",
        "needs": "Reprendre un rythme de travail",
        "object": "Tenir une mission de deux matinées par semaine",
        "structure_means": "Une mission de deux matinées, un point avec le donneur d'ordre",
        "person_means": "Venir chaque semaine et dire ce qui ne va pas",
        "deadline": due,
        "review_planned": due,
        "form": "Écrit signé",
    }


def _forgotten(made: Draft) -> Iterator[Found]:
    """Registered for more than a month, and nothing proposed since."""
    row = newcomer_row("Oseille", "Barnabé", ago(made, 45))
    made.add(_PEOPLE, row)
    yield "PER06", _PEOPLE, row, "registered"


def _without_engagement(made: Draft) -> Iterator[Found]:
    """Seen every month, but no engagement in more than three months."""
    row = newcomer_row("Houblon", "Céleste", ago(made, 110))
    made.add(_PEOPLE, row)
    for days in (110, 80, 50, 20):
        made.add(_SUIVI, contact("Houblon Céleste", ago(made, days)))
    yield "PER07", _PEOPLE, row, "registered"


def _without_contact(made: Draft) -> Iterator[Found]:
    """Under an engagement, and not seen for more than two months."""
    row = newcomer_row("Plantain", "Octavie", ago(made, 170))
    made.add(_PEOPLE, row)
    for days in (170, 130, 100, 75):
        made.add(_SUIVI, contact("Plantain Octavie", ago(made, days)))
    agreed, due = ago(made, 150), next_working_day(made.on + timedelta(days=90))
    made.add(_ENGAGEMENTS, mobilisation(made, "Plantain Octavie", agreed, due))
    yield "PER08", _PEOPLE, row, "last_name"


def _without_the_next_step(made: Draft) -> Iterator[Found]:
    """The review promised a next engagement; none was opened."""
    made.add(_PEOPLE, newcomer_row("Ajonc", "Maximin", ago(made, 130)))
    for days in (130, 95, 60, 25):
        made.add(_SUIVI, contact("Ajonc Maximin", ago(made, days)))
    row = mobilisation(made, "Ajonc Maximin", ago(made, 120), ago(made, 25))
    row |= {
        "reviewed": ago(made, 25),
        "achieved": "OUI, totalement",
        "follow_up": "OUI",
        "next_type": "D",
        "comments": content.REVIEW_COMMENTS[0],
    }
    made.add(_ENGAGEMENTS, row)
    yield "ENG13", _ENGAGEMENTS, row, "follow_up"


def _kept_too_long(made: Draft) -> Iterator[Found]:
    """Gone for more than two years, and still in the workbook."""
    registered, exited = ago(made, 1060), ago(made, 800)
    row = newcomer_row(
        "Ciguë", "Anselme", registered, exited=exited, exit_category="Sortie positive",
        exit_reason="Formation",
    )  # fmt: skip
    made.add(_PEOPLE, row)
    for days in (1060, 1020, 980):
        made.add(_SUIVI, contact("Ciguë Anselme", ago(made, days)))
    yield "DCP05", _PEOPLE, row, "last_name"


def _nearly_the_same_name(made: Draft) -> Iterator[Found]:
    """The same person received twice, the name typed in two ways."""
    known = next(one.name for one in reversed(made.pathways) if not one.name.precision)
    row = newcomer_row(f"{known.last}s", known.first, ago(made, 9), birth_year=None)
    row |= {"registered": None, "title": "Mme" if known.woman else "M."}
    made.add(_PEOPLE, row)
    yield "PER02", _PEOPLE, row, "last_name"


#: Each adds a person, and the cells where a rule finds something.
NEWCOMERS: tuple[Newcomer, ...] = (
    _forgotten,
    _without_engagement,
    _without_contact,
    _without_the_next_step,
    _kept_too_long,
    _nearly_the_same_name,
)
