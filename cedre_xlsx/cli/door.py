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
    except Exception as error:
        from cedre_xlsx.api.last_door import what_stopped

        return _said(what_stopped(error, command))
    return result if isinstance(result, int) else 0


def _said(sentence: str) -> int:
    click.echo(f"Erreur : {sentence}", err=True)
    return COULD_NOT


def _close_quietly() -> None:
    """The reader of our output has gone (`| head`): nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
