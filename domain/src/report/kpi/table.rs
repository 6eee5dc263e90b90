//! One ticket after another into key figures.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::months::parts;
use super::{AGES, Group, Grouping, KeyFigures, KpiQuestion, KpiTable, Place};
use crate::kernel::{PersonId, UnitId};
use crate::report::case::{Case, Noted, Outcome, in_force};
use crate::sla::stopwatch::{Calendars, ClockState, UnknownCalendar, What};

impl KpiTable {
    /// Counts one more ticket.
    ///
    /// # Errors
    /// A calendar of its terms is not at hand.
    pub fn take<C: Calendars>(
        &mut self,
        question: &KpiQuestion,
        case: &Case,
        calendars: &C,
    ) -> Result<(), UnknownCalendar> {
        if case.outcome(question.at).is_none_or(|outcome| outcome == Outcome::Merged) {
            return Ok(());
        }
        self.opening(question, case);
        self.resolutions(question, case);
        self.backlog(question, case);
        self.handling(question, case);
        self.resolved(question, case, calendars)
    }

    fn figures(&mut self, question: &KpiQuestion, place: Place) -> Option<&mut KeyFigures> {
        question.group(place).map(|group| self.0.entry(group).or_default())
    }

    fn opening(&mut self, question: &KpiQuestion, case: &Case) {
        let Some(at) = case.opened_at().filter(|at| question.is_within(*at)) else { return };
        let author = case.opening().map(|opening| opening.author);
        if let Some(figures) = self.figures(question, (at, unit_at(case, at), author)) {
            figures.opened += 1;
        }
    }

    fn resolutions(&mut self, question: &KpiQuestion, case: &Case) {
        for noted in case.resolutions().iter().filter(|noted| question.is_within(noted.at)) {
            let undone = is_undone(case, noted, question.at);
            if let Some(figures) = self.figures(question, place(case, noted)) {
                figures.resolutions += 1;
                figures.undone += u64::from(undone);
            }
        }
    }

    fn resolved<C: Calendars>(
        &mut self,
        question: &KpiQuestion,
        case: &Case,
        calendars: &C,
    ) -> Result<(), UnknownCalendar> {
        let last = case.resolution(question.at).filter(|noted| question.is_within(noted.at));
        let (Some(last), Some(opened_at)) = (last, case.opened_at()) else { return Ok(()) };
        if let Some(figures) = self.figures(question, place(case, last)) {
            let readings = case.course().at(question.at, calendars)?;
            figures.resolved.count(&readings);
            figures.resolution_seconds += match readings.deadline.state {
                ClockState::None => (last.at - opened_at).num_seconds(),
                _ => readings.deadline.used_seconds,
            };
            let reassigned = is_reassigned(case, question.at);
            figures.reassigned += u64::from(reassigned);
            figures.first_contact += u64::from(!reassigned && is_first_contact(case, last));
        }
        Ok(())
    }

    fn backlog(&mut self, question: &KpiQuestion, case: &Case) {
        let Some(opened_at) = case.opened_at() else { return };
        for end in question.ends() {
            if case.outcome(end) != Some(Outcome::Open) {
                continue;
            }
            let days = (end - opened_at).num_days();
            let age = AGES.iter().rposition(|from| *from <= days).unwrap_or_default();
            let unit = unit_at(case, end);
            for group in groups(question, (end, unit), &people_at(case, end)) {
                self.0.entry(group).or_default().backlog[age] += 1;
            }
        }
    }

    fn handling(&mut self, question: &KpiQuestion, case: &Case) {
        let until = question.to.min(question.at);
        for hold in case.holds() {
            let unit = unit_at(case, hold.from);
            let (from, to) = (hold.from.max(question.from), hold.to.unwrap_or(until).min(until));
            let pieces = match question.by {
                Grouping::Month => parts(from, to).collect(),
                _ => vec![(from, to)],
            };
            for (from, to) in pieces.into_iter().filter(|(from, to)| from < to) {
                if let Some(figures) = self.figures(question, (from, unit, Some(hold.holder))) {
                    figures.handling_seconds += (to - from).num_seconds();
                }
            }
        }
    }
}

fn place(case: &Case, noted: &Noted<Option<PersonId>>) -> Place {
    (noted.at, unit_at(case, noted.at), noted.value)
}

/// The groups of a ticket that several people have: each of them once.
fn groups(
    question: &KpiQuestion,
    (at, unit): (DateTime<Utc>, Option<UnitId>),
    people: &BTreeSet<Option<PersonId>>,
) -> BTreeSet<Group> {
    people.iter().filter_map(|person| question.group((at, unit, *person))).collect()
}

fn unit_at(case: &Case, at: DateTime<Utc>) -> Option<UnitId> {
    in_force(case.targets(), at)?.unit
}

/// Whose it was at an instant: the holder's, else those it was given to; nobody's otherwise.
fn people_at(case: &Case, at: DateTime<Utc>) -> BTreeSet<Option<PersonId>> {
    if let Some(Some(holder)) = in_force(case.holders(), at) {
        return [Some(*holder)].into();
    }
    let assignees = in_force(case.targets(), at).map(|target| &target.assignees);
    match assignees.filter(|assignees| !assignees.is_empty()) {
        Some(assignees) => assignees.iter().copied().map(Some).collect(),
        None => [None].into(),
    }
}

fn is_undone(case: &Case, noted: &Noted<Option<PersonId>>, at: DateTime<Utc>) -> bool {
    let mut marks = case.course().marks().iter().take_while(|mark| mark.at <= at);
    marks.any(|mark| mark.sequence > noted.sequence && matches!(mark.what, What::Reopened(_)))
}

fn is_reassigned(case: &Case, at: DateTime<Utc>) -> bool {
    let units = case.targets().iter().take_while(|noted| noted.at <= at);
    units.map(|noted| noted.value.unit).collect::<BTreeSet<_>>().len() > 1
}

/// Solved once, by the only person who ever worked on it.
fn is_first_contact(case: &Case, last: &Noted<Option<PersonId>>) -> bool {
    let first = case.holders().iter().find_map(|noted| noted.value);
    let only = case.resolutions().first().is_some_and(|it| it.sequence == last.sequence);
    only && first.is_some()
        && first == last.value
        && case.holds().all(|it| Some(it.holder) == first)
}
