//! What is asked: which action, on what, when, in which session.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::access::model::{
    ActionName, Ceiling, DoneDuty, FieldName, Human, Level, ObligationSet, RelationSet, ScopePath,
    Surroundings,
};
use crate::kernel::{CiId, PersonId, RoleId};

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What would be done.
    pub action: &'a ActionName,
    /// To what.
    pub object: &'a ObjectView,
    /// Which of its fields would be read or written.
    pub fields: &'a [FieldName],
    /// When.
    pub at: DateTime<Utc>,
    /// In which session.
    pub session: &'a Session,
}

/// An object, as far as rights depend on it. What is left out is not so: it lies at the root, nobody
/// stands in any relation to it, nothing is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectView {
    /// Where it lies.
    pub place: ScopePath,
    /// Which item it is, if it is one.
    pub item: Option<CiId>,
    /// How the asker stands to it.
    pub relation: RelationSet,
    /// How those stand to it who delegated something to the asker.
    pub delegators: BTreeMap<PersonId, RelationSet>,
    /// What conditions can ask for.
    pub attributes: BTreeMap<FieldName, String>,
    /// How risky it is.
    pub risk: Option<u8>,
    /// Which of its fields are flagged personal.
    pub personal: BTreeSet<FieldName>,
    /// Which duties were done on it, by whom.
    pub done: Vec<DoneDuty>,
    /// What an approval of it takes.
    pub required_level: Level,
}

/// How somebody is here; by default plainly, and without bounds of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// Whether it serves no more.
    pub revoked: bool,
    /// What its token is for; none: everything.
    pub token: Option<Ceiling>,
    /// Which roles are active in it; none: all.
    pub roles: Option<BTreeSet<RoleId>>,
    /// In whose place the actor acts.
    pub acting_for: Option<Human>,
    /// What has been met: a second proof, a reason.
    pub met: ObligationSet,
}

impl ObjectView {
    /// How the asker stands to it, or whoever delegated the right that is looked at.
    pub(in crate::access) fn relation_of(&self, delegator: Option<PersonId>) -> RelationSet {
        match delegator {
            None => self.relation,
            Some(person) => self.delegators.get(&person).copied().unwrap_or_default(),
        }
    }

    /// What conditions look at.
    pub(in crate::access) fn surroundings(&self, at: DateTime<Utc>) -> Surroundings<'_> {
        Surroundings { at, attributes: &self.attributes, risk: self.risk }
    }
}

impl Session {
    /// Whether grants of this role count in it; those of no role always do.
    pub(in crate::access) fn activates(&self, role: Option<RoleId>) -> bool {
        match (&self.roles, role) {
            (Some(active), Some(role)) => active.contains(&role),
            (None, _) | (_, None) => true,
        }
    }
}
