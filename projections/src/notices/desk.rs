//! The part of the desk that a batch can touch, in memory: who belongs where, and each event's
//! change of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::person::{Life, PersonKind, Role};
use domain::settings::STREAM_ID;
use uuid::Uuid;

use super::state::{Matter, Rules, Someone, Team, Wish};

/// Rows by identity.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    pub(super) people: BTreeMap<Uuid, Someone>,
    pub(super) units: BTreeMap<Uuid, Team>,
    pub(super) tickets: BTreeMap<Uuid, Matter>,
    pub(super) requests: BTreeMap<Uuid, Wish>,
    pub(super) settings: BTreeMap<Uuid, Rules>,
}

impl Desk {
    /// Applies an event that this actor made; never fails, ignores what cannot follow.
    pub(super) fn evolve(&mut self, fact: &Fact, actor: Option<PersonId>) {
        match fact {
            Fact::Person(id, event) => {
                let person = Someone::fold(self.people.remove(&id.0), *id, event);
                self.people.extend(person.map(|person| (id.0, person)));
            }
            Fact::Unit(id, event) => {
                let unit = Team::fold(self.units.remove(&id.0), *id, event);
                self.units.extend(unit.map(|unit| (id.0, unit)));
            }
            Fact::Settings(event) => {
                let rules = self.rules().after(event);
                self.settings.insert(STREAM_ID, rules);
            }
            Fact::Ticket(id, event) => {
                let ticket = self.ticket(*id).after(event, actor);
                self.tickets.insert(id.0, ticket);
            }
            Fact::Conversation(id, event) => {
                let ticket = self.ticket(*id).after_comment(event);
                self.tickets.insert(id.0, ticket);
            }
            Fact::TicketDossier(id, event) => {
                let ticket = self.ticket(*id).after_filing(event);
                self.tickets.insert(id.0, ticket);
            }
            Fact::AccessRequest(id, event) => {
                let wish = Wish::fold(self.requests.remove(&id.0), *id, event);
                self.requests.extend(wish.map(|wish| (id.0, wish)));
            }
            Fact::Subject(..)
            | Fact::CustomField(..)
            | Fact::Template(..)
            | Fact::Macro(..)
            | Fact::Queue(..)
            | Fact::Calendar(..)
            | Fact::SlaPlan(..)
            | Fact::Recurrence(..)
            | Fact::CiClass(..)
            | Fact::Ci(..)
            | Fact::Baseline(..)
            | Fact::ComplianceReport(..)
            | Fact::Role(..)
            | Fact::SodRule(..)
            | Fact::DenyRule(..)
            | Fact::AccessTemplate(..)
            | Fact::ResourceType(..)
            | Fact::SubjectAccess(..)
            | Fact::AccessGroup(..)
            | Fact::AccessPolicy(..)
            | Fact::AssignmentRule(..)
            | Fact::Erasure(..)
            | Fact::EvidenceHold(..)
            | Fact::SyncSource(..)
            | Fact::ServiceAccount(..)
            | Fact::TicketClock(..)
            | Fact::TicketItems(..)
            | Fact::TicketQuality(..) => {}
        }
    }

    /// The ticket as far as it is known.
    pub(super) fn ticket(&self, id: TicketId) -> Matter {
        self.tickets.get(&id.0).cloned().unwrap_or_else(|| Matter::unheard_of(id))
    }

    /// The settings in force.
    pub(super) fn rules(&self) -> Rules {
        self.settings.get(&STREAM_ID).cloned().unwrap_or_else(|| Rules::shipped(STREAM_ID))
    }

    /// N11: whether the person can be told anything.
    pub(super) fn hears(&self, person: PersonId) -> bool {
        self.people.get(&person.0).is_some_and(|known| known.life == Life::Active)
    }

    /// Whether the person works here.
    pub(super) fn is_staff(&self, person: PersonId) -> bool {
        self.people.get(&person.0).is_some_and(|known| known.kind == PersonKind::Staff)
    }

    /// The units a person belongs to.
    pub(super) fn units_of(&self, person: PersonId) -> impl Iterator<Item = &Team> {
        self.units.values().filter(move |unit| unit.people.contains(&person))
    }

    /// The staff of a unit.
    pub(super) fn staff_of(&self, unit: UnitId) -> BTreeSet<PersonId> {
        let people = self.units.get(&unit.0).into_iter().flat_map(|unit| &unit.people);
        people.copied().filter(|person| self.is_staff(*person)).collect()
    }

    /// N12: the heads of a unit, with those of the department it stands in.
    pub(super) fn heads_of(&self, unit: &Team) -> BTreeSet<PersonId> {
        let department = unit.parent_id.and_then(|parent| self.units.get(&parent.0));
        [Some(unit), department]
            .into_iter()
            .flatten()
            .flat_map(|unit| unit.heads.iter().copied().chain(self.with_role(unit, Role::UnitHead)))
            .filter(|person| self.is_staff(*person))
            .collect()
    }

    /// N12: the directors who belong to a unit.
    pub(super) fn directors_of<'a>(&'a self, unit: &'a Team) -> impl Iterator<Item = PersonId> {
        self.with_role(unit, Role::Director)
    }

    fn with_role<'a>(&'a self, unit: &'a Team, role: Role) -> impl Iterator<Item = PersonId> {
        unit.people.iter().copied().filter(move |person| {
            self.people.get(&person.0).is_some_and(|known| known.role == role)
        })
    }
}
