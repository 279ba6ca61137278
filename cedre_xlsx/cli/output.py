"""Where a command's text goes: the terminal, or a file that is written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import click

from cedre_xlsx.cli.protected import say_unprotected_output
from cedre_xlsx.schema.errors import CedreError

#: The names of workbooks, and how the files of all of them begin (zip, OLE).
_WORKBOOKS = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots", ".fods"}
)
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_FIGURES = re.compile(
    r'"?(?:Statistiques [0-9]{4}|Qui compte en [0-9]{4}\s: )[^\n]*\n[^\n]* · cedre-xlsx '
)
#: How the texts begin that a command writes, whatever the version: by command and format.
_OURS = {
    ("check", "text"): re.compile(r"[^\n]* · contrôle au [0-9/]{10}[^\n]* · cedre-xlsx "),
    ("check", "html"): re.compile(r"<!DOCTYPE html>.{1,1000}<title>Contrôle · ", re.DOTALL),
    ("check", "csv"): re.compile(r"Classeur;Code;Règle;"),
    ("check", "json"): re.compile(r'\[?\s*\{\s*"workbook": .*?"template_version": ', re.DOTALL),
    ("check", "github"): re.compile(
        r"::(?:error|warning|notice) "
        r"(?:file=[^\n]*,title=[A-Z]{3}[0-9]{2} |title=[^\n]* · cedre-xlsx )"
    ),
    ("check", "sarif"): re.compile(
        r'\{\s*"\$schema": .*?"driver": \{\s*"name": "cedre-xlsx"', re.DOTALL
    ),
    ("share", "json"): re.compile(r'\{\s*"format": "cedre-parts"'),
    ("compare", "text"): re.compile(r"Comparaison · [^\n]* → [^\n]* · cedre-xlsx "),
    ("compare", "html"): re.compile(r"<!DOCTYPE html>.{1,1000}<title>Comparaison · ", re.DOTALL),
    ("compare", "json"): re.compile(r'\{\s*"before": [^\n]*\s*"after": [^\n]*\s*"tool_version": '),
    ("stats", "text"): _FIGURES,
    ("stats", "csv"): _FIGURES,
    ("stats", "json"): re.compile(
        r'\{\s*"workbook": .*?"tool_version": [^\n]*\s*"(?:public|year)": ', re.DOTALL
    ),
}
_SEEN = 4_000  # bytes of a file by which it is known


#: What a command notes of itself for the one that ran it: that it warned, that it made nothing.
WARNED, NOTHING = "cedre_xlsx.warned", "cedre_xlsx.nothing"


def warn(sentence: str) -> None:
    """Say on the error stream what the person must read."""
    click.get_current_context().meta[WARNED] = True
    click.echo(f"Attention : {sentence}", err=True)


def refuse_output(
    output: Path | None, inputs: tuple[Path, ...], *, kind: tuple[str, str], force: bool
) -> None:
    """Raise CedreError, before any work, where a text may not be written.

    That is over one of the `inputs`, over any workbook, where no file can be, and, unless `force`,
    over any file but one that an earlier run of this command and format, the `kind`, wrote.
    """
    if output is None:
        if force:
            raise click.UsageError("--force ne va qu'avec -o.")
        return
    from cedre_xlsx.files.replace import already_there, ensure_may_be_written

    ensure_may_be_written(output)
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise CedreError(
                f"{output} : c'est le classeur lui-même ; donnez un autre nom après -o."
            )
    if _is_workbook(output):
        raise CedreError(
            f"{output} : ce résultat est un texte, qui ne peut prendre la place ou le nom d'un "
            "classeur ; donnez un autre nom après -o, en .txt par exemple. Rien n'est écrit."
        )
    if not force and output.exists() and not _is_earlier(output, kind):
        raise already_there(output)


def _is_earlier(path: Path, kind: tuple[str, str]) -> bool:
    """Whether a file is what an earlier run wrote, or holds nothing."""
    with path.open("rb") as file:
        beginning = file.read(_SEEN)
    text = beginning.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return not beginning or _OURS[kind].match(text) is not None


def _is_workbook(path: Path) -> bool:
    if path.suffix.lower() in _WORKBOOKS:
        return True
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(4) in _BEGINNINGS


def deliver(text: str, output: Path | None, *, for_excel: bool = False) -> None:
    """Print the text, or write it to `output`, which was not refused.

    A file `for_excel` starts with the mark by which Excel knows UTF-8.
    """
    if output is None:
        click.echo(text)
        say_unprotected_output()
        return
    from cedre_xlsx.files.replace import write_new

    encoding = "utf-8-sig" if for_excel else "utf-8"
    write_new(output, (text.rstrip("\n") + "\n").encode(encoding, "replace"), overwrite=True)
    click.echo(f"Écrit : {output}", err=True)
