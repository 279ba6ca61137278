"""The checks: what is missing, late or inconsistent, as findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import fold
from cedre_xlsx.rules import (
    attendance,
    company_hours,
    contract_over,
    engagement_reviews,
    engagements,
    exits,
    follow_up,
    follow_up_lines,
    immersions,
    lacks,
    later_situation,
    mission_hours,
    mission_reviews,
    missions,
    new_year,
    notes_of_others,
    pass_iae,
    people,
    personal_data,
    plausible_days,
    plausible_people,
    plausible_words,
    plausible_years,
    reading,
    workbook_losses,
    workbook_marks,
    workbook_state,
)
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.findings import to_findings, unknown_codes
from cedre_xlsx.rules.rule import Rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Problem
from cedre_xlsx.schema.late import Late
from cedre_xlsx.schema.records import Records

#: Every rule, in the order of its code.
RULES: tuple[Rule, ...] = (
    reading.missing,
    reading.outside_the_table,
    reading.date_not_understood,
    reading.deadline_not_understood,
    reading.number_not_understood,
    reading.deadline_is_a_condition,
    reading.outside_a_closed_list,
    reading.outside_an_open_list,
    reading.date_typed_as_text,
    reading.error_value,
    reading.older_template,
    reading.wrong_setting,
    reading.second_candidate,
    reading.table_laid_over,
    reading.formula_without_value,
    plausible_words.wrong_weekday,
    plausible_words.text_alone,
    mission_hours.unsure_hours,
    people.same_person_twice,
    people.nearly_same_name,
    people.dates_out_of_order,
    people.no_advisor,
    people.no_request,
    lacks.no_proposal,
    lacks.no_engagement,
    lacks.no_contact,
    exits.mission_after_exit,
    exits.activity_after_exit,
    exits.open_after_exit,
    exits.exit_without_reason,
    lacks.no_work,
    lacks.ending_soon,
    lacks.ended,
    missions.barrier_of_nobody,
    plausible_years.people_year,
    plausible_people.implausible_age,
    plausible_people.unknown_advisor,
    plausible_people.registered_elsewhen,
    lacks.never_registered,
    people.malformed_pass_number,
    pass_iae.prolongation_open,
    pass_iae.grounds_open,
    pass_iae.closing_possible,
    pass_iae.old_rules,
    contract_over.exit_to_record,
    contract_over.exit_pressing,
    contract_over.exit_overdue,
    later_situation.later_to_ask,
    later_situation.later_overdue,
    later_situation.later_incomplete,
    later_situation.later_far,
    follow_up.unknown_person,
    follow_up.no_deadline,
    follow_up.late,
    follow_up.moved_often,
    follow_up.due_soon,
    follow_up.deadline_before_date,
    follow_up.done_without_outcome,
    follow_up.done_in_the_future,
    follow_up_lines.no_time,
    follow_up_lines.implausible_time,
    follow_up_lines.no_objective,
    follow_up.deadline_on_a_day_off,
    follow_up_lines.code_without_engagement,
    follow_up_lines.unknown_reference,
    follow_up_lines.no_status,
    follow_up_lines.group_not_marked,
    plausible_years.action_year,
    plausible_days.action_before_pathway,
    plausible_days.told_in_advance,
    plausible_days.action_ten_times,
    plausible_words.done_but_open,
    plausible_words.name_written_otherwise,
    follow_up.status_to_specify,
    attendance.reason_without_absence,
    attendance.absence_without_reason,
    attendance.done_without_the_person,
    attendance.absences_in_a_row,
    engagements.element_missing,
    engagements.malformed_reference,
    engagements.double_reference,
    engagements.reference_of_another_type,
    engagements.unknown_person,
    engagements.deadline_too_long,
    engagements.deadline_before_date,
    engagement_reviews.late_review,
    engagement_reviews.review_soon,
    engagement_reviews.review_before_date,
    engagement_reviews.review_without_answer,
    engagement_reviews.no_without_comment,
    engagement_reviews.follow_up_not_opened,
    engagement_reviews.step_outside_the_grid,
    engagements.means_of_one_side,
    engagement_reviews.not_handed_over,
    engagement_reviews.several_open,
    engagement_reviews.nothing_under_it,
    engagements.pasted,
    plausible_years.engagement_year,
    plausible_days.engagement_before_pathway,
    plausible_days.engagement_told_in_advance,
    plausible_days.engagement_ten_times,
    plausible_people.unknown_advisor_of_engagement,
    missions.unknown_person,
    missions.dates_reversed,
    missions.twice,
    mission_hours.implausible_hours,
    missions.malformed_rome,
    missions.outside_the_pathway,
    plausible_years.mission_year,
    plausible_days.mission_told_in_advance,
    missions.no_base,
    company_hours.near_ceiling,
    company_hours.past_ceiling,
    immersions.immersion_too_long,
    immersions.too_long_with_one_host,
    mission_reviews.mission_without_review,
    missions.without_start,
    personal_data.social_security_number,
    personal_data.bank_number,
    personal_data.contact_in_text,
    personal_data.sensitive_word,
    personal_data.kept_too_long,
    notes_of_others.note_of_nobody,
    personal_data.kept_without_reason,
    personal_data.no_longer_kept,
    workbook_state.list_lost,
    workbook_state.colours_in_pieces,
    workbook_state.merged_cells,
    workbook_state.hidden_rows,
    workbook_state.person_overwritten,
    workbook_state.rival_copy,
    workbook_losses.lists_gone,
    workbook_losses.lists_dead,
    workbook_losses.table_lost,
    workbook_losses.formulas_lost,
    workbook_losses.protection_gone,
    workbook_losses.form_broken,
    workbook_losses.colours_gone,
    workbook_losses.sheet_shown,
    workbook_marks.mark_lost,
    workbook_marks.mark_elsewhere,
    workbook_losses.helps_short,
    workbook_losses.guards_gone,
    workbook_state.merge_waits,
    new_year.total_changed,
    new_year.figure_changed,
)


def run(
    records: Records, problems: Iterable[Problem], *, on: date, late: Iterable[Late] = ()
) -> tuple[Finding, ...]:
    """Everything that the reader and the rules object to on that day, in the sheets' order.

    `problems` are the reader's; `late` what the workbook of the year before says otherwise than
    when this one was begun. Nothing is said of anonymous lines. Severities are those of
    Paramètres where it sets them; the previous Contrôle gives since when a finding is seen, and
    whether the team accepted it.
    """
    anonymous, records = records.anonymous_rows, records.living
    context = Context(records, on, tuple(late))
    rules = {rule.code: rule for rule in RULES}
    read = (one for one in problems if (one.place.sheet, one.place.row) not in anonymous)
    found = [*read, *unknown_codes(records.settings, rules)]
    for rule in RULES:
        found += rule.problems(context)
    return to_findings(records, _one_story(found), rules, on)


#: What is not said of a cell whose date cannot be meant: how it is typed, what day it falls on.
_LESSER = frozenset({"LEC09", "SUI12"})
_NOT_MEANT = frozenset(
    {"LEC16", "PER17", "PER20", "SUI17", "SUI18", "SUI20", "ENG20", "ENG21", "ENG23", "MIS07"}
)


def _one_story(problems: list[Problem]) -> list[Problem]:
    """The problems without those that take for sure what another says cannot be meant."""
    places = {one.place for one in problems if one.code in _NOT_MEANT}
    return [one for one in problems if one.code not in _LESSER or one.place not in places]


def find_rule(code: str) -> Rule:
    """The rule of a code, or of a French name, in any case; CedreError with the nearest code when
    there is none.
    """
    wanted = code.strip().upper()
    for rule in RULES:
        if rule.code == wanted or fold(rule.name) == fold(code):
            return rule
    likely = nearest(wanted, (rule.code for rule in RULES), limit=1)
    raise CedreError(
        f"Aucune règle {quoted(code)}."
        + (f" Vouliez-vous dire {likely[0]} ?" if likely else "")
        + " La liste : cedre-xlsx rules."
    )
