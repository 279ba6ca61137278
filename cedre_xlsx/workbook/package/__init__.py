"""The .xlsx package itself: parts spliced, copied, written, without a model of the workbook."""
