"""What `check` found, as each kind of reader wants it: a program, a spreadsheet, a meeting."""
