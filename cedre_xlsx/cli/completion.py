"""`completion`: the Tab key completes commands, options and files."""

from __future__ import annotations

import click

PROGRAM = "cedre-xlsx"
#: How click names the variable by which a shell asks for completions.
VARIABLE = "_CEDRE_XLSX_COMPLETE"


@click.command(
    epilog="Exemple : cedre-xlsx completion bash >> ~/.bashrc\n\n"
    "\b\nOù mettre le script, une fois pour toutes :\n"
    "  bash        cedre-xlsx completion bash >> ~/.bashrc\n"
    "  zsh         cedre-xlsx completion zsh >> ~/.zshrc   (après compinit)\n"
    "  fish        cedre-xlsx completion fish > ~/.config/fish/completions/cedre-xlsx.fish\n"
    "  PowerShell  cedre-xlsx completion powershell | Out-File -Append -Encoding utf8 $PROFILE"
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Afficher le script de complétion (touche Tab)."""
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    if complete is None:  # never with the click that the package asks for
        raise click.UsageError(f"La version de click installée ne connaît pas {shell}.")
    script = complete(context.find_root().command, {}, PROGRAM, VARIABLE).source()
    click.echo(script.encode(), nl=False)  # on Windows too, lines end as a shell reads them
