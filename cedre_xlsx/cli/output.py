"""Where a command's text goes: the terminal, or a file that is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.schema.errors import CedreError


def deliver(
    text: str, output: Path | None, *, inputs: tuple[Path, ...] = (), for_excel: bool = False
) -> None:
    """Print the text, or write it to `output` (never over one of the workbooks read).

    A file `for_excel` starts with the mark by which Excel knows UTF-8.
    """
    if output is None:
        click.echo(text)
        return
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise CedreError(
                f"{output} : c'est le classeur lui-même ; donnez un autre nom après -o."
            )
    from cedre_xlsx.workbook.package.replace import write_new

    encoding = "utf-8-sig" if for_excel else "utf-8"
    write_new(output, (text.rstrip("\n") + "\n").encode(encoding), overwrite=True)
    click.echo(f"Écrit : {output}", err=True)
