"""The one place where errors become a French sentence and exit status 2."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import Any

import click

COULD_NOT = 2
#: How Python spells a byte of a name that is no UTF-8, where click shows what was typed.
_HALF = re.compile(r"\\ud[89a-f][0-9a-f]{2}")


def outcome(work: Callable[[], Any], command: str) -> int:
    """The exit status of some work of a command: its own, or 2 once what stopped it was said."""
    from cedre_xlsx.cli.protected import say_what_was_written
    from cedre_xlsx.schema.errors import CedreError

    try:
        result = work()
        say_what_was_written()
    except click.ClickException as error:
        error.message = _HALF.sub("\ufffd", error.message)  # type: ignore[misc]
        error.show()
        return COULD_NOT
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("Interrompu : rien n'a été modifié.", err=True)
        return COULD_NOT
    except (BrokenPipeError, SystemExit):  # click exits with 1 when nobody reads any more
        _close_quietly()
        return 0
    except CedreError as error:
        return _said(str(error))
    except MemoryError:
        return _said(
            "la mémoire de l'ordinateur n'y suffit pas. Fermez d'autres programmes, puis "
            "recommencez."
        )
    except OSError as error:
        return _said(_system_sentence(error))
    except Exception as error:
        from cedre_xlsx.cli.last_door import sentence

        return _said(sentence(error, command))
    return result if isinstance(result, int) else 0


def _said(sentence: str) -> int:
    click.echo(f"Erreur : {sentence}", err=True)
    return COULD_NOT


def _system_sentence(error: OSError) -> str:
    from cedre_xlsx.schema.system_errors import system_words

    where = f"{error.filename} : " if error.filename else ""
    return (
        f"{where}le système a refusé ({system_words(error)}). "
        "Vérifiez le dossier, vos droits et la place libre, puis recommencez."
    )


def _close_quietly() -> None:
    """The reader of our output has gone (`| head`): nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
