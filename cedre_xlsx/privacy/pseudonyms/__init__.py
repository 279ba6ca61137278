"""A copy of a workbook in which nobody has their name, and the check says the same."""
