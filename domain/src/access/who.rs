//! Who asks, and how they stand to what they ask about.

use std::collections::BTreeSet;

use crate::kernel::{PersonId, SubjectId, UnitId};
use crate::person::Role;
use crate::ticket::{Impact, Priority, TicketKind, TicketState, Tier, Urgency};

/// Somebody who may act, as far as rights depend on it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Who {
    /// The person.
    pub person: PersonId,
    /// What the person is here to do.
    pub role: Role,
    /// The units the person belongs to.
    pub units: BTreeSet<UnitId>,
    /// The units the person heads: appointed, or by role in every unit they belong to; the head of
    /// a department heads its support units too.
    pub heads: BTreeSet<UnitId>,
    /// The people of the units the person heads, who answer to them.
    pub people: BTreeSet<PersonId>,
    /// For whom a group lead speaks: the clients of the organisation, themselves among them.
    pub clients: BTreeSet<PersonId>,
    /// Whether the person places what routing could not.
    pub dispatches: bool,
    /// In whose place the person acts: what was lent counts as the lender stands to the object.
    pub lenders: Vec<Who>,
}

/// Of a ticket, what rights depend on.
#[derive(Debug, Clone, Copy)]
pub struct TicketParties<'a> {
    /// Where in its life it is.
    pub state: TicketState,
    /// Who reported it.
    pub author: PersonId,
    /// For whom.
    pub requester: PersonId,
    /// Whose it is to do.
    pub unit: Option<UnitId>,
    /// The people it is given to.
    pub assignees: &'a [PersonId],
    /// Who works on it now.
    pub holder: Option<PersonId>,
    /// Who worked on it last; after a resolution, who resolved it.
    pub last_holder: Option<PersonId>,
    /// Who asked to hear of it.
    pub watchers: &'a [PersonId],
    /// What conditions can ask for.
    pub traits: TicketTraits,
}

/// Of a ticket, what conditions of grants and rules can ask for, besides its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketTraits {
    /// `kind`
    pub kind: TicketKind,
    /// `priority`
    pub priority: Priority,
    /// `impact`, if it was said.
    pub impact: Option<Impact>,
    /// `urgency`, if it was said.
    pub urgency: Option<Urgency>,
    /// `subject`, by its identity.
    pub subject: Option<SubjectId>,
    /// `tier`
    pub tier: Tier,
}

/// How the asker stands to the object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relation {
    /// Its author or requester; of anything else: the person itself, or what is theirs.
    pub own: bool,
    /// Speaks for the organisation of its author or requester.
    pub leads: bool,
    /// Named by it.
    pub assigned: bool,
    /// Holds it.
    pub holds: bool,
    /// Held it last.
    pub held_last: bool,
    /// Belongs to its unit; of a person: shares no meaning.
    pub member: bool,
    /// It names nobody: its unit has it as a whole.
    pub unassigned: bool,
    /// Heads its unit; of a person: a unit they belong to; of a unit: this one.
    pub heads: bool,
    /// Heads a unit its author belongs to: sees what their people report, wherever it goes.
    pub answers: bool,
    /// It waits in dispatch, and this is a person who places what does.
    pub dispatches: bool,
    /// It is given to nobody, be it over, and this is a person who places what is: sees what became
    /// of what was cancelled or merged before it was placed.
    pub unplaced: bool,
    /// Asked to hear of it.
    pub watches: bool,
}

impl Relation {
    /// To a ticket.
    pub fn to_ticket(who: &Who, ticket: &TicketParties<'_>) -> Self {
        let me = who.person;
        let unplaced = ticket.unit.is_none() && ticket.assignees.is_empty() && who.dispatches;
        Self {
            own: ticket.author == me || ticket.requester == me,
            leads: who.clients.contains(&ticket.author) || who.clients.contains(&ticket.requester),
            assigned: ticket.assignees.contains(&me),
            holds: ticket.holder == Some(me),
            held_last: ticket.last_holder == Some(me),
            member: ticket.unit.is_some_and(|unit| who.units.contains(&unit)),
            unassigned: ticket.assignees.is_empty(),
            heads: ticket.unit.is_some_and(|unit| who.heads.contains(&unit)),
            answers: who.people.contains(&ticket.author),
            dispatches: unplaced && ticket.state.is_open(),
            unplaced,
            watches: ticket.watchers.contains(&me),
        }
    }

    /// To a unit.
    pub fn to_unit(who: &Who, unit: UnitId) -> Self {
        Self {
            member: who.units.contains(&unit),
            heads: who.heads.contains(&unit),
            ..Self::default()
        }
    }

    /// To a person who belongs to these units.
    pub fn to_person(who: &Who, person: PersonId, units: &BTreeSet<UnitId>) -> Self {
        Self {
            own: who.person == person,
            leads: who.clients.contains(&person),
            heads: units.intersection(&who.heads).next().is_some(),
            ..Self::default()
        }
    }

    /// To something of one's own, or of somebody else's.
    pub fn owner(own: bool) -> Self {
        Self { own, ..Self::default() }
    }
}
