//! What routing is asked, and what it answers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::explanation::{Routing, Why};
use crate::kernel::{CiId, PersonId, SubjectId, UnitId};
use crate::person::state::{Deputy, Skill};
use crate::subject::event::DefaultsChosen;
use crate::ticket::Tier;
use crate::unit::{RoutingMethod, UnitKind};

/// A ticket that names no unit, and what is known of those who might get it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about, and how tickets about that start.
    pub subject: Option<(SubjectId, DefaultsChosen)>,
    /// The item it is about whose own unit is asked.
    pub item: Option<CiId>,
    /// The unit of the item, else of these defaults.
    pub unit: Option<RoutedUnit>,
}

/// The unit that an item names, or that a subject's tickets go to.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutedUnit {
    /// Which.
    pub id: UnitId,
    /// What sort.
    pub kind: UnitKind,
    /// Whether it takes nothing any more.
    pub closed: bool,
    /// How it spreads its tickets.
    pub method: RoutingMethod,
    /// Who belongs to it; each once, in any order.
    pub people: Vec<Candidate>,
}

/// One of the unit's people.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Neither suspended nor gone.
    pub active: bool,
    /// Where the person works; none: in the first.
    pub tier: Option<Tier>,
    /// What the person can do, in lower case.
    pub skills: BTreeMap<String, Skill>,
    /// Who stands in, and when.
    pub deputy: Option<Deputy>,
    /// Open tickets that were given to the person or to the deputy instead, or are held by the
    /// person. Without the deputy's, a deputy would get everything while the person is away.
    pub load: u32,
    /// When the last ticket came to the person, or to the deputy instead.
    pub last_given: Option<DateTime<Utc>>,
}

/// Whom it goes to. Neither unit nor assignees: dispatch.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The unit.
    pub unit: Option<UnitId>,
    /// One person, or the unit as a whole.
    pub assignees: BTreeSet<PersonId>,
    /// Why.
    pub routing: Routing,
}

impl Candidate {
    /// R4: what keeps the person from such a ticket, unless nothing does.
    pub(super) fn misfit(&self, asked: &DefaultsChosen, today: NaiveDate) -> Option<Why> {
        if !self.active {
            return Some(Why::Inactive);
        }
        let can = |skill: &String| {
            let known = self.skills.get(skill);
            known.is_some_and(|it| it.certified_until.is_none_or(|last| today <= last))
        };
        if !asked.skill.as_ref().is_none_or(can) {
            return Some(Why::LacksSkill);
        }
        let tier = self.tier.unwrap_or(Tier::FIRST);
        asked.tier.is_some_and(|asked| asked != tier).then_some(Why::OtherTier)
    }

    /// R5: who stands in today, when the person is away.
    pub(super) fn away(&self, today: NaiveDate) -> Option<PersonId> {
        let deputy = self.deputy.as_ref()?;
        (deputy.from <= today && today <= deputy.until).then_some(deputy.person)
    }
}
