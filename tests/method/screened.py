"""What Repérage must say of some answers, by a plain sum of their points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cedre_xlsx.method.screening import (
    EXCLUDED,
    NONE_FITS,
    NOTHING_SAID,
    ONE_FITS,
    PRIORITY_FIRST,
    PRIORITY_UNSAID,
    QUESTIONS,
    SEVERAL_FIT,
    Answer,
    Level,
    Question,
)
from cedre_xlsx.method.types import TYPES, EngagementType


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one type fits, what speaks for it and what against it, in French."""

    type: EngagementType
    level: Level
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def screen(answers: Mapping[str, str]) -> tuple[Fit, ...]:
    """How well each type fits, in the order of TYPES (fiche outil n°15).

    `answers` gives an answer's text by the question's id; an answer that is missing, or is none
    of the question's, counts for nothing. While the priority is unsaid, no type fits for sure.
    """
    given = {
        question.id: answer
        for question in QUESTIONS
        if (answer := _answer(question, answers.get(question.id, ""))) is not None
    }
    return tuple(_fit(index, kind, given) for index, kind in enumerate(TYPES))


def _answer(question: Question, text: str) -> Answer | None:
    return next((one for one in question.answers if one.text == text), None)


def _fit(index: int, kind: EngagementType, given: Mapping[str, Answer]) -> Fit:
    if not given:
        return Fit(kind, Level.UNSAID)
    weights = [answer.weights[index] for answer in given.values()]
    supports = tuple(one.reason for one in weights if one.reason and not one.points)
    against = tuple(one.reason for one in weights if one.points)
    points = sum(one.points for one in weights)
    if QUESTIONS[0].id not in given:
        points += 1
        against += (PRIORITY_UNSAID,)
    level = Level.FITS if not points else Level.DISCUSS if points < EXCLUDED else Level.NO
    return Fit(kind, level, supports, against)


def advice(fits: tuple[Fit, ...]) -> str:
    """What to do next with what `screen` gave, in one sentence."""
    if all(fit.level is Level.UNSAID for fit in fits):
        return NOTHING_SAID
    if all(PRIORITY_UNSAID in fit.against for fit in fits):
        return PRIORITY_FIRST
    fitting = sum(fit.level is Level.FITS for fit in fits)
    return ONE_FITS if fitting == 1 else SEVERAL_FIT if fitting else NONE_FITS
