"""`launch`, which the files to double-click call: does the work, opens the result, waits.

Nobody types it: it is in no help. It says itself what went wrong, and ends with 0.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PureWindowsPath
from typing import Any

import click

from cedre_xlsx.cli.check import check
from cedre_xlsx.cli.door import COULD_NOT, outcome
from cedre_xlsx.cli.minutes import minutes
from cedre_xlsx.cli.output import NOTHING, WARNED
from cedre_xlsx.cli.page import page
from cedre_xlsx.cli.print_forms import print_forms
from cedre_xlsx.cli.refresh import refresh
from cedre_xlsx.cli.stats import stats
from cedre_xlsx.launchers.actions import ACTIONS, CLOSE_THE_WINDOW, COMMAND_LINE, VERB

_SLOW = 3.0  # seconds: an opener that has not failed by then is opening something
#: Each command, and what it is given of the workbook and of the path of its result.
_WORK: dict[str, tuple[click.Command, Callable[[Path, Path], dict[str, Any]]]] = {
    "check": (check, lambda book, to: {"workbooks": (book,), "form": "html", "output": to}),
    "refresh": (refresh, lambda book, to: {"workbook": book}),
    "minutes": (minutes, lambda book, to: {"workbook": book, "folder": to, "force": True}),
    "stats": (stats, lambda book, to: {"workbook": book, "output": to}),
    "print": (
        print_forms,
        lambda book, to: {
            "workbook": book, "due": True, "merge": True, "force": True, "folder": to,
        },
    ),
    "page": (page, lambda book, _: {"place": book, "no_browser": False}),
}  # fmt: skip


@click.command(VERB, hidden=True)
@click.argument("command", type=click.Choice(list(_WORK)))
@click.argument("script")
@click.argument("name")
@click.argument("path")
@click.argument("dropped", nargs=-1)
@click.pass_context
def launch(
    context: click.Context, command: str, script: str, name: str, path: str, dropped: Sequence[str]
) -> int:
    """Faire ce que fait un fichier à double-cliquer."""
    action = next(one for one in ACTIONS if one.command == command)
    line = os.environ.get(COMMAND_LINE)
    place, given = _place_and_drop(script, dropped)
    typed = _after(script, line) if line else None
    given = typed if typed and Path(typed).exists() else given
    book = Path(given or _beside(place, name, path)).absolute()
    result = Path(f"{book}{action.suffix}")
    click.echo("Un instant…")
    work, arguments = _WORK[command]
    status = outcome(lambda: context.invoke(work, **arguments(book, result)), command)
    if status == COULD_NOT:
        _wait(f"« {action.name} » n'a pas pu aller au bout : la raison est écrite ci-dessus.")
    elif NOTHING in context.meta:
        _wait(action.instead)
    elif not action.opens and not _opened(result):
        _wait(f"Rien ne s'est ouvert ; le résultat est ici :\n{result}")
    elif WARNED in context.meta:
        _wait("À lire : le message ci-dessus.")
    return 0 if typed is None else CLOSE_THE_WINDOW


def _place_and_drop(script: str, dropped: Sequence[str]) -> tuple[Path, str]:
    """Where the file that was clicked stands, and the workbook dropped on it, or "".

    A desktop gives the place of its entry before what was dropped, as a path or an address.
    """
    place, *others = [script, *filter(None, dropped)]
    if not place and others and others[0].endswith(".desktop"):
        place, *others = others
        from urllib.parse import unquote, urlsplit

        address = urlsplit(place)
        place = unquote(address.path) if address.scheme == "file" else place
    return Path(place), others[0] if others else ""


def _after(script: str, line: str) -> str | None:
    """What follows the file's name in the line by which Explorer started cmd; None in a terminal.

    Explorer quotes a path with a space alone: of another, cmd gives a part as the argument.
    """
    name = re.escape(PureWindowsPath(script).name)
    _, *after = re.split(name, line, maxsplit=1, flags=re.IGNORECASE)
    return after[0].replace('"', "").strip() if after else None


def _beside(place: Path, name: str, path: str) -> Path:
    beside = place.parent / name
    return beside if name and (beside.exists() or not path) else Path(path)


def _opened(result: Path) -> bool:
    """Open a file or a folder as a double click would; whether something opened."""
    import shutil
    import subprocess

    try:
        if sys.platform == "win32":
            os.startfile(result)
            return True
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if not result.exists() or opener is None:
            return False
        viewer = subprocess.Popen(
            [opener, result],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,  # what is opened outlives the window
        )  # fmt: skip
        return viewer.wait(_SLOW) == 0
    except subprocess.TimeoutExpired:
        viewer.returncode = 0  # it is left to itself
        return True
    except OSError:
        return False


def _wait(sentence: str) -> None:
    """Keep the window open until it was read."""
    click.echo(f"\n{sentence}\n\nAppuyez sur Entrée pour fermer cette fenêtre.")
    sys.stdin.readline()
