"""The text of the files to double-click: each calls the hidden command, and says when it is gone.

Only what POSIX says for macOS (.command, opened in Terminal) and Linux: macOS still brings a bash
of 2007, and Debian's sh is dash.
"""

from __future__ import annotations

import re
from shlex import quote

from cedre_xlsx.launchers.actions import (
    CLOSE_THE_WINDOW,
    COMMAND_LINE,
    VERB,
    Launcher,
    LaunchTarget,
    Tool,
)

_GONE = "L'outil cedre-xlsx n'est pas, ou plus, sur cet ordinateur à cette place :"
_ADVICE = "Demandez à la personne qui l'a installé de refaire ces fichiers : cedre-xlsx shortcuts"
_CLOSE = "Appuyez sur Entrée pour fermer cette fenêtre."
_KEY = "Appuyez sur une touche pour fermer cette fenêtre."
#: What no file name of Windows holds, and what a batch file cannot spell.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]|[ .]$')


def shell_script(action: Launcher, tool: Tool, target: LaunchTarget) -> bytes:
    """The script of macOS and Linux; another workbook given as its argument is taken instead."""
    return _encoded("#!/bin/sh\n" + _shell_line(action, tool, target, '"$0"') + "\n")


def _shell_line(action: Launcher, tool: Tool, target: LaunchTarget, script: str) -> str:
    program = quote(tool.program)
    words = (*tool.arguments, VERB, "--", action.command)
    call = " ".join((program, *map(quote, words), script, quote(target.name), quote(target.path)))
    said = " ".join(map(quote, ("", _GONE, tool.program, _ADVICE, "", _CLOSE)))
    found = f"command -v {program} >/dev/null 2>&1"
    return f"{found} && {call} \"$@\" || {{ printf '%s\\n' {said}; read -r _; exit 2; }}"


def desktop_entry(action: Launcher, tool: Tool, target: LaunchTarget) -> bytes:
    """Linux's entry, in a terminal; a file dropped on it (%f) is taken instead of the workbook.

    Desktops that tell where the entry stands do it in %k: a folder copied for a new year works on
    its own workbook.
    """
    line = _shell_line(action, tool, target, "''")
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={action.name}",
        f"Comment={action.purpose}",
        f"Exec=sh -c {_exec_word(line)} sh %k %f",
        "Icon=x-office-spreadsheet",
        "Terminal=true",
    )
    return _encoded("\n".join(lines) + "\n")


def _exec_word(word: str) -> str:
    """A word of Exec: quoted, then escaped again as every string of such a file is."""
    for char in '\\"`$':
        word = word.replace(char, f"\\{char}")
    quoted = f'"{word}"'.replace("%", "%%").replace("\\", "\\\\")
    return quoted.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _encoded(text: str) -> bytes:
    """UTF-8, and the bytes of a name that is not, as the system has them."""
    return text.encode("utf-8", "surrogateescape")


def is_windows_name(name: str) -> bool:
    """Whether Windows can have a file of that name."""
    return not _FORBIDDEN.search(name)


def batch_file(action: Launcher, tool: Tool, target: LaunchTarget) -> bytes:
    """The batch file of Windows; another workbook dropped on it is taken instead.

    Between quotation marks only % has a meaning. What was dropped is read again in cmd's own
    command line: %1 stops at & , ; and =. The window that a drop opened is left by `exit`, or cmd
    would run what follows & in the name.
    """
    words = (tool.program, *tool.arguments, VERB, "--", action.command)
    call = " ".join(f'"{word.replace("%", "%%")}"' for word in words)
    where = " ".join(f'"{word.replace("%", "%%")}"' for word in (target.name, target.path))
    lines = (
        "@chcp 65001 >nul & setlocal EnableExtensions EnableDelayedExpansion",
        f'@set "{COMMAND_LINE}=!cmdcmdline!" & setlocal DisableDelayedExpansion & cls',
        f'@{call} "%~f0" {where} "%~1"',
        f"@if %errorlevel%=={CLOSE_THE_WINDOW} (exit 0) else if not %errorlevel%==0 ("
        f"echo {_GONE} & echo {_ADVICE} & echo. & echo {_KEY} & pause >nul & exit /b 2)",
    )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
