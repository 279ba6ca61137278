"""The workbook that a consolidation is read in."""

from cedre_xlsx.federation.sheets.book import consolidated_workbook

__all__ = ["consolidated_workbook"]
