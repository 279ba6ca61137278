"""What of a foreign file never reaches the workbook: contact details, numbers of people, pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from cedre_xlsx.intake.free_texts import ADDRESS, BORN, IN_A_STREET, PAY, without_personal_data
from cedre_xlsx.method.personal_numbers import MAIL, PHONE
from cedre_xlsx.method.text import word_key
from cedre_xlsx.workbook.read.raw import Cell

_CONTACT = "coordonnées : elles ont leur place dans le dossier, pas dans un suivi"
_ADDRESS = "adresse : elle ne sert pas au suivi du parcours"
_NUMBER = "numéro personnel : il ne sert pas au suivi du parcours"
_BANK = "compte bancaire : il sert à la paie, pas au suivi"
_PAY = "rémunération : elle sert à la paie, pas au suivi"
BIRTH = "date de naissance : seule l'année est gardée"
_BIRTH_PLACE = "lieu ou nom de naissance, nationalité : ils ne servent pas au suivi du parcours"

#: What may follow or precede the words of a heading without changing what it names.
_WHOSE = (
    r"(?: (?:[12]|perso(?:nnelle?)?|pro|prive|fixe|mobile|portable|postale?|complete|actuelle?"
    r"|principale?|(?:d[eu] |de la |de l )?(?:salarie|beneficiaire|candidat|personne|domicile"
    r"|interesse|usager)s?(?: e)?))*"
)
_OF_SOMEONE = (
    r"(?:n|no|num|numero|id|identifiant|matricule)(?: de| d)?(?: (?:alloc\w*|dossier))?"
    r"(?: de| d)?(?: la)? ?(?:caf|msa|alloc\w*|pole emploi|france travail|ft|pe|cpam|dossier"
    r"|interne au departement|identite)"
)
#: Headings, whole, whose column is left out whatever it holds.
_WHOLE = tuple(
    (re.compile(rf"(?:{words}){_WHOSE}"), why)
    for words, why in (
        (r"e ?mails?|mails?|courriels?|adresses? (?:mail|e ?mail|electronique|courriel)", _CONTACT),
        (r"(?:n|no|num|numeros?) (?:de )?(?:contact|portable|mobile|fixe|gsm)|gsm|coordonnees?",
         _CONTACT),
        (r"(?:n|no|num|numeros?)? ?(?:de )?(?:tels?|telephones?)", _CONTACT),
        (r"adr|adresses?|rue|n (?:et )?(?:rue|voie)|cp|cp ville|code postal(?: ville)?|domicile"
         r"|(?:lieu de )?residence|lieu (?:de vie|d habitation)|ou habite .*|ou habite"
         r"|habite(?: a| au| ou)?|complement d adresse|lieu du domicile", _ADDRESS),
        (r"(?:n|no|num|numero)? ?(?:de )?(?:secu|securite sociale|ss)|nir|nss", _NUMBER),
        (r"matricule|carte d identite|titre de sejour", _NUMBER),
        (r"(?:n|no|num|numero)? ?(?:de )?compte(?: bancaire)?|banque|domiciliation(?: bancaire)?",
         _BANK),
        (r"brut|net|paie|paye|montant verse|(?:derniere? )?bulletins?(?: de (?:salaire|paie|paye))?"
         r"|acomptes?|remu|taux horaire|smic", _PAY),
    )
)  # fmt: skip
#: Words anywhere in a heading that leave its column out whatever it holds.
_ANYWHERE = tuple(
    (re.compile(rf"(?:^| )(?:{words})(?: |$)"), why)
    for words, why in (
        (rf"{_OF_SOMEONE}|allocataire|n ss|num ss|numero ss|nss|nir", _NUMBER),
        (r"iban|rib|bic|compte bancaire", _BANK),
        (r"salaires?|remunerations?|net a payer|cout horaire", _PAY),
        (r"(?:lieu|ville|pays|commune|departement) de naiss\w*|nationalite"
         r"|nom de (?:jeune fille|naissance)", _BIRTH_PLACE),
    )
)  # fmt: skip
_MONEY = re.compile(r"\d ?(?:€|euros?\b)", re.IGNORECASE)
#: Words anywhere in a heading that leave its column out where its values are such as well.
_PERHAPS = tuple(
    (re.compile(rf"(?:^| )(?:{words})(?: |$)"), signs, why)
    for words, signs, why in (
        (r"tels?|telephones?|portables?|mobiles?|fixe|contacts?|joindre|e ?mails?|mails?"
         r"|courriels?|coordonnees?", (PHONE, MAIL), _CONTACT),
        (r"adr|adresses?|rue|voie|domicile|residence|logement|habite", (IN_A_STREET,), _ADDRESS),
        (r"secu|securite sociale|immatriculation|titre de sejour|carte d identite|matricule"
         r"|caf|msa", (re.compile(r"\d[\d ]{5,}"),), _NUMBER),
        (r"brut|net|paie|paye|acomptes?|bulletins?|remu|taux horaire|smic", (_MONEY,), _PAY),
    )
)  # fmt: skip
#: The share of such values from which a heading that may mean it does.
_ENOUGH = 0.3
_BIRTH_WORDS = re.compile(
    r"(?:^| )(?:ne|nee|ne e|nes?|nele|neele)(?: le| en)(?: |$)|(?:^| )(?:ne|nee|ne e|nele)$"
    r"|naiss(?:ance)?(?: |$)|(?:^| )(?:ddn|d n|dn|dnaiss)(?: |$)"
)
_OF_A_BIRTH = re.compile(r"(?:^| )(?:acte|extrait|certificat|conge|prime|nom|prenoms?)(?: |$)")
_PLACE_OF_BIRTH = re.compile(r"(?:lieu|ville|pays|commune|departement) de naiss\w*")
_OF_CHILDREN = re.compile(r"(?:^| )(?:enfants?|conjointe?|bebe)(?: |$)")
#: The share of the texts of a column that are of a kind, from which the column is.
_MOST = 0.5
_LONGEST_STREET = 60  # characters
_YOUNGEST = 16  # years of a birth: no other date of a follow-up is that old


def why_left_out(heading: str, cells: Sequence[Cell]) -> str:
    """Why a column must not be kept, in French; "" when it may."""
    key = word_key(heading)
    if not _says_otherwise(key):
        for pattern, why in _WHOLE:
            if pattern.fullmatch(key):
                return why
        for pattern, why in _ANYWHERE:
            if pattern.search(key):
                return why
    texts = [_figures(cell) for cell in cells if cell is not None and cell != ""]
    for pattern, signs, why in _PERHAPS:
        if pattern.search(key):
            such = sum(any(sign.search(text) for sign in signs) for text in texts)
            if such and such >= len(texts) * _ENOUGH:
                return why
    return _why_by_content(texts)


def says_birth(heading: str) -> bool:
    """Whether a heading says that its column has dates of birth, or their years."""
    key = word_key(heading)
    rest = _PLACE_OF_BIRTH.sub("", key)
    return bool(_BIRTH_WORDS.search(rest) or _is_both(key)) and not _OF_A_BIRTH.search(key)


def _is_both(key: str) -> bool:
    """Date et lieu de naissance, in either order."""
    return key.endswith("naissance") and "date" in key.split()


def says_another_birth(heading: str) -> bool:
    """Whether these are the births of someone else than the person: their children."""
    return says_birth(heading) and bool(_OF_CHILDREN.search(word_key(heading)))


def _says_otherwise(key: str) -> bool:
    """A first contact is a date, and a place of work is none of a home."""
    return key.startswith(("date", "premier contact", "1er contact", "dernier contact"))


def _why_by_content(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    kinds = [kind for text in texts for kind in _kinds_alone(text)]
    for kind in dict.fromkeys(kinds):
        if kinds.count(kind) > len(texts) * _MOST:
            return _WHYS.get(kind, f"{kind} : il ne sert pas au suivi du parcours")
    if sum(_is_street(text.strip()) for text in texts) > len(texts) * _MOST:
        return _ADDRESS
    return ""


def _is_street(text: str) -> bool:
    """Whether a text is a street address, and little else."""
    return len(text) <= _LONGEST_STREET and bool(IN_A_STREET.match(text))


def _figures(cell: Cell) -> str:
    """A cell as text; a telephone number that a program took for a number has its 0 again."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        text = str(cell)
        return f"0{text}" if len(text) == 9 and text[0] in "1234567" else text
    return cell if isinstance(cell, str) else ""


def _kinds_alone(text: str) -> tuple[str, ...]:
    """What a text is of the kinds that are looked for, where it is little else."""
    rest, kinds = without_personal_data(text)
    return kinds if kinds and len(rest) <= len(text) / 2 + 4 else ()


#: Why, for the kinds whose French words are feminine.
_WHYS = {ADDRESS: _ADDRESS, PAY: _PAY, BORN: BIRTH}


def are_births(cells: Sequence[Cell], on: date) -> bool:
    """Whether the dates of a column can only be births: most are more than sixteen years old."""
    days = [cell for cell in cells if isinstance(cell, date | datetime)]
    if len(days) < 2 or len(days) <= sum(cell not in (None, "") for cell in cells) * _MOST:
        return False
    old = sum(on.year - day.year >= _YOUNGEST for day in days)
    return old > len(days) * 0.8
