"""Other programs that save our workbooks: how each is run, what it leaves, what is expected."""
