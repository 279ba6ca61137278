"""A small workbook, refreshed once, and a copy of it to write in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_association import refreshed_workbook


@pytest.fixture(scope="module")
def refreshed() -> bytes:
    """A small workbook, refreshed once."""
    return refreshed_workbook()


@pytest.fixture
def path(refreshed: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(refreshed)
    return made
