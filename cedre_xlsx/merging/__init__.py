"""Two copies of a workbook made one, three ways; in `comparing`, what differs between them."""
