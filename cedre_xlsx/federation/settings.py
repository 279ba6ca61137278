"""The settings of Paramètres that figures rest on, and what is done where antennas differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cedre_xlsx.method.french import decimal, listed
from cedre_xlsx.schema.settings import SETTINGS, Settings

#: The settings that a figure depends on, and what is done with figures of several ones.
_DONE: Mapping[str, str] = {
    "kind": "chaque antenne compte ses sorties par le seuil de son type",
    "proposal_days": "chaque antenne compte les siennes par son délai",
    "fte_hours": "les équivalents temps plein, chacun sur sa base, s'additionnent",
    "exit_min_hours": "chaque antenne compte ses sorties par son seuil",
    "exit_min_months": "chaque antenne compte ses sorties par son seuil",
    "publication_threshold": "le plus haut protège tous les chiffres publiés",
    "company_hours": "le plus bas vaut pour qui travaille dans plusieurs antennes",
    "company_hours_soon": "le plus bas vaut pour qui travaille dans plusieurs antennes",
}
_MOST_NAMES = 4  # of antennas, in a sentence


@dataclass(frozen=True, slots=True)
class AntennaSettings:
    """What an antenna's figures rest on; `shown` are the settings by field, as they are typed."""

    threshold: int
    company_hours: float
    company_hours_soon: float
    sensitive_words: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    types: tuple[tuple[str, str], ...] = ()


def settings_of(settings: Settings) -> AntennaSettings:
    """The settings of a workbook that the figures of an antenna rest on."""
    return AntennaSettings(
        threshold=settings.publication_threshold,
        company_hours=settings.company_hours,
        company_hours_soon=settings.company_hours_soon,
        sensitive_words=tuple(settings.sensitive_words),
        shown={field: _shown(getattr(settings, field)) for field in _DONE},
        types=tuple((kind.code, kind.name) for kind in settings.types),
    )


def _shown(value: object) -> str:
    if value is None:
        return "vide"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return decimal(float(value))
    return str(getattr(value, "value", value))


def differing(names: Sequence[str], settings: Sequence[AntennaSettings]) -> tuple[str, ...]:
    """A sentence a setting that the antennas do not share: which, whose, what is done."""
    labels = {spec.field: spec.label for spec in SETTINGS}
    said: list[str] = []
    for name, done in _DONE.items():
        told = _by_value(names, [one.shown.get(name, "") for one in settings])
        if len(told) > 1:
            said.append(f"{labels[name]} : {'; '.join(told)} ; {done}.")
    types = _by_value(names, [", ".join(code for code, _ in one.types) for one in settings])
    if len(types) > 1:
        said.append(
            f"Types d'engagement : {' ; '.join(types)} ; les engagements d'un même code "
            "s'additionnent."
        )
    return tuple(said)


def _by_value(names: Sequence[str], values: Sequence[str]) -> list[str]:
    """Each value with who has it."""
    holders: dict[str, list[str]] = {}
    for name, value in zip(names, values, strict=True):
        holders.setdefault(value, []).append(name)
    return [f"{value} ({_some(those)})" for value, those in holders.items()]


def _some(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMES:
        return listed(list(names))
    return f"{len(names)} antennes"
