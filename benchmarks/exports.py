"""Exports of applications of three sizes, seeded, and the empty workbook they are poured into."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.scales import SIZES
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import Filling
from tests.intake.platform_export import OURS, application, platform_export

LINES_A_PERSON = 10  # of the size: an export of L has a hundred thousand lines
_APPLICATIONS = 2.5  # of a person, on average
_SYLLABLES = ("ba", "do", "mi", "ra", "lo", "ten", "sar", "vel", "qui", "mon", "dre", "pla", "gu")
_ACCEPTED = "Candidature acceptée"
_FIRST = date(2020, 1, 6)
_DAYS = 2_000


def export_of(size: str, folder: Path) -> Path:
    """The export of that size, made once and kept in `folder`, beside an empty workbook."""
    from cedre_xlsx.api import workbook_bytes

    path = folder / f"{size}.export.xlsx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        platform_export(path, lines(SIZES[size] * LINES_A_PERSON))
    empty = folder / f"{size}.empty.xlsx"
    if not empty.exists():
        empty.write_bytes(workbook_bytes(Filling(settings=Settings(structure=OURS))))
    return path


def lines(count: int) -> list[dict[str, Any]]:
    """That many applications; the same each time."""
    chance = random.Random(count)
    people = [_person(chance, number) for number in range(round(count / _APPLICATIONS))]
    return [_application(chance, *chance.choice(people)) for _ in range(count)]


def _person(chance: random.Random, number: int) -> tuple[str, str, date, str]:
    last = "".join(chance.choices(_SYLLABLES, k=5)).upper()
    first = "".join(chance.choices(_SYLLABLES, k=2)).capitalize()
    born = date(1960 + number % 45, 1 + number % 12, 1 + number % 28)
    return last, first, born, f"99999{number:07}"


def _application(
    chance: random.Random, last: str, first: str, born: date, number: str
) -> dict[str, Any]:
    start = _FIRST + timedelta(days=chance.randrange(_DAYS))
    accepted = chance.random() < 0.6
    return application(
        last, first, born,
        **{
            "Statut de la candidature": _ACCEPTED if accepted else "Candidature à l'étude",
            "Date de la candidature": start - timedelta(days=20),
            "Dates de début d’embauche": start if accepted else None,
            "Dates de fin d’embauche": start + timedelta(days=180) if accepted else None,
            "Numéro PASS IAE": number, "Début PASS IAE": _FIRST,
            "Fin PASS IAE": _FIRST + timedelta(days=730),
        },
    )  # fmt: skip


if __name__ == "__main__":
    export_of(sys.argv[1], Path(__file__).parent / "data")
