"""What a double click does, and how our command is called by the file that is clicked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: The hidden command that does the work, opens what it made, and waits where something is to be
#: read.
VERB = "launch"
#: Its exit status in a window that Explorer opened for it.
CLOSE_THE_WINDOW = 3
#: How cmd was started: Explorer puts no quotation marks around a path without a space.
COMMAND_LINE = "CEDRE_XLSX_LIGNE"


class System(StrEnum):
    """The systems whose files can be made."""

    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"


@dataclass(frozen=True, slots=True)
class Launcher:
    """One file to double-click.

    `command` does the work. `suffix` is added to the workbook's path to name the result; "" where
    the workbook itself is opened, and nothing where the command `opens` something by itself.
    `instead` is what to do where there was nothing to make.
    """

    command: str
    name: str
    purpose: str
    suffix: str = ""
    instead: str = ""
    opens: bool = False


ACTIONS = (
    Launcher(
        "check",
        "Vérifier",
        "Ce qui manque ou tarde dans le classeur, dans une page.",
        suffix=" - contrôle.html",
    ),
    Launcher(
        "refresh",
        "Actualiser",
        "Refaire Synthèse, Réunion, Périodes, Contrôle et Statistiques dans le classeur.",
    ),
    Launcher(
        "minutes",
        "Verser les décisions",
        "Les décisions tapées dans Réunion deviennent des lignes de Suivi, avec le compte rendu.",
        suffix=" - comptes rendus",
        instead="Les décisions se tapent dans la feuille Réunion : Décision, Qui, Pour quand.",
    ),
    Launcher(
        "stats",
        "Statistiques",
        "Les chiffres de l'année en cours.",
        suffix=" - statistiques.txt",
    ),
    Launcher(
        "print",
        "Imprimer les conventions",
        "Les conventions dont le bilan est dépassé ou proche, dans un PDF.",
        suffix=" - conventions",
        instead="Pour une autre convention : la choisir dans la feuille Convention, et imprimer.",
    ),
    Launcher(
        "page",
        "Ouvrir CEDRE",
        "Tout faire dans une page du navigateur, tant que cette fenêtre reste ouverte.",
        opens=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Tool:
    """How our command is called: a program that the system looks up, or its path; its arguments."""

    program: str
    arguments: tuple[str, ...] = ()


def python_tool(interpreter: str) -> Tool:
    """This package run by one interpreter, which never takes modules from the current folder."""
    return Tool(interpreter, ("-P", "-m", "cedre_xlsx"))


#: The command as it is found on another computer than this one.
INSTALLED = Tool("cedre-xlsx")


@dataclass(frozen=True, slots=True)
class LaunchTarget:
    """The workbook: its name when it stands beside the file that is clicked, and its whole path.

    One of the two may be "": `name` where the file goes elsewhere, `path` where it is for another
    computer. The one that stands beside comes first: a folder copied for a new year works on its
    own workbook.
    """

    name: str
    path: str
