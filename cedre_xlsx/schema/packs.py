"""Packs of columns: off until a team asks for them, so that a small workbook stays small."""

from __future__ import annotations

from collections.abc import Mapping

PASS = "pass"

#: Each pack, and what it is for.
PACKS: Mapping[str, str] = {
    PASS: "numéro et dates du PASS IAE, début du contrat",
}
