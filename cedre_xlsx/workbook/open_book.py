"""A workbook that is to be written: its bytes, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cedre_xlsx.workbook.read import Reading

if TYPE_CHECKING:
    from cedre_xlsx.workbook.read.raw import RawWorkbook


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is to be written: its bytes, read once, and what they hold."""

    data: bytes
    workbook: RawWorkbook
    reading: Reading

    @property
    def sha256(self) -> str:
        """The digest of its bytes: the file must still have it when it is replaced."""
        return self.reading.sha256
