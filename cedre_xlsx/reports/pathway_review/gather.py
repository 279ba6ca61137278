"""The review of someone's pathway, from all that the workbook says of it."""

from __future__ import annotations

from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.pass_number import pass_number, shown_pass_number
from cedre_xlsx.method.text import full_name
from cedre_xlsx.paperwork.review_form import solution_of_exit
from cedre_xlsx.paperwork.themes import AREAS, OTHER_AREA
from cedre_xlsx.reports.pathway_review.freins import Sources, areas_of
from cedre_xlsx.reports.pathway_review.gaps import Gaps
from cedre_xlsx.reports.pathway_review.model import BarrierArea, Head, PathwayReview
from cedre_xlsx.reports.pathway_review.work import engagement_lines, engagements_of_now, work_of
from cedre_xlsx.rules.withheld import Withheld
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.settings import Settings

_BEGINNINGS = ("registered", "interview", "pre_reception")


def pathway_review(records: Records, person: Person, on: date) -> PathwayReview:
    """The review of the latest pathway of someone, as it is known on a day."""
    sources = Sources(records, person, on, Withheld(records, person), Gaps())
    row, gaps, table = person.latest, sources.gaps, records.people
    if row.began is not None and row.began > on:
        return _before_it_began(sources, row, row.began)
    head = _head(sources, row)
    autonomy = gaps.value(table, row, "autonomy")
    has_solution, solution = _solution(sources, row)
    engagements = engagements_of_now(sources)
    *areas, others = areas_of(sources, engagements)
    if row.lacks("request"):
        gaps.lacks(table, row, "request")
    return PathwayReview(
        name=person.name,
        on=on,
        head=head,
        areas=tuple(areas),
        others=others,
        autonomy=autonomy,
        has_solution=has_solution,
        solution=solution,
        engagements=tuple(engagement_lines(sources, engagements)),
        work=work_of(sources),
        request=sources.texts.text(table, row, "request"),
        gaps=gaps.sentences,
        withheld=sources.texts.notes,
        names=tuple(sources.texts.of_the_names(table, row)),
    )


def _head(sources: Sources, row: PersonRow) -> Head:
    records, gaps = sources.records, sources.gaps
    settings, table = records.settings, records.people
    gaps.value(table, row, "title")
    year, author = gaps.value(table, row, "birth_year"), gaps.value(table, row, "advisor")
    end = gaps.value(table, row, "contract_end")
    return Head(
        structure=settings.structure,
        structure_details=_details(settings),
        title=row.title,
        person=full_name(row.last_name, row.first_name),
        birth_year=str(year or ""),
        pathway=_pathway(sources, row),
        pass_number=_pass_number(sources, row),
        pass_dates=_pass_dates(row),
        author=sources.texts.text(table, row, "advisor") if author else "",
        contract_end=french_day(end) if end else "",
        place=settings.place,
    )


def _details(settings: Settings) -> str:
    kind = settings.kind.label if settings.kind else ""
    siret = f"SIRET {settings.siret}" if settings.siret else ""
    return " · ".join(filter(None, (kind, siret)))


def _before_it_began(sources: Sources, row: PersonRow, began: date) -> PathwayReview:
    """The review on a day before the pathway: whose it is, and nothing of what comes later."""
    settings, table = sources.records.settings, sources.records.people
    field = next(name for name in _BEGINNINGS if getattr(row, name) == began)
    place, header = table.place(row, field).address, table.spec.columns[field].header
    sources.gaps.say(
        f"le {french_day(sources.on)} est avant le début du parcours, le {french_day(began)} "
        f"({place}, {header}) : rien n'en est repris. Vérifiez --date, ou cette cellule"
    )
    return PathwayReview(
        name=sources.person.name,
        on=sources.on,
        head=Head(
            structure=settings.structure,
            structure_details=_details(settings),
            title=row.title,
            person=full_name(row.last_name, row.first_name),
            birth_year=str(row.birth_year or ""),
            author=sources.texts.text(table, row, "advisor"),
            place=settings.place,
        ),
        areas=tuple(map(BarrierArea, AREAS)),
        others=BarrierArea(OTHER_AREA),
        gaps=sources.gaps.sentences,
        withheld=sources.texts.notes,
        names=tuple(sources.texts.of_the_names(table, row)),
    )


def _pathway(sources: Sources, row: PersonRow) -> str:
    """From when to when; from now on where it goes on."""
    if row.registered is None:
        sources.gaps.lacks(sources.records.people, row, "registered")
        return ""
    since = french_day(row.registered)
    if row.exited is not None and row.exited <= sources.on:
        return f"du {since} au {french_day(row.exited)}"
    return f"depuis le {since}"


def _pass_number(sources: Sources, row: PersonRow) -> str:
    table = sources.records.people
    typed = sources.gaps.value(table, row, "pass_number")
    digits = pass_number(typed) if typed else ""
    if typed and not digits:
        place = table.place(row, "pass_number").address
        sources.gaps.say(f"{place} n'a pas les 12 chiffres d'un PASS IAE")
    return shown_pass_number(digits) if digits else ""


def _pass_dates(row: PersonRow) -> str:
    start = f"du {french_day(row.pass_start)}" if row.pass_start else ""
    to = "au" if row.pass_start else "jusqu'au"
    end = f"{to} {french_day(row.pass_end)}" if row.pass_end else ""
    until = row.pass_suspended_until
    suspended = f"(suspendu jusqu'au {french_day(until)})" if until else ""
    return " ".join(filter(None, (start, end, suspended)))


def _solution(sources: Sources, row: PersonRow) -> tuple[bool | None, str]:
    """What the recorded exit answers; why the boxes stay blank is told."""
    if row.exited is None or row.exited > sources.on:
        sources.gaps.say("Solution ou orientation : à cocher à la main, aucune sortie n'est notée")
        return None, ""
    found = solution_of_exit(row.exit_category, row.exit_reason)
    if row.exit_category is not None and row.lacks("exit_reason"):
        sources.gaps.lacks(sources.records.people, row, "exit_reason")
    if found[0] is None:
        place = sources.records.people.place(row, "exit_category").address
        sources.gaps.say(
            f"Solution ou orientation : à cocher à la main, {place} (Catégorie de sortie) et le "
            "motif ne disent pas laquelle"
        )
    elif not found[0]:
        sources.gaps.say("Orientation la plus adaptée : à cocher à la main")
    return found
