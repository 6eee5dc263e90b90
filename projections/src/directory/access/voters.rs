//! People who may be told to decide a request, with what they may.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::access::decide::{Asked, ObjectView, Session, decide};
use domain::access::model::{Human, Level, Obligation, ObligationSet};
use domain::access::{Permission, Relation, Who};
use domain::access_request::known::Decider;
use domain::kernel::{PersonId, UnitId};

use super::facts::Sources;
use super::settled::Settled;
use crate::directory::principal::{Principal, principals};
use crate::error::ReadError;

/// Everybody who was asked about.
pub(super) struct Voters<'a> {
    settled: &'a Settled,
    people: BTreeMap<PersonId, Principal>,
    at: DateTime<Utc>,
}

impl<'a> Voters<'a> {
    /// Their worlds are those that are kept.
    pub(super) async fn read(
        sources: Sources<'_>,
        (asked, settled): (BTreeSet<PersonId>, &'a Settled),
        at: DateTime<Utc>,
    ) -> Result<Self, ReadError> {
        let asked: Vec<_> = asked.iter().map(|person| person.0).collect();
        let found = principals(sources.pool, sources.worlds, &asked, at).await?;
        let people = found.into_iter().map(|known| (known.who.person, known)).collect();
        Ok(Self { settled, people, at })
    }

    /// Who answers to one of these humans, with whichever accounts.
    pub(super) fn subordinates(&self, humans: &BTreeSet<Human>) -> BTreeSet<PersonId> {
        let accounts = humans.iter().flat_map(|human| self.settled.humans.people(*human));
        let known = accounts.filter_map(|person| Some((person, self.people.get(&person)?)));
        let theirs = known.flat_map(|(person, known)| {
            known.who.people.iter().copied().filter(move |other| *other != person)
        });
        self.settled.humans.all(&theirs.collect())
    }

    /// The active ones who may decide what this person, of these units, is to have; and how far.
    pub(super) fn deciders(
        &self,
        about: Option<(PersonId, &BTreeSet<UnitId>)>,
    ) -> BTreeMap<PersonId, Decider> {
        let active = self.people.values().filter(|known| known.active);
        let deciders = active.filter_map(|known| {
            let level = self.level(known, about)?;
            let person = known.who.person;
            Some((person, Decider { human: self.settled.humans.behind(person), level }))
        });
        deciders.collect()
    }

    /// The highest level at which they may; what goes with it is met when they vote.
    fn level(
        &self,
        known: &Principal,
        about: Option<(PersonId, &BTreeSet<UnitId>)>,
    ) -> Option<Level> {
        let relation = |who: &Who| {
            let to = about.map(|(person, units)| Relation::to_person(who, person, units));
            to.unwrap_or_default()
        };
        let met = [Obligation::StepUpMfa, Obligation::ReasonRequired, Obligation::Watch];
        let session = Session { met: ObligationSet::from(met.to_vec()), ..Session::default() };
        let mut object = ObjectView::as_seen(&known.who, relation);
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
