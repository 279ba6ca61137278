"""Several workbooks, or what structures say of theirs without a name, counted as one."""
