"""The review of a pathway for the prescriber: as a page to sign, and as a text to paste."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.paperwork import review_form as form
from cedre_xlsx.paperwork.themes import OTHER_AREA
from cedre_xlsx.reports.pathway_review.model import BarrierArea, FreinLine, PathwayReview, Quote

_ENGAGEMENTS, _MISSIONS = "Engagements réciproques", "Missions"
_OWN_WORDS = "Avec les mots de la personne"
_CLIENTS_SAY, _PERSON_SAYS = "Ce qu'en disent les donneurs d'ordre", "Ce qu'en dit la personne"
_NO = "Non, aucune à ce jour"


def review_form(review: PathwayReview, origin: Origin) -> Form:
    """The page: what is "" is blank, to be written by hand."""
    scale = form.autonomy_scale(review.head.title)
    return {
        "form": "pathway-review",
        "running": french(f"{form.TITLE} – {review.head.person}"),
        "foot": origin.foot,
        "structure": french(review.head.structure),
        "logo": origin.logo.name if origin.logo else None,
        "title": french(form.TITLE.upper()),
        "head": [[french(label), french(value)] for label, value in _head(review)],
        "contract": french(form.CONTRACT),
        "contract_end": ["Fin de contrat :", review.head.contract_end],
        "barriers": french(form.BARRIERS),
        "areas": [_area(area) for area in review.areas],
        "others": [french(text) for text in _lines(review.others)],
        "others_label": french(OTHER_AREA),
        "autonomy": french(form.AUTONOMY),
        "scale": [
            {"number": number, "text": french(text), "on": number == review.autonomy}
            for number, text in enumerate(scale, start=1)
        ],
        "solution": french(form.SOLUTION),
        "yes": {"label": "Oui", "on": review.has_solution is True},
        "solutions": _boxes(form.SOLUTIONS, review.solution),
        "no": {"label": french(_NO), "on": review.has_solution is False},
        "orientation": french(form.ORIENTATION),
        "orientations": _boxes(form.ORIENTATIONS, ""),
        "engagements_label": french(_ENGAGEMENTS),
        "engagements": [
            [french(text) for text in (one.name, one.agreed, one.object, one.review)]
            for one in review.engagements
        ],
        "missions_label": _MISSIONS,
        "missions": [french(text) for text in _work(review)],
        "clients_say": french(_CLIENTS_SAY),
        "clients": [french(_quoted(one)) for one in review.work.clients],
        "own_words": french(_OWN_WORDS),
        "request": french(_in_quotes(review.request)),
        "person_says": french(_PERSON_SAYS),
        "person": [french(_quoted(one)) for one in review.work.person],
        "place": french(review.head.place),
    }


def review_text(review: PathwayReview, origin: Origin) -> str:
    """The review in the form's order, without what is signed: to be pasted box by box."""
    return "\n".join(_text(review, origin)) + "\n"


def _head(review: PathwayReview) -> Iterator[tuple[str, str]]:
    head = review.head
    named = f"{head.title or ''} {head.person}".strip()
    yield "Structure :", " · ".join(filter(None, (head.structure, head.structure_details)))
    yield "Personne :", named
    yield "Année de naissance :", head.birth_year
    yield "Parcours :", head.pathway
    yield "PASS IAE :", ", ".join(filter(None, (head.pass_number, head.pass_dates)))
    yield "Bilan rempli par :", head.author
    yield "le :", french_day(review.on)


def _area(area: BarrierArea) -> dict[str, Any]:
    return {
        "label": french(area.label),
        "on": area.is_there,
        "lines": [
            [
                french(line.barrier),
                _unbroken(line.level),
                french(line.support),
                french("\n".join(line.actions)),
                line.lifted,
            ]
            for line in area.lines
        ],
    }


def _unbroken(level: str) -> str:
    """Levels that break before their arrow alone."""
    return level.replace(" ", "\u00a0").replace("\u00a0→", " →")


def _boxes(labels: Sequence[str], ticked: str) -> list[dict[str, Any]]:
    return [{"label": french(label), "on": label == ticked} for label in labels]


def _lines(area: BarrierArea) -> Iterator[str]:
    """Each of the freins of an area in one line."""
    for line in area.lines:
        told = " ; ".join(filter(None, (line.barrier, *_told(line))))
        if told:
            yield told


def _told(line: FreinLine) -> Iterator[str]:
    """What is said of a frein, beside its name."""
    if line.level:
        yield f"niveau : {line.level}"
    yield from line.support.split("\n")
    if line.actions:
        yield f"actions menées : {', '.join(line.actions)}"
    if line.lifted:
        yield f"levé le {line.lifted}"


def _work(review: PathwayReview) -> Iterator[str]:
    if review.work.count:
        yield f"{review.work.count}."
    if review.work.trades:
        yield f"Métiers : {review.work.trades}."


def _quoted(quote: Quote) -> str:
    about = f"{quote.about} : " if quote.about else ""
    return f"{about}{_in_quotes(quote.text)}"


def _in_quotes(text: str) -> str:
    return f"« {text} »" if text else ""


def _text(review: PathwayReview, origin: Origin) -> Iterator[str]:
    yield f"{form.TITLE} – {review.head.person}"
    yield origin.line
    yield ""
    for label, value in _head(review):
        yield f"{label[:1].upper()}{label[1:]} {value}".rstrip()
    yield from ("", form.CONTRACT.upper(), f"Fin de contrat : {review.head.contract_end}".rstrip())
    yield from ("", form.BARRIERS.upper())
    for area in review.areas:
        yield f"{_box(area.is_there)} {area.label}"
        yield from (f"    {text}" for text in _lines(area))
    yield f"{OTHER_AREA} : {' / '.join(_lines(review.others))}".rstrip()
    yield from ("", form.AUTONOMY.upper())
    for number, text in enumerate(form.autonomy_scale(review.head.title), start=1):
        yield f"{_box(number == review.autonomy)} {number} : {text}"
    yield from ("", form.SOLUTION.upper(), f"{_box(review.has_solution is True)} Oui")
    yield from (f"    {_box(one == review.solution)} {one}" for one in form.SOLUTIONS)
    yield f"{_box(review.has_solution is False)} {_NO}. {form.ORIENTATION} :"
    yield from (f"    {_box(False)} {one}" for one in form.ORIENTATIONS)
    yield from ("", _ENGAGEMENTS.upper())
    for one in review.engagements:
        yield " ; ".join(filter(None, (one.name, one.agreed, one.object, *one.review.split("\n"))))
    yield from ("", _MISSIONS.upper(), *_work(review))
    yield from _said(_CLIENTS_SAY, review.work.clients)
    yield from ("", _OWN_WORDS.upper(), *filter(None, [_in_quotes(review.request)]))
    yield from _said(_PERSON_SAYS, review.work.person)


def _box(on: bool) -> str:
    return "[x]" if on else "[ ]"


def _said(heading: str, quotes: Sequence[Quote]) -> Iterator[str]:
    if quotes:
        yield f"{heading} :"
        yield from map(_quoted, quotes)
