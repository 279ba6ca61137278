"""A refresh that is judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.api.refreshing import Refreshed
from tests.package_checker import check_package
from tests.small_association import ON

GENERATED = (
    "Synthèse", "Réunion", "Périodes", "Contrôle", "Statistiques 2026", "Qui compte 2026",
)  # fmt: skip


def refresh_sound(path: Path, on: date = ON) -> Refreshed:
    """A refresh whose file is sound, and that changes nothing when done again."""
    done = api.refresh(path, on=on)
    data = path.read_bytes()
    assert check_package(data) == []
    assert not api.refresh(path, on=on).changed
    assert path.read_bytes() == data
    return done
