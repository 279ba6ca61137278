"""Options that several commands share, and their French types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import click

from cedre_xlsx.schema.packs import PACKS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])

#: Any path: what is wrong with it is said by what opens it, in one French sentence.
PATH = click.Path(path_type=Path)


class DateType(click.ParamType[date]):
    """A date typed as AAAA-MM-JJ or JJ/MM/AAAA."""

    name = "AAAA-MM-JJ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that shows the form expected."""
        if isinstance(value, date):
            return value
        day, slash, rest = str(value).partition("/")
        month, _, year = rest.partition("/")
        text = f"{year}-{month:0>2}-{day:0>2}" if slash else str(value)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(f"« {value} » n'est pas une date ; écrire par exemple 2026-01-31", param, ctx)


class YearType(click.ParamType[int]):
    """A year of four digits."""

    name = "AAAA"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year, or a usage error."""
        try:
            return int(click.INT.convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"« {value} » n'est pas une année ; écrire par exemple 2026", param, ctx)


class SeverityType(click.ParamType[str]):
    """A severity as the reports name it, or in English, as programs do; in any case."""

    name = "gravité"
    _WORDS: ClassVar = {
        "erreur": "error",
        "avertissement": "warning",
        "info": "info",
        "erreurs": "error",
        "avertissements": "warning",
        "information": "info",
        "informations": "info",
        "error": "error",
        "warning": "warning",
    }

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The severity, or a usage error that lists them."""
        found = self._WORDS.get(str(value).strip().casefold())
        if found is None:
            words = ", ".join(SEVERITIES[:-1]) + f" ou {SEVERITIES[-1]}"
            self.fail(f"« {value} » n'est pas une gravité ; écrire {words}", param, ctx)
        return found

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The French words for the Tab key."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in SEVERITIES if word.startswith(incomplete.lower())]


class PacksType(click.Choice[str]):
    """Names of packs, with a comma between them; in any case."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The names as they are known, in one text; or a usage error that lists them."""
        names = [name.strip() for name in str(value).split(",") if name.strip()] or [""]
        return ",".join(super(PacksType, self).convert(name, param, ctx) for name in names)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names for the Tab key, after the last comma of what is typed."""
        from click.shell_completion import CompletionItem

        before, comma, begun = incomplete.rpartition(",")
        found = super().shell_complete(ctx, param, begun.strip())
        return [CompletionItem(f"{before}{comma}{one.value}") for one in found]


def _each(_ctx: click.Context, _param: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    """The names of all the flags, each once."""
    return tuple(dict.fromkeys(name for names in typed for name in names.split(",")))


#: As they are typed, the gravest first.
SEVERITIES = ("erreur", "avertissement", "info")
SEVERITY = SeverityType()
DATE = DateType()
YEAR = YearType()


def workbook_argument(function: F) -> F:
    """FICHIER: the workbook."""
    return click.argument("workbook", metavar="FICHIER", type=PATH)(function)


def packs_option(function: F) -> F:
    """--pack: columns that are off until asked for."""
    told = " ; ".join(f"{name} : {what}" for name, what in PACKS.items())
    return click.option(
        "--pack",
        "packs",
        metavar="NOM[,NOM]",
        multiple=True,
        type=PacksType(list(PACKS), case_sensitive=False),
        callback=_each,
        help="Des colonnes facultatives en plus ; plusieurs jeux : une virgule entre eux, ou "
        f"l'option répétée ({told}).",
    )(function)


def date_option(function: F) -> F:
    """--date: today by default."""
    return click.option(
        "--date",
        "on",
        type=DATE,
        metavar="AAAA-MM-JJ",
        help="Date à laquelle compter les retards (aujourd'hui par défaut).",
    )(function)


def output_option(help_text: str) -> Callable[[F], F]:
    """-o: where the result goes."""
    return click.option("-o", "--output", metavar="SORTIE", type=PATH, help=help_text)


def force_option(function: F) -> F:
    """--force: what is there already may be replaced."""
    return click.option(
        "--force", is_flag=True, help="Avec -o : remplacer un fichier qui existe déjà."
    )(function)


def complete_codes(
    _ctx: click.Context, _param: click.Parameter, typed: str
) -> list[CompletionItem]:
    """The codes of the rules for the Tab key, after the last comma of what is typed."""
    from click.shell_completion import CompletionItem

    from cedre_xlsx import api

    before, comma, begun = typed.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{rule.code}", help=rule.name)
        for rule in api.rules()
        if rule.code.startswith(begun.strip().upper())
    ]
