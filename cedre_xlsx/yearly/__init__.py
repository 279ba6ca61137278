"""The new year's workbook: what is carried into it, what proves it, what stays of closed years."""
