"""Repairs that cannot be wrong: found by the reader, made in the cells alone."""

from cedre_xlsx.workbook.repair.find import find_repairs
from cedre_xlsx.workbook.repair.model import Repair
from cedre_xlsx.workbook.repair.write import repaired

__all__ = ["Repair", "find_repairs", "repaired"]
