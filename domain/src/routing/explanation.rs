//! What a routing decision says of itself: the storage format of its part of an event.

use serde::{Deserialize, Serialize};

use crate::kernel::words::words;
use crate::kernel::{CiId, PersonId, SubjectId};
use crate::ticket::Tier;
use crate::unit::RoutingMethod;

words! {
    /// What a routing decision came to.
    Outcome {
        /// A person has it.
        ToPerson,
        /// The unit has it as a whole, as the unit wants it.
        ToUnit,
        /// Nobody in the unit fits; the unit has it as a whole.
        NobodyFits,
        /// Neither subject nor anything else names a unit: dispatch.
        NoUnit,
        /// The subject's unit takes no tickets any more: dispatch.
        UnitClosed,
    }

    /// Why somebody was passed over.
    Why {
        /// Suspended or gone.
        Inactive,
        /// Away, and nobody fit stands in.
        Absent,
        /// Lacks the skill, or its certificate has ended.
        LacksSkill,
        /// Works in another tier.
        OtherTier,
        /// Somebody else has less to do.
        MoreLoaded,
        /// Somebody else's turn.
        NotTheirTurn,
    }
}

/// A routing decision, explained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Routing {
    /// What it came to.
    pub outcome: Outcome,
    /// The subject whose defaults were used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// The item that names the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<CiId>,
    /// How the unit spreads its tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<RoutingMethod>,
    /// The skill that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// The tier that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// For whom the chosen one stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy_of: Option<PersonId>,
    /// Open tickets of the chosen one, before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<u32>,
    /// Who was passed over, and why; at most 50 of them are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<PassedOver>,
}

/// Somebody who did not get the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Who.
    pub person: PersonId,
    /// Why not.
    pub why: Why,
}
