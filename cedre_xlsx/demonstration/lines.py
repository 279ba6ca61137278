"""What an advisor writes of a pathway: the rows of the five sheets, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from cedre_xlsx.demonstration import content
from cedre_xlsx.demonstration.content import WORDS, Trade
from cedre_xlsx.demonstration.days import next_working_day, working_day
from cedre_xlsx.demonstration.pathways import Agreement, Pathway
from cedre_xlsx.method.pass_rules import pass_rules
from cedre_xlsx.method.vocabulary import Accompaniment, Achieved, Nature, Status
from cedre_xlsx.workbook.template.filling import Cell

#: A row being made: cells by field name.
Row = dict[str, Cell]

_LONGEST_SILENCE = 40  # days; the setting of a new workbook is 60
_YOUNGEST = 18  # years of someone who is registered
_IMMERSED = 31  # days: what lasts longer is no immersion
_RECORDED_REFERENCES = 0.6  # share of the lines that name their engagement


def person_row(chance: Random, pathway: Pathway) -> Row:
    """The row of `Personnes` of one pathway."""
    name = pathway.name
    registered = pathway.registered
    interview = working_day(registered - timedelta(days=chance.randint(0, 6)))
    row: Row = {
        "last_name": name.last,
        "first_name": name.first,
        "precision": name.precision,
        "title": "Mme" if name.woman else "M.",
        "birth_year": min(name.birth_year, registered.year - _YOUNGEST),
        "advisor": pathway.advisor,
        "pre_reception": working_day(interview - timedelta(days=chance.randint(2, 15))),
        "interview": interview,
        "registered": registered,
        "request": _said(chance.choice(content.REQUESTS), pathway.trade),
        "exited": pathway.exited,
        "paused_until": pathway.paused_until,
        "informed_on": interview,
        "pass_end": registered + timedelta(days=pass_rules().length_days - 1),
        "referrer": chance.choice(content.REFERRERS),
        "education": chance.choice(content.EDUCATION),
        "unemployment": chance.choice(content.UNEMPLOYMENT),
        "rsa": chance.choice(content.RSA),
    }
    for field, share in (("ass", 0.08), ("aah", 0.05), ("rqth", 0.12), ("qpv", 0.2), ("zrr", 0.1)):
        row[field] = _yes(chance.random() < share)
    if pathway.exited is not None:
        row["exit_category"], row["exit_reason"] = chance.choice(content.EXITS)
    return row


def engagement_row(chance: Random, pathway: Pathway, rank: int, agreement: Agreement) -> Row:
    """The row of `Engagements` of one engagement, the `rank`th of its pathway."""
    words = WORDS[agreement.code]
    trade = agreement.trade
    row: Row = {
        "reference": agreement.reference,
        "sheet_number": str(rank),
        "person": pathway.name.person,
        "agreed": agreement.agreed,
        "advisor": pathway.advisor,
        "type": agreement.code,
        "needs": chance.choice(words.needs),
        "object": _said(chance.choice(words.objects), trade),
        "structure_means": chance.choice(words.structure_means),
        "person_means": chance.choice(words.person_means),
        "deadline": agreement.deadline,
        "review_planned": agreement.deadline,
        "form": str(agreement.form.value),
        "reviewed": agreement.reviewed,
        "frequency": chance.choice(content.FREQUENCIES),
    }
    if agreement.reviewed is not None and agreement.achieved is not None:
        done = agreement.achieved is not Achieved.NO
        pool = content.REVIEW_COMMENTS if done else content.NOT_DONE_COMMENTS
        row["achieved"] = str(agreement.achieved.value)
        row["follow_up"] = _yes(agreement.next_code is not None)
        row["next_type"] = agreement.next_code
        row["comments"] = chance.choice(pool)
    return row


def follow_up_rows(chance: Random, pathway: Pathway) -> Iterator[Row]:
    """The lines of `Suivi`: an interview at registration, then one every few weeks, to the end."""
    yield _line(
        chance, pathway, pathway.registered, "Entretien individuel : accueil et inscription",
        "Comprendre la demande", "Inscription faite, missions à chercher",
    )  # fmt: skip
    reviews = {one.reviewed: one for one in pathway.agreements if one.reviewed is not None}
    days = set(_days(chance, pathway)) | set(reviews)
    for day in sorted(days - {pathway.registered}):
        if day in reviews:
            code = reviews[day].code
            action = f"Bilan de l'engagement {code}"
            row = _line(chance, pathway, day, action, "Faire le point ensemble", "Bilan fait")
            yield {**row, "engagement": code, "reference": reviews[day].reference}
        elif chance.random() < 0.04:
            row = _line(chance, pathway, day, *chance.choice(content.REFUSED))
            yield {**row, "status": str(Status.DROPPED.value)}
        else:
            row = _line(chance, pathway, day, *chance.choice(content.INTERVIEWS))
            yield _remarked(chance, row, day)


def _days(chance: Random, pathway: Pathway) -> Iterator[date]:
    day = pathway.registered
    while True:
        day += timedelta(days=chance.randint(11, _LONGEST_SILENCE))
        if day >= pathway.until:
            return
        yield working_day(day)


def _line(
    chance: Random, pathway: Pathway, day: date, action: str, objective: str, outcome: str
) -> Row:
    agreement = pathway.agreement(day)
    trade = chance.choice((pathway.trade, chance.choice(content.TRADES)))
    named = agreement is not None and chance.random() < _RECORDED_REFERENCES
    return {
        "person": pathway.name.person,
        "dated": day,
        "action": _said(action, trade),
        "objective": objective,
        "engagement": agreement.code if agreement else None,
        "status": str(Status.DONE.value),
        "outcome": outcome,
        "minutes": chance.choice(("15 min", "20 min", "30 min", "45 min", "1h", "1h30")),
        "reference": agreement.reference if agreement and named else "",
        "by_whom": chance.choice(("La structure", "La personne", "Ensemble", "Ensemble")),
        "participant": pathway.advisor,
    }


def _remarked(chance: Random, row: Row, day: date) -> Row:
    """The line, its date with a remark or its deadline kept, as people type."""
    if chance.random() < 0.1:
        return {**row, "dated": f"{day:%d/%m/%y} {chance.choice(('tél', 'sur place', 'visio'))}"}
    if chance.random() < 0.15:
        kept = next_working_day(day + timedelta(days=chance.randint(7, 30)))
        return {**row, "deadline": kept}
    return row


def open_rows(chance: Random, pathway: Pathway) -> Iterator[Row]:
    """What is still to be done with somebody present: one line or two, not late."""
    for action, objective in chance.sample(content.TO_DO, chance.choice((1, 1, 2))):
        back = chance.randint(0, min(20, (pathway.until - pathway.registered).days))
        day = max(working_day(pathway.until - timedelta(days=back)), pathway.registered)
        status = chance.choice((Status.TO_PROPOSE, Status.UNDER_WAY, Status.UNDER_WAY))
        due = next_working_day(pathway.until + timedelta(days=chance.randint(2, 45)))
        row = _line(chance, pathway, day, action, objective, "")
        row["status"] = str(status.value)
        row["deadline"] = chance.choice((due, due, f"{due:%d/%m/%y} pour entretien bilan"))
        row["minutes"] = None
        if chance.random() < 0.15:
            row["to_discuss"] = "OUI"
        yield row


def workshop_rows(chance: Random, present: list[Pathway], day: date) -> Iterator[Row]:
    """One workshop: a line for each who was there, marked Collectif."""
    action, objective, outcome = chance.choice(content.WORKSHOPS)
    for pathway in present:
        row = _line(chance, pathway, day, action, objective, outcome)
        yield {**row, "minutes": "2h", "collective": "OUI", "participant": content.ADVISORS[0]}


def mission_rows(chance: Random, pathway: Pathway) -> Iterator[Row]:
    """The missions of one pathway, one after another; some of somebody present go on."""
    day = pathway.registered + timedelta(days=chance.randint(2, 25))
    while day < pathway.until:
        start = max(next_working_day(day), pathway.registered)
        length = chance.choice((0, 4, 11, 18, 32, 60))
        end = max(working_day(start + timedelta(days=length)), start)
        weekly = chance.choice((4, 6, 8, 12, 16, 20, 28))
        if start > pathway.until:
            return
        if end < pathway.until:
            hours = max(round(weekly * ((end - start).days + 1) / 7), 3)
            yield _mission(chance, pathway, start, end, {"hours": min(hours, 280)})
        elif pathway.exited is None:
            yield _mission(chance, pathway, start, None, {"weekly_hours": weekly})
            return
        day = end + timedelta(days=chance.randint(3, 38))


def _mission(chance: Random, pathway: Pathway, start: date, end: date | None, hours: Row) -> Row:
    trade = chance.choice((pathway.trade, pathway.trade, chance.choice(content.TRADES)))
    long = end is not None and (end - start).days > 3
    unpaid = long and chance.random() < 0.06 and end is not None and (end - start).days < _IMMERSED
    return {
        "person": pathway.name.person,
        "nature": str((Nature.IMMERSION if unpaid else Nature.MAD).value),
        "start": start,
        "end": end,
        "hours": None,
        "weekly_hours": None,
        **hours,
        "client": chance.choice(content.CLIENTS),
        "trade": trade.name,
        "rome": trade.rome,
        "client_review": chance.choice(content.CLIENT_REVIEWS) if end else "",
        "person_review": chance.choice(content.PERSON_REVIEWS) if end else "",
    }


def barrier_rows(chance: Random, pathway: Pathway) -> Iterator[Row]:
    """None to two freins, found at the beginning, some of them lifted by now."""
    for barrier, partner in chance.sample(content.BARRIERS, chance.choice((0, 1, 1, 2))):
        found = min(pathway.registered + timedelta(days=chance.randint(0, 30)), pathway.until)
        identified = max(working_day(found), pathway.registered)
        who = chance.choice(tuple(Accompaniment))
        outside = who in (Accompaniment.OUTSIDE, Accompaniment.BOTH)
        lifted = working_day(identified + timedelta(days=chance.randint(30, 200)))
        yield {
            "person": pathway.name.person,
            "barrier": barrier,
            "identified": identified,
            "accompaniment": str(who.value),
            "partner": partner if outside else "",
            "lifted": lifted if identified <= lifted < pathway.until else None,
        }


def _said(text: str, trade: Trade) -> str:
    """The text with the words of a trade in it."""
    return text.format(trade=trade.name.lower(), place=trade.place)


def _yes(answer: bool) -> str:
    return "OUI" if answer else "NON"
