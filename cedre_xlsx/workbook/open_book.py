"""A workbook that is to be written: its file, opened once, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cedre_xlsx.workbook.read import Reading

if TYPE_CHECKING:
    from cedre_xlsx.ooxml.members import OpenZip
    from cedre_xlsx.workbook.read.raw import RawWorkbook


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is to be written: its file, clear and opened once, and what it holds."""

    file: OpenZip
    workbook: RawWorkbook
    reading: Reading

    @property
    def data(self) -> bytes:
        """Its bytes, clear."""
        return self.file.data

    @property
    def sha256(self) -> str:
        """The digest of the file as it lay on the disk: it must still have it when replaced."""
        return self.reading.sha256
