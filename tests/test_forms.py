"""The PDF forms: every value of the record is on the page, and nothing else is needed."""

from __future__ import annotations

import pytest

from cedre_xlsx.forms.file_names import distinct_names, safe_name
from cedre_xlsx.forms.typography import french

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quand ?", f"Quand{NARROW}?"),
        ("Quand?", f"Quand{NARROW}?"),
        ("oui ; non", f"oui{NARROW}; non"),
        ("Objet : une étape", f"Objet{WIDE}: une étape"),
        ("9:30", "9:30"),
        ("http://exemple.fr/a?b=1", "http://exemple.fr/a?b=1"),
        ("« bien »", f"«{WIDE}bien{WIDE}»"),
        ("«bien»", f"«{WIDE}bien{WIDE}»"),
        ("une\r\ndeux", "une\ndeux"),
        ("cloche\x07", "cloche"),
        ("", ""),
    ],
)
def test_french_typography(typed: str, printed: str) -> None:
    assert french(typed) == printed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Convention CP-2026-001 Élodie Forêt", "Convention CP-2026-001 Élodie Forêt"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("con", "fiche con"),
        ("COM1.x", "fiche COM1.x"),
        ("fin. ", "fin"),
        ("...", "fiche"),
        ("", "fiche"),
        ("x" * 300, "x" * 80),
    ],
)
def test_file_names_are_safe_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_file_names_that_differ_by_case_alone_are_numbered() -> None:
    assert distinct_names(["Fiche A", "fiche a", "Fiche B"]) == [
        "Fiche A",
        "fiche a (2)",
        "Fiche B",
    ]
