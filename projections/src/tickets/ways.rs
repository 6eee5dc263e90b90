//! By which ways a reader has to do with the tickets of their view, as far as an index knows them.

use std::collections::BTreeSet;

use domain::access::Who;
use domain::access::filter::Predicate;
use domain::access::model::{RelationName, RelationSet};
use domain::kernel::UnitId;
use uuid::Uuid;

use super::arm::Arm;
use super::scope::View;

/// The ways, those with the most tickets first.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub(super) arms: Vec<Arm>,
    /// Whether each ticket of the view comes by one of them.
    pub(super) complete: bool,
    /// Whether it is enough that a ticket comes by one.
    pub(super) enough: bool,
}

/// The ways of this view.
pub(super) fn of(view: &View) -> Ways {
    match view.filter.predicate() {
        // What has to be true besides is asked of the few that come by the ways of one part.
        Predicate::All(parts) => {
            let found = parts.iter().map(|part| any(view, part)).find(|ways| ways.complete);
            Ways { enough: false, ..found.unwrap_or_default() }
        }
        part => any(view, part),
    }
}

fn any(view: &View, part: &Predicate) -> Ways {
    let parts = match part {
        Predicate::Any(parts) => parts,
        part => std::slice::from_ref(part),
    };
    let mut met = Met::default();
    let mut complete = true;
    for part in parts {
        complete &= match part {
            Predicate::Within(place) => {
                met.units.extend(view.world.rules().tree().units_within(place));
                true
            }
            Predicate::Stands { delegator, all } => match view.who(*delegator) {
                Some(who) => met.add(who, *all),
                // Nobody has lent it: no ticket comes by it.
                None => true,
            },
            _ => false,
        };
    }
    // Who places what is given to nobody sees all of it, and so what waits for that.
    complete &= met.unplaced || !met.dispatches;
    Ways { arms: met.into_arms(), complete, enough: true }
}

/// The arms of one relation; none where no arm says it.
pub(super) fn of_relation(who: &Who, relation: RelationName) -> Option<Vec<Arm>> {
    let mut met = Met::default();
    let known = met.add(who, [relation].into_iter().collect());
    (known && !met.dispatches).then(|| met.into_arms())
}

/// What is met by the ways that were added, column by column.
#[derive(Debug, Default)]
struct Met {
    units: BTreeSet<UnitId>,
    clients: Vec<Uuid>,
    selves: Vec<Uuid>,
    people: Vec<Uuid>,
    last_holders: Vec<Uuid>,
    holders: Vec<Uuid>,
    assignees: Vec<Uuid>,
    watchers: Vec<Uuid>,
    unplaced: bool,
    dispatches: bool,
}

impl Met {
    /// Adds what this person stands to in a single relation; whether there is a way for it.
    fn add(&mut self, who: &Who, all: RelationSet) -> bool {
        let mut names = all.names();
        let (Some(name), None) = (names.next(), names.next()) else { return false };
        let me = who.person.0;
        match name {
            RelationName::Own => self.selves.push(me),
            RelationName::Leads => self.clients.extend(who.clients.iter().map(|client| client.0)),
            RelationName::Assigned => self.assignees.push(me),
            RelationName::Holds => self.holders.push(me),
            RelationName::HeldLast => self.last_holders.push(me),
            RelationName::Member => self.units.extend(&who.units),
            RelationName::Unassigned => return false,
            RelationName::Heads => self.units.extend(&who.heads),
            RelationName::Answers => self.people.extend(who.people.iter().map(|person| person.0)),
            RelationName::Dispatches => self.dispatches |= who.dispatches,
            RelationName::Unplaced => self.unplaced |= who.dispatches,
            RelationName::Watches => self.watchers.push(me),
        }
        true
    }

    fn into_arms(self) -> Vec<Arm> {
        let among = |column, ids: Vec<Uuid>| (!ids.is_empty()).then_some(Arm::Among(column, ids));
        let own = [self.clients, self.selves].concat();
        let authors = [own.clone(), self.people].concat();
        let assigned = (!self.assignees.is_empty()).then_some(Arm::Assigned(self.assignees));
        let arms = [
            among("t.unit_id", self.units.iter().map(|unit| unit.0).collect()),
            among("t.author_id", authors),
            among("t.requester_id", own),
            among("t.last_holder_id", self.last_holders),
            among("t.holder_id", self.holders),
            assigned,
        ];
        let watched = self.watchers.into_iter().map(Arm::Watched);
        let unplaced = self.unplaced.then_some(Arm::Unplaced);
        arms.into_iter().flatten().chain(watched).chain(unplaced).collect()
    }
}
