"""A small workbook with somebody whose time is over, made once a process."""

from __future__ import annotations

from datetime import date
from functools import cache

from cedre_xlsx import api
from cedre_xlsx.workbook.template.filling import FilledRow, Filling

ON = date(2026, 9, 30)
WHO = "Ciguë Anselme"


@cache
def small() -> bytes:
    """Somebody gone for two years and a half, and somebody who is there."""
    gone = {
        "last_name": "Ciguë",
        "first_name": "Anselme",
        "registered": date(2023, 11, 6),
        "exited": date(2024, 3, 1),
    }
    there = {"last_name": "Ajonc", "first_name": "Maximin", "registered": date(2026, 9, 1)}
    lines = [{"person": WHO, "dated": date(2024, 1, 24), "action": "Entretien individuel"}]
    rows: dict[str, list[FilledRow]] = {"tPersonnes": [gone, there], "tSuivi": lines}  # type: ignore[dict-item]
    return api.workbook_bytes(Filling(rows=rows))
