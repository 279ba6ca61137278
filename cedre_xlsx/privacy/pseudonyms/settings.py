"""The settings of a structure that nobody is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import count

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.privacy.pseudonyms.source import CopiedTable
from cedre_xlsx.schema.settings import (
    DEFAULT_SENSITIVE_WORDS,
    Settings,
    TypeSetting,
)
from cedre_xlsx.schema.tables import PEOPLE

STRUCTURE, PLACE = "Structure fictive", "Commune fictive"
_RULE = re.compile(r"[A-Za-z]{3}[0-9]{2}")


def disguised_settings(
    settings: Settings, tables: Sequence[CopiedTable], advisor: Callable[[str], str]
) -> Settings:
    """The settings with no name: numbers and severities stay, what names somebody does not."""
    codes = type_codes(settings)
    return replace(
        settings,
        structure=STRUCTURE if settings.structure else "",
        place=PLACE if settings.place else "",
        siret="",
        started=None,
        headcount=None,
        types=tuple(
            _type(one, rank, codes[one.code]) for rank, one in enumerate(settings.types, start=1)
        ),
        advisors=tuple(advisor(name) for name in settings.advisors),
        severities=tuple(one for one in settings.severities if _RULE.fullmatch(one.code)),
        breakdowns=_breakdowns(settings, tables),
        sensitive_words=tuple(sensitive_stand_ins(settings.sensitive_words).values()),
        mappings=(),
        own_columns=tuple(
            one
            for one in settings.own_columns
            for table in tables
            if word_key(one.sheet) in (word_key(table.spec.sheet), word_key(table.sheet))
            and any(word_key(one.heading) == word_key(heading) for heading in table.own)
        ),
    )


def type_codes(settings: Settings) -> dict[str, str]:
    """What stands for the code of each type: itself where the method has it, else T1, T2…"""
    known = {one.code for one in settings.types if is_of_the_method(one)}
    free = (name for rank in count(1) if fold(name := f"T{rank}") not in map(fold, known))
    return {one.code: one.code if one.code in known else next(free) for one in settings.types}


def is_of_the_method(kind: TypeSetting) -> bool:
    """Whether the code of a type is one that the method gives it, so that it names nobody."""
    method = kind.method
    if method is None:
        return False
    return word_key(kind.code) in map(word_key, (method.code, method.name, *method.spellings))


def _type(kind: TypeSetting, rank: int, code: str) -> TypeSetting:
    known = kind.method is not None and word_key(kind.name) == word_key(kind.method.name)
    return replace(kind, code=code, name=kind.name if known else f"Type {rank} de l'équipe")


def _breakdowns(settings: Settings, tables: Sequence[CopiedTable]) -> tuple[str, ...]:
    ours = {word_key(column.header) for column in PEOPLE.columns.values()}
    own = {word_key(one) for table in tables if table.spec is PEOPLE for one in table.own}
    return tuple(one for one in settings.breakdowns if word_key(one) in ours | own)


def sensitive_stand_ins(words: Collection[str]) -> dict[str, str]:
    """What stands for each sensitive word: itself where all teams have it, or « motsensible3 »."""
    known = {fold(word) for word in DEFAULT_SENSITIVE_WORDS}
    return {
        word: word if fold(word) in known else f"motsensible{rank}"
        for rank, word in enumerate(words, start=1)
    }
