"""What the law asks of a workbook: whose time is over, what they are told, what is erased."""
