"""`page`: everything in the browser, served by this machine to itself."""

from __future__ import annotations

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
            "la page demande l'extra « page » ; installez-le : pip install 'cedre-xlsx[page]'"
        )
    import webbrowser

    from cedre_xlsx.page.server import Server

    folder, workbook = _where(place)
    server = Server(folder, workbook)

    def opened() -> None:
        click.echo(f"La page est ouverte à cette adresse, qui sert une fois : {server.address}")
        click.echo("Elle s'arrête quand ses onglets sont fermés, ou par Ctrl-C.")
        if not no_browser:
            webbrowser.open(server.address)

    server.run(opened)
    click.echo("La page est fermée.")


def _where(place: Path) -> tuple[Path, Path | None]:
    """The folder that is opened, and the workbook of it that is chosen."""
    from cedre_xlsx.schema.errors import CedreError
    from cedre_xlsx.workbook.read.stand_ins import missing

    if not place.exists():
        raise CedreError(missing(place))
    if place.is_dir():
        return place.resolve(), None
    return place.resolve().parent, place.resolve()
