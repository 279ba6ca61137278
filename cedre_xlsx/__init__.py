"""CEDRE follow-up of insertion pathways in an Excel workbook."""
