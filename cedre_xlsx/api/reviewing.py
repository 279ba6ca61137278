"""`print --bilan`: the review of a pathway, its text to paste, and its hand-over as a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.api.naming import name_of_file, one_person
from cedre_xlsx.api.noting import HandOver
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.file_names import safe_name
from cedre_xlsx.forms.output import Document
from cedre_xlsx.forms.pathway_review import review_form, review_text
from cedre_xlsx.method.hand_overs import REVIEW_HANDED
from cedre_xlsx.paperwork.review_form import TITLE
from cedre_xlsx.reports.pathway_review.gather import pathway_review
from cedre_xlsx.reports.pathway_review.model import PathwayReview
from cedre_xlsx.schema.records import Records

_OBJECTIVE = "Faire le point avec le prescripteur"


def reviews_of(records: Records, asked: Sequence[str], origin: Origin) -> list[PathwayReview]:
    """The reviews of people asked for, each once.

    Raises CedreError for someone unknown, or not told from another.
    """
    people = {person.name: person for person in (one_person(records, one) for one in asked)}
    return [pathway_review(records, person, origin.on) for person in people.values()]


def review_document(records: Records, review: PathwayReview, origin: Origin) -> Document:
    """The file of a review, and the text beside it."""
    return Document(
        safe_name(f"Bilan {name_of_file(records, review.name)}"),
        f"{TITLE} – {review.head.person}",
        (review_form(review, origin),),
        review_text(review, origin),
    )


def to_see_to(review: PathwayReview) -> Iterator[str]:
    """What is to be filled before a review is handed over, and what stays out of it."""
    for title, lines in (
        ("à compléter avant, ou à la main", review.gaps),
        ("à corriger dans le nom", review.names),
        ("pas repris, à récrire sans détail personnel s'il le faut", review.withheld),
    ):
        if lines:
            yield f"Bilan, {review.name} : {title}"
            yield from (f"  {line}" for line in lines)


def hand_over(review: PathwayReview) -> HandOver:
    """The line of Suivi by which a review is said to be handed over."""
    return HandOver(review.name, REVIEW_HANDED, _OBJECTIVE)
