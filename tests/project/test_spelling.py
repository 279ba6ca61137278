"""The French that people read is spelled and typeset as it should be."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from tests.project.french_texts import (
    of_click,
    of_pages,
    of_the_page,
    of_the_program,
    of_the_workbook,
)

#: Words that the dictionary lacks, a line each: acronyms, names, words of the trade.
WORDS = Path(__file__).parent / "spelling_words.txt"

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_PARTS = re.compile(r"['’\-]")
#: What stands before an apostrophe, or around one in a word of its own.
_ELIDED = frozenset({"l", "d", "qu", "n", "s", "j", "m", "t", "c", "jusqu", "lorsqu", "puisqu",
                     "quoiqu", "quelqu", "presqu", "aujourd", "hui"})  # fmt: skip
_TWICE = {"nous", "vous"}

_FAULTS = {
    "three points instead of an ellipsis": re.compile(r"\w\.\.\.(?![\w.\]])"),
    "no space before a double sign": re.compile(r"[^\W\d_][;?!»](?:\s|$)|[^\W\d_]{2,}:(?:\s|$)"),
    "no space after an opening quote": re.compile(r"«[^\s…]"),
    "a capital without its accent": re.compile(
        r"(?:^|[.:«|] )A (?=(?:faire|voir|noter|proposer|remplir|partir|côté|la|l'|cette|quels?)\b)"
        r"|\b(?:Etat|Etape|Ecrit|Ecole|Ecrire|Echéance|Evaluation|Equipe|Ca)\b"
    ),
    "two spaces": re.compile(r"[^\W\d_] {2,4}[^\W\d_]"),
}


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Every French text, with where it stands."""
    return (*of_pages(), *of_the_program(), *of_the_page(), *of_the_workbook(), *of_click())


@cache
def dictionary() -> SpellChecker:
    return SpellChecker(language="fr")


def words(text: str) -> list[str]:
    """The words of a text, without what is elided before them; halves of a compound apart."""
    found = (part for word in _WORD.findall(text) for part in _PARTS.split(word.casefold()))
    return [word for word in found if len(word) > 1 and word not in _ELIDED]


def is_known(word: str) -> bool:
    """Whether the dictionary has it, which writes "oe" for "œ"."""
    return word in dictionary() or word.replace("œ", "oe") in dictionary()


def listed() -> list[str]:
    return WORDS.read_text(encoding="utf-8").split()


@cache
def unknown() -> dict[str, list[str]]:
    """The words that the dictionary lacks, and where they stand."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for where, text in texts():
        for word in words(text):
            if not is_known(word):
                found[word].append(where)
    return found


@pytest.mark.slow
def test_every_word_is_spelled() -> None:
    known = set(listed())
    assert {word: places[:3] for word, places in unknown().items() if word not in known} == {}


@pytest.mark.slow
def test_the_list_of_words_is_sorted_and_none_is_dead() -> None:
    assert listed() == sorted(set(listed()))
    assert [word for word in listed() if word not in unknown()] == []


@pytest.mark.slow
def test_enough_is_looked_at() -> None:
    """Pages, messages, headings and sentences of click: more than two thousand words."""
    assert len({word for _, text in texts() for word in words(text)}) > 2000
    sources = {re.split(r"[/:,]", where)[0] for where, _ in texts()}
    assert sources >= {"docs", "README.md", "cedre_xlsx", "Suivi", "Listes", "messages.po"}


@pytest.mark.parametrize("fault", _FAULTS)
def test_typography(fault: str) -> None:
    pattern = _FAULTS[fault]
    assert [
        f"{where}: {text[max(found.start() - 20, 0) : found.end() + 20]!r}"
        for where, text in texts()
        for found in pattern.finditer(text)
    ] == []


def test_no_word_stands_twice() -> None:
    pattern = re.compile(r"(?<!-)\b([^\W\d_]{2,}) \1\b", re.IGNORECASE)
    assert [
        f"{where}: {found[0]}"
        for where, text in texts()
        for found in pattern.finditer(text)
        if found[1].lower() not in _TWICE
    ] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("L'echéance de l'accompagement", {"echéance", "accompagement"}),
        ("qu'ils appellent aujourd'hui, jusqu'au bout d'œuvre", set()),
        ("Ajoutez-lui un rendez-vous", set()),
        ("un language interessant", {"language", "interessant"}),
    ],
)
def test_a_mistake_is_seen(text: str, wrong: set[str]) -> None:
    assert {word for word in words(text) if not is_known(word)} == wrong
