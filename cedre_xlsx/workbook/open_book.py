"""A workbook that is to be written: its bytes, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cedre_xlsx.workbook.read import Reading

if TYPE_CHECKING:
    from cedre_xlsx.workbook.read.raw import RawWorkbook


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is to be written: its bytes, clear and read once, and what they hold."""

    data: bytes
    workbook: RawWorkbook
    reading: Reading

    @property
    def sha256(self) -> str:
        """The digest of the file as it lay on the disk: it must still have it when replaced."""
        return self.reading.sha256
