"""The sheet for the *référent unique*: what may leave the structure, declared once, and set."""
