"""What people do to headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from tests.edited_package import (
    Package,
    set_text,
    text_of,
)
from tests.mutilations.on_sheets import convert_to_ranges


def _rewrite_headings(package: Package, change: Callable[[str], str], unlist: bool = True) -> None:
    if unlist:
        convert_to_ranges(package)
    for sheet in package.data_sheets():
        for cell in sheet.heading_row:
            if text_of(cell):
                set_text(cell, change(text_of(cell)))


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def shout_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: bare(text).upper())


def decompose_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: unicodedata.normalize("NFD", text))


def break_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: text.replace(" ", "\n", 1))


def star_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: f"{text} *")


def explain_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: f"{text} (à remplir)")


def space_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: f"\u00a0{text.replace(' ', chr(0x202F))}  ")


def curl_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: text.replace("'", "’"))


def number_headings(package: Package) -> None:
    """As a form numbers its boxes."""
    for sheet in package.data_sheets():
        for rank, cell in enumerate(sheet.heading_row, start=1):
            if text_of(cell):
                set_text(cell, f"{rank}. {text_of(cell)}")


def headings_of_their_own(package: Package) -> None:
    """Slips and shorter words, in a table that keeps its name."""
    sheet = package.sheet("Suivi")
    said = {"Personne": "Personnne", "Objectifs poursuivis": "Objectifs",
            "Échéance / délai": "Echéances / délais", "Statut": "STATUT :",
            "Suites données / Décisions prises": "Suites données"}  # fmt: skip
    for cell in sheet.heading_row:
        set_text(cell, said.get(text_of(cell), text_of(cell)))
