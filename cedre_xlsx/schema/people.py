"""`Personnes`: the head of the individual sheet (exemple n°4), one row a pathway."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, partial
from typing import Annotated

from pydantic import Field

from cedre_xlsx.method.text import full_name
from cedre_xlsx.method.vocabulary import ExitCategory, LaterSituation, Title
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import Column, Data, EntryRow, Kind, Search, line_key
from cedre_xlsx.schema.packs import AFTER, KEEPING, PASS, REFERENT

_Facultative = partial(Column, facultative=True)
_Day = partial(_Facultative, kind=Kind.DATE, width=12)
_YesNo = partial(_Facultative, kind=Kind.YES_NO, width=7, choices=lists.YES_NO, help="OUI ou NON.")

# In the cells and as the table's calculated column, so that Excel fills new rows. Never
# "[@Nom]", which only Excel's formula bar knows.
_PERSON = (
    'TRIM(tPersonnes[[#This Row],[Nom]]&" "&tPersonnes[[#This Row],[Prénom]])'
    '&IF(TRIM(tPersonnes[[#This Row],[Précision (homonymes)]])="","",'
    '" ("&TRIM(tPersonnes[[#This Row],[Précision (homonymes)]])&")")'
)


class PersonRow(EntryRow):
    """One pathway of one person. Who comes back has two rows with the same name."""

    last_name: Annotated[
        str,
        Column(
            "Nom",
            width=18,
            required=True,
            help="Nom de famille. Obligatoire.",
            search=Search.LABEL,
            data=Data.NAME,
        ),
    ] = ""
    first_name: Annotated[
        str,
        Column(
            "Prénom", width=16, help="Prénom.", search=Search.LABEL, data=Data.NAME, frozen=True
        ),
    ] = ""
    precision: Annotated[
        str,
        Column(
            "Précision (homonymes)",
            width=14,
            help="Seulement si deux personnes ont les mêmes nom et prénom : une commune, par "
            "exemple. Elle s'ajoute au nom entre parenthèses.",
            aliases=("Précision",),
            search=Search.LABEL,
            data=Data.NAME,
        ),
    ] = ""
    typed_person: Annotated[
        str,
        Column(
            "Personne",
            Kind.PERSON,
            width=26,
            help="Se remplit seul : ne rien taper ici.",
            calculated=_PERSON,
            search=Search.NO,
        ),
    ] = ""
    title: Annotated[
        Title | None,
        Column("Civilité", Kind.CHOICE, width=9, choices=lists.TITLE, help="M. ou Mme."),
    ] = None
    birth_year: Annotated[
        int | None,
        Column("Année de naissance", Kind.INTEGER, width=11, help="L'année seule : 1990."),
    ] = None
    advisor: Annotated[
        str,
        Column(
            "Accompagnateur",
            width=18,
            help="Qui suit la personne. La liste vient de Paramètres.",
            aliases=("Référent",),
            search=Search.LABEL,
            data=Data.NAME,
        ),
    ] = ""
    pre_reception: Annotated[
        date | None, Column("Date du pré-accueil", Kind.DATE, width=12, help="jj/mm/aaaa")
    ] = None
    interview: Annotated[
        date | None,
        Column("Date de l'entretien individuel (accueil)", Kind.DATE, width=15, help="jj/mm/aaaa"),
    ] = None
    registered: Annotated[
        date | None,
        Column(
            "Date d'inscription",
            Kind.DATE,
            width=12,
            help="jj/mm/aaaa. Vide tant que la personne n'est pas inscrite.",
        ),
    ] = None
    request: Annotated[
        str,
        Column(
            "La demande, les attentes, les besoins, les projets de la personne",
            width=48,
            help="Avec les mots de la personne. Écrire comme si elle allait le lire : "
            "elle peut le demander.",
            aliases=("La demande", "Demande"),
            search=Search.STORY,
        ),
    ] = ""
    exited: Annotated[
        date | None,
        Column("Date de sortie", Kind.DATE, width=12, help="jj/mm/aaaa. Vide tant que suivie."),
    ] = None
    exit_category: Annotated[
        ExitCategory | None,
        Column(
            "Catégorie de sortie",
            Kind.CHOICE,
            width=20,
            choices=lists.EXIT_CATEGORY,
            help="Les trois premières sont les sorties dynamiques.",
        ),
    ] = None
    exit_reason: Annotated[
        str,
        Column(
            "Motif de sortie",
            Kind.CHOICE,
            width=22,
            choices=lists.EXIT_REASON,
            help="Choisir dans la liste ; une autre valeur est acceptée.",
            search=Search.LABEL,
        ),
    ] = ""
    paused_until: Annotated[
        date | None,
        _Day(
            "En pause jusqu'au",
            help="Jusqu'à cette date, rien n'est signalé en retard pour la personne.",
        ),
    ] = None
    informed_on: Annotated[
        date | None,
        _Day("Informée le", help="Date où la personne a été informée de l'usage de ses données."),
    ] = None
    contract_end: Annotated[date | None, _Day("Fin de contrat", help="jj/mm/aaaa")] = None
    pass_end: Annotated[date | None, _Day("Fin de PASS IAE", help="jj/mm/aaaa")] = None
    referrer: Annotated[
        str,
        _Facultative(
            "Orienteur",
            Kind.CHOICE,
            width=22,
            choices=lists.REFERRER,
            help="Prescripteur ou orienteur.",
            aliases=("Prescripteur / orienteur", "Prescripteur"),
            search=Search.LABEL,
        ),
    ] = ""
    education: Annotated[
        str,
        _Facultative(
            "Niveau de formation",
            Kind.CHOICE,
            width=24,
            choices=lists.EDUCATION,
            help="Liste de la plateforme de l'inclusion.",
            search=Search.LABEL,
        ),
    ] = ""
    unemployment: Annotated[
        str,
        _Facultative(
            "Durée d'inscription à France Travail",
            Kind.CHOICE,
            width=18,
            choices=lists.UNEMPLOYMENT,
            help="À l'entrée.",
            search=Search.LABEL,
        ),
    ] = ""
    rsa: Annotated[
        str,
        _Facultative(
            "RSA",
            Kind.CHOICE,
            width=14,
            choices=lists.RSA,
            help="À l'entrée.",
            search=Search.LABEL,
        ),
    ] = ""
    ass: Annotated[bool | None, _YesNo("ASS")] = None
    aah: Annotated[bool | None, _YesNo("AAH")] = None
    rqth: Annotated[bool | None, _YesNo("RQTH")] = None
    qpv: Annotated[bool | None, _YesNo("QPV")] = None
    zrr: Annotated[bool | None, _YesNo("ZRR / FRR", aliases=("ZRR", "FRR", "ZFRR"))] = None
    pass_number: Annotated[
        str,
        _Facultative(
            "N° PASS IAE",
            width=17,
            help="12 chiffres, comme sur la plateforme de l'inclusion.",
            aliases=("N° de PASS IAE", "Numéro PASS IAE", "Numéro de PASS IAE", "N° PASS"),
            search=Search.NO,
            data=Data.CODE,
            pack=PASS,
        ),
    ] = ""
    pass_start: Annotated[
        date | None,
        _Day(
            "Début de PASS IAE",
            help="jj/mm/aaaa",
            aliases=("Début du PASS IAE", "Date de début du PASS IAE"),
            pack=PASS,
        ),
    ] = None
    pass_suspended_until: Annotated[
        date | None,
        _Day(
            "PASS suspendu jusqu'au",
            help="jj/mm/aaaa. Vide : le PASS n'est pas suspendu.",
            aliases=("PASS IAE suspendu jusqu'au",),
            pack=PASS,
        ),
    ] = None
    contract_start: Annotated[
        date | None,
        _Day(
            "Début de contrat",
            help="jj/mm/aaaa",
            aliases=("Début du contrat", "Date de début de contrat"),
            pack=PASS,
        ),
    ] = None
    referent: Annotated[
        str,
        _Facultative(
            "Référent unique",
            width=22,
            help="Qui suit la personne au titre de la loi pour le plein emploi : nom, organisme. "
            "Ni l'orienteur, ni le prescripteur.",
            search=Search.LABEL,
            data=Data.NAME,
            pack=REFERENT,
        ),
    ] = ""
    france_travail: Annotated[
        str,
        _Facultative(
            "Catégorie France Travail",
            Kind.CHOICE,
            width=12,
            choices=lists.FRANCE_TRAVAIL,
            help="A à G. F : parcours social ; G : en attente d'orientation.",
            search=Search.LABEL,
            pack=REFERENT,
        ),
    ] = ""
    engagement_contract: Annotated[
        date | None,
        _Day(
            "Contrat d'engagement le",
            help="jj/mm/aaaa. Signature du contrat d'engagement avec France Travail ou le "
            "référent unique.",
            pack=REFERENT,
        ),
    ] = None
    autonomy: Annotated[
        int | None,
        _Facultative(
            "Autonomie (1 à 5)",
            Kind.INTEGER,
            width=11,
            help="Dans la recherche d'emploi : de 1 (peu autonome) à 5 (très autonome).",
            aliases=("Autonomie",),
            limits=(1, 5),
            pack=AFTER,
        ),
    ] = None
    later_situation: Annotated[
        LaterSituation | None,
        _Facultative(
            "Situation à 6 mois",
            Kind.CHOICE,
            width=20,
            choices=lists.LATER_SITUATION,
            help="Six mois après la sortie. Injoignable : demandée sans réponse.",
            pack=AFTER,
        ),
    ] = None
    later_on: Annotated[
        date | None,
        _Day(
            "Relevée le",
            help="jj/mm/aaaa. Jour où la situation à 6 mois a été demandée.",
            pack=AFTER,
        ),
    ] = None
    keep_until: Annotated[
        date | None,
        _Day(
            "À garder jusqu'au",
            help="jj/mm/aaaa. Au-delà de la durée de conservation, seulement pour un motif.",
            pack=KEEPING,
        ),
    ] = None
    keep_reason: Annotated[
        str,
        _Facultative(
            "Parce que",
            Kind.TEXT,
            width=24,
            help="Pourquoi garder : contrôle du FSE en cours, contentieux… Sans santé ni justice.",
            aliases=("À garder parce que",),
            search=Search.STORY,
            pack=KEEPING,
        ),
    ] = ""
    #: The team's own columns, by heading, as typed: statistics may be broken down by them.
    extra: Mapping[str, object] = Field(default_factory=dict)

    @cached_property
    def person(self) -> str:
        """`Personne`, always computed by us, whatever its cell holds."""
        return full_name(self.last_name, self.first_name, self.precision)

    @property
    def key(self) -> str:
        """What tells a pathway from another of the same person: when it began."""
        return line_key(self.began)

    @property
    def began(self) -> date | None:
        """The day from which the pathway counts; a pré-accueil alone is a beginning too."""
        return self.registered or self.interview or self.pre_reception

    def is_active(self, day: date) -> bool:
        """Whether the pathway is in the active file: registered by that day, not gone before it.

        The day of the exit itself is still a day of the pathway. One whose registration cannot be
        read has begun: nobody is out of sight for that.
        """
        if self.registered is None and "registered" not in self.unreadable:
            return False
        if self.registered is not None and self.registered > day:
            return False
        return self.exited is None or self.exited >= day

    def is_paused(self, day: date) -> bool:
        """On pause: until the date typed, that day included, nothing about the person is late."""
        return self.paused_until is not None and day <= self.paused_until
