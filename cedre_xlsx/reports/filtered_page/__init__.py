"""A page that needs nothing else, whose lines the reader filters: to project, or to print."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template

from cedre_xlsx.method.french import counted, typeset
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.csv_text import guarded

NO_ADVISOR = "Sans accompagnateur"
#: Whose are the lines that are nobody's.
NOBODY = "Le classeur"


@dataclass(frozen=True, slots=True)
class FilteredPage:
    """The words of a page: its `title`, `header` and `style`, as HTML and CSS.

    One of its lines is called a `unit`, and `none` says that there is none; `kinds` gives the label
    of the box of each kind of line, under a `legend`; `placeholder` is an example of words that are
    searched.
    """

    title: str
    header: str
    style: str
    unit: str
    none: str
    legend: str
    kinds: Mapping[str, str]
    placeholder: str

    def html(
        self, main: str, *, count: int, people: Iterable[str], advisors: Collection[str]
    ) -> str:
        """The page with its lines, made by `item`, in sections of the class `person`."""
        frame = Template((files(__package__) / "page.html").read_text(encoding="utf-8"))
        return frame.substitute(
            title=self.title,
            style=self.style,
            header=self.header,
            unit=self.unit,
            none=self.none,
            nothing=f"{self.none.capitalize()} avec ces filtres.",
            legend=self.legend,
            kinds=self.legend.lower(),
            choices="\n".join(
                f'<label><input type="checkbox" name="kind" value="{kind}" checked> {label}</label>'
                for kind, label in self.kinds.items()
            ),
            placeholder=self.placeholder,
            advisors=_options(sorted(advisors, key=fold)),
            people=_options(people),
            main=main,
            count=counted(count, self.unit),
        )


def text(said: str) -> str:
    """A text as a page holds it: no tag, and no formula for who copies it to a spreadsheet."""
    return escape(typeset(guarded(said)))


def section(title: str, beside: str, lines: Collection[str], unit: str, level: int) -> str:
    """The lines of somebody, under a heading; `beside` is HTML."""
    told = "\n".join(lines)
    return (
        f'<section class="person"><h{level} class="head"><span>{text(title)}</span>{beside}'
        f' <span class="many">{counted(len(lines), unit)}</span></h{level}>\n'
        f'<ul class="items" role="list">\n{told}\n</ul></section>\n'
    )


def item(kind: str, person: str, advisor: str, searched: str, content: str) -> str:
    """One line: what it is filtered by, the words that are searched in it, its HTML."""
    attributes = {
        "class": f"item {kind}",
        "data-kind": kind,
        "data-person": person,
        "data-advisor": advisor,
        "data-text": fold(searched),
    }
    opened = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<li {opened}>{content}</li>"


def _options(names: Iterable[str]) -> str:
    return "".join(f'<option value="{escape(name)}">{text(name)}</option>' for name in names)
