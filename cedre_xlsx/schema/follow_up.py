"""`Suivi`: the dated lines of the individual sheet (exemple n°4)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cedre_xlsx.method.hand_overs import is_hand_over
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import AbsenceReason, Actor, Attendance, Status
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import WHOSE, Column, Data, EntryRow, Kind, Search, line_key
from cedre_xlsx.schema.packs import REFERENT


class FollowUpRow(EntryRow):
    """One dated action of one person."""

    person: Annotated[str, WHOSE] = ""
    dated: Annotated[
        DatedText | None,
        Column(
            "Dates",
            Kind.DATED_TEXT,
            width=14,
            required=True,
            dates_line=True,
            help="jj/mm/aaaa. Une remarque peut suivre : 18/04/2026 tél.",
            aliases=("Date",),
            search=Search.STORY,
        ),
    ] = None
    action: Annotated[
        str,
        Column(
            "Actions proposées par l'AI / ETTI",
            width=44,
            required=True,
            help="Ce qui est proposé ou fait : par la structure, la personne, ou ensemble.",
            aliases=("Actions proposées", "Actions"),
            search=Search.STORY,
        ),
    ] = ""
    objective: Annotated[
        str,
        Column(
            "Objectifs poursuivis", width=34, help="Pourquoi cette action.", search=Search.STORY
        ),
    ] = ""
    engagement: Annotated[
        str | None,
        Column(
            "Engagement",
            Kind.CODE,
            width=12,
            help="Code du type d'engagement : CP, SA, T, MPP, D ou VP.",
            aliases=("Code engagement",),
        ),
    ] = None
    deadline: Annotated[
        Deadline | None,
        Column(
            "Échéance / délai",
            Kind.DEADLINE,
            width=18,
            help="Une date, ou un texte qui en contient une : 02/05/2026 pour entretien bilan, "
            "sous 15 jours, fin juin. Échéance reportée : 13/02/26 reporté au 13/03/26.",
            aliases=("Échéance", "Délai"),
            search=Search.STORY,
        ),
    ] = None
    status: Annotated[
        Status | None,
        Column(
            "Statut",
            Kind.CHOICE,
            width=15,
            choices=lists.STATUS,
            help="(1) à proposer, (2) en cours, (3) réalisée ; Sans suite si refusée ou annulée.",
        ),
    ] = None
    outcome: Annotated[
        str,
        Column(
            "Suites données / Décisions prises",
            width=40,
            help="Ce qui a été décidé ou constaté ensuite.",
            aliases=("Suites données Décisions prises (actions / moyens,...)", "Suites données"),
            search=Search.STORY,
        ),
    ] = ""
    minutes: Annotated[
        int | None,
        Column(
            "Temps consacré",
            Kind.DURATION,
            width=11,
            help="45 min, 1h30 ou un nombre de minutes.",
            aliases=("Temps",),
        ),
    ] = None
    reference: Annotated[
        str,
        Column(
            "Réf. engagement",
            Kind.REFERENCE,
            width=15,
            facultative=True,
            help="La référence de l'engagement concerné.",
            search=Search.LABEL,
        ),
    ] = ""
    by_whom: Annotated[
        Actor | None,
        Column(
            "Par qui",
            Kind.CHOICE,
            width=13,
            facultative=True,
            choices=lists.ACTOR,
            help="La structure, la personne ou ensemble.",
        ),
    ] = None
    participant: Annotated[
        str,
        Column(
            "Intervenant",
            width=16,
            facultative=True,
            help="Qui a mené l'action.",
            search=Search.LABEL,
            data=Data.NAME,
        ),
    ] = ""
    to_discuss: Annotated[
        bool | None,
        Column(
            "À discuter",
            Kind.YES_NO,
            width=10,
            facultative=True,
            choices=lists.YES_NO,
            help="OUI : à l'ordre du jour de la prochaine réunion.",
        ),
    ] = None
    collective: Annotated[
        bool | None,
        Column(
            "Collectif",
            Kind.YES_NO,
            width=10,
            facultative=True,
            choices=lists.YES_NO,
            help="OUI : action de groupe, dont le temps compte une seule fois.",
        ),
    ] = None

    attendance: Annotated[
        Attendance | None,
        Column(
            "Présence",
            Kind.CHOICE,
            width=16,
            facultative=True,
            choices=lists.ATTENDANCE,
            help="La personne est-elle venue ?",
            pack=REFERENT,
        ),
    ] = None
    absence_reason: Annotated[
        AbsenceReason | None,
        Column(
            "Motif d'absence",
            Kind.CHOICE,
            width=18,
            facultative=True,
            choices=lists.ABSENCE_REASON,
            help="En un mot de la liste, sans détail : Santé suffit.",
            pack=REFERENT,
        ),
    ] = None

    @property
    def key(self) -> str:
        """Its date and its action."""
        return line_key(self.day or (self.dated.text if self.dated else ""), self.action)

    @property
    def day(self) -> date | None:
        """The date of the line, without its remark."""
        return self.dated.day if self.dated else None

    @property
    def due(self) -> date | None:
        """The date that counts for what is late."""
        return self.deadline.day if self.deadline else None

    @property
    def is_hand_over(self) -> bool:
        """Whether it notes that a paper was handed over: nothing was done with the person."""
        return is_hand_over(self.action)

    def is_open(self, on: date) -> bool:
        """Whether something is still awaited on that day.

        Without a Statut, that is while the line has no outcome, or has its deadline still to come:
        it is not said to be done for all that.
        """
        if self.status is not None:
            return self.status in (Status.TO_PROPOSE, Status.UNDER_WAY)
        return not self.outcome or (self.due is not None and self.due >= on)

    def needs_status(self, on: date) -> bool:
        """Whether it has an outcome and a deadline that is past, and no Statut: done, or not?"""
        if self.status is not None or not self.lacks("status"):
            return False
        return bool(self.outcome) and self.due is not None and self.due < on
