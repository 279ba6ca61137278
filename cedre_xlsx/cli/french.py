"""click in French, whatever the language of the system.

click takes its own sentences through gettext: ours stand in `locale/`. This module must be
imported before anything makes click speak.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click

_YES, _NO = frozenset({"o", "oui", "y", "yes"}), frozenset({"", "n", "non", "no"})


def speak_french() -> None:
    """Make gettext find the French sentences of click."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    gettext.textdomain("messages")


def confirmed(question: str) -> bool:
    """Whether the person at the keyboard answers oui; nothing typed is non.

    click's own `confirm` takes English answers only.
    """
    while True:
        answer = click.prompt(
            f"{question} (oui ou non ; Entrée : non)",
            default="",
            show_default=False,
            prompt_suffix=" ",
        )
        word = answer.strip().rstrip(".!").lower()
        if word in _YES | _NO:
            return word in _YES
        click.echo("Répondez « oui » ou « non ».")
