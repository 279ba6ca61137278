"""Which line of a table is which, now and then, or here and there: by the prints of its cells."""
