"""Someone else's form workbook: what it asks, and what of ours goes into each of its cells."""
