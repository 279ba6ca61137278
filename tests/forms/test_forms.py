"""What the PDF forms are made of: French typography, names of files."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("Objet: une étape", f"Objet{WIDE}: une étape"),
        ("Objet:\nune étape", f"Objet{WIDE}:\nune étape"),
        ("18: trop tôt", "18: trop tôt"),  # an hour cut short, perhaps
        ("Enfin !!", f"Enfin{NARROW}!!"),
        ("« Quand ? »", f"«{WIDE}Quand{NARROW}?{WIDE}»"),
        ("l'école d'Élie", "l’école d’Élie"),
        ("5' à pied, 'ainsi'", "5' à pied, 'ainsi'"),
        ("une\r\ndeux", "une\ndeux"),
        ("une\u2028deux\vtrois\rquatre", "une\ndeux\ntrois\nquatre"),
        ("une\tdeux", "une deux"),
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
        ("E\u0301lodie", "Élodie"),  # as macOS stores it
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "fiche con"),
        ("COM1.x", "fiche COM1.x"),
        ("Aux .pdf", "fiche Aux .pdf"),
        ("LPT³", "fiche LPT³"),
        ("Convenu", "Convenu"),
        ("fin. ", "fin"),
        ("...", "fiche"),
        ("", "fiche"),
        ("Fiche שרה", "Fiche שרה"),
        ("abc\u202efdp.exe", "abcfdp.exe"),  # no writing backwards
        ("x" * 300, "x" * 80),
        ("x" * 79 + ". y", "x" * 79),
        ("😀" * 80, "😀" * 50),  # bytes count too
    ],
)
def test_file_names_are_safe_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=120))
def test_any_text_makes_a_name_that_windows_takes(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(ord(char) < 32 for char in name)
    assert name[-1] not in " ."
    assert len(name.encode()) <= 255 - len(".pdf")
    assert PureWindowsPath(f"{name}.pdf").name == f"{name}.pdf"
    assert safe_name(name) == name


def test_file_names_that_would_be_one_file_are_numbered() -> None:
    stems = ["Fiche A", "fiche a", "Fiche B", "fiche a (2)", "FICHE A"]
    assert distinct_names(stems) == [
        "Fiche A", "fiche a (2)", "Fiche B", "fiche a (2) (2)", "FICHE A (3)",
    ]  # fmt: skip
