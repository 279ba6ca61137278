"""`page`: everything in the browser, served by this machine to itself."""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH

_NEEDED = ("starlette", "uvicorn", "jinja2", "python_multipart")


@click.command(
    epilog="Exemples : cedre-xlsx page suivi.xlsx, cedre-xlsx page, cedre-xlsx page "
    '"Mes classeurs"\n\n'
    "La page n'est vue que de cet ordinateur, et rien n'en sort. Elle ne lit et n'écrit que dans "
    "le dossier ouvert. Elle s'arrête d'elle-même quand ses onglets sont fermés, ou par Ctrl-C."
)
@click.argument("place", metavar="[CLASSEUR|DOSSIER]", type=PATH, default=Path())
@click.option(
    "--no-browser", is_flag=True, help="Donner l'adresse de la page, sans ouvrir le navigateur."
)
def page(place: Path, no_browser: bool) -> None:
    """Tout faire dans une page du navigateur : contrôler, actualiser, imprimer, reprendre."""
    from cedre_xlsx.schema.errors import CedreError

    if any(find_spec(name) is None for name in _NEEDED):
        raise CedreError(
            'la page demande l\'extra « page » ; installez-le : pip install "cedre-xlsx[page]"'
        )
    import webbrowser

    from cedre_xlsx.page.server import Server

    folder, workbook = _where(place)
    server = Server(folder, workbook)

    def opened() -> None:
        click.echo(f"La page est à cette adresse, qui sert une fois : {server.address}")
        click.echo("Elle s'arrête quand ses onglets sont fermés, ou par Ctrl-C.")
        if not no_browser and not webbrowser.open(server.address):
            click.echo("Aucun navigateur ne s'est ouvert : copiez cette adresse dans le vôtre.")

    with contextlib.suppress(KeyboardInterrupt):
        server.run(opened)
    with contextlib.suppress(OSError):  # the terminal was closed
        click.echo("La page est fermée.")


def _where(place: Path) -> tuple[Path, Path | None]:
    """The folder that is opened, and the workbook of it that is chosen."""
    from cedre_xlsx.api.looking import is_workbook_name
    from cedre_xlsx.files.stand_ins import missing
    from cedre_xlsx.page.folder import inside
    from cedre_xlsx.schema.errors import CedreError

    if not place.exists():
        raise CedreError(missing(place))
    if place.is_dir():
        return place.resolve(), None
    if not place.is_file() or not is_workbook_name(place.name):
        raise CedreError(
            f"{place} : ce n'est pas un classeur .xlsx, .xlsm ou .ods ; donnez le nom d'un "
            "classeur, ou d'un dossier."
        )
    folder = place.resolve().parent
    try:
        return folder, inside(folder, place.resolve().name)
    except CedreError:
        raise CedreError(
            f"{place} : la page ne peut pas ouvrir un classeur de ce nom ; renommez-le, sans « : » "
            "ni autre signe que Windows refuse."
        ) from None
