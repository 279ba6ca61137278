"""Two copies of a workbook: their lines aligned by content, what differs, one made out of both."""
