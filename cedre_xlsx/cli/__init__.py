"""The command line: parse, call, print, exit. In French for the person at the keyboard.

Only click is imported here: each command imports what it needs when it runs.
"""

from cedre_xlsx.cli.main import main

__all__ = ["main"]
