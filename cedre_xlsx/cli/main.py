"""The group of commands."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from typing import NoReturn

import click

from cedre_xlsx._version import __version__
from cedre_xlsx.cli.check import check
from cedre_xlsx.cli.compare import compare
from cedre_xlsx.cli.completion import PROGRAM, VARIABLE, completion
from cedre_xlsx.cli.consolidate import consolidate
from cedre_xlsx.cli.demo import demo
from cedre_xlsx.cli.door import outcome
from cedre_xlsx.cli.dossier import dossier
from cedre_xlsx.cli.fill import fill
from cedre_xlsx.cli.fix import fix
from cedre_xlsx.cli.french import speak_french
from cedre_xlsx.cli.import_tables import import_tables
from cedre_xlsx.cli.launch import launch
from cedre_xlsx.cli.merge import merge
from cedre_xlsx.cli.migrate import migrate
from cedre_xlsx.cli.minutes import minutes
from cedre_xlsx.cli.new import new
from cedre_xlsx.cli.page import page
from cedre_xlsx.cli.print_forms import print_forms
from cedre_xlsx.cli.protected import asked
from cedre_xlsx.cli.pseudonymise import pseudonymise
from cedre_xlsx.cli.refresh import refresh
from cedre_xlsx.cli.retention import retention
from cedre_xlsx.cli.rules import rules
from cedre_xlsx.cli.share import share
from cedre_xlsx.cli.shortcuts import shortcuts
from cedre_xlsx.cli.stats import stats
from cedre_xlsx.cli.upgrade import upgrade
from cedre_xlsx.cli.watch import watch
from cedre_xlsx.cli.year import year
from cedre_xlsx.files.protection.keyring import Keyring, holding
from cedre_xlsx.method.text import readable

COMMANDS: tuple[click.Command, ...] = (
    demo,
    new,
    migrate,
    import_tables,
    check,
    refresh,
    minutes,
    stats,
    share,
    consolidate,
    print_forms,
    fill,
    fix,
    retention,
    upgrade,
    year,
    compare,
    merge,
    pseudonymise,
    dossier,
    page,
    shortcuts,
    watch,
    rules,
    completion,
)


class OrderedGroup(click.Group):
    """Lists its commands in the order in which a user meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of `COMMANDS`."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Their sentences whole, on two lines where they are long."""
        with formatter.section("Commandes "):
            formatter.write_dl(
                [
                    (name, self.commands[name].get_short_help_str(limit=200))
                    for name in self.commands
                    if not self.commands[name].hidden
                ]
            )


@click.group(
    cls=OrderedGroup,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="« cedre-xlsx COMMANDE --help » explique chaque commande. "
    "Pour commencer : cedre-xlsx demo\n\nUn classeur protégé demande son mot de passe, ou le prend "
    "dans la variable CEDRE_XLSX_PASSWORD.",
)
@click.version_option(
    __version__, "-V", "--version", message="cedre-xlsx %(version)s", help="Afficher la version."
)
def group() -> None:
    """Suivi des parcours d'insertion (démarche CEDRE) dans un classeur Excel.

    Le classeur se remplit comme d'habitude ; ces commandes le contrôlent avant la réunion et
    refont sa synthèse et ses statistiques, sans rien perdre de ce qui a été tapé.
    """


for _command in (*COMMANDS, launch):
    group.add_command(_command)


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 findings, 2 could not."""
    speak_french()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes a while
    _never_fail_on_a_character()
    _complete_any_name()
    run = partial(group.main, args, prog_name=PROGRAM, standalone_mode=False)
    with holding(Keyring(asked)):
        status = outcome(run, _running(args))
    if args is None:
        gc.freeze()  # the process ends: no use in looking for garbage in what it leaves
    sys.exit(status)


def _running(args: list[str] | None) -> str:
    """The command that runs: never what follows it, which may name people."""
    typed = sys.argv[1:] if args is None else args
    return next((word for word in typed if word in group.commands), PROGRAM)


def _never_fail_on_a_character() -> None:
    """A console that lacks a character shows a question mark, and reads one, in its place."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _complete_any_name() -> None:
    """A shell that asks what may follow tells it in bytes; click answers in UTF-8 alone."""
    if VARIABLE in os.environ:
        for name in ("COMP_WORDS", "COMP_CWORD"):
            os.environ[name] = readable(os.environ.get(name, ""))
