"""List values, OUI and NON, and engagement codes, in the spellings that people type."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cedre_xlsx.method.choices import Choices, find_code, yes_or_no
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.lists import ListSpec
from cedre_xlsx.schema.settings import Settings, TypeSetting

YES = (
    "OUI",
    "oui",
    "Oui.",
    "o",
    "O",
    "ok",
    "yes",
    "VRAI",
    "true",
    "x",
    "X",
    "1",
    "✓",
    "☑",
    " oui ",
)
NO = ("NON", "non", "Non !", "n", "N", "no", "FAUX", "false", "0", "☐", "no\u0301n")
NEITHER = ("", "?", "peut-être", "oui/non", "non renseigné", "2", "ouais")


def test_yes_and_no_in_all_their_spellings() -> None:
    assert [text for text in YES if yes_or_no(text) is not True] == []
    assert [text for text in NO if yes_or_no(text) is not False] == []
    assert [text for text in NEITHER if yes_or_no(text) is not None] == []


#: A list, what is typed, the value meant ("" for none, or not one only).
CHOICES: list[tuple[ListSpec, str, str]] = [
    (lists.STATUS, "(2) En cours", "(2) En cours"),
    (lists.STATUS, "2", "(2) En cours"),
    (lists.STATUS, "(2)", "(2) En cours"),
    (lists.STATUS, "en cours", "(2) En cours"),
    (lists.STATUS, "EN COURS", "(2) En cours"),
    (lists.STATUS, "2 - en cours", "(2) En cours"),
    (lists.STATUS, "(2)En cours", "(2) En cours"),
    (lists.STATUS, "réalisé", "(3) Réalisée"),
    (lists.STATUS, "Re\u0301alise\u0301e", "(3) Réalisée"),
    (lists.STATUS, "réal.", "(3) Réalisée"),
    (lists.STATUS, "réalisées", "(3) Réalisée"),
    (lists.STATUS, "fait", "(3) Réalisée"),
    (lists.STATUS, "à proposer", "(1) À proposer"),
    (lists.STATUS, "A PROPOSER", "(1) À proposer"),
    (lists.STATUS, "sans suite", "Sans suite"),
    (lists.STATUS, "annulée", "Sans suite"),
    (lists.STATUS, "(4) Reportée", ""),
    (lists.STATUS, "2 fait", ""),
    (lists.STATUS, "(", ""),
    (lists.TITLE, "Monsieur", "M."),
    (lists.TITLE, "MME", "Mme"),
    (lists.TITLE, "m", "M."),
    (lists.FORM, "ecrit", "Écrit"),
    (lists.FORM, "écrit s", "Écrit signé"),
    (lists.FORM, "signé", "Écrit signé"),
    (lists.FORM, "Écrit  remis", "Écrit remis"),
    (lists.ACHIEVED, "oui totalement", "OUI, totalement"),
    (lists.ACHIEVED, "Oui, en partie", "OUI, en partie"),
    (lists.ACHIEVED, "partiellement", "OUI, en partie"),
    (lists.ACHIEVED, "non", "NON"),
    (lists.ACTOR, "structure", "La structure"),
    (lists.ACTOR, "ensemble", "Ensemble"),
    (lists.NATURE, "mise à disposition", "MAD"),
    (lists.NATURE, "Autre", "Autre"),
    (lists.ACCOMPANIMENT, "interne et externe", "Les deux"),
    (lists.EXIT_CATEGORY, "EMPLOI DURABLE", "Emploi durable"),
    (lists.EXIT_CATEGORY, "durable", "Emploi durable"),
    (lists.EXIT_CATEGORY, "emploi", ""),  # durable, or de transition?
    (lists.EXIT_CATEGORY, "retrait", "Retrait des sorties constatées"),
    (lists.EXIT_REASON, "sans emploi", "Sans emploi"),
    (lists.EXIT_REASON, "CDD OU INTERIM DE 6 MOIS ET PLUS", "CDD ou intérim de 6 mois et plus"),
    (lists.EXIT_REASON, "CDD", ""),  # an open list keeps what was typed
    (lists.REFERRER, "mission locale", "Mission locale"),
    (lists.REFERRER, "Mission local", ""),
    (lists.RSA, "non", "Non"),
    (lists.RSA, "Non renseigné", ""),
    (lists.BARRIER, "hebergement logement", "Hébergement, logement"),
    (lists.EDUCATION, "3e cycle", ""),
    (lists.KIND, "ai", "AI"),
    (lists.LEVEL, "(++)", "(++) Fort"),
    (lists.LEVEL, "+ +", "(++) Fort"),
    (lists.LEVEL, "+", "(+) Moyen"),
    (lists.LEVEL, "(-)", "(-) Faible"),
    (lists.LEVEL, "\N{MINUS SIGN}", "(-) Faible"),
    (lists.LEVEL, "--", "(--) Aucun"),
    (lists.LEVEL, "(--)", "(--) Aucun"),
    (lists.LEVEL, "\N{EN DASH}", ""),  # one, or two that were put together?
    (lists.LEVEL, "+-", ""),
    (lists.LEVEL, "---", ""),
    (lists.STATUS, "+", ""),
]


@pytest.mark.parametrize(("spec", "typed", "value"), CHOICES)
def test_a_list_value_is_understood(spec: ListSpec, typed: str, value: str) -> None:
    choices = Choices(spec.values, spec.spellings, beginnings=spec.closed)
    assert (choices.find(typed) or "") == value


@pytest.mark.parametrize("spec", [*lists.LISTS, *lists.PACK_LISTS], ids=lambda spec: spec.name)
def test_every_value_and_spelling_of_every_list_is_found(spec: ListSpec) -> None:
    choices = Choices(spec.values, spec.spellings, beginnings=spec.closed)
    for value in spec.values:
        for typed in (value, value.upper(), f" {value} ", value.replace("'", "’")):
            assert choices.find(typed) == value
    for typed, value in spec.spellings.items():
        assert value in spec.values
        assert choices.find(typed) == value


CODES = {
    "CP": "CP", "cp": "CP", "C.P.": "CP", "Coup de pouce": "CP", "coup de pouce": "CP",
    "CP (coup de pouce)": "CP", "CP - Coup de pouce": "CP", "coups de pouce": "CP",
    "Coup de pouce dans un 1er temps": "CP",
    "SA": "SA", "soutien": "SA", "Soutien actif": "SA",
    "T": "T", "Templus": "T", "Templés": "T", "TEMPLUS": "T", "temps plus": "T",
    "MPP": "MPP", "mobilisation": "MPP", "Mobilis.": "MPP",
    "Mobilisation et préparation professionnelle": "MPP",
    "D": "D", "d": "D", "Découverte": "D", "decouverte": "D", "découv": "D",
    "VP": "VP", "Validation professionnelle": "VP", "validation": "VP",
    "": "", "XY": "", "CP / D": "", "Soutien actif puis Coup de pouce": "", "x": "", "?": "",
}  # fmt: skip


def _code(typed: str, settings: Settings) -> str:
    names = [kind.name for kind in settings.types]
    return find_code(typed, settings.code_spellings(), names) or ""


@pytest.mark.parametrize(("typed", "code"), CODES.items())
def test_an_engagement_code_is_understood(typed: str, code: str) -> None:
    assert _code(typed, Settings()) == code


def test_codes_are_those_of_the_structure() -> None:
    types = tuple(
        replace(kind, code="CDP") if kind.code == "CP" else kind for kind in Settings().types
    )
    own = Settings(types=(*types, TypeSetting("REM", "Remobilisation", 6, None)))
    assert [_code(typed, own) for typed in ("CDP", "CP", "coup de pouce")] == ["CDP"] * 3
    assert _code("remobilisation", own) == "REM"
