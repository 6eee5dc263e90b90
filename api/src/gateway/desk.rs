//! What several commands have made so far, before any of it is appended.
//!
//! Each stream they touch is kept as the steps have left it, so that later steps see what earlier
//! ones have made. Called by [`together`](super::together) alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cqrs_es::Aggregate;
use domain::access::model::AccessSubject;
use domain::access_request::{AccessRequest, AccessRequestCommand};
use domain::ci::{Ci, CiCommand};
use domain::ci_class::{CiClass, CiClassCommand};
use domain::conversation::{Conversation, ConversationCommand};
use domain::kernel::{
    CiClassId, Facts, Meta, Needs, PersonFacts, PersonId, TicketFacts, TicketId, UnitFacts, UnitId,
};
use domain::person::{Life, Person, PersonCommand};
use domain::recurrence::{Recurrence, RecurrenceCommand};
use domain::role::{Role, RoleCommand};
use domain::settings::{Settings, SettingsCommand};
use domain::subject::{Subject, SubjectCommand};
use domain::subject_access::{SubjectAccess, SubjectAccessCommand};
use domain::ticket::{Ticket, TicketCommand};
use domain::ticket_dossier::{Dossier, TicketDossierCommand};
use domain::ticket_items::{TicketItems, TicketItemsCommand};
use domain::ticket_quality::{TicketQuality, TicketQualityCommand};
use domain::unit::{Unit, UnitCommand};
use journal::{Append, ClaimOf, CommandRecord, NewEvent, StreamAppend};
use projections::directory::Known;
use uuid::Uuid;

use super::learned::Learned;
use super::{Caller, Guarded, claims, new_event};

/// The events by which somebody comes to be here to do something.
const APPOINTING: [&str; 2] = ["person.registered", "person.role_changed"];

/// The event by which somebody moves.
const MOVING: &str = "person.moved";
/// The event by which somebody leaves.
const LEAVING: &str = "person.left";
/// The event by which a subject's access ends.
const CLOSING: &str = "subject_access.closed";

/// The streams the steps have touched so far.
#[derive(Debug, Default)]
pub(super) struct Desk {
    tickets: Shelf<Ticket>,
    conversations: Shelf<Conversation>,
    dossiers: Shelf<Dossier>,
    qualities: Shelf<TicketQuality>,
    items_of_tickets: Shelf<TicketItems>,
    pub(super) people: Shelf<Person>,
    units: Shelf<Unit>,
    subjects: Shelf<Subject>,
    settings: Shelf<Settings>,
    recurrences: Shelf<Recurrence>,
    ci_classes: Shelf<CiClass>,
    items: Shelf<Ci>,
    pub(super) accesses: Shelf<SubjectAccess>,
    access_requests: Shelf<AccessRequest>,
    roles: Shelf<Role>,
    claims: Vec<ClaimOf>,
    learned: Learned,
}

/// The streams of one aggregate.
pub(super) type Shelf<S> = BTreeMap<Uuid, Kept<S>>;

/// A stream as the steps so far have left it.
#[derive(Debug)]
pub(super) struct Kept<S> {
    pub(super) state: S,
    pub(super) expected: i64,
    pub(super) events: Vec<NewEvent>,
}

impl<S> Kept<S> {
    /// Whether such an event is new.
    fn has_told(&self, event_type: &str) -> bool {
        self.events.iter().any(|event| event.event_type == event_type)
    }
}

/// A command whose streams have a place on the desk.
pub(super) trait OnDesk: Guarded {
    /// The aggregate whose version the caller has seen when they name one: around a ticket the
    /// ticket's own.
    type Seen: OnDesk;

    fn shelf(desk: &mut Desk) -> &mut Shelf<Self::State>;
}

macro_rules! shelves {
    ($($command:ty, $seen:ty, $state:ty, $shelf:ident;)+) => {$(
        impl OnDesk for $command {
            type Seen = $seen;

            fn shelf(desk: &mut Desk) -> &mut Shelf<$state> {
                &mut desk.$shelf
            }
        }
    )+};
}

shelves! {
    TicketCommand, TicketCommand, Ticket, tickets;
    ConversationCommand, TicketCommand, Conversation, conversations;
    TicketDossierCommand, TicketCommand, Dossier, dossiers;
    TicketQualityCommand, TicketCommand, TicketQuality, qualities;
    TicketItemsCommand, TicketCommand, TicketItems, items_of_tickets;
    PersonCommand, PersonCommand, Person, people;
    UnitCommand, UnitCommand, Unit, units;
    SubjectCommand, SubjectCommand, Subject, subjects;
    SettingsCommand, SettingsCommand, Settings, settings;
    RecurrenceCommand, RecurrenceCommand, Recurrence, recurrences;
    CiClassCommand, CiClassCommand, CiClass, ci_classes;
    CiCommand, CiCommand, Ci, items;
    SubjectAccessCommand, SubjectAccessCommand, SubjectAccess, accesses;
    AccessRequestCommand, AccessRequestCommand, AccessRequest, access_requests;
    RoleCommand, RoleCommand, Role, roles;
}

impl Desk {
    /// A desk for steps that open these tickets: no stream of theirs is there yet.
    pub(super) fn with(opened: impl Iterator<Item = Uuid>) -> Self {
        Self { learned: Learned::without(opened), ..Self::default() }
    }

    /// Whether no stream of this identity can be there yet.
    pub(super) fn is_fresh(&self, id: Uuid) -> bool {
        self.learned.is_fresh(id)
    }

    /// Whom nothing is known of yet; none when there is no need to ask.
    pub(super) fn missing(&self, needs: &Needs) -> Option<Needs> {
        self.learned.missing(needs)
    }

    /// Keeps what was asked for.
    pub(super) fn learn(&mut self, asked: &Needs, known: Known) {
        self.learned.learn(asked, known);
    }

    /// What is known of these.
    pub(super) fn known(&self, needs: &Needs) -> Known {
        self.learned.known(needs)
    }

    pub(super) fn add<C: OnDesk>(
        &mut self,
        id: Uuid,
        mut state: C::State,
        (events, meta): (Vec<C::Event>, &Meta),
    ) {
        let mut stored = Vec::with_capacity(events.len());
        for event in events {
            self.claims.extend(claims::<C>(id, &state, &event));
            stored.push(new_event(&event, meta));
            state.apply(event);
        }
        if let Some(kept) = C::shelf(self).get_mut(&id) {
            kept.state = state;
            kept.events.extend(stored);
        }
    }

    /// Later steps see what earlier ones have made.
    pub(super) fn overlay(&self, facts: &mut Facts, needs: &Needs) {
        for &id in &needs.tickets {
            self.overlay_ticket(facts, id);
        }
        for &id in &needs.people {
            self.overlay_person(facts, id);
        }
        for &id in &needs.units {
            if let Some(body) = self.units.get(&id.0).and_then(|kept| kept.state.0.as_ref()) {
                facts.units.insert(id, UnitFacts { kind: body.kind, closed: body.closed });
            }
        }
        for &id in &needs.items {
            if let Some(body) = self.items.get(&id.0).and_then(|kept| kept.state.0.as_ref()) {
                facts.items.insert(id, body.facts());
            }
        }
        self.overlay_catalogue(facts);
        self.overlay_access(&mut facts.access, &needs.access);
    }

    fn overlay_catalogue(&self, facts: &mut Facts) {
        let Some(catalogue) = facts.catalogue.as_ref().filter(|_| !self.ci_classes.is_empty())
        else {
            return;
        };
        let defined = self.ci_classes.iter().filter_map(|(id, kept)| {
            let body = kept.state.0.as_ref()?;
            Some((CiClassId(*id), body.version, body.definition.clone()))
        });
        facts.catalogue = Some(Arc::new(catalogue.with(defined)));
    }

    fn overlay_ticket(&self, facts: &mut Facts, id: TicketId) {
        if let Some(kept) = self.tickets.get(&id.0)
            && let Some(ticket) = &kept.state.0
        {
            let known = facts.tickets.entry(id).or_insert_with(|| TicketFacts {
                ticket: (**ticket).clone(),
                dossier: Dossier::default(),
            });
            known.ticket = (**ticket).clone();
        }
        if let (Some(kept), Some(known)) = (self.dossiers.get(&id.0), facts.tickets.get_mut(&id)) {
            known.dossier = kept.state.clone();
        }
    }

    fn overlay_person(&self, facts: &mut Facts, id: PersonId) {
        let known = facts.people.get(&id).map(|known| known.units.clone());
        let units = self.units_of(id, known.unwrap_or_default());
        let kept = self.people.get(&id.0).and_then(|kept| kept.state.0.as_deref());
        match (kept, facts.people.get_mut(&id)) {
            (Some(body), _) => {
                let facts_of = PersonFacts {
                    kind: body.kind,
                    role: body.role,
                    active: body.life == Life::Active,
                    units,
                    organization: body.organization,
                };
                facts.people.insert(id, facts_of);
            }
            (None, Some(known)) => known.units = units,
            (None, None) => {}
        }
    }

    /// Who came to be here to do something by these steps.
    pub(super) fn appointed(&self) -> Vec<(PersonId, domain::person::Role)> {
        let appoints = |event: &NewEvent| APPOINTING.contains(&event.event_type.as_str());
        let appointed = self.people.iter().filter(|(_, kept)| kept.events.iter().any(appoints));
        let role = |(id, kept): (&Uuid, &Kept<Person>)| {
            Some((PersonId(*id), kept.state.0.as_deref()?.role))
        };
        appointed.filter_map(role).collect()
    }

    /// Who has moved by these steps, as they are now.
    pub(super) fn moved(&self) -> Vec<(PersonId, domain::person::state::Body)> {
        let moved = self.people.iter().filter(|(_, kept)| kept.has_told(MOVING));
        moved
            .filter_map(|(id, kept)| Some((PersonId(*id), (**kept.state.0.as_ref()?).clone())))
            .collect()
    }

    /// Of these units, and those that the steps have touched, the ones that the person belongs to.
    pub(super) fn units_of(
        &self,
        person: PersonId,
        mut units: BTreeSet<UnitId>,
    ) -> BTreeSet<UnitId> {
        for (unit, kept) in &self.units {
            let Some(body) = &kept.state.0 else { continue };
            if body.people.contains(&person) {
                units.insert(UnitId(*unit));
            } else {
                units.remove(&UnitId(*unit));
            }
        }
        units
    }

    /// Who has left by these steps.
    pub(super) fn gone(&self) -> BTreeSet<PersonId> {
        let left = self.people.iter().filter(|(_, kept)| kept.has_told(LEAVING));
        left.map(|(id, _)| PersonId(*id)).collect()
    }

    /// Whose access has ended by these steps.
    pub(super) fn closed(&self) -> Vec<AccessSubject> {
        let closed = self.accesses.values().filter(|kept| kept.has_told(CLOSING));
        closed.filter_map(|kept| Some(kept.state.0.as_deref()?.subject)).collect()
    }

    pub(super) fn into_append(
        self,
        first: Uuid,
        (caller, record): (&Caller, Option<&CommandRecord>),
    ) -> Append {
        let mut streams = appends(self.tickets);
        streams.extend(appends(self.dossiers));
        streams.extend(appends(self.conversations));
        streams.extend(appends(self.qualities));
        streams.extend(appends(self.items_of_tickets));
        streams.extend(appends(self.people));
        streams.extend(appends(self.units));
        streams.extend(appends(self.subjects));
        streams.extend(appends(self.settings));
        streams.extend(appends(self.recurrences));
        streams.extend(appends(self.ci_classes));
        streams.extend(appends(self.items));
        streams.extend(appends(self.accesses));
        streams.extend(appends(self.access_requests));
        streams.extend(appends(self.roles));
        // The stable sort leaves a ticket's own stream before its dossier and conversation.
        streams.sort_by_key(|stream| stream.aggregate_id != first);
        Append {
            streams,
            claims: self.claims,
            command: record.cloned(),
            premises: caller.premises(self.learned.access()),
        }
    }
}

fn appends<S: Aggregate>(kept: Shelf<S>) -> Vec<StreamAppend> {
    kept.into_iter()
        .filter(|(_, kept)| !kept.events.is_empty())
        .map(|(id, kept)| StreamAppend {
            aggregate_type: S::TYPE,
            aggregate_id: id,
            expected: kept.expected,
            events: kept.events,
        })
        .collect()
}
