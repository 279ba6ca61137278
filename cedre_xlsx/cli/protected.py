"""Passwords at the keyboard, and what is said of the files that are made out of protected ones."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cedre_xlsx.cli.progress import ASKING
from cedre_xlsx.files.protection.keyring import held
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import readable

_MOST_NAMED = 3


def asked(path: Path, refused: int) -> str | None:
    """What somebody types, unseen, as the password of a file; None where nobody is there."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    if refused:
        click.echo("Mot de passe refusé.", err=True)
    ASKING.set()
    try:
        answer: str = click.prompt(
            f"Mot de passe de {readable(path.name)}",
            default="",
            show_default=False,
            hide_input=True,
            prompt_suffix=" : ",
            err=True,
        )
    finally:
        ASKING.clear()
    return answer


def say_what_was_written() -> None:
    """Which files are protected as the workbook is and which are not, once, on the error stream."""
    keyring = held()
    protected, clear = keyring.protected[:], keyring.clear[:]
    keyring.protected.clear()
    keyring.clear.clear()
    if protected:
        click.echo(
            f"Protégé par le même mot de passe que l'original : {_named(protected)}", err=True
        )
    if clear:
        _say_clear(_named(clear), several=len(clear) > 1)


def say_unprotected_output() -> None:
    """Say that what a program, or a file of its own, is given of the output is not protected."""
    if held().has_opened and not sys.stdout.isatty():
        _say_clear("ce qui est affiché", several=False)


def _say_clear(what: str, *, several: bool) -> None:
    are = "ne sont pas protégés" if several else "n'est pas protégé"
    click.echo(
        f"Attention : {what} {are} par le mot de passe du classeur : à ranger en lieu sûr, ou à "
        "effacer après usage.",
        err=True,
    )


def _named(paths: list[Path]) -> str:
    named = [readable(path.name) for path in paths[:_MOST_NAMED]]
    if len(paths) > _MOST_NAMED:
        named.append(f"{len(paths) - _MOST_NAMED} autres")
    return listed(named)
