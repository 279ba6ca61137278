"""Parts of others: read where they are whole, else refused in a sentence that repeats nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx.federation.model import Between, Bin, Figure, Part, Structure, TableLine
from cedre_xlsx.federation.reading import MOST_BYTES, part_from
from cedre_xlsx.federation.words import definitions_digest
from cedre_xlsx.schema.errors import CedreError


def part(**changed: Any) -> Part:
    """A small part, protected."""
    said: dict[str, Any] = {
        "definitions": definitions_digest(),
        "tool_version": "1.0",
        "structure": Structure(name="Structure A", siret="12345678901234", kind="AI"),
        "year": 2025,
        "counted_on": date(2026, 1, 15),
        "public": True,
        "threshold": 5,
        "figures": {
            "active": Figure(value=30, numerator=30, unknown=0),
            "exits": Figure(value=Between(least=0, most=4), unknown=0),
            "planned_days_median": Figure(value=20.0, denominator=10, unknown=0),
        },
        "histograms": {"planned_days_median": (Bin(least=0, most=None, count=10),)},
        "tables": {
            "exits": (
                TableLine(labels={"Catégorie": "Emploi durable"}, cells={"Sorties": 7}),
                TableLine(labels={"Catégorie": "Total"}, cells={"Sorties": 7}, is_total=True),
            )
        },
        "quality": {"PER01": Between(least=1, most=4)},
    }
    return Part(**said | changed)


def read_part(path: Path) -> Part:
    return part_from(path.read_bytes(), path.name)


def test_a_part_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(part().to_json(), encoding="utf-8")
    assert read_part(path) == part()


def test_what_other_programs_do_to_one_is_nothing(tmp_path: Path) -> None:
    """A mark of UTF-8 at its beginning; spaces around the name, typed by hand."""
    path = tmp_path / "a.json"
    text = part().to_json().replace('"Structure A"', '" Structure  A "')
    path.write_text(text, encoding="utf-8-sig")
    assert read_part(path) == part()


def test_an_unprotected_one_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    mine = part(public=False, threshold=None)
    path.write_text(mine.to_json(), encoding="utf-8")
    with pytest.raises(CedreError, match="ne sont pas protégés"):
        read_part(path)


def _with(change: Callable[[Any], object]) -> bytes:
    held = json.loads(part().to_json())
    change(held)
    return json.dumps(held).encode()


WHOLE = part().to_json().encode()
REFUSED: list[tuple[bytes, str]] = [
    (b"", "est vide"),
    (WHOLE[: len(WHOLE) // 2], "est tronqué"),
    (b"nom;prenom\n", "n'est pas du JSON"),
    (b"[1, 2]", "pas des chiffres partagés"),
    (part().to_json().encode("utf-16"), "n'est pas en UTF-8"),
    (WHOLE.replace(b"Structure A", b"Cr\xe8che"), "n'est pas en UTF-8"),
    (WHOLE[: WHOLE.index("é".encode()) + 1], "est tronqué"),
    (b"[" * 100_000 + b"]" * 100_000, "pas des chiffres partagés"),
    (b" " * (MOST_BYTES + 1), "trop pour"),
    (_with(lambda held: held.update(format="autre")), "pas des chiffres partagés"),
    (_with(lambda held: held.update(version=2)), "Mettez cedre-xlsx à jour"),
    (_with(lambda held: held.update(version=0)), "n'est pas de la version"),
    (_with(lambda held: held.update(note="Roux Linda")), "un champ que"),
    (_with(lambda held: held["structure"].update(directeur="Roux Linda")), "un champ que"),
    (_with(lambda held: held.pop("year")), "un champ y manque"),
    (_with(lambda held: held.update(year="2025")), "mal formé"),
    (_with(lambda held: held.update(public="oui")), "mal formé"),
    (_with(lambda held: held["figures"]["active"].update(value=-1)), "impossible"),
    (_with(lambda held: held["figures"]["active"].update(value=1e300)), "impossible"),
    (_with(lambda held: held["figures"]["active"].update(value=float("nan"))), "impossible"),
    (_with(lambda held: held["figures"]["active"].update(value=float("inf"))), "impossible"),
    (_with(lambda held: held["figures"]["active"].update(value=True)), "mal formé"),
    (_with(lambda held: held["figures"]["exits"]["value"].update(least=9)), "mal formé"),
    (_with(lambda held: held["figures"].update({"Roux Linda": {"value": 1}})), "ne connaît pas"),
    (_with(lambda held: held["tables"].update({"Roux Linda": [{"labels": {}, "cells": {"a": 1}}]})),
     "d'aucune liste"),
    (_with(lambda held: held["tables"]["exits"][0]["labels"].update(Catégorie="Roux Linda")),
     "d'aucune liste"),
    (_with(lambda held: held["tables"]["exits"][0]["cells"].update({"Roux Linda": 1})),
     "d'aucune liste"),
    (_with(lambda held: held["quality"].update({"ROUX LINDA": 1})), "mal formé"),
    (_with(lambda held: held["histograms"].update(active=[])), "n'y font pas leur nombre"),
    (_with(lambda held: held["histograms"]["planned_days_median"][0].update(count=9)),
     "n'y font pas leur nombre"),
    (_with(lambda held: held["structure"].update(name="A" * 300)), "mal formé"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "why"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_amiss_is_said_in_a_sentence(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "recu.json"
    path.write_bytes(data)
    with pytest.raises(CedreError, match=why) as refused:
        read_part(path)
    said = str(refused.value)
    assert said.startswith("recu.json : ")
    assert "Roux" not in said
    assert "\n" not in said
