"""Reading a workbook, whatever people did to it: every row back, or what could not be read."""

from __future__ import annotations

from cedre_xlsx.workbook.read.assemble import Reading
from cedre_xlsx.workbook.read.typed_rows import records_from_rows

__all__ = ["Reading", "records_from_rows"]
