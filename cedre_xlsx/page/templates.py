"""The templates, and what they can do with a value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from cedre_xlsx.method.french import counted, decimal, grouped, typeset
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.page.wording import of_the_page


def rendered(template: str, context: dict[str, Any]) -> str:
    """A page; every text is escaped."""
    return _environment().get_template(template).render(context)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("cedre_xlsx.page", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_below,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["jour"] = _day  # a date as dd/mm/yyyy
    made.filters["t"] = _said  # what a verb says, with the spaces of French
    made.filters["nombre"] = grouped
    made.filters["decimal"] = decimal
    made.globals["compte"] = counted
    return made


@pass_context
def _below(context: Context, value: object) -> object:
    return below(value, context.get("within", ())) if isinstance(value, str) else value


def below(said: str, within: Iterable[str]) -> str:
    """A text in which a file is named by its path below the folders that `within` gives, each with
    a stroke at its end.
    """
    for folder in within:
        said = said.replace(folder, "")
    return said


def shown(said: str, within: Iterable[str]) -> str:
    """What a verb says, as the page says it."""
    return _said(below(said, within))


def _said(text: str) -> str:
    return typeset(of_the_page(text))


def _day(value: date | None) -> str:
    return french_day(value) if value else ""
