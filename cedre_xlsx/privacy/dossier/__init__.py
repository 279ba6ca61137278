"""Everything that a workbook holds of one person, for her who asks."""
