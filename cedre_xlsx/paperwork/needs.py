"""The fourteen needs of a request for prolongation, and the freins that are each of them."""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.barrier_words import listed_barrier


@dataclass(frozen=True, slots=True)
class Need:
    """One need: `name` is what it is called in short, `label` how its line of the form begins.

    `barriers` are the freins of ours that are this need and no other; `words` those by which the
    objective of an action names it, whatever their case and accents.
    """

    name: str
    label: str
    barriers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


#: In the order of the lines of the form.
NEEDS: tuple[Need, ...] = (
    Need("savoirs de base", "Besoin de développer sa maîtrise des savoirs de base",
         ("Français, illettrisme, langue", "Numérique"),
         ("savoirs de base", "français", "illettrisme", "illectronisme", "numérique")),
    Need("poste de travail", "Besoin de soutien afin d'occuper un poste de travail",
         (), ("poste de travail", "autonomie au poste")),
    Need("projet professionnel", "Besoin de soutien pour préparer son projet professionnel",
         (), ("projet professionnel",)),
    Need("trouver un emploi", "Besoin de soutien pour trouver un emploi",
         (), ("trouver un emploi", "recherche d'emploi")),
    Need("logement", "Besoin de résoudre une",
         ("Hébergement, logement",), ("logement", "hébergement")),
    Need("recours aux droits", "Besoin de soutien pour recourir aux droits",
         (), ("recours aux droits", "aides sociales")),
    Need("procédures administratives", "Besoin de soutien dans les procédures administratives",
         (), ("procédures administratives", "démarches administratives")),
    Need("mobilité", "Besoin de soutien pour faciliter sa mobilité", ("Mobilité",), ("mobilité",)),
    Need("difficultés financières",
         "Besoin de soutien pour faire face à des difficultés financières",
         ("Surendettement et finances", "Ressources immédiates"),
         ("difficultés financières", "surendettement", "budget")),
    Need("droits, soins et santé", "Besoin de soutien pour accéder aux droits, aux soins",
         ("Santé",), ("santé", "accès aux soins")),
    Need("handicap, compensation", "Situation de handicap : besoin de compensation",
         (), ("compensation du handicap",)),
    Need("handicap, rétablissement", "Situation de handicap : besoin de rétablissement",
         (), ("rétablissement",)),
    Need("difficultés judiciaires", "Difficultés judiciaires",
         ("Justice",), ("justice", "difficultés judiciaires")),
    Need("contraintes personnelles et familiales", "Contraintes personnelles & familiales",
         ("Disponibilité", "Famille"), ("disponibilité", "famille", "garde d'enfant")),
)  # fmt: skip

#: A frein that is two needs of the form at once: nothing says how it is shared between them.
SHARED = {
    "Démarches administratives et accès aux droits": (
        "recours aux droits", "procédures administratives",
    ),
}  # fmt: skip

_BY_BARRIER = {word_key(barrier): need for need in NEEDS for barrier in need.barriers}
_SHARED = {word_key(barrier): needs for barrier, needs in SHARED.items()}


def need_of_barrier(barrier: str) -> Need | None:
    """The need that a frein is; None for one that is none, or is several."""
    return _BY_BARRIER.get(word_key(listed_barrier(barrier)))


def needs_sharing(barrier: str) -> tuple[str, ...]:
    """The needs that a frein is shared between; none for any other."""
    return _SHARED.get(word_key(listed_barrier(barrier)), ())


def needs_named(objective: str) -> tuple[Need, ...]:
    """The needs that the objective of an action names."""
    said = f" {word_key(objective)} "

    def is_named(need: Need) -> bool:
        return any(f" {word_key(word)} " in said for word in need.words)

    return tuple(filter(is_named, NEEDS))
