"""What of a foreign file never reaches the workbook: contact details, numbers of people, pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from cedre_xlsx.method.personal_numbers import without_personal_numbers
from cedre_xlsx.method.text import word_key
from cedre_xlsx.workbook.read.raw import Cell

_CONTACT = "coordonnées : elles ont leur place dans le dossier, pas dans un suivi"
_ADDRESS = "adresse : elle ne sert pas au suivi du parcours"
_NUMBER = "numéro personnel : il ne sert pas au suivi du parcours"
_BANK = "compte bancaire : il sert à la paie, pas au suivi"
_PAY = "rémunération : elle sert à la paie, pas au suivi"
BIRTH = "date de naissance : seule l'année est gardée"
_BIRTH_PLACE = "lieu de naissance, nationalité : ils ne servent pas au suivi du parcours"

#: Words of a heading, whole, and why its column is left out.
_HEADINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:^| )(?:{words})(?: |$)"), why)
    for words, why in (
        (r"e ?mails?|mails?|courriels?|adresses? (?:mail|e ?mail|electronique)", _CONTACT),
        (r"tel|tels|telephones?|portables?|mobiles?|fixe|gsm|num tel|coordonnees?|contacts?",
         _CONTACT),
        (r"adresses?|rue|voie|cp|code postal|domicile|complement d adresse|residence", _ADDRESS),
        (r"nir|n? ?(?:de )?secu|securite sociale|n ss|num ss|numero ss|nss|immatriculation",
         _NUMBER),
        (r"(?:n|no|num|numero|id|identifiant|matricule)(?: d)?(?: allocataire)? ?"
         r"(?:caf|msa|allocataire|pole emploi|france travail|ft|pe|cpam|de? dossier"
         r"|interne au departement|identite)|allocataire|matricule|carte d identite"
         r"|titre de sejour", _NUMBER),
        (r"iban|rib|bic|n? ?compte|compte bancaire|banque|domiciliation", _BANK),
        (r"salaires?|remuneration|taux horaire|net a payer|brut|net|paie|paye|montant verse"
         r"|cout horaire|smic", _PAY),
        (r"lieu de naissance|ville de naissance|pays de naissance|commune de naissance"
         r"|nationalite|nom de jeune fille", _BIRTH_PLACE),
    )
)  # fmt: skip
#: The share of the texts of a column that are of a kind, from which the column is.
_MOST = 0.5
_YOUNGEST = 16  # years of a birth: no other date of a follow-up is that old


def why_left_out(heading: str, cells: Sequence[Cell]) -> str:
    """Why a column must not be kept, in French; "" when it may."""
    key = word_key(heading)
    for pattern, why in _HEADINGS:
        if pattern.search(key) and not _says_otherwise(key):
            return why
    return _why_by_content(cells)


def _says_otherwise(key: str) -> bool:
    """A first contact is a date, and a place of work is none of a home."""
    return key.startswith(("date", "premier contact", "1er contact", "dernier contact"))


def _why_by_content(cells: Sequence[Cell]) -> str:
    texts = [_figures(cell) for cell in cells if cell is not None and cell != ""]
    if not texts:
        return ""
    kinds = [kind for text in texts for kind in _kinds_alone(text)]
    for kind in dict.fromkeys(kinds):
        if kinds.count(kind) > len(texts) * _MOST:
            return f"{kind} : il ne sert pas au suivi du parcours"
    return ""


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
    rest, kinds = without_personal_numbers(text)
    return kinds if kinds and len(rest) <= len(text) / 2 + 4 else ()


def are_births(cells: Sequence[Cell], on: date) -> bool:
    """Whether the dates of a column can only be births: most are more than sixteen years old."""
    days = [cell for cell in cells if isinstance(cell, date | datetime)]
    if len(days) < 2 or len(days) <= sum(cell not in (None, "") for cell in cells) * _MOST:
        return False
    old = sum(on.year - day.year >= _YOUNGEST for day in days)
    return old > len(days) * 0.8
