"""Names found in texts, word for word."""

from __future__ import annotations

import pytest

from cedre_xlsx.reports.names import Names

NAMES = Names(["Dupré Solange", "Le Gall Yann", "Ba Awa", ""])


@pytest.mark.parametrize(
    "text",
    [
        "Dupré Solange",
        "voir DUPRE  solange, lundi",
        "avec Le Gall Yann",
        "(Ba Awa)",
        "le Le Gall Yann",
    ],
)
def test_a_name_is_found_in_a_text(text: str) -> None:
    assert NAMES.are_in(text)


@pytest.mark.parametrize(
    "text", ["", "Solange Dupré", "Dupré", "Dupré Solangette", "Le Gall", "bas Awa"]
)
def test_other_words_are_no_name(text: str) -> None:
    assert not NAMES.are_in(text)
