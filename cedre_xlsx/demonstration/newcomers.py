"""People added for one fault each: somebody forgotten, somebody kept too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from cedre_xlsx.demonstration import content
from cedre_xlsx.demonstration.days import next_working_day, working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.method.days import add_months
from cedre_xlsx.schema import tables as t

#: Code of the rule, table, row, field of the cell.
Found = tuple[str, str, Row, str]
Newcomer = Callable[[Draft], Iterator[Found]]

_PEOPLE, _SUIVI, _ENGAGEMENTS = t.PEOPLE.table, t.FOLLOW_UP.table, t.ENGAGEMENTS.table
_REQUEST = "Cherche quelques heures de travail par semaine."


def _ago(made: Draft, days: int) -> date:
    return working_day(made.on - timedelta(days=days))


def _person(last: str, first: str, registered: date, **cells: str | date | None) -> Row:
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


def _contact(person: str, day: date) -> Row:
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


def _mobilisation(made: Draft, person: str, agreed: date, due: date) -> Row:
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
    row = _person("Oseille", "Barnabé", _ago(made, 45))
    made.add(_PEOPLE, row)
    yield "PER06", _PEOPLE, row, "registered"


def _without_engagement(made: Draft) -> Iterator[Found]:
    """Seen every month, but no engagement in more than three months."""
    row = _person("Houblon", "Céleste", _ago(made, 110))
    made.add(_PEOPLE, row)
    for days in (110, 80, 50, 20):
        made.add(_SUIVI, _contact("Houblon Céleste", _ago(made, days)))
    yield "PER07", _PEOPLE, row, "registered"


def _without_contact(made: Draft) -> Iterator[Found]:
    """Under an engagement, and not seen for more than two months."""
    row = _person("Plantain", "Octavie", _ago(made, 170))
    made.add(_PEOPLE, row)
    for days in (170, 130, 100, 75):
        made.add(_SUIVI, _contact("Plantain Octavie", _ago(made, days)))
    agreed, due = _ago(made, 150), next_working_day(made.on + timedelta(days=90))
    made.add(_ENGAGEMENTS, _mobilisation(made, "Plantain Octavie", agreed, due))
    yield "PER08", _PEOPLE, row, "last_name"


def _without_the_next_step(made: Draft) -> Iterator[Found]:
    """The review promised a next engagement; none was opened."""
    made.add(_PEOPLE, _person("Ajonc", "Maximin", _ago(made, 130)))
    for days in (130, 95, 60, 25):
        made.add(_SUIVI, _contact("Ajonc Maximin", _ago(made, days)))
    row = _mobilisation(made, "Ajonc Maximin", _ago(made, 120), _ago(made, 25))
    row |= {
        "reviewed": _ago(made, 25),
        "achieved": "OUI, totalement",
        "follow_up": "OUI",
        "next_type": "D",
        "comments": content.REVIEW_COMMENTS[0],
    }
    made.add(_ENGAGEMENTS, row)
    yield "ENG13", _ENGAGEMENTS, row, "follow_up"


def _kept_too_long(made: Draft) -> Iterator[Found]:
    """Gone for more than two years, and still in the workbook."""
    registered, exited = _ago(made, 1060), _ago(made, 800)
    row = _person(
        "Ciguë", "Anselme", registered, exited=exited, exit_category="Sortie positive",
        exit_reason="Formation",
    )  # fmt: skip
    made.add(_PEOPLE, row)
    for days in (1060, 1020, 980):
        made.add(_SUIVI, _contact("Ciguë Anselme", _ago(made, days)))
    yield "DCP05", _PEOPLE, row, "last_name"


def _nearly_the_same_name(made: Draft) -> Iterator[Found]:
    """The same person received twice, the name typed in two ways."""
    known = next(one.name for one in reversed(made.pathways) if not one.name.precision)
    row = _person(f"{known.last}s", known.first, _ago(made, 9), birth_year=None)
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


# After the exit: contracts that are over, situations six months later.


def _under_contract(made: Draft, last: str, first: str, days: int) -> Row:
    """Somebody followed as the method asks, whose contract is over for so many days."""
    row = _person(last, first, _ago(made, 210), contract_end=made.on - timedelta(days=days))
    made.add(_PEOPLE, row)
    person = f"{last} {first}"
    for ago in (210, 170, 130, 90, 55, 20):
        made.add(_SUIVI, _contact(person, _ago(made, ago)))
    agreed, due = _ago(made, 190), next_working_day(made.on + timedelta(days=60))
    made.add(_ENGAGEMENTS, _mobilisation(made, person, agreed, due))
    return row


def _exit_to_record(made: Draft) -> Iterator[Found]:
    """For eighteen days: the end of the contract is the warning, what is left of thirty an info."""
    yield "PER15", _PEOPLE, _under_contract(made, "Mélisse", "Firmin", 18), "contract_end"


def _exit_pressing(made: Draft) -> Iterator[Found]:
    yield "PER30", _PEOPLE, _under_contract(made, "Sureau", "Hortense", 27), "exited"


def _exit_overdue(made: Draft) -> Iterator[Found]:
    yield "PER31", _PEOPLE, _under_contract(made, "Genêt", "Aristide", 38), "exited"


def _renewed(made: Draft) -> Iterator[Found]:
    """A mission began after the end of the contract, which nobody brought up to date."""
    row = _under_contract(made, "Bourrache", "Sidonie", 33)
    start = next_working_day(made.on - timedelta(days=20))
    mission: Row = {
        "person": "Bourrache Sidonie",
        "nature": "MAD",
        "start": start,
        "weekly_hours": 12,
        "client": "Mairie de Valbruyère",
    }
    made.add(t.MISSIONS.table, mission)
    yield "PER15", _PEOPLE, row, "contract_end"


def _left(made: Draft, last: str, first: str, months: int, **cells: str | date | None) -> Row:
    """Somebody who left so many months ago, and a day."""
    exited = add_months(made.on, -months) - timedelta(days=1)
    row = _person(
        last, first, working_day(exited - timedelta(days=260)), exited=exited,
        exit_category="Emploi de transition", exit_reason="Contrat aidé", **cells,
    )  # fmt: skip
    made.add(_PEOPLE, row)
    for days in (250, 140, 35):
        made.add(_SUIVI, _contact(f"{last} {first}", working_day(exited - timedelta(days=days))))
    return row


def _situation_to_ask(made: Draft) -> Iterator[Found]:
    """Since a few days: an info."""
    _left(made, "Aubépine", "Lucien", 6)
    yield from ()


def _situation_overdue(made: Draft) -> Iterator[Found]:
    row = _left(made, "Verveine", "Apolline", 8, later_situation="Non renseignée")
    yield "PER33", _PEOPLE, row, "later_situation"


def _situation_without_day(made: Draft) -> Iterator[Found]:
    row = _left(made, "Chardon", "Ferdinand", 9, later_situation="Injoignable")
    yield "PER34", _PEOPLE, row, "later_on"


def _situation_asked_early(made: Draft) -> Iterator[Found]:
    """Four months after the exit: an info."""
    asked = _ago(made, 100)
    _left(made, "Lavande", "Clovis", 8, later_situation="Chômage", later_on=asked)
    yield from ()


#: The same, around the exit.
AFTER_EXIT: tuple[Newcomer, ...] = (
    _exit_to_record,
    _exit_pressing,
    _exit_overdue,
    _renewed,
    _situation_to_ask,
    _situation_overdue,
    _situation_without_day,
    _situation_asked_early,
)
