"""What a text of a foreign file is kept without: numbers, street addresses, days of birth, pay."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cedre_xlsx.method.dates import MONTH_NAMES
from cedre_xlsx.method.personal_numbers import TAKEN_OUT, without_personal_numbers

ADDRESS, BORN, PAY = "adresse", "date de naissance", "rémunération"

_WAY = (
    r"(?:rue|ruelle|av\.?|avenue|boulevard|bd\.?|bld|place|impasse|imp\.|chemin|ch\.|all[ée]e"
    r"|route|rte|quai|lotissement|lot\.|square|cours|passage|venelle|sentier|hameau|r[ée]sidence"
    r"|cit[ée]|faubourg|esplanade|mont[ée]e|hent|straed)(?![\w])"
)
_NUMBER = r"(?<![\w/.,])\d{1,4}(?: ?(?:bis|ter|quater|[a-d](?!\w)))?,? "
#: A number and a way: what an address begins with.
IN_A_STREET = re.compile(rf"{_NUMBER}(?:{_WAY})", re.IGNORECASE)
_SMALL = r"(?:sur|sous|en|de|du|des|la|le|les|l[eè]s|aux?|d['’]|l['’]|et|à)"
_BIG = r"[A-ZÀ-ÖØ-Ý][\w'’]*"
_TOWN = (
    rf"(?:,? (?:(?:(?:Saint|Sainte|St|Ste|Le|La|Les|SAINT|SAINTE|ST|STE|LE|LA|LES) )?{_BIG})"
    rf"(?:(?:[ -]{_SMALL})*-{_BIG}|(?: {_SMALL})+ ?{_BIG}|-[\w'’]+)*"
    r"(?: (?:CEDEX|Cedex)(?: \d+)?)?)?"
)
_STREET = re.compile(
    rf"(?:{_NUMBER}(?i:{_WAY})|(?<!\w)(?i:lotissement|lieu[ -]dit|hameau|r[ée]sidence)(?!\w))"
    rf"[^\n;:?!()]{{1,80}}?(?<!\d)\d{{5}}(?!\d){_TOWN}"
)
_SEP = r"[ /.\-]"
_MONTHS = (
    rf"(?:{MONTH_NAMES}|f[ée]vrier|ao[ûu]t|d[ée]cembre|janv|f[ée]vr?|juil|sept|oct|nov|d[ée]c)"
)
_DAY = (
    rf"(?:\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}(?P<year>(?:19|20)\d{{2}}|\d{{2}})(?![\d/])"
    rf"|\d{{1,2}}(?:er)? {_MONTHS}\.? (?P<told>(?:19|20)\d{{2}})(?!\d))"
)
_BORN = re.compile(
    rf"(?<!\w)(?P<words>n[ée](?:[(.·]?e\)?)?s?)(?: *:| +le| +en)* *{_DAY}"
    rf"|(?<!\w)(?P<said>(?:date|d\.) ?(?:de )?naiss(?:ance)?\.?|ddn|d\.d\.n\.) *:? *(?:le )?"
    rf"{_DAY.replace('year', 'year2').replace('told', 'told2')}",
    re.IGNORECASE,
)
_AMOUNT = r"\d[\d \u00a0\u202f]{0,9}(?:[.,]\d{1,2})?"
_EURO = r"[ \u00a0\u202f]?(?:€|euros?\b|eur\b)"
_KIND = r"(?:[ /]*(?:net|brut|mensuels?|par mois|/ ?mois|/ ?h(?:eure)?|par heure|de l['’]heure)\b)*"
_PAID = re.compile(
    rf"(?P<what>(?<!\w)(?:salaires?|r[ée]mun[ée]r[ée]?e?(?:ation)?|r[ée]mun?\.?|paie|paye"
    rf"|taux horaire)(?!\w)[^\n.;\d€]{{0,25}}?|(?<!\w)(?:net|brut)s?(?: de)? ?:? ?)"
    rf"(?:{_AMOUNT}{_EURO}{_KIND}|{_AMOUNT}[ \u00a0]?(?:net|brut)s?\b)"
    rf"|(?<![\w.,]){_AMOUNT}{_EURO}[ /]*"
    rf"(?:(?:par |de l['’])?(?:h|heure)\b|(?:mensuels? )?(?:net|brut)s?\b)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[\d@]")
#: What a text has where there is any of them: cheap to look for.
_POST_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_BIRTH = re.compile(r"(?<!\w)n[ée](?:[(.·]?e\)?)?s?(?!\w)|naiss|d\.?d\.?n", re.IGNORECASE)
_MONEY = re.compile(r"€|\beur|\d[ \u00a0]?(?:net|brut)", re.IGNORECASE)
#: Two figures of a year that are of this century: nobody followed is younger.
_THIS_CENTURY = 15


def may_tell(texts: Iterable[str]) -> bool:
    """Whether any of some texts has a figure or an @: without them there is nothing to take out."""
    return _SIGN.search("\n".join(texts)) is not None


def without_personal_data(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without what no follow-up needs of a person, and what was taken out of it.

    Of a birth the year stays, of pay the word.
    """
    if not _SIGN.search(text):
        return text, ()
    if text.isdecimal():
        return without_personal_numbers(text)
    taken: list[str] = []
    for kind, sign, pattern, put in (
        (ADDRESS, _POST_CODE, _STREET, lambda _: TAKEN_OUT),
        (BORN, _BIRTH, _BORN, _year_alone),
        (PAY, _MONEY, _PAID, lambda found: f"{found['what'] or ''}{TAKEN_OUT}"),
    ):
        if not sign.search(text):
            continue
        text, count = pattern.subn(put, text)
        taken += [kind] * bool(count)
    text, numbers = without_personal_numbers(text)
    return text, (*numbers, *taken)


def _year_alone(found: re.Match[str]) -> str:
    year = found["year"] or found["told"] or found["year2"] or found["told2"]
    if len(year) == 2:
        year = f"{20 if int(year) <= _THIS_CENTURY else 19}{year}"
    return f"{found['words']} en {year}" if found["words"] else f"{found['said']} {year}"
