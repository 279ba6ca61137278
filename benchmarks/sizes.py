"""Workbooks of three sizes, seeded: a living file, most people gone, few lines still open."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from benchmarks.scales import ON, SIZES
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.method.vocabulary import Achieved, EngagementForm, ExitCategory, Status
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import Cell, Filling

_ACTIONS, _ENGAGEMENTS = 10, 2
_GONE, _OPEN = 0.85, 0.03  # shares of people, of lines
_YEARS = 8
_ADVISORS = ("C. Martin", "L. Fontaine", "P. Rivière", "S. Moulin")

Line = dict[str, Cell]


def workbook_of(size: str, folder: Path) -> Path:
    """The workbook of that size, made once and kept in `folder`."""
    from cedre_xlsx.api import workbook_bytes

    path = folder / f"{size}.xlsx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook_bytes(filling(SIZES[size])))
    return path


def filling(people: int) -> Filling:
    """That many people with their actions and engagements; the same each time."""
    chance = random.Random(people)
    rows: dict[str, list[Line]] = {"tPersonnes": [], "tSuivi": [], "tEngagements": []}
    counts: dict[tuple[str, int], int] = {}
    for number in range(people):
        person = _person(chance, number)
        rows["tPersonnes"].append(person)
        rows["tSuivi"] += [_action(chance, person, rank) for rank in range(_ACTIONS)]
        rows["tEngagements"] += [
            _engagement(chance, person, rank, counts) for rank in range(_ENGAGEMENTS)
        ]
    settings = Settings(structure="Association des Essais", advisors=_ADVISORS)
    return Filling(settings=settings, rows=rows)


def _person(chance: random.Random, number: int) -> Line:
    registered = ON - timedelta(days=chance.randrange(20, 365 * _YEARS))
    gone = chance.random() < _GONE
    exited = registered + timedelta(days=chance.randrange(15, 700))
    return {
        "last_name": f"Essai{number:05}",
        "first_name": chance.choice(("Alix", "Camille", "Dominique", "Morgan", "Sacha")),
        "birth_year": chance.randrange(1962, 2006),
        "advisor": chance.choice(_ADVISORS),
        "registered": registered,
        "request": "Retrouver un emploi stable près du domicile.",
        "exited": min(exited, ON) if gone else None,
        "exit_category": ExitCategory.DURABLE.value if gone else None,
        "exit_reason": "CDI" if gone else None,
    }


def _name(person: Line) -> str:
    return f"{person['last_name']} {person['first_name']}"


def _day(chance: random.Random, person: Line) -> date:
    first, last = person["registered"], person["exited"] or ON
    assert isinstance(first, date)
    assert isinstance(last, date)
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def _action(chance: random.Random, person: Line, rank: int) -> Line:
    day = _day(chance, person)
    is_open = person["exited"] is None and chance.random() < _OPEN / (1 - _GONE)
    remark = chance.random() < 0.2
    deadline = day + timedelta(days=chance.randrange(1, 60))
    return {
        "person": _name(person),
        "dated": f"{day:%d/%m/%y} tél" if remark else day,
        "action": f"Action d'essai {rank} : {_name(person)}",
        "objective": "Avancer d'une étape vers l'emploi",
        "engagement": chance.choice(TYPES).code,
        "deadline": f"{deadline:%d/%m/%Y} pour bilan" if remark else deadline,
        "status": (Status.UNDER_WAY if is_open else Status.DONE).value,
        "outcome": None if is_open else "La démarche a abouti, la suite est décidée ensemble.",
        "minutes": chance.choice(("15 min", "30 min", "45 min", "1h30", 20)),
    }


def _engagement(
    chance: random.Random, person: Line, rank: int, counts: dict[tuple[str, int], int]
) -> Line:
    day = _day(chance, person)
    kind = chance.choice(TYPES)
    number = counts[(kind.code, day.year)] = counts.get((kind.code, day.year), 0) + 1
    deadline = day + timedelta(days=80)
    reviewed = None if person["exited"] is None and chance.random() < 0.2 else min(deadline, ON)
    return {
        "reference": f"{kind.code}-{day.year}-{number:03}",
        "sheet_number": str(rank + 1),
        "person": _name(person),
        "agreed": day,
        "advisor": person["advisor"],
        "type": kind.code,
        "needs": "Retrouver un rythme de travail et faire valoir ses droits.",
        "object": f"Étape d'essai {rank}",
        "structure_means": "Deux entretiens par mois.",
        "person_means": "Participer aux ateliers.",
        "deadline": deadline,
        "review_planned": deadline,
        "form": EngagementForm.SIGNED.value,
        "reviewed": reviewed,
        "achieved": Achieved.FULLY.value if reviewed else None,
        "follow_up": "NON" if reviewed else None,
        "comments": "Réussi." if reviewed else None,
    }


if __name__ == "__main__":
    workbook_of(sys.argv[1], Path(__file__).parent / "data")
