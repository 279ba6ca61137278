"""The new workbook, one module a sheet, written by openpyxl from the schema."""
