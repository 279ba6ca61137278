"""Works for the process of the page, in a module that it loads in no time."""

from __future__ import annotations

from cedre_xlsx.page.model import Answer, Ask, Says
from cedre_xlsx.page.worker import LARGE


def large(_ask: Ask, _says: Says) -> Answer:
    """One that takes much memory."""
    taken = bytearray(LARGE)
    taken[::4096] = b"1" * len(taken[::4096])
    return Answer("accueil.html")


def small(_ask: Ask, _says: Says) -> Answer:
    """One that takes none."""
    return Answer("accueil.html")
