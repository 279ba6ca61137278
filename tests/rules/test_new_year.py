"""ANN: what is said of an old workbook corrected after the new one was begun."""

from __future__ import annotations

from datetime import date

import pytest

from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.late import Late
from cedre_xlsx.schema.records import Records

ON = date(2027, 2, 1)
FAILING = {
    "ANN01": [
        (Late("Personnes ouvertes", "54", "53"), "Personnes ouvertes : l'ancien classeur en a 53"),
        (Late("Actions à faire", "0", "1"), "Actions à faire : l'ancien classeur en a 1"),
        (Late("Freins non levés", "7", "7"), "Freins non levés : 7 des deux côtés"),
    ],
    "ANN02": [
        (Late("Sorties", "12", "13", 2026), "Sorties, 2026 : 12 gardé à la clôture, 13 dans"),
        (Late("Tableau « Par mois »", "rien", "2", 2025), "Tableau « Par mois », 2025 : rien"),
        (Late("Tableaux « A » et « B »", "", "", 2025), "Tableaux « A » et « B », 2025 : l'ancien"),
        (Late("Taux", "0,5", "0,6", 2024), "Taux, 2024 : 0,5 gardé"),
    ],
}


@pytest.mark.parametrize(
    ("code", "late", "said"), [(code, *case) for code, cases in FAILING.items() for case in cases]
)
def test_a_late_correction_is_said(code: str, late: Late, said: str) -> None:
    [found] = run(Records(), (), on=ON, late=[late])
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert found.message.startswith(said)


@pytest.mark.parametrize("code", FAILING)
def test_the_rules_are_silent_without_one(code: str) -> None:
    assert not [one for one in run(Records(), (), on=ON) if one.code == code]


def test_each_rule_has_its_cases() -> None:
    assert list(FAILING) == [rule.code for rule in RULES if rule.family == "ANN"]
    assert all(len(cases) >= 3 for cases in FAILING.values())
