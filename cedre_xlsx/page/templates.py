"""The templates, and what they can do with a value."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from cedre_xlsx.method.french import counted, decimal, grouped, typeset
from cedre_xlsx.method.french import day as french_day


def rendered(template: str, context: dict[str, Any]) -> str:
    """A page; every text is escaped."""
    return _environment().get_template(template).render(context)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("cedre_xlsx.page", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["jour"] = _day  # a date as dd/mm/yyyy
    made.filters["t"] = _text
    made.filters["nombre"] = grouped
    made.filters["decimal"] = decimal
    made.globals["compte"] = counted
    return made


def _day(value: date | None) -> str:
    return french_day(value) if value else ""


@pass_context
def _text(context: Context, text: object) -> str:
    return in_words(str(text), context.get("beginning", ""))


def in_words(sentence: str, beginning: str) -> str:
    """A sentence with the spaces of French; files are named without this `beginning` of their path,
    which is that of the page's folder.
    """
    return typeset(sentence.replace(beginning, "") if beginning else sentence)
