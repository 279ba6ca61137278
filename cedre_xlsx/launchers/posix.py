"""Shell scripts for macOS (.command, opened in Terminal) and Linux, and Linux's .desktop entries.

Only what POSIX says: macOS still brings a bash of 2007, and Debian's sh is dash.
"""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

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
    System,
    Target,
    Tool,
)

_CLOSE = "Appuyez sur Entrée pour fermer cette fenêtre."
_LOST = "Le fichier qui fait ce travail n'est plus à cette place :"
_SLOW = 3  # seconds: an opener that has not failed by then is opening something
_SLOTS = {Slot.WORKBOOK: '"$classeur"', Slot.RESULT: '"$resultat"'}


def script(action: Action, tool: Tool, target: Target, system: System) -> bytes:
    """The shell script of an action; another workbook given as its argument is taken instead."""
    lines = (
        "#!/bin/sh",
        f"# {action.name} : {action.purpose}",
        f"# {MADE_BY}",
        f"outil={quote(tool.program)}",
        *_workbook(target),
        f'resultat="$classeur"{quote(action.suffix) if action.suffix else ""}',
        "export PYTHONIOENCODING=utf-8",
        *_waiting(),
        *_run(action, tool),
        *_verdict(action),
        *_opening(system),
    )
    return _encoded("\n".join(lines) + "\n")


def _workbook(target: Target) -> Iterator[str]:
    if target.name:
        yield "case $0 in */*) ici=${0%/*} ;; *) ici=. ;; esac"
        yield f'classeur="$ici"/{quote(target.name)}'
        if target.path:
            yield f'[ -e "$classeur" ] || classeur={quote(target.path)}'
    else:
        yield f"classeur={quote(target.path)}"
    yield '[ -z "${1-}" ] || classeur=$1'


def _waiting() -> Iterator[str]:
    yield "attendre() {"
    yield "  code=$1; shift"
    yield "  printf '%s\\n' '' \"$@\""
    yield f"""  printf '%s\\n' '' {quote(_CLOSE)}"""
    yield "  read -r _"
    yield '  exit "$code"'
    yield "}"


def _run(action: Action, tool: Tool) -> Iterator[str]:
    gone = f'attendre 2 {quote(GONE)} "$outil" {quote(GONE_ADVICE)}'
    yield f'command -v "$outil" >/dev/null 2>&1 || {gone}'
    yield f"echo {quote(WAIT)}"
    if action.is_page:
        yield 'rm -f -- "$resultat"'
    words = [*tool.arguments, *action.arguments]
    command = " ".join(_SLOTS[one] if isinstance(one, Slot) else quote(one) for one in words)
    yield f'sortie=$("$outil" {command} 2>&1)'
    yield "code=$?"
    yield f"case $sortie in *{quote(NO_PACKAGE)}*) {gone} ;; esac"
    yield "printf '%s\\n' \"$sortie\""


def _verdict(action: Action) -> Iterator[str]:
    accepted = "|".join(map(str, action.accepted))
    yield f'case $code in {accepted}) ;; *) attendre "$code" {quote(action.failed)} ;; esac'
    if action.nothing:
        waiting = f"attendre 0 {quote(action.instead)}"
        yield f"case $sortie in *{quote(action.nothing)}*) {waiting} ;; esac"
    yield f'[ -e "$resultat" ] || attendre 2 {quote(action.failed)}'


def _opening(system: System) -> Iterator[str]:
    not_opened = f'attendre 0 {quote(NOT_OPENED)} "$resultat"'
    if system is System.MACOS:
        yield f'open "$resultat" || {not_opened}'
    else:
        yield f"command -v xdg-open >/dev/null || {not_opened}"
        yield "trap '' HUP"  # what is opened outlives the window
        yield 'xdg-open "$resultat" >/dev/null 2>&1 </dev/null &'
        waits = " ".join(map(str, range(_SLOW)))
        yield f"for _ in {waits}; do kill -0 $! 2>/dev/null || break; sleep 1; done"
        yield f"kill -0 $! 2>/dev/null || wait $! || {not_opened}"
    yield f"case $sortie in *{WARNING}*) attendre 0 {quote(READ_ABOVE)} ;; esac"
    yield 'exit "$code"'


#: What an entry runs: the script beside it, else the one that it names.
_BESIDE = "; ".join((
    "script=$1",
    "shift",
    "case ${1-} in *.desktop) "
    "[ ! -e \"${1%.desktop}.sh\" ] || script=${1%.desktop}.sh; shift ;; esac",
    '[ ! -e "$script" ] || exec sh "$script" "$@"',
    f"printf '%s\\n' {quote(_LOST)} \"$script\" {quote(GONE_ADVICE)} '' {quote(_CLOSE)}",
    "read -r _",
    "exit 2",
))  # fmt: skip


def desktop_entry(action: Action, script_path: str) -> bytes:
    """The entry that runs a script in a terminal; a file dropped on it becomes its argument.

    The script that stands beside the entry (%k) comes first: a folder copied for a new year works
    on its own workbook.
    """
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={action.name}",
        f"Comment={action.purpose}",
        f"Exec=sh -c {_exec_word(_BESIDE)} sh {_exec_word(script_path)} %k %f",
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
