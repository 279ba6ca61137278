"""The templates, and what they can do with a value."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from cedre_xlsx.method.french import counted, decimal, grouped, typeset
from cedre_xlsx.method.french import day as french_day

#: What the sentences of the verbs say to who types commands, and what the page says instead.
_OF_THE_TERMINAL = (
    (", ou écrivez ailleurs avec -o", ""),
    (", ou mettez-le dans la variable CEDRE_XLSX_PASSWORD", ""),
    (" avec -o", ""),
    (" après -o", ""),
    (", ou ajoutez --force pour remplacer", ", ou cochez « Remplacer »"),
    ("« cedre-xlsx check » dit", "« Contrôler » dit"),
    ("« cedre-xlsx refresh » la refait", "« Actualiser » la refait"),
)


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
    made.filters["t"] = typeset  # the spaces of French
    made.filters["nombre"] = grouped
    made.filters["decimal"] = decimal
    made.globals["compte"] = counted
    return made


@pass_context
def _below(context: Context, value: object) -> object:
    """What is shown: the verbs name files by their whole path, the page by that below its folder,
    or that in which they were handed over; `within` are both, with a stroke at their end.
    """
    if isinstance(value, str):
        for folder in context.get("within", ()):
            value = value.replace(folder, "")
        for said, instead in _OF_THE_TERMINAL:
            value = value.replace(said, instead)
    return value


def _day(value: date | None) -> str:
    return french_day(value) if value else ""
