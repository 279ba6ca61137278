"""The CEDRE method as data and pure functions: no file, no clock, no workbook."""
