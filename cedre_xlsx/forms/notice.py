"""The letter to somebody whose time is over: what is kept, until when, and what they may ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method import notice_words as words
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.privacy.model import Due, Soon
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.retention import ARRIVED, CONTACT, LEFT, Trace

#: How long somebody who is written to has to ask for a copy: the month in which a request is
#: answered.
ANSWER_DAYS = 30
_MONTHS_A_YEAR = 12
_LAST = {CONTACT: words.LAST, ARRIVED: words.ARRIVED, LEFT: words.LEFT}


def last_day_to_ask(one: Due | Soon, on: date) -> date:
    """The day after which the person is made anonymous: a month is left, whatever is past."""
    over = one.since if isinstance(one, Due) else one.day
    return max(over - timedelta(days=1), on + timedelta(days=ANSWER_DAYS))


def notice_form(records: Records, one: Due | Soon, origin: Origin) -> Form:
    """The letter to one person, on a page; the address is left to be written by hand."""
    head = one.person.latest
    structure, place = squeeze(records.settings.structure), squeeze(records.settings.place)
    named = squeeze(f"{words.ADDRESSED.of(head.title)} {head.first_name} {head.last_name}")
    dated = f"le {french_day(origin.on)}"
    return {
        "form": "notice",
        "running": french(words.TITLE),
        "foot": origin.foot,
        "logo": origin.logo.name if origin.logo else None,
        "structure": french(structure),
        "sender": french(place),
        "addressee": french(named),
        "dated": french(f"{place}, {dated}" if place else dated[:1].upper() + dated[1:]),
        "title": french(words.TITLE),
        "greeting": french(words.GREETING.of(head.title)),
        "parts": [
            {"heading": french(heading), "texts": [french(text) for text in texts]}
            for heading, texts in _parts(records, one, structure, origin.on)
        ],
        "contact": [french(text) for text in words.CONTACT],
        "signed": french(words.SIGNED),
    }


def _parts(
    records: Records, one: Due | Soon, structure: str, on: date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    person = one.person
    met = words.ACCOMPANIED.of(person.latest.title).format(structure or words.WE)
    kept = words.KEPT.format(listed([*words.IDENTITY, *_tables(person)]), _since(person))
    yield "", (f"{met} {kept}",)
    delay = words.DELAY.format(_delay(records.settings.retention_months))
    after = words.AFTER.format(french_day(last_day_to_ask(one, on)))
    yield words.WHEN, (f"{_last(one.last)} {delay} {after}",)
    yield words.MEANING_HEADING, (words.MEANING, words.COPY)
    yield words.RIGHTS_HEADING, (words.RIGHTS, f"{words.HOW} {words.CNIL}")


def _tables(person: Person) -> Iterator[str]:
    """What is kept of the person, beside who they are: by the sheets where they have lines."""
    for field, said in words.TABLES:
        if getattr(person, field):
            yield said


def _since(person: Person) -> str:
    days = [row.began for row in person.pathways if row.began is not None]
    return words.SINCE.format(french_day(min(days))) if days else ""


def _last(last: Trace) -> str:
    return _LAST[last.what].format(french_day(last.day))


def _delay(months: int) -> str:
    """A delay as a letter says it: 2 ans, 30 mois."""
    years, rest = divmod(months, _MONTHS_A_YEAR)
    if rest or not years:
        return f"{months} mois"
    return f"{years} an{'s' if years > 1 else ''}"
