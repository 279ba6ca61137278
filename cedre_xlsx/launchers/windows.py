"""Batch files for Windows.

A path stands in them once, in a `set "NAME=…"` where only % has a meaning, and is used as !NAME!,
which the command processor puts in place after it has looked for & ^ ( ) and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cedre_xlsx.launchers.actions import (
    GONE,
    GONE_ADVICE,
    MADE_BY,
    NO_PACKAGE,
    NOT_OPENED,
    READ_ABOVE,
    WAIT,
    WARNING,
    Action,
    Slot,
    Target,
    Tool,
)

_CLOSE = "Appuyez sur une touche pour fermer cette fenêtre."
_SLOTS = {Slot.WORKBOOK: '"!CLASSEUR!"', Slot.RESULT: '"!RESULTAT!"'}
#: What no file name of Windows holds, and what a batch file cannot spell.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]|[ .]$')


def is_possible_name(name: str) -> bool:
    """Whether Windows can have a file of that name."""
    return not _FORBIDDEN.search(name)


def script(action: Action, tool: Tool, target: Target) -> bytes:
    """The batch file of an action; another workbook dropped on it is taken instead."""
    lines = (
        "@echo off",
        "chcp 65001 >nul",
        "cls",  # what cmd says of a folder on a network
        "setlocal EnableExtensions DisableDelayedExpansion",
        f"title {action.name}",
        f"rem {MADE_BY}",
        'set "PYTHONIOENCODING=utf-8"',
        f'set "OUTIL={_literal(tool.program)}"',
        *_workbook(target),
        r'set "SORTIE=%TEMP%\cedre-xlsx-%RANDOM%%RANDOM%.txt"',
        "setlocal EnableDelayedExpansion",
        *_dropped(),
        f'set "RESULTAT=!CLASSEUR!{_literal(action.suffix)}"',
        *_run(action, tool),
        *_verdict(action),
        *_endings(action),
    )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def _literal(text: str) -> str:
    return text.replace("%", "%%")


def _workbook(target: Target) -> Iterator[str]:
    if target.name:
        yield f'set "CLASSEUR=%~dp0{_literal(target.name)}"'
        if target.path:
            yield f'if not exist "%CLASSEUR%" set "CLASSEUR={_literal(target.path)}"'
    else:
        yield f'set "CLASSEUR={_literal(target.path)}"'
    yield 'set "LACHE="'
    yield 'if not "%~1"=="" set "LACHE=1"'
    yield 'if not "%~1"=="" set "CLASSEUR=%~f1"'


def _dropped() -> Iterator[str]:
    """The path of what was dropped, as it is.

    Explorer puts quotation marks around a path with a space only, so that %1 stops at & , ; and =
    and loses its ^: it is taken from the command line.
    """
    yield "if not defined LACHE goto pret"
    yield 'set "LACHE="'
    yield 'set "LIGNE=!cmdcmdline!"'
    yield 'set "SUITE=!LIGNE:*%~nx0=!"'
    yield 'if "!SUITE!"=="!LIGNE!" goto pret'
    yield 'set "LACHE=1"'
    yield 'set "SUITE=!SUITE:"=!"'
    yield ":debut"
    yield 'if "!SUITE:~0,1!"==" " set "SUITE=!SUITE:~1!" & goto debut'
    yield ":fin"
    yield 'if "!SUITE:~-1!"==" " set "SUITE=!SUITE:~0,-1!" & goto fin'
    yield 'if exist "!SUITE!" set "CLASSEUR=!SUITE!"'
    yield ":pret"


def _run(action: Action, tool: Tool) -> Iterator[str]:
    yield (
        'if not exist "!OUTIL!" goto absent'
        if tool.is_path
        else 'where /q "!OUTIL!" || goto absent'
    )
    yield f"echo {WAIT}"
    if action.is_page:
        yield 'if exist "!RESULTAT!" del /q "!RESULTAT!"'
    words = [*tool.arguments, *action.arguments]
    command = " ".join(_SLOTS[one] if isinstance(one, Slot) else one for one in words)
    yield f'"!OUTIL!" {command} >"!SORTIE!" 2>&1'
    yield 'set "CODE=!errorlevel!"'
    yield 'type "!SORTIE!"'


def _verdict(action: Action) -> Iterator[str]:
    yield from _noted("LIRE", WARNING)
    yield from _noted("ABSENT", NO_PACKAGE)
    if action.nothing:
        yield from _noted("RIEN", action.nothing)
    yield 'del /q "!SORTIE!"'
    yield "if defined ABSENT goto absent"
    yield " ".join(f'if not "!CODE!"=="{code}"' for code in action.accepted) + " goto echec"
    if action.nothing:
        yield "if defined RIEN goto rien"
    yield 'if not exist "!RESULTAT!" set "CODE=2" & goto echec'
    yield 'start "" "!RESULTAT!" || goto ferme'
    yield "if not defined LIRE goto quitter"
    yield "echo."
    yield f"echo {READ_ABOVE}"
    yield "goto attendre"


def _noted(variable: str, words: str) -> Iterator[str]:
    yield f'set "{variable}="'
    yield f'findstr /c:"{words}" "!SORTIE!" >nul 2>&1 && set "{variable}=1"'


def _endings(action: Action) -> Iterator[str]:
    if action.nothing:
        yield ":rien"
        yield "echo."
        yield f"echo {action.instead}"
        yield "goto attendre"
    yield ":ferme"
    yield "echo."
    yield f"echo {NOT_OPENED} !RESULTAT!"
    yield "goto attendre"
    yield ":absent"
    yield f"echo {GONE} !OUTIL!"
    yield f"echo {GONE_ADVICE}"
    yield 'set "CODE=2"'
    yield "goto attendre"
    yield ":echec"
    yield "echo."
    yield f"echo {action.failed}"
    yield ":attendre"
    yield "echo."
    yield f"echo {_CLOSE}"
    yield "pause >nul"
    yield ":quitter"
    yield "if defined LACHE exit !CODE!"  # and not what follows & in the name that was dropped
    yield "exit /b !CODE!"
