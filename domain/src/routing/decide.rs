//! The routing decision.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::explanation::{Outcome, PassedOver, Routing, Why};
use super::question::{Candidate, Question, RoutedUnit, Target};
use crate::kernel::{PersonId, SubjectId};
use crate::subject::event::DefaultsChosen;
use crate::unit::RoutingMethod;

/// An explanation that names more people explains nothing.
const PASSED_OVER_MAX: usize = 50;

/// Whom the ticket goes to on this day (in UTC), and why.
pub fn route(question: &Question, today: NaiveDate) -> Target {
    let nothing_more = DefaultsChosen::default();
    let subject = question.subject.as_ref().filter(|_| question.item.is_none());
    let said = subject.map(|(id, _)| *id);
    let asked = match (question.item, subject) {
        // R9
        (Some(_), _) => &nothing_more,
        (None, Some((_, asked))) if asked.unit.is_some() => asked,
        (None, _) => return dispatch(Outcome::NoUnit, said),
    };
    let unit = question.unit.as_ref();
    let Some(unit) = unit.filter(|unit| unit.kind.takes_tickets() && !unit.closed) else {
        return dispatch(Outcome::UnitClosed, said);
    };
    let as_a_whole = Target {
        unit: Some(unit.id),
        assignees: BTreeSet::new(),
        routing: Routing {
            item: question.item,
            method: Some(unit.method),
            skill: asked.skill.clone(),
            tier: asked.tier,
            ..plainly(Outcome::ToUnit, said)
        },
    };
    match unit.method {
        RoutingMethod::Pull => as_a_whole,
        RoutingMethod::LeastLoaded | RoutingMethod::RoundRobin => {
            to_somebody(as_a_whole, &Turns::of(unit, asked, today))
        }
    }
}

fn dispatch(outcome: Outcome, subject: Option<SubjectId>) -> Target {
    Target { unit: None, assignees: BTreeSet::new(), routing: plainly(outcome, subject) }
}

fn plainly(outcome: Outcome, subject: Option<SubjectId>) -> Routing {
    Routing {
        outcome,
        subject,
        item: None,
        method: None,
        skill: None,
        tier: None,
        deputy_of: None,
        load: None,
        passed_over: Vec::new(),
    }
}

/// R6, R7, R8.
fn to_somebody(mut target: Target, turns: &Turns<'_>) -> Target {
    let routing = &mut target.routing;
    let mut passed = turns.misfits.clone();
    if let Some(chosen) = turns.first() {
        let got_it = chosen.worker.person;
        target.assignees.insert(got_it);
        routing.outcome = Outcome::ToPerson;
        routing.load = Some(chosen.worker.load);
        routing.deputy_of = Some(chosen.whose.person).filter(|whose| *whose != got_it);
        for turn in &turns.turns {
            if ![got_it, chosen.whose.person].contains(&turn.whose.person) {
                passed.insert(turn.whose.person, turns.why_not(turn, chosen));
            }
        }
    } else {
        routing.outcome = Outcome::NobodyFits;
    }
    let passed = passed.into_iter().map(|(person, why)| PassedOver { person, why });
    routing.passed_over = passed.take(PASSED_OVER_MAX).collect();
    target
}

/// Somebody whose turn it may be, and who would do the work.
struct Turn<'a> {
    whose: &'a Candidate,
    worker: &'a Candidate,
}

/// R4, R5: all whose turn it may be, and why it is not that of the others.
struct Turns<'a> {
    method: RoutingMethod,
    turns: Vec<Turn<'a>>,
    misfits: BTreeMap<PersonId, Why>,
}

impl<'a> Turns<'a> {
    fn of(unit: &'a RoutedUnit, asked: &DefaultsChosen, today: NaiveDate) -> Self {
        let fits = |it: &&Candidate| it.misfit(asked, today).is_none();
        let stands_in = |deputy: PersonId| {
            let there = |it: &&Candidate| it.person == deputy && it.away(today).is_none();
            unit.people.iter().filter(fits).find(there)
        };
        let (mut turns, mut misfits) = (Vec::new(), BTreeMap::new());
        for whose in &unit.people {
            let worker = match (whose.misfit(asked, today), whose.away(today)) {
                (Some(why), _) => Err(why),
                (None, None) => Ok(whose),
                (None, Some(deputy)) => stands_in(deputy).ok_or(Why::Absent),
            };
            match worker {
                Ok(worker) => turns.push(Turn { whose, worker }),
                Err(why) => {
                    misfits.insert(whose.person, why);
                }
            }
        }
        Self { method: unit.method, turns, misfits }
    }

    fn first(&self) -> Option<&Turn<'a>> {
        self.turns.iter().min_by_key(|turn| self.order(turn.whose))
    }

    /// Whoever never had a ticket comes before all who had one.
    fn order(&self, whose: &Candidate) -> (u32, Option<DateTime<Utc>>, PersonId) {
        let load = if self.method == RoutingMethod::LeastLoaded { whose.load } else { 0 };
        (load, whose.last_given, whose.person)
    }

    fn why_not(&self, turn: &Turn<'_>, chosen: &Turn<'_>) -> Why {
        if self.order(turn.whose).0 > self.order(chosen.whose).0 {
            Why::MoreLoaded
        } else {
            Why::NotTheirTurn
        }
    }
}
