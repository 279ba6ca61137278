"""What the paper forms say to and of the person who is handed them, in agreement with Civilité.

The forms are fiche outil n°19 and exemple n°4. Their labels are as printed; the notes that help are
in our words.
"""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.method.vocabulary import Title


@dataclass(frozen=True, slots=True)
class Agreed:
    """A text for a woman, for a man, and for whom Civilité does not say."""

    woman: str
    man: str
    either: str

    def of(self, title: object) -> str:
        """The text for that Civilité; any other value is none."""
        return {Title.MRS: self.woman, Title.MR: self.man}.get(title, self.either)  # type: ignore[call-overload, no-any-return]


def _agreed(text: str, *pairs: tuple[str, str, str]) -> Agreed:
    """The text with each of its `{}` agreed."""
    women, men, both = zip(*pairs, strict=True)
    return Agreed(text.format(*women), text.format(*men), text.format(*both))


_THE_EMPLOYEE = ("la salariée", "le salarié", "le ou la salarié(e)")
_OF_THE_EMPLOYEE = ("de la salariée", "du salarié", "du ou de la salarié(e)")

CIVILITY = Agreed("Madame", "Monsieur", "Monsieur / Madame")
BORN = Agreed("née", "né", "né(e)")
#: Who signs, beside the structure.
SIGNATORY = Agreed("La salariée", "Le salarié", "Le ou la salarié(e)")
#: Who signs for someone under age: nothing says who that is.
REPRESENTATIVE = "Représentant(e) légal(e)"
NEEDS_HEADING = _agreed(
    "LE(S) BESOIN(S) ET/OU PROJET(S) EXPRIMÉ(S) PAR {}",
    ("LA SALARIÉE", "LE SALARIÉ", "LE OU LA SALARIÉ(E)"),
)

REFERENCE_NOTE = (
    "La référence sert à l'équipe : elle dit la sorte d'engagement, et permet de les compter."
)
NEEDS_NOTE = _agreed(
    "Un ou plusieurs, avec les mots {} : les actions décidées ensemble partent de là.",
    _OF_THE_EMPLOYEE,
)
OBJECT_NOTE = "Un seul point, concret : un pas vers le projet, ou la réponse à un besoin."
MEANS_NOTE = _agreed(
    "Qui fait quoi, la structure et {}, pour cet objet précis : aides, démarches, appuis. Les "
    "autres besoins viendront ensuite.",
    _THE_EMPLOYEE,
)
DEADLINE_NOTE = (
    "Le temps que demandent les démarches, au plus : la date peut être avancée si la situation "
    "change."
)
COMMENTS_NOTE = _agreed(
    "Ce qui a aidé, ce qui a gêné : événements, difficultés {}, limites de la structure, démarches "
    "faites de part et d'autre.",
    _OF_THE_EMPLOYEE,
)
#: What the star of the answer OUI says: part of the form itself.
NEXT_NOTE = (
    "* Si oui, une nouvelle fiche est ouverte : le projet et les besoins y sont notés de nouveau, "
    "avec un nouvel objet et de nouveaux moyens."
)
PATHWAY_NOTE = _agreed(
    "Cette fiche résume le parcours {}, action après action : celles de la structure, les siennes, "
    "celles menées ensemble. Le bilan d'une mission ou du parcours peut avoir sa propre feuille.",
    _OF_THE_EMPLOYEE,
)
