"""Numbers and addresses of people, as a text holds them: what no follow-up needs."""

from __future__ import annotations

import re
from collections.abc import Callable

#: What people type between the figures of one number; a text pasted has other dashes and spaces.
_DASHES = r"\u2010-\u2015\u2212-"
_SEP = rf"(?:\s?[./{_DASHES}]\s?|\s{{0,3}})"
#: Sex, year, month, department, commune, order, and the key where it is given.
NIR = re.compile(
    rf"(?<!\d)([1-478]){_SEP}(\d{{2}}){_SEP}(0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d){_SEP}"
    rf"(\d{{2}}|2[AB]){_SEP}(\d{{3}}){_SEP}(\d{{3}})(?:{_SEP}(\d{{2}}))?(?!\w)",
    re.IGNORECASE,
)
BANK = re.compile(
    r"(?<!\w)(?P<french>FR[\s.-]{0,2}\d{2}(?:[\s.-]{0,2}[A-Z0-9]){23})(?!\w)"
    r"|(?<!\w)(?P<iban>[A-Z]{2}\d{2}(?:\s{0,2}[A-Z0-9]{4}){2,7}(?:\s{0,2}[A-Z0-9]{1,4})?)(?!\w)"
    r"|(?<!\w)(?P<rib>\d{5}[\s-]{0,2}\d{5}[\s-]{0,2}[A-Z0-9]{11}[\s-]{0,2}\d{2})(?!\w)"
    r"|(?<![\w-])(?P<card>\d{4}(?P<sep>[\s-]{0,2})\d{4}(?P=sep)\d{4}(?P=sep)\d{4})(?![\w-])"
)
MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:@[\w-]+(?:\.[\w-]+)+|\s?@\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})",
    re.IGNORECASE,
)
#: Between the pairs of a phone: something, and not always the same.
_BETWEEN = rf"(?:\s{{0,2}}[./{_DASHES}]\s{{0,2}}|\s{{1,3}}|,)"
_FRENCH_PHONE = (
    rf"(?:(?:\+|00)33{_SEP}(?:\(0\){_SEP})?[1-9]|(?:0|(?<!\w)[Oo])[1-9])"
    rf"(?:\d{{8}}|(?:{_BETWEEN}\d{{2}}){{4}}|\d{{2}}(?:\s\d{{2}}){{3}}|\d{{2}}(?:\s\d{{3}}){{2}}"
    r"|(?:\s\d{4}){2}|\s\d{8})"
)
_DAY = r"(?:0[1-9]|[12]\d|3[01])[./-](?:0\d|1[0-2])"
#: Days in a row, with their year or not: their figures are as many as those of a phone.
_DAYS = rf"{_DAY}(?:[./-]\d{{2}}[\s,;-]{{1,3}}|[\s,;]{{1,3}}{_DAY}[\s,;]{{1,3}}){_DAY}(?!\d)"
#: A phone may stand after or before a figure, with a space between them, or before another phone.
PHONE = re.compile(
    rf"(?<![\d+])(?<!\d[.,/{_DASHES}])(?!{_DAYS})(?:"
    rf"{_FRENCH_PHONE}(?!\d)(?:(?={_BETWEEN}{_FRENCH_PHONE})|(?![.,/{_DASHES}]\d))"
    r"|\+(?!33)\d{1,3}(?:[\s.-]?\d){8,10}(?!\d))"
)
#: The letters of a RIB's account number stand for figures.
_RIB_FIGURES = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def is_nir(match: re.Match[str]) -> bool:
    """Whether the number may be one: the first figure 1 or 2, else its key must be right."""
    figures, key = "".join(match.groups()[:6]).upper(), match[7]
    if figures[0] in "12":
        return True
    if key is None:
        return False
    number = int(figures.replace("2A", "19", 1).replace("2B", "18", 1))
    return 97 - number % 97 == int(key)


def is_bank_number(match: re.Match[str]) -> bool:
    """Whether the figures are those of an account or a card, by their key."""
    plain = re.sub(r"[\s.-]", "", match[0]).upper()
    if match["french"]:
        return True
    if match["iban"]:
        moved = plain[4:] + plain[:4]
        return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1
    if match["rib"]:
        return int(plain.translate(_RIB_FIGURES)) % 97 == 0
    doubled = [int(char) * (2 - index % 2) for index, char in enumerate(plain)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


#: What is looked for, in this order, as French names it.
_SEARCHED = (
    ("numéro de sécurité sociale", NIR, is_nir),
    ("numéro bancaire", BANK, is_bank_number),
    ("adresse électronique", MAIL, None),
    ("téléphone", PHONE, None),
)
#: What stands in place of what is taken out.
TAKEN_OUT = "[…]"
#: Eight figures with at most some signs between them: without these, and without an @, nothing.
_MAY_HOLD = re.compile(r"@|\d(?:\D{0,5}\d){7}")

#: How many figures these numbers have that are figures alone: a phone, with 0033 before it, a NIR
#: without or with its key, a card, a RIB.
_FIGURES = frozenset({10, 13, 15, 16, 23})


def without_personal_numbers(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the numbers and addresses of people, and what was taken out of it."""
    if (text.isdecimal() and len(text) not in _FIGURES) or not _MAY_HOLD.search(text):
        return text, ()
    taken: list[str] = []
    for name, pattern, is_one in _SEARCHED:
        text, count = _without(text, pattern, is_one)
        taken += [name] * bool(count)
    return text, tuple(taken)


def _without(
    text: str, pattern: re.Pattern[str], is_one: Callable[[re.Match[str]], bool] | None
) -> tuple[str, int]:
    count = 0

    def put(match: re.Match[str]) -> str:
        nonlocal count
        if is_one is not None and not is_one(match):
            return match[0]
        count += 1
        return TAKEN_OUT

    return pattern.sub(put, text), count
