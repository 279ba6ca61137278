"""The command line: parse, call, print, exit. In French for the person at the keyboard.

Only click is imported here: each command imports what it needs when it runs.
"""

import sys

try:
    from cedre_xlsx.cli.main import main
except ImportError as error:
    from cedre_xlsx.api.last_door import sentence

    sys.stderr.write(f"Erreur : {sentence(error, 'cedre-xlsx')}\n")
    sys.exit(2)

__all__ = ["main"]
