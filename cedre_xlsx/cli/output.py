"""Where a command's text goes: the terminal, or a file that is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.schema.errors import CedreError

#: The names of workbooks, and how the files of all of them begin (zip, OLE).
_WORKBOOKS = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots", ".fods"}
)
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


#: What a command notes of itself for the one that ran it: that it warned, that it made nothing.
WARNED, NOTHING = "cedre_xlsx.warned", "cedre_xlsx.nothing"


def warn(sentence: str) -> None:
    """Say on the error stream what the person must read."""
    click.get_current_context().meta[WARNED] = True
    click.echo(f"Attention : {sentence}", err=True)


def refuse_output(output: Path | None, inputs: tuple[Path, ...]) -> None:
    """Raise CedreError, before any work, where a text may not be written.

    That is over one of the `inputs`, over any workbook, and where no file can be. The text that
    an earlier run wrote may be replaced.
    """
    if output is None:
        return
    from cedre_xlsx.workbook.package.replace import ensure_may_be_written

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
        return
    from cedre_xlsx.workbook.package.replace import write_new

    encoding = "utf-8-sig" if for_excel else "utf-8"
    write_new(output, (text.rstrip("\n") + "\n").encode(encoding, "replace"), overwrite=True)
    click.echo(f"Écrit : {output}", err=True)
