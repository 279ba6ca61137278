"""What differs between two copies, for people: by person and by line, cell by cell."""
