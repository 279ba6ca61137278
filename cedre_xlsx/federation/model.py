"""What a structure says of one year, without a name: the file that `share` writes, field by field.

A number is exact, or a range between whose bounds a reader cannot choose; None where there is none
to say (a rate of no case, a line whose column is filled for nobody). Every text is of a list of the
method, but the name of the structure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

FORMAT: Literal["cedre-parts"] = "cedre-parts"
VERSION: Literal[1] = 1
#: What no number of a part is above.
MOST = 1_000_000_000


def _squeezed(text: str) -> str:
    return " ".join(text.split()) or text


Count = Annotated[int, Field(ge=0, le=MOST)]
Measure = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
#: A count, or hours, minutes, full-time equivalents.
Exact = Count | Measure
Text = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_squeezed)]


class _Frozen(BaseModel):
    """No other field than those named, none changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Between(_Frozen):
    """Un nombre qui n'est pas dit exactement : il est entre ces deux bornes, comprises."""

    least: Exact = Field(description="Au moins.")
    most: Exact | None = Field(description="Au plus ; null : sans borne, le nombre est masqué.")

    @model_validator(mode="after")
    def _in_order(self) -> Between:
        if self.most is not None and self.most < self.least:
            raise ValueError("the most is under the least")
        return self


Amount = Exact | Between | None
#: What is said of a number that is hidden.
HIDDEN = Between(least=0, most=None)


class Figure(_Frozen):
    """Un chiffre de l'année. Un compte est son propre numérateur."""

    value: Amount = Field(description="Le chiffre ; null : aucun cas, ou une base manque.")
    numerator: Amount = Field(default=None, description="Ce qui est compté, d'un taux ou des ETP.")
    denominator: Amount = Field(
        default=None,
        description="Ce par quoi on divise, ou le nombre de cas d'une médiane.",
    )
    unknown: Amount = Field(default=None, description="Ce qui n'a pu être classé.")


class Bin(_Frozen):
    """Les cas d'une médiane entre deux nombres de jours ou de semaines, compris."""

    least: Count = Field(description="Du plus petit.")
    most: Count | None = Field(description="Au plus grand ; null : sans borne.")
    count: Count = Field(description="Combien de cas.")


class TableLine(_Frozen):
    """Une ligne d'un tableau."""

    labels: Mapping[Text, Text] = Field(description="Ses libellés, par intitulé.", max_length=4)
    cells: Mapping[Text, Amount] = Field(description="Ses nombres, par intitulé.", max_length=40)
    is_total: bool = Field(default=False, description="Si elle est la somme des autres.")


class Structure(_Frozen):
    """La structure, comme Paramètres la nomme."""

    name: Name = Field(description="Son nom.")
    siret: Annotated[str, Field(pattern=r"^\d{14}$")] | None = Field(
        default=None, description="Son n° SIRET, s'il est noté."
    )
    kind: Literal["AI", "ETTI", "ACI", "EI", "EITI"] | None = Field(
        default=None, description="Son type."
    )

    @property
    def identity(self) -> str:
        """What tells it from the others: its SIRET, else its name however it is spelled."""
        from cedre_xlsx.method.text import word_key

        return self.siret or word_key(self.name) or self.name


class Part(_Frozen):
    """Les agrégats d'une année d'une structure, sans un nom de personne."""

    format: Literal["cedre-parts"] = Field(default=FORMAT, description="Le nom du format.")
    version: Literal[1] = Field(default=VERSION, description="La version du format.")
    definitions: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] = Field(
        description="L'empreinte des définitions : deux fichiers qui diffèrent ici ne s'ajoutent "
        "pas."
    )
    tool_version: Text = Field(description="La version de cedre-xlsx qui a compté.")
    structure: Structure = Field(description="Qui.")
    year: Annotated[int, Field(ge=1900, le=9999)] = Field(description="L'année.")
    counted_on: date = Field(description="La date du compte.")
    public: bool = Field(description="Si les petits nombres sont protégés.")
    threshold: Annotated[int, Field(ge=3, le=MOST)] | None = Field(
        default=None, description="Le seuil de publication, si les petits nombres sont protégés."
    )
    with_sensitive: bool = Field(
        default=True, description="Si ce qui dit la santé ou la justice y est."
    )
    figures: Mapping[Text, Figure] = Field(
        description="Les chiffres, par identifiant.", max_length=200
    )
    histograms: Mapping[Text, tuple[Bin, ...]] = Field(
        default={}, description="Les cas des médianes, par identifiant.", max_length=20
    )
    tables: Mapping[Text, tuple[TableLine, ...]] = Field(
        default={}, description="Les tableaux, par nom.", max_length=40
    )
    quality: Mapping[Annotated[str, Field(pattern=r"^[A-Z]{3}\d{2,3}$")], Amount] = Field(
        default={},
        description="Combien de constats non justifiés, par règle.",
        max_length=1000,
    )
    left_out: Count = Field(
        default=0, description="Combien de tableaux ne sont d'aucune liste connue, et n'y sont pas."
    )

    @model_validator(mode="after")
    def _protected_or_not(self) -> Part:
        if self.public is (self.threshold is None):
            raise ValueError("a protected part has a threshold, another has none")
        return self

    def to_json(self) -> str:
        """The file, with its last line's end."""
        return self.model_dump_json(indent=1, exclude_defaults=False) + "\n"
