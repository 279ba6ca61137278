"""What stopped the work, as one French sentence; of what nobody expected, a report without
anybody's data when asked.
"""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cedre_xlsx._version import __version__
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.system_errors import system_words

#: The environment variable that asks for a report, and says in which folder.
VARIABLE = "CEDRE_XLSX_DEBUG"
_ROOTS = ("cedre_xlsx", "site-packages")


def what_stopped(error: Exception, command: str) -> str:
    """What to say of any error, to whoever called the verb."""
    if isinstance(error, CedreError):
        return str(error)
    if isinstance(error, MemoryError):
        return (
            "la mémoire de l'ordinateur n'y suffit pas. Fermez d'autres programmes, puis "
            "recommencez."
        )
    if isinstance(error, OSError):
        return _of_the_system(error)
    return sentence(error, command)


def _of_the_system(error: OSError) -> str:
    where = f"{error.filename} : " if error.filename else ""
    return (
        f"{where}le système a refusé ({system_words(error)}). "
        "Vérifiez le dossier, vos droits et la place libre, puis recommencez."
    )


def sentence(error: Exception, command: str) -> str:
    """What to say of an error, once its report is written where one is asked for."""
    if isinstance(error, ImportError):
        return (
            f"il manque à l'outil une partie de lui-même ({error.name or 'inconnue'}) ; "
            "réinstallez-le : pip install --force-reinstall cedre-xlsx"
        )
    said = (
        f"{command} s'est arrêté sur un cas que l'outil ne connaît pas "
        f"({type(error).__name__}, {_last_place(error)}) ; "
    )
    folder = os.environ.get(VARIABLE)
    if not folder:
        return (
            f"{said}signalez-le, avec le rapport sans donnée personnelle que l'outil écrit "
            f"quand la variable {VARIABLE} nomme un dossier."
        )
    try:
        return f"{said}signalez-le avec ce rapport, sans donnée personnelle : " + str(
            _written(Path(folder), report(error, command))
        )
    except OSError:
        return f"{said}le rapport n'a pas pu être écrit dans {folder}."


def report(error: BaseException, command: str) -> str:
    """Versions, and where each error of the chain happened: lines of code, no value, no message.

    A message may quote a cell; a path may hold somebody's name.
    """
    lines = [
        f"cedre-xlsx {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"commande : {command}",
    ]
    for one in _chain(error):
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
        for frame in traceback.extract_tb(one.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _last_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _ROOTS[0] in Path(frame.filename).parts]
    frame = (own or frames)[-1]
    return f"{_short(frame.filename)}:{frame.lineno}"


def _short(filename: str) -> str:
    """A file's place in its package: what stands before is the person's own."""
    parts = Path(filename).parts
    for root in _ROOTS:
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last:])
    return parts[-1] if parts else filename


def _written(folder: Path, text: str) -> Path:
    """A new file in the folder; nothing that stands there is replaced."""
    path = folder / f"cedre-xlsx-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.txt"
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path
