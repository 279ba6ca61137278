"""The workbook that a consolidation is read in."""

from __future__ import annotations

from cedre_xlsx.federation.consolidation import Consolidation


def consolidated_workbook(consolidation: Consolidation) -> bytes:
    """A new workbook: the figures of each year, its tables, people in several antennas, the files.

    The same consolidation makes the same bytes.
    """
    raise NotImplementedError
