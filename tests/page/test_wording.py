"""What verbs say to who types commands, as the page says it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.files.protection.keyring import VARIABLE
from cedre_xlsx.page import wording
from cedre_xlsx.page.model import Ask
from cedre_xlsx.page.templates import shown
from cedre_xlsx.page.views import BY_NAME, explaining
from tests.page.test_controle import Silent, html, read
from tests.support import ROOT

PACKAGE = ROOT / "cedre_xlsx"
#: A command, an option, or a word for where they are typed.
TERMINAL = re.compile(
    r"cedre-xlsx\s[a-z]|\bpip install\b|"
    r"(?<![\w-])--?[a-z][a-z-]*(?!\w)|\b[Cc]ommandes?\b|\b[Tt]erminal\b"
)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "/dossier/suivi.xlsx : le fichier est en lecture seule ; rien n'est écrit. "
            "Enlevez cette protection dans ses propriétés, ou écrivez ailleurs avec -o.",
            "suivi.xlsx : le fichier est en lecture seule ; rien n'est écrit. Enlevez cette "
            "protection dans ses propriétés.",
        ),
        (
            "/remis/liste.xlsx existe déjà ; rien n'est écrit. Donnez un autre nom après -o.",
            "liste.xlsx existe déjà ; rien n'est écrit. Donnez un autre nom.",
        ),
        ("Comment corriger : la commande cedre-xlsx fix les remet.",
         "Comment corriger : « Réparer » les remet."),
        ("puis lancez « cedre-xlsx merge --apply ».", "puis ouvrez « Réunir deux copies »."),
        ("Lancez cedre-xlsx check, corrigez", "Ouvrez « Contrôler », corrigez"),
        ("le jeu « pass » : cedre-xlsx upgrade --pack pass l'ajoute",
         "le jeu « pass » : « Mettre à niveau » l'ajoute"),
        ("« Ajonc » a changé : cedre-xlsx fix --rename \"Ajonc\" suivi du nouveau nom.",
         "« Ajonc » a changé : « Réparer » l'y met partout."),
        ('tel quel : cedre-xlsx fill "/dossier/a b.xlsx" "/dossier/suivi.xlsx" --person NOM',
         "tel quel : « Voir l'aperçu »"),
        ("la commande retention dit qui", "« Conservation » dit qui"),
        ("ajoutez --force pour remplacer cedre-xlsx new.xlsx",
         "ajoutez --force pour remplacer cedre-xlsx new.xlsx"),  # the name of a file
        ("Les PDF demandent l'extra « pdf » : pip install \"cedre-xlsx[pdf]\", puis recommencez.",
         "Les PDF demandent une partie de l'outil qui manque ici (« pdf ») : demandez à qui l'a "
         "installé de l'ajouter, puis recommencez."),
        ("d'autres. Donnez après --previous celui d'avant.", "d'autres. Choisissez celui d'avant."),
        ("rien à comparer à celui d'avant. Enlevez --previous.",
         "rien à comparer à celui d'avant."),
        ("Rien à dire.", "Rien à dire."),
    ],
)  # fmt: skip
def test_a_verb_speaks_of_files_of_the_page_and_of_no_command(said: str, read: str) -> None:
    assert shown(said, ("/dossier/", "/remis/")).replace("\xa0", " ") == read


def test_what_is_already_set_in_french_is_said_otherwise_as_well() -> None:
    set_in_french = "la colonne Versée manque\xa0: «\xa0cedre-xlsx refresh\xa0» la remet"
    assert wording.of_the_page(set_in_french).endswith("« Actualiser » la remet")


#: What the page never says: rooms of which it shows nothing, and the beginnings of texts.
NEVER = (
    "cli", "page", "demonstration", "launchers", "workbook/template", "api/launching.py",
    "api/watching.py", "api/demonstrating.py", "federation/cluster.py",
    "reports/statistics/docs.py", "reports/statistics/owed_tables.py", "rules/docs.py",
    "privacy/pseudonyms/trades.py",
    "workbook/package/typed_over.py", "method/grammar",
)  # fmt: skip
NEVER_SAID = (
    "enlevez l'option -o",  # refresh into another file
    "enlevez --resume", "Recommencez avec --workers 1",  # consolidate, in one process here
    "Lancez la commande dans un terminal",  # the page asks for the password itself
    # a form that is not known: the page proposes one at once
    "à donner par --map ; pour en faire une autre", "« Voir l'aperçu » --learn",
    "refaites-le avec --force", "Refaites-le avec --force",  # fill --learn
    "# Ce qui va dans chaque case", "# Où vont les colonnes",  # heads of files
    "commande : …",  # the report of a fault
    "La version de cedre-xlsx qui", "version de cedre-xlsx",
)  # fmt: skip


#: What is in every module that has such a text.
_MAY = re.compile(
    r"cedre-xlsx[ \[]|--[a-z]| -o|ommande|erminal|CEDRE_XLSX|\*\.json|d'abord le formulaire"
    r"|à la main|modèle vide"
)


@cache
def texts() -> tuple[tuple[str, str], ...]:
    return tuple(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    """The texts of the rooms below the page, by their places; of docstrings, those of rules."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).as_posix()
        source = path.read_text(encoding="utf-8")
        if room.startswith(NEVER) or not _MAY.search(source):
            continue
        tree = ast.parse(source)
        of_rules = room.startswith("rules/")
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            first = body[0] if isinstance(body, list) and body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                rule = isinstance(node, ast.FunctionDef) and any(
                    isinstance(one, ast.Call) for one in node.decorator_list
                )
                if of_rules and rule:
                    yield f"{room}:{first.lineno}", str(first.value.value)
                first.value.value = ""
        inner = {id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
                 for one in node.values}  # fmt: skip
        for node in ast.walk(tree):
            if id(node) not in inner and isinstance(node, ast.Constant | ast.JoinedStr):
                parts = node.values if isinstance(node, ast.JoinedStr) else [node]
                yield (
                    f"{room}:{node.lineno}",
                    "".join(
                        str(one.value) if isinstance(one, ast.Constant) else "…" for one in parts
                    ),
                )


@pytest.mark.slow
def test_no_sentence_that_the_page_may_say_names_a_command() -> None:
    """A new sentence that names one is put otherwise in `wording`, or is in `NEVER_SAID`."""
    said = [(place, wording.of_the_page(" ".join(text.split()))) for place, text in texts()]
    named = [one for one in said if TERMINAL.search(one[1])]
    assert [one for one in named if not any(never in one[1] for never in NEVER_SAID)] == []
    assert len([one for one in said if "« Réparer »" in one[1]]) > 10


@pytest.mark.slow
def test_every_turn_is_said_by_some_verb_and_every_view_is_one() -> None:
    every = [" ".join(text.split()) for _, text in texts()]
    # Made of several texts:
    every += [f", ou mettez-le dans la variable {VARIABLE}", ", ou écrivez ailleurs avec -o"]
    assert [one for one, _ in wording._TURNS if not any(one in text for text in every)] == []
    assert {*wording._VIEW_OF.values()} <= {*BY_NAME}


def test_no_rule_is_explained_by_a_command(tmp_path: Path) -> None:
    for rule in api.rule_docs():
        ask = Ask(tmp_path, None, date(2026, 11, 30), {"code": (rule.code,)})
        page = read(html(explaining.VIEW, tmp_path, explaining.show(ask, Silent())))
        assert not TERMINAL.search(page.partition("sur cet ordinateur")[0]), rule.code
