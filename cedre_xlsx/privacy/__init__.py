"""What the law asks of a workbook about people."""
