"""A word on the error stream when something takes more than two seconds, and how far it is."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PATIENCE = 2.0  # seconds
_PAUSE = 0.5  # seconds between two words of how far it is
_SHORT, _MINUTE = 5, 60  # seconds


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


@contextmanager
def counting(sentence: str) -> Iterator[Callable[[int, int], None]]:
    """What is called with how many are done, of how many, while there are many things to do.

    After two seconds one line says it, in its place each time: « Lecture… : 123 sur 600, encore
    2 min ». Only for a person, as `patience`.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    line = _Line(sentence)
    try:
        yield line.tell
    finally:
        line.end()


class _Line:
    """The line of the terminal that is written over."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._started = time.monotonic()
        self._told = self._started + PATIENCE - _PAUSE
        self._length = 0

    def tell(self, done: int, total: int) -> None:
        """Say how far it is, unless that was said a moment ago."""
        now = time.monotonic()
        if now - self._told < _PAUSE or ASKING.is_set():
            return
        self._told = now
        left = (now - self._started) * (total - done) / max(done, 1)
        self._show(f"{self._sentence} : {done} sur {total}{how_long(left)}")

    def end(self) -> None:
        """Leave nothing of it."""
        if self._length:
            click.echo("\r" + " " * self._length + "\r", err=True, nl=False)

    def _show(self, text: str) -> None:
        click.echo("\r" + text.ljust(self._length), err=True, nl=False)
        self._length = len(text)


def how_long(seconds: float) -> str:
    """What is left, as the end of a sentence; nothing of the last seconds."""
    if seconds < _SHORT:
        return ""
    if seconds < _MINUTE:
        return f", encore {round(seconds / 10) * 10} s"
    minutes = round(seconds / _MINUTE)
    return f", encore {minutes} min" if minutes < _MINUTE else f", encore {minutes // 60} h"
