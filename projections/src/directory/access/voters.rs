//! People who may be told to decide a request, with what they may.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::access::decide::{Asked, ObjectView, Session, decide};
use domain::access::model::{Human, Level, Obligation, ObligationSet, RelationSet};
use domain::access::{Permission, Relation};
use domain::access_request::known::Decider;
use domain::kernel::{PersonId, UnitId};

use super::facts::Sources;
use crate::directory::principal::{Principal, principals};
use crate::error::ReadError;

/// Everybody who was asked about, and in whose place they act.
pub(super) struct Voters {
    asked: BTreeSet<PersonId>,
    people: BTreeMap<PersonId, Principal>,
    at: DateTime<Utc>,
}

impl Voters {
    /// Their worlds are those that are kept; whoever lends one of them something is asked for then.
    pub(super) async fn read(
        sources: Sources<'_>,
        asked: BTreeSet<PersonId>,
        at: DateTime<Utc>,
    ) -> Result<Self, ReadError> {
        let mut voters = Self { people: BTreeMap::new(), asked, at };
        voters.add(sources, voters.asked.clone()).await?;
        let held = voters.people.values().flat_map(|known| known.world.held());
        let lenders: BTreeSet<PersonId> = held.filter_map(|held| held.grant.delegated_by).collect();
        voters.add(sources, lenders).await?;
        Ok(voters)
    }

    async fn add(
        &mut self,
        sources: Sources<'_>,
        people: BTreeSet<PersonId>,
    ) -> Result<(), ReadError> {
        let missing = people.iter().filter(|person| !self.people.contains_key(person));
        let missing: Vec<_> = missing.map(|person| person.0).collect();
        if !missing.is_empty() {
            let found = principals(sources.pool, sources.worlds, &missing, self.at).await?;
            self.people.extend(found.into_iter().map(|known| (known.who.person, known)));
        }
        Ok(())
    }

    /// Who answers to one of these humans.
    pub(super) fn subordinates(&self, humans: &BTreeSet<Human>) -> BTreeSet<PersonId> {
        let known = humans.iter().filter_map(|human| Some((human.0, self.people.get(&human.0)?)));
        let theirs = known.flat_map(|(person, known)| {
            known.who.people.iter().copied().filter(move |other| *other != person)
        });
        theirs.collect()
    }

    /// The active ones who may decide what this person, of these units, is to have; and how far.
    pub(super) fn deciders(
        &self,
        about: Option<(PersonId, &BTreeSet<UnitId>)>,
    ) -> BTreeMap<PersonId, Decider> {
        let active = self.asked.iter().filter_map(|person| self.people.get(person));
        let deciders = active.filter(|known| known.active).filter_map(|known| {
            let level = self.level(known, about)?;
            let person = known.who.person;
            Some((person, Decider { human: Human(person), level }))
        });
        deciders.collect()
    }

    /// The highest level at which they may; what goes with it is met when they vote.
    fn level(
        &self,
        known: &Principal,
        about: Option<(PersonId, &BTreeSet<UnitId>)>,
    ) -> Option<Level> {
        let relation = |known: &Principal| -> RelationSet {
            let to = about.map(|(person, units)| Relation::to_person(&known.who, person, units));
            to.unwrap_or_default().into()
        };
        let lenders = known.world.held().iter().filter_map(|held| held.grant.delegated_by);
        let lenders = lenders.filter_map(|lender| Some((lender, self.people.get(&lender)?)));
        let met = [Obligation::StepUpMfa, Obligation::ReasonRequired, Obligation::Watch];
        let session = Session { met: ObligationSet::from(met.to_vec()), ..Session::default() };
        let mut object = ObjectView {
            relation: relation(known),
            delegators: lenders.map(|(id, lender)| (id, relation(lender))).collect(),
            ..ObjectView::default()
        };
        let action = Permission::AccessDecide.into();
        let mut may = |level: u8| {
            object.required_level = Level(level);
            let (object, at, session) = (&object, self.at, &session);
            let asked = Asked { action: &action, object, fields: &[], at, session };
            decide(&known.world, &asked).reason.is_none()
        };
        if !may(0) {
            return None;
        }
        // Whoever reaches a level reaches all below.
        let (mut reached, mut beyond) = (0u8, 256u16);
        while u16::from(reached) + 1 < beyond {
            let between = ((u16::from(reached) + beyond) / 2) as u8;
            if may(between) {
                reached = between;
            } else {
                beyond = between.into();
            }
        }
        Some(Level(reached))
    }
}
