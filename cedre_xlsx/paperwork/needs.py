"""The fourteen needs of a request for prolongation, and the freins that are each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cedre_xlsx.paperwork.themes import THEMES, Theme, says_one, theme_of, themes_of_need


@dataclass(frozen=True)
class Need:
    """One need: `name` is what it is called in short, `label` how its line of the form begins.

    `own_words` are those by which the objective of an action names it, beside the words of the
    freins that it is.
    """

    name: str
    label: str
    own_words: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word by which an objective names it."""
        of_freins = (word for theme in themes_of_need(self.name) for word in theme.words)
        return (*self.own_words, *of_freins)


#: In the order of the lines of the form.
NEEDS: tuple[Need, ...] = (
    Need("savoirs de base", "Besoin de développer sa maîtrise des savoirs de base",
         ("savoirs de base",)),
    Need("poste de travail", "Besoin de soutien afin d'occuper un poste de travail",
         ("poste de travail", "autonomie au poste")),
    Need("projet professionnel", "Besoin de soutien pour préparer son projet professionnel",
         ("projet professionnel",)),
    Need("trouver un emploi", "Besoin de soutien pour trouver un emploi",
         ("trouver un emploi", "recherche d'emploi")),
    Need("logement", "Besoin de résoudre une"),
    Need("recours aux droits", "Besoin de soutien pour recourir aux droits",
         ("recours aux droits", "aides sociales")),
    Need("procédures administratives", "Besoin de soutien dans les procédures administratives",
         ("procédures administratives", "démarches administratives")),
    Need("mobilité", "Besoin de soutien pour faciliter sa mobilité"),
    Need("difficultés financières",
         "Besoin de soutien pour faire face à des difficultés financières"),
    Need("droits, soins et santé", "Besoin de soutien pour accéder aux droits, aux soins"),
    Need("handicap, compensation", "Situation de handicap : besoin de compensation",
         ("compensation du handicap",)),
    Need("handicap, rétablissement", "Situation de handicap : besoin de rétablissement",
         ("rétablissement",)),
    Need("difficultés judiciaires", "Difficultés judiciaires"),
    Need("contraintes personnelles et familiales", "Contraintes personnelles & familiales"),
)  # fmt: skip

_BY_NAME = {need.name: need for need in NEEDS}


def need_of_barrier(barrier: str) -> Need | None:
    """The need that a frein is; None for one that is none, or is several."""
    theme = theme_of(barrier)
    return _BY_NAME[theme.needs[0]] if theme is not None and len(theme.needs) == 1 else None


def needs_sharing(barrier: str) -> tuple[str, ...]:
    """The needs that a frein is shared between; none for any other."""
    theme = theme_of(barrier)
    return theme.needs if theme is not None and len(theme.needs) > 1 else ()


def needs_named(objective: str) -> tuple[Need, ...]:
    """The needs that the objective of an action names."""
    return tuple(need for need in NEEDS if says_one(objective, need.words))


def themes_named(objective: str) -> tuple[Theme, ...]:
    """The freins that the objective of an action names, by a word of theirs or their own name.

    One that is shared between needs is named by the words of each of these.
    """
    return tuple(theme for theme in THEMES if says_one(objective, _words(theme)))


def _words(theme: Theme) -> tuple[str, ...]:
    shared = (word for need in needs_sharing(theme.barrier) for word in _BY_NAME[need].own_words)
    return (theme.barrier, *theme.words, *shared)
