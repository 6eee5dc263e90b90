//! Objects of our own as decisions see them: how one stands to them, where they lie, what is known of
//! them.

use std::collections::BTreeMap;

use strum::{EnumIter, IntoEnumIterator};

use super::decide::{ObjectView, World};
use super::model::{ActionName, FieldName, ScopePath};
use super::permission::Permission;
use super::who::{Relation, TicketParties, TicketTraits, Who};
use crate::kernel::{PersonId, UnitId};
use crate::ticket::TicketState;
use crate::ticket::state::Body;
use crate::ticket_dossier::Dossier;

/// What conditions can ask of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum TicketAttribute {
    /// `kind`
    Kind,
    /// `state`
    State,
    /// `priority`
    Priority,
    /// `impact`, if it was said.
    Impact,
    /// `urgency`, if it was said.
    Urgency,
    /// `subject`: its identity, if there is one.
    Subject,
    /// `tier`
    Tier,
}

impl TicketAttribute {
    /// The attribute of this name.
    pub fn named(name: &FieldName) -> Option<Self> {
        Self::iter().find(|attribute| attribute.name() == *name)
    }

    fn name(self) -> FieldName {
        FieldName::ours(match self {
            Self::Kind => "kind",
            Self::State => "state",
            Self::Priority => "priority",
            Self::Impact => "impact",
            Self::Urgency => "urgency",
            Self::Subject => "subject",
            Self::Tier => "tier",
        })
    }

    fn of(self, state: TicketState, traits: &TicketTraits) -> Option<String> {
        match self {
            Self::Kind => Some(traits.kind.to_string()),
            Self::State => Some(state.to_string()),
            Self::Priority => Some(traits.priority.to_string()),
            Self::Impact => traits.impact.map(|impact| impact.to_string()),
            Self::Urgency => traits.urgency.map(|urgency| urgency.to_string()),
            Self::Subject => traits.subject.map(|subject| subject.to_string()),
            Self::Tier => Some(traits.tier.0.to_string()),
        }
    }
}

impl TicketParties<'_> {
    /// What conditions can ask of it.
    pub fn attributes(&self) -> BTreeMap<FieldName, String> {
        let known = |it: TicketAttribute| Some((it.name(), it.of(self.state, &self.traits)?));
        TicketAttribute::iter().filter_map(known).collect()
    }
}

impl ObjectView {
    /// Something at the root that one stands to like this, and of which no more is known.
    pub fn standing(relation: Relation) -> Self {
        Self { relation: relation.into(), ..Self::default() }
    }

    /// The same of whoever asks and of those in whose place they act, each as they stand to it.
    pub fn as_seen(who: &Who, relation: impl Fn(&Who) -> Relation) -> Self {
        let lent = who.lenders.iter().map(|lender| (lender.person, relation(lender).into()));
        Self { delegators: lent.collect(), ..Self::standing(relation(who)) }
    }

    /// A ticket. It lies where its unit does; what is known of it is told to who looks at it.
    pub fn of_ticket(world: &World, who: &Who, ticket: &TicketParties<'_>) -> Self {
        let object = Self::as_seen(who, |who| Relation::to_ticket(who, ticket));
        let object = object.at(world, ticket.unit);
        let looks = world.looks_at_attributes();
        let attributes = if looks { ticket.attributes() } else { BTreeMap::new() };
        Self { attributes, ..object }
    }

    /// A ticket in this state.
    pub fn of_body((world, who): (&World, &Who), body: &Body, dossier: Option<&Dossier>) -> Self {
        let assignees: Vec<PersonId> = body.assignees.iter().copied().collect();
        let watchers: Vec<PersonId> =
            dossier.map(|dossier| dossier.watchers.iter().copied().collect()).unwrap_or_default();
        let parties = TicketParties {
            state: body.state,
            author: body.author,
            requester: body.requester,
            unit: body.unit,
            assignees: &assignees,
            holder: body.holder,
            last_holder: body.last_holder,
            watchers: &watchers,
            traits: TicketTraits {
                kind: body.kind,
                priority: body.priority,
                impact: body.impact,
                urgency: body.urgency,
                subject: body.subject,
                tier: body.tier,
            },
        };
        Self::of_ticket(world, who, &parties)
    }

    /// A unit.
    pub fn of_unit(world: &World, who: &Who, unit: UnitId) -> Self {
        Self::as_seen(who, |who| Relation::to_unit(who, unit)).at(world, Some(unit))
    }

    /// A unit where it lies for whoever would do this to it: what units there are is known at the root, and a
    /// barrier is theirs whom it shuts out.
    #[must_use]
    pub fn for_unit(self, action: &ActionName) -> Self {
        let is = |permission: Permission| *action == permission.into();
        let place = if is(Permission::UnitRead) {
            ScopePath::ROOT
        } else if is(Permission::UnitDrawBarrier) {
            self.place.parent().unwrap_or_default()
        } else {
            self.place.clone()
        };
        Self { place, ..self }
    }

    /// The same, and this is known of it.
    #[must_use]
    pub fn with(mut self, known: impl IntoIterator<Item = (TicketAttribute, String)>) -> Self {
        self.attributes
            .extend(known.into_iter().map(|(attribute, value)| (attribute.name(), value)));
        self
    }

    /// The same where this unit lies.
    #[must_use]
    pub fn at(self, world: &World, unit: Option<UnitId>) -> Self {
        let place = unit.map(|unit| world.rules().tree().place_of(unit)).unwrap_or_default();
        Self { place, ..self }
    }
}

impl From<Relation> for ObjectView {
    fn from(relation: Relation) -> Self {
        Self::standing(relation)
    }
}
