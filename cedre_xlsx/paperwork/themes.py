"""The freins of ours and what each is on the State's papers, and the words that name it.

A request for prolongation asks about needs, the review for the prescriber about areas (the
platform's form as it was in September 2026). Both rest on this one table.
"""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.method.text import word_key

_FAMILY = "Situation personnelle ou familiale"
_MONEY = "Situation financière"
_PAPERS = "Situation administrative ou juridique"
#: The areas of the review, in its order.
AREAS = (
    "Santé",
    "Mobilité",
    _FAMILY,
    _MONEY,
    "Situation numérique",
    _PAPERS,
    "Situation en français ou en calcul",
)
#: Where all other freins go, those of the team's own too.
OTHER_AREA = "Autres freins identifiés"


@dataclass(frozen=True, slots=True)
class Theme:
    """One frein: its area, its needs, the words by which the objective of an action names it.

    It is one need and no other where `needs` has one; shared between them where it has several.
    Of a `private` one, no paper for others says more than that it is there.
    """

    barrier: str
    area: str
    needs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    private: bool = False


THEMES: tuple[Theme, ...] = (
    Theme("Français, illettrisme, langue", "Situation en français ou en calcul",
          ("savoirs de base",), ("français", "illettrisme")),
    Theme("Démarches administratives et accès aux droits", _PAPERS,
          ("recours aux droits", "procédures administratives")),
    Theme("Hébergement, logement", OTHER_AREA, ("logement",), ("logement", "hébergement")),
    Theme("Mobilité", "Mobilité", ("mobilité",), ("mobilité",)),
    Theme("Santé", "Santé", ("droits, soins et santé",), ("santé", "accès aux soins"),
          private=True),
    Theme("Justice", _PAPERS, ("difficultés judiciaires",), ("justice", "difficultés judiciaires"),
          private=True),
    Theme("Surendettement et finances", _MONEY, ("difficultés financières",),
          ("difficultés financières", "surendettement", "budget")),
    Theme("Disponibilité", _FAMILY, ("contraintes personnelles et familiales",),
          ("disponibilité", "garde d'enfant")),
    Theme("Famille", _FAMILY, ("contraintes personnelles et familiales",), ("famille",)),
    Theme("Discrimination", OTHER_AREA),
    Theme("Ressources immédiates", _MONEY, ("difficultés financières",)),
    Theme("Numérique", "Situation numérique", ("savoirs de base",), ("illectronisme", "numérique")),
)  # fmt: skip

_BY_BARRIER = {word_key(theme.barrier): theme for theme in THEMES}


def theme_of(barrier: str) -> Theme | None:
    """The theme that a frein is; None for one of the team's own."""
    return _BY_BARRIER.get(word_key(barrier))


def themes_of_need(need: str) -> tuple[Theme, ...]:
    """The freins that are this need and no other."""
    return tuple(theme for theme in THEMES if theme.needs == (need,))


def says_one(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text has one of these words, whatever their case and accents."""
    said = f" {word_key(text)} "
    return any(f" {word_key(word)} " in said for word in words)
