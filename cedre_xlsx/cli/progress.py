"""A word on the error stream when something takes more than two seconds."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

PATIENCE = 2.0  # seconds


#: Set while somebody is asked for something: nothing is said in between.
ASKING = threading.Event()


@contextmanager
def patience(sentence: str) -> Iterator[None]:
    """Say the sentence once if the work inside lasts longer than two seconds.

    Only for a person: nothing is written when the error stream is not a terminal.
    """
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(PATIENCE, _say, args=(sentence,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say(sentence: str) -> None:
    if not ASKING.is_set():
        click.echo(sentence, err=True)
