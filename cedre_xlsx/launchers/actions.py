"""What a double click does: which command, on which workbook, what is opened afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

#: The word before a warning in what our commands print.
WARNING = "Attention"
#: What the files say, whatever they do.
MADE_BY = "Fait par « cedre-xlsx shortcuts » ; à refaire si l'outil change de place."
WAIT = "Un instant…"
GONE = "L'outil cedre-xlsx n'est pas, ou plus, sur cet ordinateur à cette place :"
GONE_ADVICE = (
    "Demandez à la personne qui l'a installé de refaire ces fichiers : cedre-xlsx shortcuts"
)
READ_ABOVE = "À lire : le message ci-dessus."
NOT_OPENED = "Rien ne s'est ouvert ; le résultat est ici :"
#: How an interpreter says, in ASCII, that our package was removed from it.
NO_PACKAGE = "No module named cedre_xlsx"


class System(StrEnum):
    """The systems whose files can be made."""

    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"


class Slot(Enum):
    """What a file fills in when it runs."""

    WORKBOOK = "the path of the workbook"
    RESULT = "the path of what is made"


@dataclass(frozen=True, slots=True)
class Action:
    """One file to double-click.

    `suffix` is added to the workbook's path to name the result; "" where the workbook itself is
    opened. `is_page` is a result that one run makes anew. `accepted` are the exit statuses after
    which the result is opened. `nothing` is how the command says, in ASCII, that there was nothing
    to make, and `instead` what to do then.
    """

    name: str
    purpose: str
    arguments: tuple[str | Slot, ...]
    suffix: str = ""
    is_page: bool = False
    accepted: tuple[int, ...] = (0,)
    nothing: str = ""
    instead: str = ""

    @property
    def failed(self) -> str:
        """The sentence that keeps the window open."""
        return f"« {self.name} » n'a pas pu aller au bout : la raison est écrite ci-dessus."


ACTIONS = (
    Action(
        "Vérifier",
        "Ce qui manque ou tarde dans le classeur, dans une page.",
        ("check", Slot.WORKBOOK, "--format", "html", "-o", Slot.RESULT),
        suffix=" - contrôle.html",
        is_page=True,
        accepted=(0, 1),
    ),
    Action(
        "Actualiser",
        "Refaire Synthèse, Réunion, Périodes, Contrôle et Statistiques dans le classeur.",
        ("refresh", Slot.WORKBOOK),
    ),
    Action(
        "Statistiques",
        "Les chiffres de l'année en cours.",
        ("stats", Slot.WORKBOOK, "-o", Slot.RESULT),
        suffix=" - statistiques.txt",
        is_page=True,
    ),
    Action(
        "Imprimer les conventions",
        "Les conventions dont le bilan est dépassé ou proche, dans un PDF.",
        ("print", Slot.WORKBOOK, "--due", "--merge", "--force", "-o", Slot.RESULT),
        suffix=" - conventions",
        nothing="Aucune convention",
        instead="Pour une autre convention : la choisir dans la feuille Convention, et imprimer.",
    ),
)


@dataclass(frozen=True, slots=True)
class Tool:
    """How our command is called: a program and its first arguments.

    `is_path` is False for a name that the system looks up.
    """

    program: str
    arguments: tuple[str, ...] = ()
    is_path: bool = True


def python_tool(interpreter: str) -> Tool:
    """This package run by one interpreter, which never takes modules from the current folder."""
    return Tool(interpreter, ("-P", "-m", "cedre_xlsx"))


#: The command as it is found on another computer than this one.
INSTALLED = Tool("cedre-xlsx", is_path=False)


@dataclass(frozen=True, slots=True)
class Target:
    """The workbook: its name when it stands beside the file that is clicked, and its whole path.

    One of the two may be "": `name` where the file goes elsewhere, `path` where it is for another
    computer. The one that stands beside comes first: a folder copied for a new year works on its
    own workbook.
    """

    name: str
    path: str
