"""What the law asks of a workbook that holds people: find them, replace them."""
