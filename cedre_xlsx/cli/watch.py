"""`watch`: check and refresh at each save, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from cedre_xlsx.cli.options import PATH


@click.command(
    epilog="Exemple : cedre-xlsx watch suivi.xlsx\n\n"
    "Rien n'est fait tant que le classeur est ouvert ; le journal ne contient aucune donnée "
    "personnelle. Ctrl-C pour arrêter."
)
@click.argument("place", metavar="CLASSEUR|DOSSIER", type=PATH)
@click.option(
    "--poll",
    is_flag=True,
    hidden=True,
    expose_value=False,  # what it asked for is what is always done
)
def watch(place: Path) -> None:
    """Contrôler et actualiser à chaque enregistrement du classeur."""
    from cedre_xlsx import api

    stop = threading.Event()
    events = api.watch(place, stop=stop)  # Ctrl-C still leaves the question for a password
    with _stopped_by_signals(stop):
        for event in events:
            click.echo(event.line)
    click.echo("Surveillance arrêtée.")


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Ctrl-C, a stopping system, a window that is closed set the event.

    What is under way is finished first.
    """

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, handle) for one in _stops()}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _stops() -> Iterator[int]:
    """The signals that stop it, as far as the system has them; `nohup` keeps its meaning."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        is_kept = name == "SIGHUP" and number and signal.getsignal(number) is signal.SIG_IGN
        if number is not None and not is_kept:
            yield number
